import type { Place } from "../catalog/place";
import { checkPoolsTogether } from "../components/cluster/gpu-pool/check-together";
import { planGpuPool, type GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import {
  factsForPools,
  planKubernetesCluster,
  type KubernetesClusterPlan,
} from "../components/cluster/kubernetes-cluster/plan";
import { planGpuScaleSet, type GpuScaleSetPlan } from "../components/compute/gpu-scale-set/plan";
import { planClusterNetwork, type ClusterNetworkPlan } from "../components/network/cluster-network/plan";
import { planBlobStore, type BlobStorePlan } from "../components/storage/blob-store/plan";
import { planLustreFileSystem, type LustreFileSystemPlan } from "../components/storage/lustre-file-system/plan";
import type { Problems } from "../core/problems";
import type { Sections } from "./config/sections";
import type { EnvironmentKind } from "./environment";

/** The plans of everything in Azure, made once and passed on: who needs a decision reads it here. */
export interface InfraPlan {
  readonly network: ClusterNetworkPlan;
  readonly cluster: KubernetesClusterPlan;
  readonly gpuPools: readonly GpuPoolPlan[];
  /** By name. */
  readonly scaleSets: ReadonlyMap<string, GpuScaleSetPlan>;
  readonly lustre: LustreFileSystemPlan | undefined;
  readonly blob: BlobStorePlan | undefined;
}

/** What could be planned of sections that may be wrong. Pools that have problems are not among them. */
export type InfraParts = Omit<InfraPlan, "network" | "cluster"> & {
  readonly network: ClusterNetworkPlan | undefined;
  readonly cluster: KubernetesClusterPlan | undefined;
};

/** Sections that describe the infra layer, as far as they could be read. */
type InfraSections = { readonly [K in InfraSection]?: Sections[K] | undefined };
type InfraSection = "network" | "cluster" | "gpuPools" | "scaleSets" | "storage";

/**
 * Makes every decision of the infra layer once: pools, scale sets and stores, then the network and the cluster that they
 * are put into. Nothing is registered, and the problems of all components are told together.
 */
export function planInfra(
  { network: networkShape, cluster: clusterShape, gpuPools: poolShapes, scaleSets: setShapes, storage }: InfraSections,
  place: Place & { readonly kind: EnvironmentKind },
  problems: Problems,
): InfraParts {
  const { kind } = place;
  const gpuPools = Object.entries(poolShapes ?? {}).flatMap(([key, shape]) => {
    const path = `gpuPools.${key}`;
    problems.require(
      shape.spot === undefined || kind !== "prod",
      `${path}.spot`,
      "is not possible in prod: one eviction stops what users rely on",
    );
    return problems.attempt(path, () => planGpuPool(key, shape, place)) ?? [];
  });
  const scaleSets = Object.entries(setShapes ?? {}).flatMap(([name, shape]) => {
    const plan = problems.attempt(`scaleSets.${name}`, () => planGpuScaleSet(name, shape, place));
    return plan === undefined ? [] : [[name, plan] as const];
  });
  const { lustre: lustreShape, blob: blobShape } = storage ?? {};
  const lustre =
    lustreShape && problems.attempt("storage.lustre", () => planLustreFileSystem("lustre", lustreShape, place));
  const blob = blobShape && problems.attempt("storage.blob", () => planBlobStore("data", blobShape, place));

  const cluster =
    clusterShape &&
    problems.attempt("cluster", () =>
      // Without the section of the network its ranges are told to be missing there.
      planKubernetesCluster("aks", clusterShape, place, networkShape ?? { podCidr: "", serviceCidr: "" }),
    );
  checkPoolsTogether(gpuPools, clusterShape === undefined ? null : factsForPools(clusterShape), problems);
  const users = [cluster, ...gpuPools, ...scaleSets.map(([, plan]) => plan), lustre, blob].filter(
    (it) => it !== undefined,
  );
  const network =
    networkShape && problems.attempt("network", () => planClusterNetwork("net", networkShape, place, users));
  return { network, cluster, gpuPools, scaleSets: new Map(scaleSets), lustre, blob };
}
