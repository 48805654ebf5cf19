import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sysctls } from "../../../../catalog/sysctls";
import { keysOf } from "../../../../core/records";
import type { CpuPoolShape } from "../../../../components/cluster/cpu-pool/shape";
import { planCpuPool } from "../../../../components/cluster/cpu-pool/plan";
import { planGpuPool } from "../../../../components/cluster/gpu-pool/plan";
import { planKubernetesCluster } from "../../../../components/cluster/kubernetes-cluster/plan";
import type { KubernetesClusterShape } from "../../../../components/cluster/kubernetes-cluster/shape";
import { place, problemsOf } from "../../../recorded";

const anywhere = { ...place, location: "" };

function cpuPool(settings: Partial<CpuPoolShape>) {
  return planCpuPool("general", { size: "Standard_D8ds_v5", nodes: 1, ...settings }, anywhere);
}

function refusals(settings: Partial<CpuPoolShape>): string[] {
  return problemsOf(() => cpuPool(settings));
}

describe("settings of nodes", () => {
  it("reach Azure by its own names, and nothing where nothing is said", () => {
    expect(cpuPool({}).agentPools[0]?.body).not.toHaveProperty("kubeletConfig");
    expect(cpuPool({}).agentPools[0]?.body).not.toHaveProperty("linuxOSConfig");
    const settings = {
      kubeletConfig: { cpuManagerPolicy: "static", failSwapOn: false, allowedUnsafeSysctls: ["net.core.*"] },
      linuxOSConfig: {
        swapFileSizeMB: 1500,
        transparentHugePageEnabled: "madvise",
        sysctls: { netCoreSomaxconn: 65_536, netIpv4TcpTwReuse: true, netIpv4IpLocalPortRange: "32768 60999" },
      },
    } satisfies Partial<CpuPoolShape>;
    const { agentPools, notes } = cpuPool(settings);
    expect(agentPools[0]?.body).toMatchObject(settings);
    expect(notes).toEqual([
      "kubeletConfig.cpuManagerPolicy static gives CPUs to pods of class Guaranteed with whole CPUs alone: all others share the rest",
      "kubeletConfig.allowedUnsafeSysctls lets any pod on its nodes change the kernel for all of them",
    ]);
  });

  it("keep what a GPU pool has without a word, key by key", () => {
    const { agentPools } = planGpuPool(
      "h100",
      { size: "Standard_ND96isr_H100_v5", nodes: 2, kubeletConfig: { podMaxPids: 8192 } },
      anywhere,
    );
    expect(agentPools[0]?.body.kubeletConfig).toEqual({
      cpuManagerPolicy: "static",
      topologyManagerPolicy: "best-effort",
      podMaxPids: 8192,
    });
  });

  it("reach the system pool as well", () => {
    const cluster = {
      kubernetesVersion: "1.36",
      tier: "Standard",
      apiServer: "private",
      adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    } satisfies Partial<KubernetesClusterShape>;
    const network = {
      podCidr: "10.96.0.0/14",
      serviceCidr: "10.112.0.0/16",
      outboundType: "userAssignedNATGateway",
    } as const;
    const planned = planKubernetesCluster(
      "aks",
      { ...cluster, systemPool: { linuxOSConfig: { sysctls: { vmMaxMapCount: 1_048_576 } } } },
      anywhere,
      network,
    );
    expect(planned.systemPool.linuxOSConfig).toEqual({ sysctls: { vmMaxMapCount: 1_048_576 } });
    expect(
      problemsOf(() =>
        planKubernetesCluster(
          "aks",
          { ...cluster, systemPool: { kubeletConfig: { containerLogMaxFiles: 1 } } },
          anywhere,
          network,
        ),
      ),
    ).toEqual([
      "systemPool.kubeletConfig.containerLogMaxFiles: must be a whole number from 2 to 1000000; got 1. Use 2",
    ]);
  });

  it.each<[string, Partial<CpuPoolShape>, string]>([
    [
      "a swap file that no kubelet starts beside",
      { linuxOSConfig: { swapFileSizeMB: 1500 } },
      "linuxOSConfig.swapFileSizeMB: needs kubeletConfig.failSwapOn: false: without it no kubelet starts beside a swap file; got 1500. Add kubeletConfig: { failSwapOn: false }, or leave the swap file out",
    ],
    [
      "a swap file larger than its disk",
      { kubeletConfig: { failSwapOn: false }, linuxOSConfig: { swapFileSizeMB: 307_201 } },
      "linuxOSConfig.swapFileSizeMB: must be a whole number from 1 to 307200, what the temporary disk of Standard_D8ds_v5 holds; got 307201. Use 307200",
    ],
    [
      "swappiness without a swap file",
      { linuxOSConfig: { sysctls: { vmSwappiness: 10 } } },
      "linuxOSConfig.sysctls.vmSwappiness: must be absent: there is no swap file, so nothing is swapped; got 10. Leave it out, or add swapFileSizeMB",
    ],
    [
      "neighbours the other way round, one of them Azure's default",
      { linuxOSConfig: { sysctls: { netIpv4NeighDefaultGcThresh2: 17_000 } } },
      "linuxOSConfig.sysctls.netIpv4NeighDefaultGcThresh2: must be at most netIpv4NeighDefaultGcThresh3 (16384); got 17000. Write both: netIpv4NeighDefaultGcThresh2 and netIpv4NeighDefaultGcThresh3",
    ],
    [
      "ports that are no range",
      { linuxOSConfig: { sysctls: { netIpv4IpLocalPortRange: "60000-61000" } } },
      'linuxOSConfig.sysctls.netIpv4IpLocalPortRange: must be two ports with a space between them, the first 1024 to 60999, the last 32768 to 65535 and greater; got "60000-61000". Write "32768 60999" for example',
    ],
    [
      "tidying for huge pages that nobody gets",
      { linuxOSConfig: { transparentHugePageEnabled: "never", transparentHugePageDefrag: "always" } },
      'linuxOSConfig.transparentHugePageDefrag: must be absent: with transparentHugePageEnabled: never there is nothing to tidy memory for; got "always". Leave it out, or use transparentHugePageEnabled: madvise',
    ],
    [
      "images that are removed before they may be",
      { kubeletConfig: { imageGcLowThreshold: 90 } },
      "kubeletConfig.imageGcLowThreshold: must be below imageGcHighThreshold (85); got 90. Write both",
    ],
    [
      "a setting that no pod may have",
      { kubeletConfig: { allowedUnsafeSysctls: ["vm.overcommit_memory"] } },
      'kubeletConfig.allowedUnsafeSysctls[0]: must be, or begin with, what AKS lets pods have: kernel.shm*, kernel.msg*, kernel.sem, fs.mqueue.*, net.*; got "vm.overcommit_memory". Set it for the whole node (linuxOSConfig.sysctls) where Azure has it',
    ],
    [
      "a period without what it counts",
      { kubeletConfig: { cpuCfsQuota: false, cpuCfsQuotaPeriod: "200ms" } },
      'kubeletConfig.cpuCfsQuotaPeriod: must be absent: cpuCfsQuota is false, so nothing is counted; got "200ms". Remove one of the two',
    ],
    [
      "a period that is too long",
      { kubeletConfig: { cpuCfsQuotaPeriod: "2h" } },
      'kubeletConfig.cpuCfsQuotaPeriod: must be milliseconds from 1ms to 1000ms; got "2h". Write 100ms for example',
    ],
    [
      "no process at all",
      { kubeletConfig: { podMaxPids: 0 } },
      "kubeletConfig.podMaxPids: must not be 0: no pod could start; got 0. Use -1 for no limit",
    ],
  ])("refuse %s", (_, settings, problem) => {
    expect(refusals(settings)).toEqual([problem]);
  });

  it("refuse a pool that would turn away the jobs it is for", () => {
    const gpuPool = (size: string) => () =>
      planGpuPool("pool", { size, nodes: 2, kubeletConfig: { topologyManagerPolicy: "single-numa-node" } }, anywhere);
    expect(problemsOf(gpuPool("Standard_ND96isr_H100_v5"))).toEqual([
      'kubeletConfig.topologyManagerPolicy: must not be single-numa-node: a job takes all GPUs of Standard_ND96isr_H100_v5, which lie on more than one NUMA node, so no node would take it; got "single-numa-node". Use best-effort, or leave it out',
    ]);
    expect(gpuPool("Standard_NC24ads_A100_v4")().notes.join("\n")).toContain("TopologyAffinityError");
  });

  it("take each kernel setting within its bounds and refuse it outside of them", () => {
    // Of what stands in an order, or needs a swap file, the table above tells.
    const alone = keysOf(sysctls).filter((it) => !/GcThresh|Conntrack|Swappiness/.test(it));
    fc.assert(
      fc.property(
        fc.constantFrom(...alone),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(1000),
        (name, at, far) => {
          const { bounds } = sysctls[name];
          fc.pre(bounds !== null);
          const [least, most] = bounds;
          const set = (value: number) => ({ linuxOSConfig: { sysctls: { [name]: value } } });
          const inside = Math.min(most, Math.floor(least + at * (most - least)));
          expect(cpuPool(set(inside)).agentPools[0]?.body.linuxOSConfig).toEqual({ sysctls: { [name]: inside } });
          const [problem = ""] = refusals(set(least - 1 - far));
          expect(problem).toContain(`linuxOSConfig.sysctls.${name}: must be a whole number from ${least} to`);
        },
      ),
    );
  });

  it("say of a held pool that it gets no fixes, and that no node that runs goes back by it", () => {
    const id =
      "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-own/providers/Microsoft.ContainerService/snapshots/good";
    expect(cpuPool({ nodeImageSnapshotId: id }).notes).toEqual([
      "nodeImageSnapshotId holds its node image and Kubernetes version: it gets no security fixes until that is removed",
      "nodeImageSnapshotId takes no node that runs back: Azure upgrades a pool to a snapshot that is newer than it, of an image of at most 90 days; for the way back see docs/runbooks/node-images.md",
    ]);
  });
});
