import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksFileDriverOff: ResourceRule = {
  id: 240,
  name: "aks-file-driver-off",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "The Azure Files driver of a cluster is off where nobody needs it.",
  why: "Whoever may claim a volume makes storage accounts with it, and their keys lie in Kubernetes secrets. AKS turns it on unasked.",
  remedy: "Set storageProfile.fileCSIDriver.enabled to false, once no volume of it is left.",
  severity: "medium",
  levels: levels.advised,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/create-volume-azure-files.md (2026-08-21)",
  check: ({ inputs }) => expectAt(inputs, "storageProfile.fileCSIDriver.enabled", oneOf(false), "be false"),
};
