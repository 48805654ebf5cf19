import { describe, expect, it } from "vitest";
import { checkDeclaredSize } from "../../catalog/check-declared-size";
import type { DeclaredFigures } from "../../catalog/declared-figures";
import { vmSizes } from "../../catalog/vm-sizes";
import { describeProblem, Problems } from "../../core/problems";

const b300 = "Standard_ND128isr_B300_v7";
const figures: DeclaredFigures = {
  vcpus: 128,
  memoryGiB: 3800,
  architecture: "x64",
  quotaFamily: "standardNDSB300v7Family",
  gpu: { vendor: "nvidia", count: 8 },
  infiniband: { hcas: 8, gbitsPerSecondPerHca: 800 },
  ephemeralOsDisk: false,
  acceleratedNetworking: true,
};
const general: DeclaredFigures = {
  vcpus: 16,
  memoryGiB: 64,
  architecture: "x64",
  quotaFamily: "standardDav9Family",
  ephemeralOsDisk: false,
  acceleratedNetworking: true,
};

function problemsOf(name: string, given: DeclaredFigures): string[] {
  const problems = new Problems();
  checkDeclaredSize(name, given, problems);
  return problems.list.map(describeProblem);
}

/** Figures without some of them. */
function without(given: DeclaredFigures, key: keyof DeclaredFigures): DeclaredFigures {
  return Object.fromEntries(Object.entries(given).filter(([it]) => it !== key)) as DeclaredFigures;
}

describe("checkDeclaredSize takes", () => {
  it.each<readonly [string, DeclaredFigures]>([
    [b300, figures],
    ["Standard_D16as_v9", general],
    [
      "Standard_ND96isr_MI355X_v6",
      { ...figures, vcpus: 96, quotaFamily: "standardNDISv6MI355XFamily", gpu: { vendor: "amd", count: 8 } },
    ],
    ["Standard_DC16ds_v3", { ...general, quotaFamily: "standardDDCSv3Family" }],
    ["Standard_HB400rs_v6", { ...without(figures, "gpu"), vcpus: 400, quotaFamily: "standardHBv6Family" }],
  ])("%s", (name, given) => {
    expect(problemsOf(name, given)).toEqual([]);
  });

  it.each([...vmSizes.values()])("the figures of $name under the name of a later generation", (size) => {
    const name = size.name.replace(/(_v\d)?$/, "_v99");
    const { vcpus, memoryGiB, architecture, ephemeralOsDisk, acceleratedNetworking, gpu, infiniband } = size;
    const given: DeclaredFigures = {
      ...{ vcpus, memoryGiB, architecture, acceleratedNetworking },
      quotaFamily: (size.quotaFamily ?? "").replace(/v\d(?!.*v\d)/i, "v99"),
      // That an OS disk lies on a disk that is not counted is left to the catalogue.
      ephemeralOsDisk: ephemeralOsDisk && (size.nvme !== null || size.tempDiskGiB !== null),
      ...(size.nvme !== null && { nvme: { disks: size.nvme.disks, totalGiB: size.nvme.totalGiB ?? 1 } }),
      ...(size.tempDiskGiB !== null && { tempDiskGiB: size.tempDiskGiB }),
      ...(gpu !== null && {
        gpu: { vendor: gpu.vendor, ...(gpu.count === null ? { fraction: gpu.fraction ?? 0.5 } : { count: gpu.count }) },
      }),
      ...(infiniband !== null && {
        infiniband: { hcas: infiniband.hcas, gbitsPerSecondPerHca: infiniband.gbitsPerSecondPerHca },
      }),
    };
    expect(problemsOf(name, given)).toEqual([]);
  });
});

