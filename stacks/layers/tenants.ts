import { setImmediate } from "node:timers/promises";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { podSecurityVersion } from "../../catalog/kubernetes-versions";
import { labelValue } from "../../catalog/label-value";
import type { KubernetesAccess } from "../../components/cluster/kubernetes-access";
import { RoleGrant } from "../../components/identity/role-grant";
import { WorkloadIdentity } from "../../components/identity/workload-identity";
import type { QueuesRef } from "../../components/platform/queues-ref";
import { TeamQueue } from "../../components/queues/team-queue/team-queue";
import { BlobContainer } from "../../components/storage/blob-container";
import { teamKinds, teamNamespaceName } from "../../components/tenancy/kinds/team-kinds";
import { principalsOf, type TeamPrincipal } from "../../components/tenancy/team-namespace/principals";
import { serviceAccountName } from "../../components/tenancy/service-account";
import { TeamNamespace } from "../../components/tenancy/team-namespace/team-namespace";
import type { TeamVolume } from "../../components/tenancy/volumes/volume-kind";
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
}

/** A namespace for each team, with an identity in Azure, a part of its own in each store, and a queue where its jobs wait in one. */
export async function deployTenants(
  environment: Environment,
  infra: InfraHandover,
  { options }: KubernetesAccess,
  { fence, queues, kueue }: TeamPlatform,
): Promise<TenantsHandover> {
  grantLogins(environment.teams, infra.cluster.resourceId);
  const namespaces: Output<string>[] = [];
  for (const { pool: poolKey, namespace: shape, queue: queueShape } of environment.teams.map(partsOf)) {
    const pool = infra.gpuPools.find((it) => it.key === poolKey);
    if (pool === undefined) throw new Error(`The checks let team ${shape.team} pass without a pool.`);
    const name = teamNamespaceName(shape.kind, shape.team);
    const { costCenter = environment.tags["costCenter"] ?? "" } = shape;
    const identity = identityOf(environment, infra, name, { team: shape.team, costCenter });
    const payer = labelValue(costCenter);
    const queue =
      queues === null || !teamKinds[shape.kind].queues
        ? undefined
        : new TeamQueue(name, { ...queueShape, pool, queues, after: kueue }, options);
    const { namespaceName } = new TeamNamespace(
      name,
      {
        ...shape,
        ...(payer !== null && { costCenter: payer }),
        pool,
        cpuPools: infra.cpuPools,
        ...(queue !== undefined && { queue: queue.ref }),
        volumes: volumesOf(environment, infra, name, shape.kind, identity),
        ...(volumeKindNames.some((it) => volumeKinds[it].atPrivateEndpoint && infra[it] !== undefined) && {
          endpointCidr: infra.network.endpointCidr,
        }),
        identityClientId: identity.clientId,
        podSecurityVersion: podSecurityVersion(infra.cluster.kubernetesVersion),
        after: [...fence, ...(queue === undefined ? [] : [queue])],
      },
      options,
    );
    namespaces.push(namespaceName);
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

/** A team's part of each store that its kind of work mounts, made in Azure where that is needed. */
function volumesOf(
  environment: Environment,
  // Each kind is among what is handed over: the compiler refuses one whose store is not.
  stores: Stores & Pick<InfraHandover, VolumeKindName>,
  namespace: string,
  kind: DeclaredTeam["kind"],
  identity: WorkloadIdentity,
): Readonly<Record<string, TeamVolume>> {
  return tableOf(
    teamKinds[kind].volumes.flatMap((volumeKind) => {
      const volume = volumeOf(environment, volumeKind, stores, namespace, identity);
      return volume === undefined ? [] : [[volumeKind, volume] as const];
    }),
  );
}

function volumeOf<K extends VolumeKindName>(
  { protect }: Environment,
  kind: K,
  stores: Pick<Stores, K>,
  namespace: string,
  { clientId, principalId }: WorkloadIdentity,
): TeamVolume | undefined {
  const store = stores[kind];
  if (store === undefined) return undefined;
  const { partOf, need, volume } = volumeKinds[kind];
  let part: Input<string> = partOf(namespace);
  const needed = need?.(store, partOf(namespace));
  if (needed !== undefined) {
    const { role, containerName } = needed;
    const container = new BlobContainer(namespace, { store: needed.store, containerName }, { protect });
    const scope = container.containerResourceId;
    new RoleGrant(`${namespace}-${kind}`, { scope, principalId, role, principalType: "ServicePrincipal" });
    part = container.containerName;
  }
  return volume(store, { part, identityClientId: clientId });
}
