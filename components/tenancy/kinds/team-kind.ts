import type * as k8s from "@pulumi/kubernetes/types/input";
import type { VolumeKindName } from "../volumes/volume-kinds";

/** Levels of Pod Security that a team's pods can be held to. */
export const podSecurityLevels = ["baseline", "restricted"] as const;
export type PodSecurityLevel = (typeof podSecurityLevels)[number];

/** One kind of work that teams do in a cluster: everything that sets it apart from another kind. */
export interface TeamKind {
  /** What a team of this kind gets, as a sentence for the schema of stack files. */
  readonly description: string;
  /** Namespaces are called `<prefix>-<team>`. A prefix holds no hyphen, so that no two kinds can meet in one name. */
  readonly namespacePrefix: string;
  /** Pod Security level that the API server enforces unless the team says another; warnings are at the strictest level. */
  readonly podSecurity: PodSecurityLevel;
  /** For containers that state nothing: launchers and sidecars. GPUs have no default, nobody gets one without asking. */
  readonly containerDefaults: { readonly cpu: string; readonly memory: string; readonly memoryLimit: string };
  /** What the team's people may do in the namespace. */
  readonly rules: readonly k8s.rbac.v1.PolicyRule[];
  /** Whether a share must be whole nodes, with all their GPUs and HCAs. */
  readonly wholeNodes: boolean;
  /** Kinds of storage that an environment mounts into the namespace, where it has them. */
  readonly volumes: readonly VolumeKindName[];
}
