import type * as k8s from "@pulumi/kubernetes/types/input";
import type { z } from "zod";
import { fabricProfile } from "../../../catalog/fabric-profile";
import type { MemlockMode } from "../../../catalog/memlock";
import { countedDevices } from "../../../catalog/node-devices";
import { budgetQuota } from "../../../catalog/budget-quota";
import { annotations, defaultLocalQueue, labels, podSecurityLabel } from "../../../catalog/scheduling";
import { findVmSize } from "../../../catalog/vm-sizes";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { KeyVaultRef } from "../../identity/key-vault/key-vault-ref";
import type { NetworkRef } from "../../network/network-ref";
import type { TeamQueueRef } from "../../queues/team-queue/team-queue-ref";
import type { PodSecurityLevel } from "../kinds/team-kind";
import { teamKinds, teamNamespaceName } from "../kinds/team-kinds";
import { type TeamRole, teamRights } from "../kinds/team-rights";
import { serviceAccountName } from "../service-account";
import { volumeBodies, type VolumeBodies } from "../volumes/volume-bodies";
import type { TeamVolume } from "../volumes/volume-kind";
import { type AdapterClaims, adapterClaims } from "../../../catalog/adapter-claims";
import { checkHosts } from "./host-name";
import { type CiliumNetworkPolicy, ciliumNetworkPolicies, namespaceNetworkPolicies } from "./network-rules";
import { planCpuShares, type TeamCpuPool } from "./cpu-shares";
import { budgetNotes } from "./budget";
import { type FabricConfigMap, fabricConfigMaps } from "./fabric-config-maps";
import { checkPrincipals, principalsOf, subjectOf } from "./principals";
import { checkSecrets, type SecretProviderClass, secretProviderClasses } from "./secret-provider-classes";
import { planContainerDefaults, planTeamQuota, type TeamPool } from "./quota";
import { teamNamespaceShape, type TeamNamespaceShape } from "./shape";

/** What a team finds where it works. */
export interface TeamSurroundings {
  /** Pool that the team's GPUs are of. */
  readonly pool: TeamPool;
  /** Pools without GPUs that the cluster has. @default none */
  readonly cpuPools?: readonly TeamCpuPool[];
  /** Storage to mount, by the name of its claim: lowercase letters and digits. @default none */
  readonly volumes?: Readonly<Record<string, TeamVolume>>;
  /** Queue that holds the team's jobs. @default none: they start as they come */
  readonly queue?: TeamQueueRef;
  /** Range of the private endpoints, which pods reach on port 443. @default none */
  readonly endpointCidr?: string;
  /** Key Vault that the team's secrets lie in. @default none: the team can have none */
  readonly keyVault?: Pick<KeyVaultRef, "name">;
  /** Whether the cluster's network policies know names of hosts. @default false: the team can name none */
  readonly fqdnPolicies?: boolean;
  /** How traffic leaves. @default a gateway that lets everything out */
  readonly outboundType?: NetworkRef["outboundType"];
  /** Region whose prices count for the budget. @default the one with the lowest */
  readonly location?: string;
}

/** A body with a name that is known, and without the namespace, which is a wire. */
type Named<Body> = Omit<Body, "apiVersion" | "kind" | "metadata" | "status"> & {
  readonly metadata: { readonly name: string };
};

/** A role of a team, and who has it. */
export interface TeamRoleBodies {
  readonly name: TeamRole;
  readonly role: Named<k8s.rbac.v1.Role>;
  readonly roleBinding: Omit<Named<k8s.rbac.v1.RoleBinding>, "roleRef"> & { readonly roleRef: k8s.rbac.v1.RoleRef };
}

