import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksWorkloadIdentity: ResourceRule = {
  id: 53,
  name: "aks-workload-identity",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Pods of a cluster can act as a managed identity.",
  why: "Otherwise pods that read data sets need keys, which end up in images, logs and repositories.",
  remedy: "Set oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled to true.",
  severity: "high",
  levels: levels.always,
  source: "CIS AKS 5.2.1; Azure Policy 2cc2e023",
  check: ({ inputs }) => [
    ...expectAt(inputs, "oidcIssuerProfile.enabled", oneOf(true), "be true"),
    ...expectAt(inputs, "securityProfile.workloadIdentity.enabled", oneOf(true), "be true"),
  ],
};
