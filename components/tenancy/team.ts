import type * as k8s from "@pulumi/kubernetes/types/input";
import type { Input } from "@pulumi/pulumi";
import type { EgressMode } from "./network-rules";
import type { SharedVolume } from "./shared-volume";
import type { TeamShare } from "./team-quota";

/** A team and what it gets: the arguments of a training or inference namespace. */
export interface TeamArgs {
  /** Lowercase letters, digits and hyphens, at most 40. Changing it replaces the namespace. */
  readonly team: string;
  readonly share: TeamShare;
  /** Object ID of the Entra group of the team. */
  readonly groupObjectId: string;
  /** Client ID of the managed identity that the namespace's service account acts as. */
  readonly identityClientId: Input<string>;
  /** How far pods reach beyond the namespace. @default `closed`: DNS and private endpoints only */
  readonly egress?: EgressMode;
  /** Range of the private endpoints, `null` when there are none. */
  readonly endpointCidr: string | null;
  readonly volumes: readonly SharedVolume[];
  /** Version that Pod Security levels are pinned to, for example `v1.36`. */
  readonly podSecurityVersion: Input<string>;
}

/** What sets one kind of work apart from another. */
export interface WorkloadProfile {
  readonly workload: "training" | "inference";
  /** Pod Security level that the API server enforces; warnings are at the strictest level. */
  readonly podSecurity: "baseline" | "restricted";
  /** For containers that state nothing: launchers and sidecars. GPUs have no default, nobody gets one without asking. */
  readonly containerDefaults: { readonly cpu: string; readonly memory: string; readonly memoryLimit: string };
  /** What the team's people may do in the namespace. */
  readonly rules: readonly k8s.rbac.v1.PolicyRule[];
}

/** Verbs of people who own the objects. */
export const edit = ["get", "list", "watch", "create", "update", "patch", "delete"];

/** What every team may do with the core objects of its namespace. */
export const commonRules: readonly k8s.rbac.v1.PolicyRule[] = [
  { apiGroups: [""], resources: ["pods", "services", "configmaps", "secrets", "persistentvolumeclaims"], verbs: edit },
  {
    apiGroups: [""],
    resources: ["pods/log", "events", "resourcequotas", "limitranges"],
    verbs: ["get", "list", "watch"],
  },
  { apiGroups: [""], resources: ["pods/portforward"], verbs: ["get", "create"] },
];
