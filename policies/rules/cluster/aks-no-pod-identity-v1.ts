import { expectAt, notTrue } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksNoPodIdentityV1: ResourceRule = {
  id: 55,
  name: "aks-no-pod-identity-v1",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Pods use workload identity, not its retired predecessor.",
  why: "Pod identity intercepts the metadata service of nodes, and gets no fixes any more.",
  remedy: "Remove podIdentityProfile and federate the service accounts.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/use-azure-ad-pod-identity.md",
  check: ({ inputs }) => expectAt(inputs, "podIdentityProfile.enabled", notTrue, "not be true"),
};
