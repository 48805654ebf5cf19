import { setImmediate } from "node:timers/promises";
import { type Input, interpolate, type Output, type Resource } from "@pulumi/pulumi";
import { kedaOperator } from "../../catalog/keda";
import { podSecurityVersion } from "../../catalog/kubernetes-versions";
import { labelValue } from "../../catalog/label-value";
import type { RoleName } from "../../catalog/roles";
import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import { ModelService } from "../../components/inference/model-service/model-service";
import type { ModelWires } from "../../components/inference/model-service/objects";
import type { ModelServicePlan } from "../../components/inference/model-service/plan";
import { RoleGrant } from "../../components/identity/role-grant";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import { queryEndpoint } from "../../components/monitoring/managed-prometheus/query-endpoint";
import type { QueuesRef } from "../../components/platform/queues-ref";
import { TeamQueue } from "../../components/queues/team-queue/team-queue";
import { BlobContainer } from "../../components/storage/blob-container";
import { NetAppVolume } from "../../components/storage/netapp-volume";
import { teamKinds, teamNamespaceName } from "../../components/tenancy/kinds/team-kinds";
import { principalsOf, type TeamPrincipal } from "../../components/tenancy/team-namespace/principals";
import { serviceAccountName } from "../../components/tenancy/service-account";
import { TeamNamespace } from "../../components/tenancy/team-namespace/team-namespace";
import type { TeamNeed, TeamPart, TeamVolume } from "../../components/tenancy/volumes/volume-kind";
import {
  type Stores,
  type VolumeKindName,
  volumeKindNames,
  volumeKinds,
} from "../../components/tenancy/volumes/volume-kinds";
import { tableOf } from "../../core/records";
import { type DeclaredTeam, partsOf } from "../config/teams";
import type { Environment } from "../environment";
import type { InfraHandover, TenantsHandover } from "../handover";

/** What teams find in the cluster. */
export interface TeamPlatform {
  /** What holds teams to their rules, where the same stack makes it: no namespace is open before. */
  readonly fence: readonly Resource[];
  /** What queues are made of, null where jobs do not queue. */
  readonly queues: QueuesRef | null;
  /** What makes queues work, where the same stack makes it. */
  readonly kueue: readonly Resource[];
  /** What models cannot do without, where the same stack makes it. */
  readonly serving: readonly Resource[];
  /** Models of a team. */
  readonly modelsOf: (team: DeclaredTeam) => readonly ModelServicePlan[];
}

/**
 * A namespace for each team, with an identity in Azure, a part of its own in each store, a queue where its jobs wait in one, and the models
 * that it serves.
 */
export async function deployTenants(
  environment: Environment,
  infra: InfraHandover,
  { options }: KubernetesAccess,
  { fence, queues, kueue, serving, modelsOf }: TeamPlatform,
): Promise<TenantsHandover> {
  grantLogins(environment.teams, infra.cluster.resourceId);
  grantViews(environment.teams, infra.grafana);
  const namespaces: Output<string>[] = [];
  for (const team of environment.teams) {
    const { pool: poolKey, namespace: shape, queue: queueShape } = partsOf(team);
    const pool = infra.gpuPools.find((it) => it.key === poolKey);
    if (pool === undefined) throw new Error(`The checks let team ${shape.team} pass without a pool.`);
    const name = teamNamespaceName(shape.kind, shape.team);
    const { costCenter = environment.tags["costCenter"] ?? "" } = shape;
    const identity = identityOf(environment, infra, name, { team: shape.team, costCenter });
    grantSecrets(shape.secrets, infra, name, identity);
    const payer = labelValue(costCenter);
    const queue =
      queues === null || !teamKinds[shape.kind].queues
        ? undefined
        : new TeamQueue(name, { ...queueShape, pool, queues, after: kueue }, options);
    const namespace = new TeamNamespace(
      name,
      {
        ...shape,
        ...(payer !== null && { costCenter: payer }),
        pool,
        cpuPools: infra.cpuPools,
        ...(queue !== undefined && { queue: queue.ref }),
        volumes: volumesOf(environment, infra, name, { ...shape, homeGiB: team.homeGiB }, identity),
        ...(volumeKindNames.some((it) => volumeKinds[it].privateEndpoints.length > 0 && infra[it] !== undefined) && {
          endpointCidr: infra.network.endpointCidr,
        }),
        ...(infra.keyVault !== undefined && { keyVault: infra.keyVault }),
        fqdnPolicies: infra.cluster.fqdnPolicies === true,
        outboundType: infra.network.outboundType,
        location: infra.location,
        identityClientId: identity.clientId,
        tenantId: identity.tenantId,
        podSecurityVersion: podSecurityVersion(infra.cluster.kubernetesVersion),
        after: [...fence, ...(queue === undefined ? [] : [queue])],
      },
      options,
    );
    namespaces.push(namespace.namespaceName);
    const plans = modelsOf(team);
    const scaler = scalerOf(environment, infra, name, shape, plans);
    for (const plan of plans) {
      const after = [namespace, ...serving];
      const wires = { accountName: infra.blob?.accountName, serviceAccount: serviceAccountName, scaler };
      new ModelService(`${name}-${plan.name}`, { plan, ...wires, after }, options);
    }
    // Lets what was asked for be sent before more is: hundreds of teams at once would fill the memory.
    await setImmediate();
  }
  return { schemaVersion: 2, namespaces };
}

