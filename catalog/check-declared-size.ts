import { closestHint } from "../core/closest-names";
import type { Problems } from "../core/problems";
import type { DeclaredFigures } from "./declared-figures";
import { parseSizeName, type SizeName } from "./size-name";
import { vmSizes } from "./vm-sizes";

/** Most memory of any Azure size for each vCPU of the machine is 36 GiB: twice as much is a figure in another unit. */
const mostGiBPerVcpu = 72;

/** GPUs of AMD, as names of sizes carry them. All others are NVIDIA's. */
const amdAccelerator = /^(MI\d|V710)/;

/** Notes a problem for a name that Azure cannot have or that the catalogue has, and for figures that contradict it or each other. */
export function checkDeclaredSize(name: string, figures: DeclaredFigures, problems: Problems): void {
  const known = [...vmSizes.keys()].find((it) => it.toLowerCase() === name.toLowerCase());
  if (known !== undefined) {
    problems.require(
      false,
      "",
      "must be a size that the catalogue does not have: its figures are there, with sources",
      {
        got: name,
        remedy: `Remove it${known === name ? "" : `, and write size: ${known}`}`,
      },
    );
    return;
  }
  const parsed = parseSizeName(name);
  if (parsed === undefined) {
    problems.require(
      false,
      "",
      "must be the exact name of an Azure size, DSv2 and older apart, such as Standard_ND96isr_H100_v5",
      {
        got: name,
        remedy: closestHint(name, vmSizes.keys(), "az vm list-skus --output table lists them"),
      },
    );
    return;
  }
  checkAgainstName(name, parsed, figures, problems);
  checkQuotaFamily(parsed, figures, problems);
  checkFiguresTogether(figures, problems);
}

function checkAgainstName(
  name: string,
  { family, vcpus, machineVcpus, features, accelerator }: SizeName,
  figures: DeclaredFigures,
  problems: Problems,
): void {
  problems.require(
    vcpus === machineVcpus,
    "",
    `must not be a size with constrained vCPUs: it costs and counts ${machineVcpus} vCPUs, whatever its pods get`,
    { got: name, remedy: `Use ${name.replace(/-\d+/, "")}` },
  );
  if (vcpus !== machineVcpus) return;
  problems.require(figures.vcpus === vcpus, "vcpus", `must be ${vcpus}, as its name says`, {
    got: figures.vcpus,
    remedy: `Write ${vcpus}`,
  });
  problems.require(
    figures.memoryGiB <= machineVcpus * mostGiBPerVcpu,
    "memoryGiB",
    `must be at most ${mostGiBPerVcpu} GiB for each of ${machineVcpus} vCPUs: no Azure size has more`,
    { got: figures.memoryGiB, remedy: "Write it in GiB, not in MiB or MB" },
  );
  const letter = features.includes("r") ? "r" : "";
  problems.require(
    (letter === "r") === (figures.infiniband !== undefined),
    "infiniband",
    letter === "r"
      ? "must be given: the letter r in its name is InfiniBand"
      : `must be absent: without the letter r in its name, ${name} has none`,
    { remedy: letter === "r" ? "Add infiniband: {hcas: 8, gbitsPerSecondPerHca: 400}" : "Remove it, or mend the name" },
  );
  problems.require(
    !features.includes("p") || figures.architecture === "arm64",
    "architecture",
    "must be arm64: the letter p in its name is an Arm processor",
    { got: figures.architecture, remedy: "Write arm64" },
  );
  const hasGpu = figures.gpu !== undefined;
  problems.require(
    family.startsWith("N") === hasGpu,
    "gpu",
    hasGpu
      ? `must be absent: sizes of the family ${family} have none`
      : `must be given: sizes of the family ${family} have GPUs`,
    { remedy: hasGpu ? "Remove it, or mend the name" : "Add gpu: {vendor: nvidia, count: 8}" },
  );
  if (figures.gpu === undefined || accelerator === null) return;
  const vendor = amdAccelerator.test(accelerator) ? "amd" : "nvidia";
  problems.require(figures.gpu.vendor === vendor, "gpu.vendor", `must be ${vendor}: ${accelerator} is theirs`, {
    got: figures.gpu.vendor,
    remedy: `Write ${vendor}`,
  });
}

/**
 * The family of a quota begins like the size, in this or another case, and has its generation: `standardNDSH100v5Family`. A few put
 * a letter in front: `standardDDCSv3Family`. Source: `known_skus.yaml`, see `sources.quotaFamilies`
 */
function checkQuotaFamily({ family, version }: SizeName, { quotaFamily }: DeclaredFigures, problems: Problems): void {
  const [, rest] = /^standard ?([a-z][a-z0-9_]*) ?family$/i.exec(quotaFamily) ?? [];
  // The last one: V710 is the name of a GPU.
  const generation = /v\d+(?!.*v\d)/i.exec(rest ?? "")?.[0].toLowerCase();
  problems.require(
    new RegExp(`^[DX]?${family}`, "i").test(rest ?? "") && (generation ?? version) === version,
    "quotaFamily",
    `must be the quota family of the size: standard${family}...${version ?? ""}Family`,
    { got: quotaFamily, remedy: "az vm list-skus --size <name> --query [].family prints it" },
  );
}

function checkFiguresTogether(figures: DeclaredFigures, problems: Problems): void {
  const { gpu, nvme, tempDiskGiB, ephemeralOsDisk, architecture, infiniband, hpcImage } = figures;
  problems.require(
    gpu === undefined || (gpu.count === undefined) !== (gpu.fraction === undefined),
    "gpu",
    "must have count (whole GPUs) or fraction (a slice of one), and not both",
    { remedy: gpu?.count === undefined ? "Add count: 8" : "Remove fraction" },
  );
  problems.require(
    !ephemeralOsDisk || nvme !== undefined || tempDiskGiB !== undefined,
    "ephemeralOsDisk",
    "must be false: no local disk is declared that an OS disk could lie on",
    { got: ephemeralOsDisk, remedy: "Add nvme or tempDiskGiB, or remove it" },
  );
  if (hpcImage === undefined) return;
  problems.require(
    gpu !== undefined || infiniband !== undefined,
    "hpcImage",
    "must be absent: a size without GPU and InfiniBand is not for scale sets of jobs",
    { got: hpcImage, remedy: "Remove it" },
  );
  problems.require(
    (hpcImage === "amd") === (gpu?.vendor === "amd") && (hpcImage === "graceBlackwell") === (architecture === "arm64"),
    "hpcImage",
    "must be the image for its GPUs and processor: amd for AMD GPUs, graceBlackwell for arm64, nvidia or v100 for others",
    { got: hpcImage, remedy: "Write another one, or remove it" },
  );
}
