import type { Place } from "../catalog/place";
import { checkPoolsTogether } from "../components/cluster/gpu-pool/check-together";
import { planGpuPool, type GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import {
  factsForPools,
  planKubernetesCluster,
  type KubernetesClusterPlan,
} from "../components/cluster/kubernetes-cluster/plan";
import { planClusterNetwork, type ClusterNetworkPlan } from "../components/network/cluster-network/plan";
import { planExistingNetwork, type ExistingNetworkPlan } from "../components/network/existing-network/plan";
import { outboundTypeOf } from "../components/network/outbound";
import type { Problems } from "../core/problems";
import type { Sections } from "./config/sections";
import type { EnvironmentKind } from "./environment";
import { infraParts, stores } from "./infra-parts";
import { type PlannedPart, planParts } from "./plan-parts";

/** The plans of everything in Azure, made once and passed on: who needs a decision reads it here. */
export interface InfraPlan {
  /** Of ours, or of somebody else. */
  readonly network: ClusterNetworkPlan | ExistingNetworkPlan;
  readonly cluster: KubernetesClusterPlan;
  readonly gpuPools: readonly GpuPoolPlan[];
  /** What stands beside them, in the order in which it is made. */
  readonly parts: readonly PlannedPart[];
}

/** What could be planned of sections that may be wrong. What has problems of its own is not among it. */
export type PlannedInfra = Omit<InfraPlan, "network" | "cluster"> & {
  readonly network: InfraPlan["network"] | undefined;
  readonly cluster: KubernetesClusterPlan | undefined;
};

/** Sections that describe the infra layer, as far as they could be read. */
type InfraSections = { readonly [K in InfraSection]?: Sections[K] | undefined };
type InfraSection = "network" | "existingNetwork" | "cluster" | "gpuPools" | "storage" | keyof typeof infraParts;

/**
 * Makes every decision of the infra layer once: pools and parts, then the network and the cluster that they are put into.
 * Nothing is registered, and the problems of all components are told together.
 */
export function planInfra(
  sections: InfraSections,
  place: Place & { readonly kind: EnvironmentKind },
  problems: Problems,
): PlannedInfra {
  const { network: ours, existingNetwork: theirs, cluster: clusterShape } = sections;
  const gpuPools = Object.entries(sections.gpuPools ?? {}).flatMap(([key, shape]) => {
    const path = `gpuPools.${key}`;
    problems.require(
      shape.spot === undefined || place.kind !== "prod",
      `${path}.spot`,
      "is not possible in prod: one eviction stops what users rely on",
    );
    return problems.attempt(path, () => planGpuPool(key, shape, place)) ?? [];
  });
  const parts = [
    ...planParts(infraParts, sections, "", place, problems),
    ...planParts(stores, sections.storage ?? {}, "storage", place, problems),
  ];
  const cluster =
    clusterShape &&
    problems.attempt("cluster", () => planKubernetesCluster("aks", clusterShape, place, networkFacts(ours ?? theirs)));
  checkPoolsTogether(gpuPools, clusterShape === undefined ? null : factsForPools(clusterShape), problems);
  const users = [...(cluster === undefined ? [] : [cluster]), ...gpuPools, ...parts.map(({ plan }) => plan)];
  const network =
    ours === undefined
      ? theirs && problems.attempt("existingNetwork", () => planExistingNetwork("net", theirs, users))
      : problems.attempt("network", () => planClusterNetwork("net", ours, place, users));
  return { network, cluster, gpuPools, parts };
}

/** What the cluster asks of either section. Without one its ranges are told to be missing there. */
function networkFacts(
  section: InfraSections["network"] | InfraSections["existingNetwork"],
): Parameters<typeof planKubernetesCluster>[3] {
  const { podCidr = "", serviceCidr = "", outbound = "natGateway" } = section ?? {};
  return { podCidr, serviceCidr, outboundType: outboundTypeOf(outbound) };
}