describe("checkDeclaredSize refuses", () => {
  it.each<readonly [string, string, DeclaredFigures, string[]]>([
    [
      "a size of the catalogue",
      "Standard_D8s_v5",
      general,
      [
        ': must be a size that the catalogue does not have: its figures are there, with sources; got "Standard_D8s_v5". Remove it',
      ],
    ],
    [
      "the same in another case",
      "standard_nd96ISR_h100_v5",
      figures,
      [
        ': must be a size that the catalogue does not have: its figures are there, with sources; got "standard_nd96ISR_h100_v5". Remove it, and write size: Standard_ND96isr_H100_v5',
      ],
    ],
    [
      "what is no name",
      "ND96isr_H100v5",
      figures,
      [
        ': must be the exact name of an Azure size, DSv2 and older apart, such as Standard_ND96isr_H100_v5; got "ND96isr_H100v5". Closest: Standard_ND96isr_H100_v5, Standard_ND96isr_H200_v5, Standard_ND96amsr_A100_v4',
      ],
    ],
    [
      "constrained vCPUs",
      "Standard_HB400-48rs_v6",
      { ...without(figures, "gpu"), vcpus: 48, quotaFamily: "standardHBv6Family" },
      [
        ': must not be a size with constrained vCPUs: it costs and counts 400 vCPUs, whatever its pods get; got "Standard_HB400-48rs_v6". Use Standard_HB400rs_v6',
      ],
    ],
    [
      "other vCPUs than the name has",
      b300,
      { ...figures, vcpus: 96 },
      ["vcpus: must be 128, as its name says; got 96. Write 128"],
    ],
    [
      "memory in MiB",
      "Standard_D16as_v9",
      { ...general, memoryGiB: 16_384 },
      [
        "memoryGiB: must be at most 72 GiB for each of 16 vCPUs: no Azure size has more; got 16384. Write it in GiB, not in MiB or MB",
      ],
    ],
    [
      "no InfiniBand where the name has it",
      b300,
      without(figures, "infiniband"),
      [
        "infiniband: must be given: the letter r in its name is InfiniBand. Add infiniband: {hcas: 8, gbitsPerSecondPerHca: 400}",
      ],
    ],
    [
      "InfiniBand where the name has none",
      "Standard_ND128is_B300_v7",
      figures,
      [
        "infiniband: must be absent: without the letter r in its name, Standard_ND128is_B300_v7 has none. Remove it, or mend the name",
      ],
    ],
    [
      "no GPU in an N size",
      b300,
      without(figures, "gpu"),
      ["gpu: must be given: sizes of the family ND have GPUs. Add gpu: {vendor: nvidia, count: 8}"],
    ],
    [
      "GPUs in a D size",
      "Standard_D16as_v9",
      { ...general, gpu: { vendor: "nvidia", count: 1 } },
      ["gpu: must be absent: sizes of the family D have none. Remove it, or mend the name"],
    ],
    [
      "an Arm size as x64",
      "Standard_D16pds_v9",
      { ...general, quotaFamily: "StandardDpdsv9Family" },
      ['architecture: must be arm64: the letter p in its name is an Arm processor; got "x64". Write arm64'],
    ],
    [
      "GPUs of another vendor",
      "Standard_ND96isr_MI355X_v6",
      { ...figures, vcpus: 96, quotaFamily: "standardNDISv6MI355XFamily" },
      ['gpu.vendor: must be amd: MI355X is theirs; got "nvidia". Write amd'],
    ],
    [
      "a family of other sizes",
      b300,
      { ...figures, quotaFamily: "standardDSv5Family" },
      [
        'quotaFamily: must be the quota family of the size: standardND...v7Family; got "standardDSv5Family". az vm list-skus --size <name> --query [].family prints it',
      ],
    ],
    [
      "a family of another generation",
      b300,
      { ...figures, quotaFamily: "standardNDSB300v6Family" },
      [
        'quotaFamily: must be the quota family of the size: standardND...v7Family; got "standardNDSB300v6Family". az vm list-skus --size <name> --query [].family prints it',
      ],
    ],
    [
      "GPUs that are neither whole nor a slice",
      b300,
      { ...figures, gpu: { vendor: "nvidia" } },
      ["gpu: must have count (whole GPUs) or fraction (a slice of one), and not both. Add count: 8"],
    ],
    [
      "GPUs that are both",
      b300,
      { ...figures, gpu: { vendor: "nvidia", count: 1, fraction: 0.5 } },
      ["gpu: must have count (whole GPUs) or fraction (a slice of one), and not both. Remove fraction"],
    ],
    [
      "an OS disk on no disk",
      b300,
      { ...figures, ephemeralOsDisk: true },
      [
        "ephemeralOsDisk: must be false: no local disk is declared that an OS disk could lie on; got true. Add nvme or tempDiskGiB, or remove it",
      ],
    ],
    [
      "an image for a general size",
      "Standard_D16as_v9",
      { ...general, hpcImage: "nvidia" },
      [
        'hpcImage: must be absent: a size without GPU and InfiniBand is not for scale sets of jobs; got "nvidia". Remove it',
        // Nothing else of the same.
      ],
    ],
    [
      "an image for other GPUs",
      b300,
      { ...figures, hpcImage: "amd" },
      [
        'hpcImage: must be the image for its GPUs and processor: amd for AMD GPUs, graceBlackwell for arm64, nvidia or v100 for others; got "amd". Write another one, or remove it',
      ],
    ],
  ])("%s", (_, name, given, lines) => {
    expect(problemsOf(name, given)).toEqual(lines);
  });
});
