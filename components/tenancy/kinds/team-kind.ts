import type { VolumeKindName } from "../volumes/volume-kinds";

/** Levels of Pod Security that a team's pods can be held to. */
export const podSecurityLevels = ["baseline", "restricted"] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** Rights on some kinds of objects, with all of it plain: quotas count what may be made. */
export interface TeamRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** One kind of work that teams do in a cluster: everything that sets it apart from another kind. */
export interface TeamKind {
  /** What a team of this kind gets, as a sentence for the schema of stack files. */
  readonly description: string;
  /** Namespaces are called `<prefix>-<team>`. A prefix holds no hyphen, so that no two kinds can meet in one name. */
  readonly namespacePrefix: string;
  /** Pod Security level that the API server enforces unless the team says another; warnings are at the strictest level. */
  readonly podSecurity: PodSecurityLevel;
  /** Requests of containers that state nothing: launchers and sidecars. GPUs have no default, nobody gets one without asking. */
  readonly containerDefaults: { readonly cpu: string; readonly memory: string };
  /** What the team's people may do in the namespace. */
  readonly rules: readonly TeamRule[];
  /** The same for kinds whose pods talk to the API server: only the people of a team that reaches it have them. */
  readonly apiServerRules: readonly TeamRule[];
  /** Whether a share must be whole nodes, with all their GPUs and HCAs. */
  readonly wholeNodes: boolean;
  /** Whether its jobs wait in the queue of the cluster, where there is one. */
  readonly queues: boolean;
  /** Kinds of storage that an environment mounts into the namespace, where it has them. */
  readonly volumes: readonly VolumeKindName[];
}
