import { expectAt } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const everybody = ["system:masters", "system:anonymous", "system:unauthenticated", "system:authenticated"];

export const k8sNoClusterAdmin: ResourceRule = {
  id: 205,
  name: "k8s-no-cluster-admin",
  area: "kubernetes",
  kind: "resource",
  types: [types.clusterRoleBinding, types.roleBinding],
  title: "No binding grants cluster-admin, and none is for everybody.",
  why: "Whoever gets it reads every secret and changes every namespace.",
  remedy: "Bind a role with the verbs that are needed, to a group or a service account of its own.",
  severity: "critical",
  levels: levels.always,
  source: "CKV2_K8S_1; KSV-0111; CIS AKS 4.1.1",
  check: ({ inputs }) => [
    ...expectAt(inputs, "roleRef.name", (it) => it !== "cluster-admin", "not be cluster-admin"),
    ...expectAt(
      inputs,
      "subjects[].name",
      (it) => !everybody.some((name) => name === it),
      `not be ${everybody.slice(0, -1).join(", ")} or ${everybody.at(-1) ?? ""}`,
    ),
  ],
};