/** A checked team: every object of its namespace. */
export interface TeamNamespacePlan {
  /** The whole body but for the version that Pod Security levels are pinned to. */
  readonly namespace: {
    readonly metadata: {
      readonly name: string;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
  };
  /** The whole body but for the client ID of the team's identity. */
  readonly serviceAccount: Named<k8s.core.v1.ServiceAccount>;
  /** The account that every namespace has, of pods that name none. */
  readonly defaultServiceAccount: Named<k8s.core.v1.ServiceAccount>;
  /** Rights of each role that somebody has. */
  readonly rights: readonly TeamRoleBodies[];
  readonly resourceQuota: Named<k8s.core.v1.ResourceQuota>;
  readonly limitRange: Named<k8s.core.v1.LimitRange>;
  readonly networkPolicies: readonly Named<k8s.networking.v1.NetworkPolicy>[];
  /** What only Cilium's own kind of policy can say. */
  readonly ciliumNetworkPolicies: readonly CiliumNetworkPolicy[];
  /** How the pods of a team that takes whole nodes use the fabric of its pool; none for other teams. */
  readonly configMaps: readonly FabricConfigMap[];
  /** Template of the claims by which those pods get the adapters of a node. Null: they ask by limits, or there are none. */
  readonly adapterClaims: AdapterClaims | null;
  /** Null: jobs do not queue. */
  readonly localQueue: {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly clusterQueue: string };
  } | null;
  readonly volumes: readonly VolumeBodies[];
  /** Where each secret of the team is from. */
  readonly secretProviderClasses: readonly SecretProviderClass[];
}

/** Modes of Pod Security: what is enforced, and what people are warned about. */
export const podSecurityModes = ["enforce", "warn", "audit"] as const;

/** Name of all that there is one of in a namespace. */
const only = { name: "team" };

/**
 * All decisions of one team's namespace.
 * @throws MisconfiguredError with every problem of the team
 */
export function planTeamNamespace(
  name: string,
  given: TeamNamespaceShape,
  surroundings: TeamSurroundings,
): TeamNamespacePlan {
  const { pool, cpuPools = [], volumes = {}, queue, endpointCidr, keyVault } = surroundings;
  const subject = `Team namespace '${name}'`;
  const shape = readShape(teamNamespaceShape, given, subject);
  const { kind, team, gpus } = shape;
  const row = teamKinds[kind];
  const problems = new Problems();
  checkPrincipals(shape, "", problems);
  checkSecrets(shape.secrets, keyVault, problems);
  const hosts = typeof shape.egress === "string" ? [] : shape.egress;
  checkHosts(hosts, surroundings.fqdnPolicies === true, problems);
  for (const claim of Object.keys(volumes)) {
    // The volume is called <namespace>-<claim> in the whole cluster: with a hyphen in the claim two teams could meet there.
    problems.require(
      /^[a-z0-9]{1,20}$/.test(claim),
      "volumes",
      "must have names of 1 to 20 lowercase letters or digits",
      { got: claim, remedy: "Rename the volume" },
    );
  }
  const beside = problems.attempt("", () => planCpuShares(shape.cpuShares, cpuPools)) ?? planCpuShares({}, []);
  problems.require(queue === undefined || row.queues, "queue", `must be left out: teams of kind ${kind} do not queue`);
  const borrow = queue?.borrow ?? 0;
  const quota =
    problems.attempt("", () => planTeamQuota({ kind, pool, gpus, borrow, beside }, Object.values(volumes))) ?? {};
  problems.throwIfAny(subject);

  const namespace = teamNamespaceName(kind, team);
  const notes = [
    ...budgetNotes(namespace, { ...shape, borrow }, pool, surroundings.location),
    ...(hosts.length > 0 && surroundings.outboundType === "userDefinedRouting"
      ? [`${namespace}: what traffic is routed to must let through port 443 of ${hosts.join(", ")} as well`]
      : []),
  ];
  const adapters = row.wholeNodes ? fabricProfile(pool).adapters : null;
  const paths = { ...shape, endpointCidr: endpointCidr ?? null };
  const { podSecurity } = shape;
  const chosen = typeof podSecurity === "object" ? podSecurity : { level: podSecurity, reason: undefined };
  return {
    namespace: {
      metadata: {
        name: namespace,
        labels: {
          ...podSecurityLabels(row.podSecurity, chosen.level, pool.memlock),
          [labels.workload]: kind,
          [labels.tenant]: team,
          [labels.pool]: pool.key,
          ...(queue !== undefined && { [labels.queue]: queue.clusterQueueName }),
          ...(shape.reach.includes("apiServer") && { [labels.apiServer]: "reached" }),
          ...(shape.secrets.length > 0 && { [labels.secrets]: "mounted" }),
          ...(shape.costCenter !== undefined && { [labels.costCenter]: shape.costCenter }),
        },
        ...annotationsOf({
          ...(chosen.reason !== undefined && { [annotations.podSecurityReason]: chosen.reason }),
          ...(row.wholeNodes && { [annotations.nodeDevices]: devicesOfNode(pool) }),
          ...(shape.budgetUsdPerMonth !== undefined && { [annotations.budget]: String(shape.budgetUsdPerMonth) }),
          ...(notes.length > 0 && { [annotations.notes]: notes.join("\n") }),
          ...(shape.priorities !== undefined && { [annotations.priorities]: shape.priorities.join(",") }),
          ...(adapters !== null && { [annotations.adapterClaim]: adapters.template }),
        }),
      },
    },
    serviceAccount: { metadata: { name: serviceAccountName }, automountServiceAccountToken: false },
    defaultServiceAccount: { metadata: { name: "default" }, automountServiceAccountToken: false },
    rights: rightsOf(shape),
    resourceQuota: {
      metadata: only,
      spec: {
        hard: {
          ...quota,
          ...(shape.budgetUsdPerMonth !== undefined && { [budgetQuota]: String(shape.budgetUsdPerMonth) }),
        },
      },
    },
    limitRange: { metadata: only, spec: { limits: [planContainerDefaults(row)] } },
    networkPolicies: Object.entries(namespaceNetworkPolicies(paths)).map(([policy, spec]) => ({
      metadata: { name: policy },
      spec,
    })),
    ciliumNetworkPolicies: ciliumNetworkPolicies(paths),
    configMaps: row.wholeNodes ? fabricConfigMaps(pool) : [],
    adapterClaims: adapters === null ? null : adapterClaims(adapters),
    // By this name Kueue finds it for every job that names no queue.
    localQueue:
      queue === undefined
        ? null
        : { metadata: { name: defaultLocalQueue }, spec: { clusterQueue: queue.clusterQueueName } },
    volumes: Object.entries(volumes).map(([claim, volume]) => volumeBodies(namespace, claim, volume)),
    secretProviderClasses: keyVault === undefined ? [] : secretProviderClasses(shape.secrets, keyVault),
  };
}

