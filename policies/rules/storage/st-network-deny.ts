import { absentOr, expectAt, isText, oneOf } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const bypasses = ["None", "AzureServices", "Logging", "Metrics"];

export const stNetworkDeny: ResourceRule = {
  id: 125,
  name: "st-network-deny",
  area: "storage",
  kind: "resource",
  types: [types.storageAccount],
  title: "A storage account lets in only networks that are named.",
  why: "Otherwise a leaked token works from anywhere.",
  remedy: "Set networkRuleSet.defaultAction to Deny, or publicNetworkAccess to Disabled.",
  severity: "critical",
  levels: levels.advisoryInDev,
  source: "PSRule AZR-000202; CKV_AZURE_35, CKV_AZURE_36; AZU-0010, AZU-0012",
  check: ({ inputs }) => [
    ...(read(inputs, "publicNetworkAccess") === "Disabled"
      ? []
      : expectAt(
          inputs,
          "networkRuleSet.defaultAction",
          oneOf("Deny"),
          'be "Deny" while publicNetworkAccess is not Disabled',
        )),
    ...expectAt(
      inputs,
      "networkRuleSet.bypass",
      absentOr((it) => isText(it) && it.split(",").every((word) => bypasses.includes(word.trim()))),
      `hold only ${bypasses.join(", ")}`,
    ),
  ],
};
