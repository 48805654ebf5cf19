import type * as k8s from "@pulumi/kubernetes/types/input";

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
