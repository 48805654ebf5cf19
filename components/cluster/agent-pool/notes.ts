import { limits } from "../../../catalog/limits";
import { oldestNodeImageDays } from "../../../catalog/node-images";
import type { ClusterOfPools } from "./check-together";
import type { PoolPlan } from "./plan";

/** Note of a pool that a snapshot holds. */
export function heldNotes(snapshot: string | undefined): string[] {
  return snapshot === undefined
    ? []
    : [
        "nodeImageSnapshotId holds its node image and Kubernetes version: it gets no security fixes until that is removed",
        // Source: MicrosoftDocs/azure-aks-docs:articles/aks/node-pool-snapshot.md (2026-08-21)
        `nodeImageSnapshotId takes no node that runs back: Azure upgrades a pool to a snapshot that is newer than it, of an image of at most ${oldestNodeImageDays} days; for the way back see docs/runbooks/node-images.md`,
      ];
}

/** What a person should know of a cluster and its pools before `up`, as lines that begin with a path of the stack file. */
export function poolNotes(pools: readonly PoolPlan[], cluster: ClusterOfPools): string[] {
  const nodes = pools.reduce((sum, it) => sum + it.maxNodes, cluster.systemNodes);
  return [
    ...pools.flatMap(({ section, key, notes }) => notes.map((note) => `${section}.${key}: ${note}`)),
    ...(pools.some((it) => it.section === "cpuPools")
      ? []
      : [
          "cpuPools: there is none, so a pod that asks for no GPU finds no node: operators, launchers of jobs, gateways",
        ]),
    ...tierNotes(cluster, nodes),
    ...supportNotes(cluster),
    ...channelNotes(cluster),
    ...systemPoolNotes(cluster, nodes),
  ];
}

/** Source: MicrosoftDocs/azure-aks-docs:articles/aks/free-standard-pricing-tiers.md (2026-08-21) */
function tierNotes({ tier, longTermSupport }: ClusterOfPools, nodes: number): string[] {
  const advised = limits.aksNodesFreeTierAdvised.value;
  if (tier === "Free" && nodes > advised) {
    return [
      `cluster.tier: Free has no SLA and is meant for at most ${advised} nodes, and this cluster may have ${nodes}`,
    ];
  }
  return tier === "Premium" && !longTermSupport
    ? ["cluster.tier: Premium costs more than Standard for one thing, longTermSupport, which is off"]
    : [];
}

/** Source: MicrosoftDocs/azure-aks-docs:articles/aks/long-term-support.md (2026-08-21) */
function supportNotes({ longTermSupport, channel }: ClusterOfPools): string[] {
  return longTermSupport && channel !== "patch"
    ? [
        `cluster.longTermSupport: covers the two newest patches of a version, and upgrades.kubernetes is ${channel}, so nobody brings them: every second month or so upgrade the patch by hand (az aks upgrade), or use patch where no pool has InfiniBand`,
      ]
    : [];
}

function channelNotes({ channel, nodeOs, kubernetesVersion }: ClusterOfPools): string[] {
  return [
    ...(channel === "stable"
      ? [
          `cluster.upgrades.kubernetes: stable also raises the minor version; raise kubernetesVersion (${kubernetesVersion}) here when it has, or the next up asks to go back and is refused`,
        ]
      : []),
    ...(nodeOs === "None"
      ? [
          `cluster.upgrades.nodeOs: None leaves security fixes of the nodes to you: renew images once a month, none older than ${oldestNodeImageDays} days (docs/runbooks/node-images.md)`,
        ]
      : []),
  ];
}

/**
 * Above 100 nodes Azure speaks of a large cluster, and then of system pools of three nodes with 8 CPUs or two with 16.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-system-pools.md (2026-04-30), best-practices-performance-scale-large.md
 */
function systemPoolNotes({ systemNodes, systemSize, systemVmSize }: ClusterOfPools, nodes: number): string[] {
  const cpus = systemVmSize?.vcpus ?? 0;
  const enough = (systemNodes >= 3 && cpus >= 8) || (systemNodes >= 2 && cpus >= 16);
  return nodes <= 100 || enough
    ? []
    : [
        `cluster.systemPool: ${systemNodes} x ${systemSize} is little for ${nodes} nodes: Azure advises three nodes of 8 CPUs or two of 16 for a large cluster`,
      ];
}
