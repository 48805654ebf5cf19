import { gpuDirectOf } from "../../../catalog/gpu-direct";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { isAtLeast, osSkuRuns, parseKubernetesVersion, releaseOf } from "../../../catalog/kubernetes-versions";
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
  checkOperatorOs(gpuPools, cluster, problems);
  for (const pool of gpuPools) checkStack(pool, cluster, problems);
  if (cluster === null) return;
  checkCounts(pools, cluster, problems);
  checkChannels(pools, cluster, problems);
  for (const pool of pools) checkVersion(pool, cluster, problems);
}

/** What AKS upgrades by itself it upgrades in every pool. */
function checkChannels(pools: readonly PlannedPool[], { nodeOs, channel }: ClusterOfPools, problems: Problems): void {
  const unpatched = pools.find((it) => it.section === "gpuPools" && it.osSku.startsWith("AzureLinux"));
  problems.require(
    nodeOs !== "SecurityPatch" || unpatched === undefined,
    "cluster.upgrades.nodeOs",
    `must be NodeImage or None while gpuPools.${unpatched?.key ?? ""} runs Azure Linux: AKS does not patch GPU nodes of it`,
    // Source: MicrosoftDocs/azure-aks-docs:articles/aks/auto-upgrade-node-os-image.md (2026-06-26)
    { got: nodeOs, remedy: "Use NodeImage, or another osSku for the pool" },
  );
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
  const version = versionOf(pool, cluster);
  if (version === null) return;
  if (kubernetesVersion !== null) {
    checkSkew(version, cluster.kubernetesVersion, `${section}.${key}.kubernetesVersion`, problems);
  }
  const supported = size.aks?.osSkus ?? [];
  const fitting = supported.filter((it) => osSkuRuns(it, version) === true);
  const release = osOf(pool, cluster);
  const path = `${section}.${key}.osSku`;
  problems.require(
    // Where none fits, the version is at fault, which the cluster says.
    osSkuRuns(osSku, version) !== false || fitting.length === 0,
    path,
    `must be an image that runs Kubernetes ${version}`,
    { got: osSku, remedy: `Use ${fitting.join(" or ")}` },
  );
  problems.require(
    osSku === release || supported.includes(release) || fitting.length === 0,
    path,
    `must name a release of its own: at Kubernetes ${version} ${osSku} means ${release}, which is not known to work with ${size.name}`,
    { got: osSku, remedy: `Use ${fitting.join(" or ")}` },
  );
}

/** What an owner of the GPUs asks of Kubernetes and of the node's OS. */
function checkStack(pool: GpuPoolPlan, cluster: ClusterOfPools | null, problems: Problems): void {
  const { key, size, gpuStack, osSku } = pool;
  const version = versionOf(pool, cluster);
  const since = gpuStackRows[gpuStack].kubernetesSince;
  problems.require(
    since === null || version === null || isAtLeast(version, since),
    pool.kubernetesVersion === null ? "cluster.kubernetesVersion" : `gpuPools.${key}.kubernetesVersion`,
    `must be ${since ?? ""} or newer: gpuStack ${gpuStack} of gpuPools.${key} needs what older versions lack`,
    { got: version },
  );
  const direct = gpuDirectOf(size, gpuStack);
  const release = osOf(pool, cluster);
  // Where nobody knows what Ubuntu means, nobody can tell; what a size does not run at all is told by the version.
  if (direct?.mode !== "dma-buf" || release === "Ubuntu" || size.aks?.osSkus.includes(release) !== true) return;
  problems.require(
    direct.provenOn.includes(release),
    `gpuPools.${key}.osSku`,
    `must be ${direct.provenOn.join(" or ")} with gpuStack ${gpuStack}: elsewhere InfiniBand would copy through the host`,
    { got: osSku, remedy: osSku === release ? undefined : `At Kubernetes ${version ?? ""} ${osSku} means ${release}` },
  );
}

/** Kubernetes version of the nodes of a pool, `null` where only Azure knows it, and where what is given is none. */
function versionOf({ kubernetesVersion, held }: PoolPlan, cluster: ClusterOfPools | null): string | null {
  const given = kubernetesVersion ?? cluster?.kubernetesVersion ?? "";
  return held || parseKubernetesVersion(given) === undefined ? null : given;
}

/** Release of the node OS of a pool; `Ubuntu` where its version is not known. */
function osOf(pool: PoolPlan, cluster: ClusterOfPools | null): string {
  const version = versionOf(pool, cluster);
  return version === null ? pool.osSku : releaseOf(pool.osSku, version);
}

function checkNames(pools: readonly PoolPlan[], problems: Problems): void {
  const seen = new Set(["system"]);
  for (const { section, key, agentPools } of pools) {
    for (const { name } of agentPools) {
      problems.require(
        !seen.has(name),
        `${section}.${key}`,
        `must have another name: AKS pool '${name}' exists already`,
        { remedy: `Rename ${section}.${key}, or the pool that has this name` },
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
function checkOperatorOs(pools: readonly GpuPoolPlan[], cluster: ClusterOfPools | null, problems: Problems): void {
  const [first, ...rest] = pools
    .filter((it) => gpuStackRows[it.gpuStack].driver === "gpuOperator")
    .map((pool) => ({ key: pool.key, osSku: pool.osSku, os: osOf(pool, cluster) }));
  for (const { key, osSku, os } of rest) {
    problems.require(
      first === undefined || maybeSame(os, first.os),
      `gpuPools.${key}.osSku`,
      `must be ${first?.os ?? ""}, as in gpuPools.${first?.key ?? ""}: the GPU operator supports one node OS in a cluster`,
      { got: osSku, remedy: osSku === os ? undefined : `Its nodes run ${os}` },
    );
  }
}

/** `Ubuntu` of an unknown version, as with a snapshot, may be any of its releases. */
function maybeSame(one: string, other: string): boolean {
  const anyRelease = one === "Ubuntu" || other === "Ubuntu";
  return one === other || (anyRelease && one.startsWith("Ubuntu") && other.startsWith("Ubuntu"));
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
