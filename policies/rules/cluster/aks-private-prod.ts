import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksPrivateProd: ResourceRule = {
  id: 42,
  name: "aks-private-prod",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The API server of a cluster has no public address.",
  why: "A public one is one leaked credential away from the whole cluster.",
  remedy: "Set apiServerAccessProfile.enablePrivateCluster: true when the cluster is created.",
  severity: "high",
  levels: levels.rising,
  source: "CKV_AZURE_115; AZU-0065; CIS AKS 5.4.2",
  check: ({ inputs }) => expectAt(inputs, "apiServerAccessProfile.enablePrivateCluster", oneOf(true), "be true"),
};
