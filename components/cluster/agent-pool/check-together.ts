import { osSkuRuns } from "../../../catalog/kubernetes-versions";
import { limits } from "../../../catalog/limits";
import type { Problems } from "../../../core/problems";
import type { factsForPools } from "../kubernetes-cluster/plan";
import type { GpuPoolPlan } from "../gpu-pool/plan";
import type { PlannedPool } from "../members";
import { checkSkew } from "./check-software";
import type { PoolPlan } from "./plan";

/** What the cluster decides for its pools. */
export type ClusterOfPools = ReturnType<typeof factsForPools>;

/**
 * Rules between the pools of one cluster. Paths are those of a stack file: `gpuPools.h100.osSku`.
 * @param cluster The cluster, `null` for one of somebody else's.
 */
export function checkPoolsTogether(
  pools: readonly PlannedPool[],
  cluster: ClusterOfPools | null,
  problems: Problems,
): void {
  const gpuPools = pools.filter((it) => it.section === "gpuPools");
  checkNames(pools, problems);
  checkFeature(gpuPools, problems);
  checkOperatorOs(gpuPools, problems);
  if (cluster === null) return;
  checkCounts(pools, cluster, problems);
  checkChannels(pools, cluster, problems);
  for (const pool of pools) checkVersion(pool, cluster, problems);
}

/** What AKS upgrades by itself it upgrades in every pool. */
function checkChannels(pools: readonly PoolPlan[], { nodeOs, channel }: ClusterOfPools, problems: Problems): void {
  if (!pools.some((it) => it.infiniband)) return;
  const why = "a reimaged node stops a job on the whole domain, and the channel is one setting for the cluster";
  problems.require(nodeOs === "None", "cluster.upgrades.nodeOs", `must be None while a pool uses InfiniBand: ${why}`, {
    got: nodeOs,
    remedy: "Use None, and renew images by hand (docs/runbooks/node-images.md)",
  });
  problems.require(
    channel === "none",
    "cluster.upgrades.kubernetes",
    `must be none while a pool uses InfiniBand: ${why}`,
    { got: channel, remedy: "Use none, and raise kubernetesVersion by hand" },
  );
}

function checkVersion(pool: PoolPlan, cluster: ClusterOfPools, problems: Problems): void {
  const { section, key, size, osSku, kubernetesVersion } = pool;
  // What version a snapshot holds is known to Azure only.
  if (pool.held) return;
  const version = kubernetesVersion ?? cluster.kubernetesVersion;
  if (kubernetesVersion !== null) {
    checkSkew(version, cluster.kubernetesVersion, `${section}.${key}.kubernetesVersion`, problems);
  }
  const fitting = (size.aks?.osSkus ?? []).filter((it) => osSkuRuns(it, version) === true);
  problems.require(
    // Where none fits, the version is at fault, which the cluster says.
    osSkuRuns(osSku, version) !== false || fitting.length === 0,
    `${section}.${key}.osSku`,
    `must be an image that runs Kubernetes ${version}`,
    { got: osSku, remedy: `Use ${fitting.join(" or ")}` },
  );
}

function checkNames(pools: readonly PoolPlan[], problems: Problems): void {
  const seen = new Set(["system"]);
  for (const { section, key, agentPools } of pools) {
    for (const { name } of agentPools) {
      problems.require(
        !seen.has(name),
        `${section}.${key}`,
        `must have another name: AKS pool '${name}' exists already`,
      );
      seen.add(name);
    }
  }
}

function checkFeature(pools: readonly GpuPoolPlan[], problems: Problems): void {
  const flagged = pools.find((it) => it.size.infiniband?.aksFeature === "registered");
  const unflagged = pools.find((it) => it.size.infiniband?.aksFeature === "not-registered");
  if (flagged === undefined || unflagged === undefined) return;
  problems.require(
    false,
    `gpuPools.${unflagged.key}.size`,
    `cannot share a subscription with ${flagged.size.name} (gpuPools.${flagged.key}): feature AKSInfinibandSupport must be off for one and on for the other`,
    { got: unflagged.size.name, remedy: "Use a stack in another subscription" },
  );
}

/** The GPU operator supports one node OS in a cluster. Source: MicrosoftDocs/azure-aks-docs nvidia-gpu-operator.md */
function checkOperatorOs(pools: readonly GpuPoolPlan[], problems: Problems): void {
  const [first, ...rest] = pools.filter((it) => it.gpuStack === "gpu-operator");
  for (const { key, osSku } of rest) {
    problems.require(
      osSku === first?.osSku,
      `gpuPools.${key}.osSku`,
      `must be ${first?.osSku ?? ""}, as in gpuPools.${first?.key ?? ""}: the GPU operator supports one node OS in a cluster`,
      { got: osSku },
    );
  }
}

function checkCounts(pools: readonly PoolPlan[], { tier, systemNodes }: ClusterOfPools, problems: Problems): void {
  const most = tier === "Free" ? limits.aksNodesFreeTier.value : limits.aksNodes.value;
  const nodes = pools.reduce((sum, it) => sum + it.maxNodes, systemNodes);
  const rule = (limit: number, what: string): string => `must come to at most ${limit} ${what} with the system pool`;
  const remedy = "A larger estate is several cells: one stack file each";
  problems.require(nodes <= most, "gpuPools", `${rule(most, "nodes")} in tier ${tier}`, { got: nodes, remedy });
  const aksPools = pools.reduce((sum, it) => sum + it.agentPools.length, 1);
  const mostPools = limits.aksPools.value;
  problems.require(aksPools <= mostPools, "gpuPools", rule(mostPools, "AKS pools"), { got: aksPools, remedy });
}