/**
 * Lets everybody who works in a namespace ask Azure where the cluster is; what they may do there the namespaces say. Once for each of
 * them, since Azure refuses a role that is given twice: a pipeline, a group of leads or a team with two kinds of work is in several.
 */
function grantLogins(teams: readonly DeclaredTeam[], scope: Input<string>): void {
  const namespacesOf = new Map<string, { readonly type: TeamPrincipal["type"]; readonly members: string[] }>();
  for (const team of teams) {
    for (const { objectId, type, role } of principalsOf(team)) {
      // Azure does not tell cases apart.
      const id = objectId.toLowerCase();
      const known = namespacesOf.get(id) ?? { type, members: [] };
      namespacesOf.set(id, known);
      if (role === "members") known.members.push(teamNamespaceName(team.kind, team.team));
    }
  }
  for (const [principalId, { type, members }] of namespacesOf) {
    new RoleGrant(
      `login-${principalId}`,
      { scope, principalId, role: "Azure Kubernetes Service Cluster User Role", principalType: type },
      // Each namespace had a grant of its own once.
      { aliases: members.map((it) => ({ name: `${it}-cluster` })) },
    );
  }
}

/** Lets the people of teams look at dashboards, where the environment says so. Once for each group: a team may have two kinds of work. */
function grantViews(teams: readonly DeclaredTeam[], grafana: InfraHandover["grafana"]): void {
  if (grafana?.teamsView !== true) return;
  const groups = new Set(teams.map(({ groupObjectId }) => groupObjectId.toLowerCase()));
  for (const principalId of groups) {
    const role = "Grafana Viewer";
    new RoleGrant(`view-${principalId}`, { scope: grafana.resourceId, principalId, role, principalType: "Group" });
  }
}

/** Who a team's pods are in Azure. */
function identityOf(
  { names, tags }: Environment,
  infra: InfraHandover,
  namespace: string,
  whose: Readonly<Record<"team" | "costCenter", string>>,
): WorkloadIdentity {
  return new WorkloadIdentity(namespace, {
    scope: {
      resourceGroupName: infra.resourceGroupName,
      location: infra.location,
      names,
      tags: { ...tags, ...whose },
    },
    oidcIssuerUrl: infra.cluster.oidcIssuerUrl,
    namespace,
    serviceAccount: serviceAccountName,
  });
}

/** Lets a team's identity read its secrets: each by itself, since the vault holds those of others. */
function grantSecrets(
  secrets: readonly string[],
  { keyVault }: Pick<InfraHandover, "keyVault">,
  namespace: string,
  { principalId }: WorkloadIdentity,
): void {
  if (keyVault === undefined) return;
  for (const secret of secrets) {
    new RoleGrant(`${namespace}-secret-${secret}`, {
      // Source: MicrosoftDocs/azure-security-docs:articles/key-vault/general/rbac-guide.md (2025-03-31, secret scope)
      scope: interpolate`${keyVault.resourceId}/secrets/${secret}`,
      principalId,
      role: "Key Vault Secrets User",
      principalType: "ServicePrincipal",
    });
  }
}

