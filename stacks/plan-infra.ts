import type { Place } from "../catalog/place";
import { checkPoolsTogether } from "../components/cluster/agent-pool/check-together";
import type { PoolPlan } from "../components/cluster/agent-pool/plan";
import { poolNotes } from "../components/cluster/agent-pool/notes";
import { planCpuPool, type CpuPoolPlan } from "../components/cluster/cpu-pool/plan";
import { planGpuPool, type GpuPoolPlan } from "../components/cluster/gpu-pool/plan";
import {
  factsForPools,
  planKubernetesCluster,
  type KubernetesClusterPlan,
} from "../components/cluster/kubernetes-cluster/plan";
import type { AzurePoliciesPlan } from "../components/foundation/azure-policies/plan";
import {
  type CustomerManagedKeysPlan,
  planCustomerManagedKeys,
} from "../components/identity/customer-managed-keys/plan";
import type { EncryptedKind } from "../components/identity/customer-managed-keys/shape";
import { grafanaNotes } from "../components/monitoring/grafana/notes";
import { metricsNotes } from "../components/monitoring/managed-prometheus/notes";
import { planClusterNetwork, type ClusterNetworkPlan } from "../components/network/cluster-network/plan";
import { planExistingNetwork, type ExistingNetworkPlan } from "../components/network/existing-network/plan";
import { outboundTypeOf } from "../components/network/outbound";
import type { Problems } from "../core/problems";
import { read } from "../core/property-tree";
import { checkAzurePolicy } from "./check-azure-policy";
import { checkOwnImages, ownImageNotes } from "./check-own-images";
import { checkApiServerName } from "./check-surroundings";
import type { Sections } from "./config/sections";
import type { EnvironmentKind } from "./environment";
import { infraParts, type PartKey, stores } from "./infra-parts";
import { type PlannedPart, planParts } from "./plan-parts";

/** The plans of everything in Azure, made once and passed on: who needs a decision reads it here. */
export interface InfraPlan {
  /** Of ours, or of somebody else. */
  readonly network: ClusterNetworkPlan | ExistingNetworkPlan;
  readonly cluster: KubernetesClusterPlan;
  readonly gpuPools: readonly GpuPoolPlan[];
  readonly cpuPools: readonly CpuPoolPlan[];
  /** Keys of the environment's own, made before all that is encrypted. Null: there are none. */
  readonly keys: CustomerManagedKeysPlan | null;
  /** What stands beside them, in the order in which it is made. */
  readonly parts: readonly PlannedPart<PartKey>[];
  /** What a person should know of the pools before `up` and no rule forbids. */
  readonly notes: readonly string[];
}

/** What could be planned of sections that may be wrong. What has problems of its own is not among it. */
export type PlannedInfra = Omit<InfraPlan, "network" | "cluster"> & {
  readonly network: InfraPlan["network"] | undefined;
  readonly cluster: KubernetesClusterPlan | undefined;
};

/** Sections that describe the infra layer, as far as they could be read. */
type InfraSections = { readonly [K in InfraSection]?: Sections[K] | undefined };
type InfraSection =
  | "network"
  | "existingNetwork"
  | "cluster"
  | "gpuPools"
  | "cpuPools"
  | "storage"
  | "customerManagedKeys"
  | keyof typeof infraParts;

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
      { remedy: "Leave spot out" },
    );
    problems.require(
      shape.off === undefined || place.kind !== "prod",
      `${path}.off`,
      "is not possible in prod: users rely on its nodes at any hour",
      { remedy: "Leave off out; maxNodes without minNodes costs nothing while nobody works" },
    );
    (shape.capacity ?? []).forEach((rung, at) => {
      problems.require(
        rung.spot === undefined || place.kind !== "prod",
        `${path}.capacity[${at}].spot`,
        "is not possible in prod: one eviction stops what users rely on",
        { remedy: "Leave the rung out" },
      );
    });
    return problems.attempt(path, () => planGpuPool(key, shape, place)) ?? [];
  });
  const cpuPools = Object.entries(sections.cpuPools ?? {}).flatMap(
    ([key, shape]) => problems.attempt(`cpuPools.${key}`, () => planCpuPool(key, shape, place)) ?? [],
  );
  const pools = [...gpuPools, ...cpuPools];
  const parts = [
    // Storage first: what stands in the rows of parts may build on it.
    ...planParts(stores, sections.storage ?? {}, "storage", place, problems),
    ...planParts(infraParts, sections, "", place, problems),
  ];
  const { customerManagedKeys: keysShape } = sections;
  const keys =
    keysShape &&
    problems.attempt("customerManagedKeys", () =>
      planCustomerManagedKeys("keys", keysShape, place, withoutOwnKey(sections)),
    );
  problems.require(
    place.kind !== "prod" || clusterShape === undefined || clusterShape.systemPool.nodes >= 2,
    "cluster.systemPool.nodes",
    "must be at least 2 in prod: with one node the cluster's DNS goes down with it",
    // Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-system-pools.md (2026-04-30)
    { got: clusterShape?.systemPool.nodes, remedy: "Use 3, and the pool survives the loss of one" },
  );
  const mounted = (["blob", "archive"] as const).find((it) => sections.storage?.[it] !== undefined);
  problems.require(
    mounted === undefined || clusterShape?.csiDrivers.blob !== false,
    "cluster.csiDrivers.blob",
    `must be true while storage.${mounted ?? ""} is there: teams mount it by that driver`,
    { got: clusterShape?.csiDrivers.blob, remedy: "Leave it out: true is the default" },
  );
  problems.require(
    sections.grafana === undefined || sections.metrics !== undefined,
    "grafana",
    "needs metrics: there is nothing to show without them",
    { remedy: "Write metrics: {}, or leave grafana out" },
  );
  problems.require(
    sections.storage?.blobIntegration === undefined || sections.storage.lustre !== undefined,
    "storage.lustre",
    "must be given beside storage.blobIntegration: nothing else moves data from and to that account, whose keys are allowed",
    { remedy: "Leave storage.blobIntegration out; storage.blob and storage.archive are accounts without keys" },
  );
  for (const [name, { slurm }] of Object.entries(sections.scaleSets ?? {})) {
    problems.require(
      slurm === undefined || sections.storage?.blob !== undefined,
      `scaleSets.${name}.slurm`,
      "needs storage.blob: there lies the key by which the machines of the cluster know one another",
      { remedy: "Write storage: { blob: {} }, or leave slurm out" },
    );
  }
  checkOwnImages(parts, { asked: sections.imageGallery !== undefined }, problems);
  const infiniband = pools.some((it) => it.infiniband);
  const cluster =
    clusterShape &&
    problems.attempt("cluster", () =>
      planKubernetesCluster("aks", clusterShape, place, networkFacts(ours ?? theirs), {
        infiniband,
        ladders: gpuPools.some(({ ref }) => ref.rungs !== undefined),
        metrics: sections.metrics !== undefined,
        ...(sections.keyVault !== undefined && { secretRotationMinutes: sections.keyVault.rotationMinutes }),
      }),
    );
  const facts = clusterShape === undefined ? null : factsForPools(clusterShape, place, infiniband);
  checkPoolsTogether(pools, facts, problems);
  const users = [...(cluster === undefined ? [] : [cluster]), ...pools, ...parts.map(({ plan }) => plan)];
  const network =
    ours === undefined
      ? theirs && problems.attempt("existingNetwork", () => planExistingNetwork("net", theirs, users))
      : problems.attempt("network", () => planClusterNetwork("net", ours, place, users));
  checkApiServerName({ network, cluster }, problems);
  checkAgainstPolicy(sections, { cluster, pools, parts }, problems);
  const notes = [
    ...ownImageNotes(parts),
    ...(facts === null ? [] : poolNotes(pools, facts)),
    ...(sections.metrics === undefined
      ? []
      : metricsNotes(
          gpuPools.map(({ ref }) => ref),
          place.location,
          { alerts: sections.metrics.alerts, routed: sections.alerts !== undefined },
        )),
    ...(sections.grafana === undefined ? [] : grafanaNotes(sections.grafana, sections.metrics)),
  ];
  return { network, cluster, gpuPools, cpuPools, keys: keys ?? null, parts, notes };
}

