import type { RdmaMode } from "../../../catalog/gpu-stacks";
import type { MemlockMode } from "../../../catalog/memlock";
import type { TeamQueueRef } from "../../../components/queues/team-queue/team-queue-ref";
import type { TeamNamespaceShape } from "../../../components/tenancy/team-namespace/shape";
import { planTeamNamespace, type TeamNamespacePlan } from "../../../components/tenancy/team-namespace/plan";
import { type Props, toProps } from "../../../core/property-value";
import type { Cluster } from "../../../simulator/kubernetes/cluster";
import { h100Pool, vision } from "../../components/tenancy/teams";
import { countQuota } from "./counted-quota";

/** What a team of 16 GPUs on a pool of this mode has, applied to a cluster. Returns the name of its namespace. */
export async function applyTeam(
  cluster: Cluster,
  memlock: MemlockMode,
  more: Partial<TeamNamespaceShape> = {},
  queue?: TeamQueueRef,
  rdma: RdmaMode = "sriov",
): Promise<string> {
  const pool = { ...h100Pool, memlock, rdma, ncclTopologyFile: true };
  const surroundings = { pool, keyVault: { name: "kv-teams" }, ...(queue !== undefined && { queue }) };
  const plan = planTeamNamespace("team", { ...vision, team: memlock, ...more }, surroundings);
  const namespace = plan.namespace.metadata.name;
  const [first, ...inside] = teamObjects(plan);
  if (first === undefined) throw new Error("A team has no objects.");
  for (const it of [first, ...inside]) await cluster.apply(it, { manager: "test", force: true });
  for (const it of inside.filter(({ kind }) => kind === "ResourceQuota")) await countQuota(cluster, it);
  return namespace;
}

/** Every object of a team that admission, rights and queues look at, the namespace first. */
export function teamObjects(plan: TeamNamespacePlan): Props[] {
  const namespace = plan.namespace.metadata.name;
  return [
    { apiVersion: "v1", kind: "Namespace", ...plan.namespace },
    { apiVersion: "v1", kind: "ServiceAccount", ...plan.serviceAccount },
    { apiVersion: "v1", kind: "ServiceAccount", ...plan.defaultServiceAccount },
    ...plan.rights.flatMap(({ role, roleBinding }) => [
      { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", ...role },
      { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", ...roleBinding },
    ]),
    { apiVersion: "v1", kind: "LimitRange", ...plan.limitRange },
    ...plan.configMaps.map((it) => ({ apiVersion: "v1", kind: "ConfigMap", ...it })),
    ...(plan.adapterClaims === null
      ? []
      : [{ apiVersion: "resource.k8s.io/v1", kind: "ResourceClaimTemplate", ...plan.adapterClaims }]),
    { apiVersion: "v1", kind: "ResourceQuota", ...plan.resourceQuota },
    ...plan.secretProviderClasses.map((it) => ({
      apiVersion: "secrets-store.csi.x-k8s.io/v1",
      kind: "SecretProviderClass",
      ...it,
    })),
    ...(plan.localQueue === null
      ? []
      : [{ apiVersion: "kueue.x-k8s.io/v1beta2", kind: "LocalQueue", ...plan.localQueue }]),
  ].map((it) => toProps(it.kind === "Namespace" ? it : { ...it, metadata: { ...it.metadata, namespace } }));
}
