import type { TeamRule } from "./team-kind";

/** Verbs of people who own the objects. */
export const edit = ["get", "list", "watch", "create", "update", "patch", "delete"];

/** What every team may do with the core objects of its namespace. */
export const commonRules: readonly TeamRule[] = [
  { apiGroups: [""], resources: ["pods", "services", "configmaps", "secrets"], verbs: edit },
  // Not delete: the claims of the shared volumes are among them, and nobody would bind them again. Claims of a pod or of a stateful
  // set go with their owner.
  { apiGroups: [""], resources: ["persistentvolumeclaims"], verbs: edit.filter((it) => it !== "delete") },
  {
    apiGroups: [""],
    resources: ["pods/log", "events", "resourcequotas", "limitranges"],
    verbs: ["get", "list", "watch"],
  },
  { apiGroups: [""], resources: ["pods/portforward"], verbs: ["get", "create"] },
];