/** Devices of a node of the pool as policies read them. A share of a pool whose size nobody knows is refused before. */
function devicesOfNode(pool: TeamPool): string {
  const size = findVmSize(pool.size, pool.figures);
  const devices = size === undefined ? {} : countedDevices(size, pool);
  return Object.entries(devices)
    .map(([name, count]) => `${name}=${count}`)
    .join(",");
}

function annotationsOf(all: Readonly<Record<string, string>>): {
  readonly annotations?: Readonly<Record<string, string>>;
} {
  return Object.keys(all).length === 0 ? {} : { annotations: all };
}

/**
 * Levels of Pod Security. No level lets pods add IPC_LOCK, so a namespace where they need it enforces `privileged`, and its label
 * makes the add-on `teamFence` hold it to `baseline` in its place. A level that the team chose is enforced as it is.
 */
function podSecurityLabels(
  usual: PodSecurityLevel,
  chosen: PodSecurityLevel | undefined,
  memlock: MemlockMode | null,
): Readonly<Record<string, string>> {
  const locking = memlock === "ipc-lock" && chosen === undefined;
  const levels = { enforce: locking ? "privileged" : (chosen ?? usual), warn: "restricted", audit: "restricted" };
  return {
    ...Object.fromEntries(podSecurityModes.map((it) => [podSecurityLabel(it), levels[it]])),
    ...(locking && { [labels.memlock]: memlock }),
  };
}

/** Each role that somebody has. Leads are bound to the members' role, too. */
function rightsOf(shape: z.output<typeof teamNamespaceShape>): readonly TeamRoleBodies[] {
  const rights = teamRights(teamKinds[shape.kind], {
    apiServer: shape.reach.includes("apiServer"),
    secrets: shape.secrets.length > 0,
  });
  const principals = principalsOf(shape);
  return principals.map(({ role: name }) => {
    const metadata = name === "members" ? only : { name: `${only.name}-${name}` };
    const bound = principals.filter(({ role }) => role === name || (name === "members" && role === "leads"));
    return {
      name,
      role: { metadata, rules: rights[name] },
      roleBinding: {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: metadata.name },
        subjects: bound.map(subjectOf),
      },
    };
  });
}
