import { findVmSize } from "../../../../catalog/vm-sizes";
import { describe, expect, it } from "vitest";
import { checkPoolsTogether, type ClusterOfPools } from "../../../../components/cluster/agent-pool/check-together";
import { poolNotes } from "../../../../components/cluster/agent-pool/notes";
import { planCpuPool } from "../../../../components/cluster/cpu-pool/plan";
import type { CpuPoolShape } from "../../../../components/cluster/cpu-pool/shape";
import type { GpuPoolShape } from "../../../../components/cluster/gpu-pool/shape";
import { planGpuPool } from "../../../../components/cluster/gpu-pool/plan";
import type { PlannedPool } from "../../../../components/cluster/members";
import { describeProblem, Problems } from "../../../../core/problems";
import { place } from "../../../recorded";

const cluster: ClusterOfPools = {
  kubernetesVersion: "1.36",
  tier: "Standard",
  longTermSupport: false,
  systemNodes: 3,
  systemSize: "Standard_D8ds_v5",
  systemVmSize: findVmSize("Standard_D8ds_v5") ?? null,
  channel: "none",
  nodeOs: "None",
};
/** A cluster whose nodes somebody looks after. */
const patched = { ...cluster, nodeOs: "SecurityPatch" } as const;
const h100 = planGpuPool("h100", { size: "Standard_ND96isr_H100_v5", nodes: 2 }, place);
const a10 = planGpuPool("a10", { size: "Standard_NV36ads_A10_v5", nodes: 2 }, place);
const cpu = (key: string, more: Partial<CpuPoolShape> = {}): PlannedPool =>
  planCpuPool(key, { size: "Standard_D8ds_v5", ...(more.maxNodes === undefined && { nodes: 2 }), ...more }, place);

function told(pools: readonly PlannedPool[], more: Partial<ClusterOfPools> = {}): string[] {
  const problems = new Problems();
  checkPoolsTogether(pools, { ...cluster, ...more }, problems);
  return problems.list.map(describeProblem);
}

describe("pools of all kinds", () => {
  it("may stand side by side", () => {
    expect(told([h100, a10, cpu("general"), cpu("arm", { size: "Standard_D4pds_v6" })])).toEqual([]);
  });

  it.each(["system", "a10", "h100d1"])("have names of their own: %s", (name) => {
    expect(told([h100, a10, cpu(name)])).toEqual([
      `cpuPools.${name}: must have another name: AKS pool '${name}' exists already. Rename cpuPools.${name}, or the pool that has this name`,
    ]);
  });

  it("count against one limit", () => {
    const many = Array.from({ length: 5 }, (_, at) => cpu(`p${at}`, { nodes: 1000 }));
    expect(told(many)).toEqual([expect.stringContaining("must come to at most 5000 nodes with the system pool")]);
    const pools = Array.from({ length: 98 }, (_, at) => cpu(`p${at}`, { nodes: 1 }));
    expect(told([...pools, a10])).toEqual([]);
    expect(told([...pools, h100, a10])).toEqual([expect.stringContaining("must come to at most 100 AKS pools")]);
  });
});

