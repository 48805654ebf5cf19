import { describe, expect, it } from "vitest";
import { MisconfiguredError, describeProblem } from "../../core/problems";
import { text } from "../../core/property-tree";
import { judge } from "../../policies/engine/judge";
import { notes } from "../../preview/notes";
import { record } from "../../preview/record";
import { summarise } from "../../preview/summary/summary";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { readStackFile } from "../../stacks/stack-file";
import { plainStacks, today } from "../stack-files";

const b300 = "Standard_ND128isr_B300_v7";
const general = "Standard_D16ads_v9";
const sizes = {
  [b300]: {
    vcpus: 128,
    memoryGiB: 3800,
    quotaFamily: "standardNDSB300v7Family",
    gpu: { vendor: "nvidia", count: 8, boardPowerW: 1100 },
    infiniband: { hcas: 16, gbitsPerSecondPerHca: 400 },
    nvme: { disks: 8, totalGiB: 28_600 },
    hpcImage: "nvidia",
  },
  [general]: {
    vcpus: 16,
    memoryGiB: 64,
    quotaFamily: "standardDadv9Family",
    tempDiskGiB: 600,
    ephemeralOsDisk: true,
    price: { usdPerHour: 0.7, asOf: "2026-01-31" },
  },
};

const dev = readStackFile(plainStacks.dev).values;

/** Values of dev in which every kind of machine has a declared size, with sections changed. */
function values(changes: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const given = (name: string): object => JSON.parse(dev[`azure-gpu-cluster:${name}`] ?? "{}") as object;
  const { slurm } = given("scaleSets") as { slurm: object };
  const sections = {
    network: { ...given("network"), addressSpace: "10.64.0.0/16" },
    vmSizes: sizes,
    cluster: { ...given("cluster"), systemPool: { size: general, nodes: 2 } },
    gpuPools: { next: { size: b300, minNodes: 0, maxNodes: 2 }, a10: { size: "Standard_NV36ads_A10_v5", maxNodes: 2 } },
    cpuPools: { general: { size: general, nodes: 2 } },
    scaleSets: { slurm: { ...slurm, size: b300 } },
    trainingTeams: { vision: { pool: "next", gpus: 16, groupObjectId: "22222222-2222-4222-8222-222222222222" } },
    ...changes,
  };
  return {
    ...dev,
    ...Object.fromEntries(
      Object.entries(sections).map(([name, it]) => [`azure-gpu-cluster:${name}`, JSON.stringify(it)]),
    ),
  };
}

const read = (changes: Readonly<Record<string, unknown>> = {}): Environment =>
  readEnvironment({ stack: "dev", values: values(changes), today });

function problemsOf(changes: Readonly<Record<string, unknown>>): string[] {
  try {
    read(changes);
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.problems.map(describeProblem);
    throw error;
  }
  return [];
}

describe("a declared size", () => {
  it("makes pools, scale sets, shares of teams, costs and findings like any other", async () => {
    const environment = read();
    const { resources, outputs } = await record({ stack: "dev", program: () => deploy(environment) });
    const made = resources.filter((it) => it.custom);
    const { nodeGroups, quota, cost, energy, infinibandDomains } = summarise(made, "eastus");

    expect(nodeGroups.map(({ name, size, gpus }) => [name, size, gpus])).toEqual(
      expect.arrayContaining([
        ["system", general, 0],
        ["nextd1", b300, 16],
        ["general", general, 0],
      ]),
    );
    expect(infinibandDomains.map(({ link }) => link)).toEqual(["16 x 400 Gb/s", "16 x 400 Gb/s"]);
    expect(quota).toContainEqual(expect.objectContaining({ family: "standardNDSB300v7Family", vcpus: 4 * 128 }));
    expect(cost.unpriced).toContainEqual(
      expect.objectContaining({ what: `nodes ${b300}`, because: "no list price is known" }),
    );
    const own = cost.lines.filter(({ what }) => what === `nodes ${general}`);
    expect(own.map(({ price }) => [price.region, price.asOf])).toEqual(own.map(() => [null, "2026-01-31"]));
    expect(own).not.toEqual([]);
    expect(energy.unknown).not.toContain(b300);

    const teamQuota = made.find((it) => it.type.endsWith(":ResourceQuota") && it.name.startsWith("train"));
    expect(text(teamQuota?.inputs, 'spec.hard["requests.rdma/ib"]')).toBe("32");
    // Whoever reads the layer from another stack has the figures, too.
    expect(JSON.stringify(outputs)).toContain('"gbitsPerSecondPerHca":400');
    const scratch = made.find(
      (it) => it.type.endsWith(":Release") && JSON.stringify(it.inputs).includes("local-csi-driver"),
    );
    expect(JSON.stringify(scratch?.inputs)).toContain('"next"');

    const findings = judge(resources, "dev", { today });
    expect(findings.filter((it) => it.level === "mandatory")).toEqual([]);
    expect(findings.filter(({ rule }) => rule === "size-in-catalogue")).toHaveLength(4);
  });

  it("is warned of, once each, with what nobody knows of it", () => {
    const said = notes({ environment: read(), resources: [], handedOver: {}, values: dev, today });
    const own = said.filter((it) => it.includes("vmSizes."));
    expect(own).toHaveLength(2);
    expect(own.find((it) => it.includes(b300))).toBe(
      `vmSizes.${b300}: its figures are your own, and nobody has checked them against Azure or that eastus sells it (az vm list-skus --location eastus --size ${b300}); there are no floors of node health, no NCCL profile, no price, so its cost is not counted`,
    );
    expect(said.filter((it) => it.includes("no list price is known"))).toEqual([]);
  });
});

describe("the section vmSizes is refused", () => {
  it.each<readonly [string, Readonly<Record<string, unknown>>, string[]]>([
    [
      "for a size that nothing has",
      { vmSizes: { ...sizes, Standard_D16as_v9: { vcpus: 16, memoryGiB: 64, quotaFamily: "standardDASv9Family" } } },
      [
        `vmSizes.Standard_D16as_v9: must be the size of a pool, of a scale set or of the runner; got "Standard_D16as_v9". Closest: ${general}`,
      ],
    ],
    [
      "for a wrong figure, which is told once and not by each pool",
      { vmSizes: { ...sizes, [b300]: { ...sizes[b300], vcpus: "128" } } },
      [`vmSizes.${b300}.vcpus: must be a whole number; got "128" (text). Write 128 without quotes`],
    ],
    [
      "for figures that contradict each other, likewise",
      { vmSizes: { ...sizes, [b300]: { ...sizes[b300], vcpus: 96 } } },
      [`vmSizes.${b300}.vcpus: must be 128, as its name says; got 96. Write 128`],
    ],
  ])("%s", (_, changes, lines) => {
    expect(problemsOf(changes)).toEqual(lines);
  });

  it("names the way out where a size is not known", () => {
    const { [general]: other } = sizes;
    const lines = problemsOf({ vmSizes: { [general]: other } });
    expect(lines.filter((it) => it.includes("declare it with its figures (vmSizes)"))).toHaveLength(2);
  });
});
