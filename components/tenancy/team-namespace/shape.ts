import { z } from "zod";
import { labelValuePattern } from "../../../catalog/label-value";
import { teamPriorities } from "../../../catalog/priorities";
import { keysOf } from "../../../core/records";
import { podSecurityLevels } from "../kinds/team-kind";
import { teamKinds } from "../kinds/team-kinds";
import { hostName } from "./host-name";
import { egressModes, reachable } from "./network-rules";

/** Name of a team: part of its namespace's name, which has 63 characters. */
export const teamName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/,
    "must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen",
  );

/** Name of a namespace. Source: RFC 1123 */
const namespaceName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be 1 to 63 lowercase letters, digits or hyphens, and neither start nor end with a hyphen",
  );

/** Name of a secret in a Key Vault, which tells no cases apart, and of what mounts it. Source: RFC 1123, for objects of Kubernetes */
const keyVaultSecretName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/,
    "must be 1 to 50 lowercase letters, digits or hyphens, and neither start nor end with a hyphen",
  );

/** What can be a tag and a label alike. */
const costCenter = z
  .string()
  .regex(
    labelValuePattern,
    "must be 1 to 63 letters, digits, dots, hyphens or underscores, and start and end with a letter or digit",
  );

/** A team's namespace. */
export const teamNamespaceShape = z.strictObject({
  /** What the team does: it decides rights, Pod Security and storage. Changing it replaces the namespace. */
  kind: z.enum(keysOf(teamKinds)),
  /** Name of the team. Changing it replaces the namespace. */
  team: teamName,
  /**
   * GPUs of the team at most, as Kubernetes counts them: a slice of a GPU and an instance of a MIG profile count as one.
   * Training: a multiple of the GPUs of a node.
   */
  gpus: z.int(),
  /**
   * Nodes of pools without GPUs that the team may fill beside its GPU nodes, by the pool's key: `{ general: 2 }`. They add what pods
   * can ask for on so many nodes to the team's quota of CPUs, memory and local disk, and 50 pods each. It is a limit and holds no
   * node back: the quota counts what all pods of the namespace ask for, wherever they run. All shares of a pool together are at most
   * its nodes. Default: no share, and 4 CPUs and 16 GiB for launchers and the like.
   */
  cpuShares: z.record(z.string(), z.int()).default({}),
  /**
   * Who pays for what the team uses: tag of its identity in Azure, and label `azure-gpu-cluster/cost-center` of its namespace, by which
   * metrics sum up costs. 1 to 63 letters, digits, dots, hyphens and underscores, a letter or digit first and last. Default: that of the
   * environment, in the label with hyphens for all else.
   */
  costCenter: costCenter.exactOptional(),
  /**
   * USD that the team's GPU nodes may cost in a month, at list prices. The preview tells where its share, borrowed GPUs included, costs
   * more in full use, and with `metrics` an alert when 30 days have cost as much. Nothing stops a team that spends more. Default: none.
   */
  budgetUsdPerMonth: z.int().min(1, "must be at least 1").exactOptional(),
  /** Object ID of the team's Entra group: its members. */
  groupObjectId: z.string(),
  /**
   * Object ID of the Entra group of the team's leads. They may do all that members may, enter pods whatever the kind of team, delete all
   * work of the team at once, and see what pods use. Default: nobody.
   */
  leadsGroupObjectId: z.string().exactOptional(),
  /**
   * Object ID, not the client ID, of the service principal or managed identity of the team's pipelines. It may make, change and delete
   * work and read its logs; it may neither enter pods nor read secrets. Default: none.
   */
  ciObjectId: z.string().exactOptional(),
  /**
   * Classes of priority that jobs and pods of the team may name, of those that the add-on `kueue` makes: `production` goes before other
   * jobs and stops them where there is no other room, `idle` may be stopped by all others. `[]`: none. Jobs that name no class have the
   * priority between the two. Default: all.
   */
  priorities: z.array(z.enum(teamPriorities)).exactOptional(),
  /**
   * Pod Security level that the API server enforces. `baseline`: images may run as root. `restricted`: they may not. Default: that
   * of the kind, and on a pool whose memlock is `ipc-lock` the fence around teams instead, which is `baseline` with IPC_LOCK; with a
   * level said here pods of such a pool cannot lock memory. With `{ level, reason }` the namespace and the preview also say why.
   */
  podSecurity: z
    .union([
      z.enum(podSecurityLevels),
      z.strictObject({
        /** The level. */
        level: z.enum(podSecurityLevels),
        /** Why it is this one, for whoever reviews it: the annotation `azure-gpu-cluster/pod-security-reason` of the namespace. */
        reason: z.string().regex(/^[^\n]{1,200}$/, "must be one line of 1 to 200 characters"),
      }),
    ])
    .exactOptional(),
  /**
   * How far pods reach beyond the namespace. `closed`: DNS and private endpoints. `https`: also public addresses on port 443. A list of
   * hosts, such as `[pypi.org, "*.hf.co"]`: those on port 443, no other, and no other name can be looked up; it needs
   * `advancedNetworkPolicies: FQDN` at the cluster. A wildcard stands for one label.
   */
  egress: z
    .union([z.enum(egressModes), z.array(hostName).min(1, "must name a host: closed opens none")])
    .default("closed"),
  /**
   * Services beyond the namespace that pods reach. `apiServer`: that of the cluster, which Ray asks for workers; people get the
   * rights on such kinds with it. `entra`: sign-in with the team's identity.
   */
  reach: z.array(z.enum(reachable)).default([]),
  /**
   * Secrets of the environment's Key Vault (`keyVault`) that the team's pods may mount as files, by name: the team's identity may read
   * these and no others. They never become Secrets of Kubernetes. They are there, in the vault, before `up`.
   */
  secrets: z.array(keyVaultSecretName).default([]),
  /** Namespaces whose pods may come in, on every port: operators, gateways, monitoring. */
  ingressFrom: z.array(namespaceName).default([]),
});
export type TeamNamespaceShape = z.input<typeof teamNamespaceShape>;