describe("Kubernetes versions", () => {
  it.each([
    ["1.36", "1.36", null],
    ["1.34", "1.36", null],
    ["1.36.1", "1.36", null],
    ["1.36.1", "1.36.1", null],
    ["1.35", "1.36.1", null],
    ["1.36", "1.35", "must not be newer than the cluster (1.35)"],
    ["1.36.2", "1.36.1", "must not be newer than the cluster (1.36.1)"],
    // AKS would take the newest patch.
    ["1.36", "1.36.1", "must not be newer than the cluster (1.36.1)"],
    ["1.33", "1.36", "must be at most 2 minor versions behind the cluster (1.36)"],
  ])("nodes at %s, cluster at %s: %s", (nodes, kubernetesVersion, rule) => {
    const pool = cpu("general", { kubernetesVersion: nodes });
    expect(told([pool], { kubernetesVersion })).toEqual(
      rule === null ? [] : [expect.stringContaining(`cpuPools.general.kubernetesVersion: ${rule}; got "${nodes}"`)],
    );
  });

  it("decide what Ubuntu means, and so whether a size is known to run it", () => {
    const gb300 = (kubernetesVersion: string): string[] =>
      told([planGpuPool("gb300", { size: "Standard_ND128isr_GB300_v6", nodes: 18 }, { ...place, location: "" })], {
        kubernetesVersion,
      });
    expect(gb300("1.36")).toEqual([]);
    const meaning = (version: string, release: string): string =>
      `gpuPools.gb300.osSku: must name a release of its own: at Kubernetes ${version} Ubuntu means ${release}, which is not known to work with Standard_ND128isr_GB300_v6; got "Ubuntu". Use Ubuntu2404`;
    expect(gb300("1.38")).toEqual([meaning("1.38", "Ubuntu2604")]);
    expect(gb300("1.34")).toEqual([meaning("1.34", "Ubuntu2204")]);
  });

  it("let claims of devices in from 1.34 on", () => {
    const rack = (kubernetesVersion?: string): PlannedPool =>
      planGpuPool(
        "gb300",
        {
          size: "Standard_ND128isr_GB300_v6",
          nodes: 18,
          osSku: "Ubuntu2404",
          ...(kubernetesVersion !== undefined && { kubernetesVersion }),
        },
        { ...place, location: "", today: null },
      );
    const rule = "must be 1.34 or newer: gpuStack gb-dra of gpuPools.gb300 needs what older versions lack";
    expect(told([rack()], { kubernetesVersion: "1.34" })).toEqual([]);
    expect(told([rack()], { kubernetesVersion: "1.33.5" })).toEqual([
      `cluster.kubernetesVersion: ${rule}; got "1.33.5"`,
    ]);
    expect(told([rack("1.33")], { kubernetesVersion: "1.35" })).toEqual([
      `gpuPools.gb300.kubernetesVersion: ${rule}; got "1.33"`,
    ]);
  });

  it.each([
    ["1.36", "Ubuntu", null],
    ["1.36", "Ubuntu2204", 'got "Ubuntu2204"'],
    ["1.34", "Ubuntu", 'got "Ubuntu". At Kubernetes 1.34 Ubuntu means Ubuntu2204'],
  ])("at %s judge AKS's driver on InfiniBand by the release of %s", (kubernetesVersion, osSku, said) => {
    const size = "Standard_ND96isr_H100_v5";
    const pool = planGpuPool("h100", { size, nodes: 2, gpuStack: "aks-driver", osSku }, place);
    const rule =
      "gpuPools.h100.osSku: must be Ubuntu2404 with gpuStack aks-driver: elsewhere InfiniBand would copy through the host";
    expect(told([pool], { kubernetesVersion })).toEqual(said === null ? [] : [`${rule}; ${said}`]);
  });

  it("keep the nodes of one GPU operator on one release, by whatever name", () => {
    const t4 = (key: string, more: Partial<GpuPoolShape>): PlannedPool =>
      planGpuPool(key, { size: "Standard_NC16as_T4_v3", nodes: 1, ...more }, place);
    expect(told([t4("one", {}), t4("two", { osSku: "Ubuntu2404" })])).toEqual([]);
    expect(told([t4("one", {}), t4("two", { kubernetesVersion: "1.34" })])).toEqual([
      'gpuPools.two.osSku: must be Ubuntu2404, as in gpuPools.one: the GPU operator supports one node OS in a cluster; got "Ubuntu". Its nodes run Ubuntu2204',
    ]);
  });

  it("judge the node OS by the version of its nodes", () => {
    const size = "Standard_NV36ads_A10_v5";
    const old = planGpuPool("a10", { size, nodes: 1, osSku: "Ubuntu2404", kubernetesVersion: "1.35" }, place);
    expect(told([old])).toEqual([]);
  });
});