/** As whom KEDA reads the metrics by which it scales a team's models, and where; null where none of them follows its load. */
function scalerOf(
  { names, tags }: Environment,
  { metrics, cluster, resourceGroupName, location }: InfraHandover,
  namespace: string,
  { team }: Pick<DeclaredTeam, "team">,
  plans: readonly ModelServicePlan[],
): ModelWires["scaler"] {
  const byLoad = plans.some(({ servers: [{ scaling }] }) => scaling.kind === "keda" && scaling.byLoad);
  if (!byLoad || metrics === undefined) return null;
  const name = `${namespace}-scaler`;
  const { clientId, principalId } = new WorkloadIdentity(name, {
    scope: { resourceGroupName, location, names, tags: { ...tags, team } },
    oidcIssuerUrl: cluster.oidcIssuerUrl,
    purpose: name,
    ...kedaOperator,
  });
  const role = "Monitoring Data Reader";
  new RoleGrant(name, { scope: metrics.workspaceResourceId, principalId, role, principalType: "ServicePrincipal" });
  return { queryEndpoint: queryEndpoint(metrics), identityClientId: clientId, clusterName: cluster.name };
}

/** Whose part of a store it is. */
interface Mounting {
  readonly kind: DeclaredTeam["kind"];
  readonly team: string;
  readonly homeGiB: number | undefined;
}

/** A team's part of each store that its kind of work mounts, made in Azure where that is needed. */
function volumesOf(
  environment: Environment,
  // Each kind is among what is handed over: the compiler refuses one whose store is not.
  stores: Stores & Pick<InfraHandover, VolumeKindName>,
  namespace: string,
  whose: Mounting,
  identity: WorkloadIdentity,
): Readonly<Record<string, TeamVolume>> {
  return tableOf(
    teamKinds[whose.kind].volumes.flatMap((volumeKind) => {
      const volume = volumeOf(environment, volumeKind, stores, namespace, { ...whose, identity });
      return volume === undefined ? [] : [[volumeKind, volume] as const];
    }),
  );
}

function volumeOf<K extends VolumeKindName>(
  environment: Environment,
  kind: K,
  stores: Pick<Stores, K>,
  namespace: string,
  { team, homeGiB, identity: { clientId, principalId } }: Mounting & { readonly identity: WorkloadIdentity },
): TeamVolume | undefined {
  const store = stores[kind];
  if (store === undefined) return undefined;
  const { partOf, need, volume } = volumeKinds[kind];
  const part = partOf(namespace);
  const grantee = { namespace, kind, principalId };
  const made = makePart(need?.(store, part), { environment, team, homeGiB }, grantee) ?? { part };
  return volume(store, { ...made, identityClientId: clientId, ...(homeGiB !== undefined && { sizeGiB: homeGiB }) });
}

/** Makes what a team needs before it can mount its part, and says what came of it: undefined where it needs nothing. */
function makePart(
  need: TeamNeed | undefined,
  {
    environment: { protect, tags },
    team,
    homeGiB,
  }: { readonly environment: Environment; readonly team: string; readonly homeGiB: number | undefined },
  {
    namespace,
    kind,
    principalId,
  }: { readonly namespace: string; readonly kind: string; readonly principalId: Input<string> },
): (Partial<Pick<TeamPart, "server">> & Pick<TeamPart, "part">) | undefined {
  const grant = (scope: Input<string>, role: RoleName): void => {
    new RoleGrant(`${namespace}-${kind}`, { scope, principalId, role, principalType: "ServicePrincipal" });
  };
  switch (need?.make) {
    case undefined:
      return undefined;
    case "container": {
      const { store, containerName, role } = need;
      const container = new BlobContainer(namespace, { store, containerName }, { protect });
      grant(container.containerResourceId, role);
      return { part: container.containerName };
    }
    case "volume": {
      const { pool, volumeName } = need;
      const { server, exportPath } = new NetAppVolume(
        namespace,
        { pool, volumeName, tags: { ...tags, team }, ...(homeGiB !== undefined && { sizeGiB: homeGiB }) },
        { protect },
      );
      return { part: exportPath, server };
    }
    case "nothing":
      grant(need.scope, need.role);
      return undefined;
  }
}
