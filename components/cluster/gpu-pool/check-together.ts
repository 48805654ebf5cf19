import { osSkuRuns } from "../../../catalog/kubernetes-versions";
import { limits } from "../../../catalog/limits";
import type { Problems } from "../../../core/problems";
import type { factsForPools } from "../kubernetes-cluster/plan";
import type { GpuPoolPlan } from "./plan";

/** What the cluster decides for its pools. */
export type ClusterOfPools = ReturnType<typeof factsForPools>;

/**
 * Rules between the pools of one cluster. Paths are those of a stack file: `gpuPools.h100.osSku`.
 * @param cluster The cluster, `null` for one of somebody else's.
 */
export function checkPoolsTogether(
  pools: readonly GpuPoolPlan[],
  cluster: ClusterOfPools | null,
  problems: Problems,
): void {
  checkNames(pools, problems);
  checkFeature(pools, problems);
  checkOperatorOs(pools, problems);
  if (cluster === null) return;
  checkCounts(pools, cluster, problems);
  problems.require(
    cluster.nodeOs === "None" || !pools.some((it) => it.infiniband),
    "cluster.upgrades.nodeOs",
    "must be None while a pool uses InfiniBand: a reimaged node stops a job on the whole domain, and the channel is one setting for the cluster",
    { got: cluster.nodeOs },
  );
  for (const { key, size, osSku } of pools) {
    const { kubernetesVersion } = cluster;
    const fitting = (size.aks?.osSkus ?? []).filter((it) => osSkuRuns(it, kubernetesVersion) === true);
    problems.require(
      // Where none fits, the version is at fault, which the cluster says.
      osSkuRuns(osSku, kubernetesVersion) !== false || fitting.length === 0,
      `gpuPools.${key}.osSku`,
      `must be an image that runs Kubernetes ${kubernetesVersion}`,
      { got: osSku, remedy: `Use ${fitting.join(" or ")}` },
    );
  }
}

function checkNames(pools: readonly GpuPoolPlan[], problems: Problems): void {
  const seen = new Set(["system"]);
  for (const { key, agentPools } of pools) {
    for (const { name } of agentPools) {
      problems.require(!seen.has(name), `gpuPools.${key}`, `must have another name: AKS pool '${name}' exists already`);
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

function checkCounts(pools: readonly GpuPoolPlan[], { tier, systemNodes }: ClusterOfPools, problems: Problems): void {
  const most = tier === "Free" ? limits.aksNodesFreeTier.value : limits.aksNodes.value;
  const nodes = pools.reduce((sum, it) => sum + it.maxNodes, systemNodes);
  const rule = (limit: number, what: string): string => `must come to at most ${limit} ${what} with the system pool`;
  const remedy = "A larger estate is several cells: one stack file each";
  problems.require(nodes <= most, "gpuPools", `${rule(most, "nodes")} in tier ${tier}`, { got: nodes, remedy });
  const aksPools = pools.reduce((sum, it) => sum + it.agentPools.length, 1);
  const mostPools = limits.aksPools.value;
  problems.require(aksPools <= mostPools, "gpuPools", rule(mostPools, "AKS pools"), { got: aksPools, remedy });
}