it.each([
  ["nodeOs", { nodeOs: "NodeImage" }, "cluster.upgrades.nodeOs: must be None while a pool uses InfiniBand"],
  ["kubernetes", { channel: "stable" }, "cluster.upgrades.kubernetes: must be none while a pool uses InfiniBand"],
  ["kubernetes", { channel: "patch" }, "cluster.upgrades.kubernetes: must be none while a pool uses InfiniBand"],
] as const)("InfiniBand allows no automatic upgrades by %s: %o", (_, upgrades, said) => {
  expect(told([h100], upgrades)).toEqual([expect.stringContaining(said)]);
  expect(told([a10, cpu("general")], upgrades)).toEqual([]);
});

it("does not leave GPU nodes of Azure Linux without the fixes that the others get", () => {
  const t4 = planGpuPool("t4", { size: "Standard_NC16as_T4_v3", nodes: 1, osSku: "AzureLinux3" }, place);
  expect(told([t4], { nodeOs: "NodeImage" })).toEqual([]);
  expect(told([cpu("general", { osSku: "AzureLinux3" })], { nodeOs: "SecurityPatch" })).toEqual([]);
  expect(told([t4], { nodeOs: "SecurityPatch" })).toEqual([
    'cluster.upgrades.nodeOs: must be NodeImage or None while gpuPools.t4 runs Azure Linux: AKS does not patch GPU nodes of it; got "SecurityPatch". Use NodeImage, or another osSku for the pool',
  ]);
});

describe("notes of a cluster", () => {
  it("miss a place for pods without a GPU", () => {
    const t4 = planGpuPool("t4", { size: "Standard_NC16as_T4_v3", nodes: 2 }, place);
    expect(poolNotes([t4], patched)).toEqual([expect.stringMatching(/^cpuPools: there is none, so a pod/)]);
    expect(poolNotes([t4, cpu("general")], patched)).toEqual([]);
  });

  it.each([
    [
      "nobody renews the images of its nodes",
      { nodeOs: "None" },
      "cluster.upgrades.nodeOs: None leaves security fixes",
    ],
    ["Premium buys nothing", { tier: "Premium" }, "cluster.tier: Premium costs more than Standard for one thing"],
    [
      "long-term support comes to nobody",
      { tier: "Premium", longTermSupport: true },
      "cluster.longTermSupport: covers the two newest patches of a version, and upgrades.kubernetes is none",
    ],
    [
      "AKS raises the version past the file's",
      { channel: "stable" },
      "cluster.upgrades.kubernetes: stable also raises the minor version",
    ],
  ] as const)("say that %s", (_, more, said) => {
    expect(poolNotes([cpu("general")], { ...patched, ...more })).toEqual([expect.stringContaining(said)]);
    const whole = { ...patched, tier: "Premium", longTermSupport: true, channel: "patch" } as const;
    expect(poolNotes([cpu("general")], whole)).toEqual([]);
  });

  it("count the nodes of tier Free", () => {
    const free = { ...patched, tier: "Free" } as const;
    expect(poolNotes([cpu("general", { nodes: 7 })], free)).toEqual([]);
    expect(poolNotes([cpu("general", { nodes: 8 })], free)).toEqual([
      "cluster.tier: Free has no SLA and is meant for at most 10 nodes, and this cluster may have 11",
    ]);
  });

  it.each([
    [2, "Standard_D4ds_v5", 1000, true],
    [3, "Standard_D4ds_v5", 1000, true],
    [2, "Standard_D8ds_v5", 1000, true],
    [3, "Standard_D8ds_v5", 1000, false],
    [2, "Standard_D16ds_v5", 1000, false],
    [1, "Standard_D32ds_v5", 1000, true],
    [2, "Standard_D4ds_v5", 98, false],
  ])("weigh %i system nodes of %s against %i others: too little is %s", (systemNodes, systemSize, nodes, little) => {
    const systemVmSize = findVmSize(systemSize) ?? null;
    const said = poolNotes([cpu("general", { nodes })], { ...patched, systemNodes, systemSize, systemVmSize });
    expect(said).toEqual(little ? [expect.stringContaining(`${systemNodes} x ${systemSize} is little for`)] : []);
  });
});