/** Holds what the environment makes against the policies that it asks of Azure. */
function checkAgainstPolicy(
  { cluster: clusterShape, scaleSets = {}, storage }: InfraSections,
  { cluster, pools, parts }: Pick<PlannedInfra, "cluster"> & { pools: readonly PoolPlan[]; parts: InfraPlan["parts"] },
  problems: Problems,
): void {
  const policy = parts.find(({ key }) => key === "azurePolicy")?.plan as AzurePoliciesPlan | undefined;
  if (policy === undefined || cluster === undefined || clusterShape === undefined) return;
  const { size: system, nodes } = clusterShape.systemPool;
  checkAzurePolicy(
    policy,
    {
      privateApiServer: read(cluster.managedCluster, "apiServerAccessProfile.enablePrivateCluster") === true,
      accountKeys: storage?.blobIntegration !== undefined,
      sizes: [
        { path: "cluster.systemPool", size: system },
        ...pools.map(({ section, key, size }) => ({ path: `${section}.${key}`, size: size.name })),
        ...parts.flatMap(({ key, name, machines }) =>
          machines.map(({ size }) => ({ path: key === name ? key : `${key}.${name}`, size: size.name })),
        ),
      ],
      nodes: [
        { path: "cluster.systemPool", most: nodes },
        ...pools.flatMap(({ section, key, agentPools }) =>
          agentPools.map(({ body: { count = 0, maxCount = 0 } }) => ({
            path: `${section}.${key}`,
            most: Math.max(Number(count), Number(maxCount)),
          })),
        ),
        ...Object.entries(scaleSets).map(([name, it]) => ({ path: `scaleSets.${name}`, most: it.nodes })),
      ],
    },
    problems,
  );
}

/** What the environment has to encrypt and what names no key itself. */
function withoutOwnKey({ cluster, storage, scaleSets, runner, containerRegistry }: InfraSections): EncryptedKind[] {
  const disks = [cluster, ...Object.values(scaleSets ?? {})].some(
    (it) => it !== undefined && it.diskEncryptionSetResourceId === undefined,
  );
  const accounts = [storage?.blob, storage?.archive].some(
    (it) => it !== undefined && it.customerManagedKey === undefined,
  );
  return [
    ...(disks || runner !== undefined ? (["disks"] as const) : []),
    ...(accounts || storage?.blobIntegration !== undefined ? (["storage"] as const) : []),
    ...(storage?.lustre !== undefined && storage.lustre.customerManagedKey === undefined ? (["lustre"] as const) : []),
    ...(containerRegistry !== undefined ? (["registry"] as const) : []),
  ];
}

/** What the cluster asks of either section. Without one its ranges are told to be missing there. */
function networkFacts(
  section: InfraSections["network"] | InfraSections["existingNetwork"],
): Parameters<typeof planKubernetesCluster>[3] {
  const { podCidr = "", serviceCidr = "", outbound = "natGateway" } = section ?? {};
  return { podCidr, serviceCidr, outboundType: outboundTypeOf(outbound) };
}
