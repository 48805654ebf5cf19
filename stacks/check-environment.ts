import { planGpuNodePool } from "../components/cluster/plan-gpu-node-pool";
import { planKubernetesCluster } from "../components/cluster/plan-kubernetes-cluster";
import { planGpuScaleSet } from "../components/compute/gpu-scale-set/plan";
import { osSkuRuns } from "../catalog/kubernetes-versions";
import { limits } from "../catalog/limits";
import { checkOffer } from "../catalog/offer";
import { findVmSize } from "../catalog/vm-sizes";
import { Problems } from "../core/problems";
import { planClusterNetwork } from "../components/network/plan-cluster-network";
import { planBlobStore } from "../components/storage/blob-store/plan";
import { planLustreFileSystem } from "../components/storage/lustre-file-system/plan";
import type { Environment, InfraParts, InfraSections } from "./environment";
import { clusterSurroundings, domainPools, mostNodes, networkDemand } from "./plan-infra";

/**
 * Makes every decision of the environment once without making anything, so that the problems of all components are told
 * together, and adds the rules that only hold between them.
 */
export function checkEnvironment(environment: Environment, infra: InfraParts, problems: Problems): void {
  const { network, cluster, gpuPools = {}, scaleSets = {}, storage } = infra;
  checkPools(environment, gpuPools, problems);
  if (cluster !== undefined) checkPoolsInCluster(gpuPools, cluster, problems);
  for (const [name, shape] of Object.entries(scaleSets)) {
    problems.attempt(`scaleSets.${name}`, () => planGpuScaleSet(name, shape, environment));
  }
  if (network !== undefined) problems.attempt("network", () => planClusterNetwork(network, networkDemand(infra)));
  if (cluster !== undefined) {
    problems.attempt("cluster", () => planKubernetesCluster(cluster, clusterSurroundings(environment, infra)));
  }
  const { lustre, blob } = storage ?? {};
  if (lustre !== undefined)
    problems.attempt("storage.lustre", () => planLustreFileSystem("lustre", lustre, environment));
  if (blob !== undefined) problems.attempt("storage.blob", () => planBlobStore("data", blob, environment));
}

/** Pools that can be planned at all: what teams can be measured against, whatever else is wrong. */
export function soundPools(gpuPools: InfraSections["gpuPools"]): InfraSections["gpuPools"] {
  const faulty = new Set(
    domainPools(gpuPools)
      .filter(({ name, shape }) => new Problems().attempt("", () => planGpuNodePool(name, shape)) === undefined)
      .map(({ key }) => key),
  );
  return Object.fromEntries(Object.entries(gpuPools).filter(([key]) => !faulty.has(key)));
}

function checkPools(environment: Environment, gpuPools: InfraSections["gpuPools"], problems: Problems): void {
  const seen = new Set<string>();
  for (const { key, name, shape } of domainPools(gpuPools)) {
    const path = `gpuPools.${key}`;
    problems.require(
      name !== "system" && !seen.has(name),
      path,
      `must have another name: AKS pool '${name}' exists already`,
    );
    seen.add(name);
    // Domains are alike: the first speaks for all.
    if (!/d([2-9]|\d\d)$/.test(name) || name === key) problems.attempt(path, () => planGpuNodePool(name, shape));
  }
  for (const [key, pool] of Object.entries(gpuPools)) {
    const path = `gpuPools.${key}`;
    const size = findVmSize(pool.size);
    if (size === undefined) continue;
    problems.require(
      size.infiniband !== null || pool.domains === undefined,
      `${path}.domains`,
      `must be absent: ${size.name} has no InfiniBand`,
      { got: pool.domains },
    );
    problems.require(
      pool.spot === undefined || environment.kind !== "prod",
      `${path}.spot`,
      "is not possible in prod: one eviction stops what users rely on",
    );
    problems.attempt(path, () => {
      const own = new Problems();
      checkOffer(size, pool.zone, environment, own);
      own.throwIfAny(path);
    });
  }
  checkTogether(gpuPools, problems);
}

/** Rules between pools. */
function checkTogether(gpuPools: InfraSections["gpuPools"], problems: Problems): void {
  const pools = Object.entries(gpuPools).flatMap(([key, pool]) => {
    const size = findVmSize(pool.size);
    return size?.aks == null ? [] : [{ key, pool, size, aks: size.aks }];
  });
  const flagged = pools.find((it) => it.size.infiniband?.aksFeature === "registered");
  const unflagged = pools.find((it) => it.size.infiniband?.aksFeature === "not-registered");
  if (flagged !== undefined && unflagged !== undefined) {
    problems.require(
      false,
      `gpuPools.${unflagged.key}.size`,
      `cannot share a subscription with ${flagged.size.name} (gpuPools.${flagged.key}): feature AKSInfinibandSupport must be off for one and on for the other`,
      { got: unflagged.size.name, remedy: "Use a stack in another subscription" },
    );
  }
  // The GPU operator supports one node OS in a cluster. Source: MicrosoftDocs/azure-aks-docs nvidia-gpu-operator.md
  const byOperator = pools.filter((it) => (it.pool.gpuStack ?? it.aks.gpuStacks[0]) === "gpu-operator");
  const [first, ...rest] = byOperator.map((it) => ({ ...it, osSku: it.pool.osSku ?? it.aks.osSkus[0] }));
  for (const other of rest) {
    problems.require(
      other.osSku === first?.osSku,
      `gpuPools.${other.key}.osSku`,
      `must be ${first?.osSku ?? ""}, as in gpuPools.${first?.key ?? ""}: the GPU operator supports one node OS in a cluster`,
      { got: other.osSku },
    );
  }
}

/** Rules between the pools and the cluster that they join. */
function checkPoolsInCluster(
  gpuPools: InfraSections["gpuPools"],
  { kubernetesVersion, tier = "Standard", systemPool }: InfraSections["cluster"],
  problems: Problems,
): void {
  const pools = domainPools(gpuPools);
  const most = tier === "Free" ? limits.aksNodesFreeTier.value : limits.aksNodes.value;
  const nodes = pools.reduce((sum, it) => sum + mostNodes(it.shape), systemPool.nodes ?? 3);
  const rule = (limit: number, what: string): string => `must come to at most ${limit} ${what} with the system pool`;
  const remedy = "A larger estate is several cells: one stack file each";
  problems.require(nodes <= most, "gpuPools", `${rule(most, "nodes")} in tier ${tier}`, { got: nodes, remedy });
  const aksPools = pools.length + 1;
  const mostPools = limits.aksPools.value;
  problems.require(aksPools <= mostPools, "gpuPools", rule(mostPools, "AKS pools"), { got: aksPools, remedy });
  for (const [key, pool] of Object.entries(gpuPools)) {
    const osSkus = findVmSize(pool.size)?.aks?.osSkus ?? [];
    const osSku = pool.osSku ?? osSkus[0] ?? "";
    const fitting = osSkus.filter((it) => osSkuRuns(it, kubernetesVersion) === true);
    problems.require(
      // Where none fits, the version is at fault, which the cluster says.
      osSkuRuns(osSku, kubernetesVersion) !== false || fitting.length === 0,
      `gpuPools.${key}.osSku`,
      `must be an image that runs Kubernetes ${kubernetesVersion}`,
      { got: osSku, remedy: `Use ${fitting.join(" or ")}` },
    );
  }
}
