import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { settingOf, type Setting } from "../../engine/setting";

/** Whether pods may take addresses of the VNet. @default `false` */
const allowFlatCni: Setting<boolean> = {
  name: "allowFlatCni",
  schema: { type: "boolean", description: "Whether pods may take addresses of the VNet." },
  default: false,
  accepts: (given) => typeof given === "boolean",
};

export const aksCni: ResourceRule = {
  id: 48,
  name: "aks-cni",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Pods have their addresses in an overlay.",
  why: "The plugin kubenet ends in March 2028, and a flat network takes an address of the VNet for each pod that a node may have.",
  remedy:
    "Set networkPlugin: azure and networkPluginMode: overlay, or allowFlatCni of this rule where pods need addresses of the VNet.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source:
    "CKV2_AZURE_29; Azure Policy 46238e2f; CIS AKS 4.4.1; https://learn.microsoft.com/azure/aks/concepts-network-legacy-cni (kubenet is retired on 2028-03-31)",
  settings: [allowFlatCni],
  check: ({ inputs }, { settings }) => [
    ...expectAt(inputs, "networkProfile.networkPlugin", oneOf("azure"), "be azure"),
    ...(settingOf(allowFlatCni, settings)
      ? []
      : expectAt(inputs, "networkProfile.networkPluginMode", oneOf("overlay"), "be overlay")),
  ],
};
