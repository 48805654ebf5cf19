import { isText, violation } from "../../engine/expect";
import { levels, sameType, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";
import { isList, isRecord } from "../../../core/property-value";

/** What Azure or an autoscaler writes, by type. */
const writtenByOthers: Readonly<Record<string, readonly string[]>> = {
  "azure-native:containerservice:AgentPool": ["count"],
  "azure-native:containerservice:ManagedCluster": ["agentPoolProfiles"],
  "azure-native:compute:VirtualMachineScaleSet": ["sku.capacity"],
  // A key is rotated: the service makes another version.
  "azure-native:keyvault:Key": ["properties"],
  "azure-native:compute:DiskEncryptionSet": ["activeKey.keyUrl"],
  // A budget starts with the month in which it was made.
  "azure-native:consumption:Budget": ["timePeriod"],
  "kubernetes:apps/v1:Deployment": ["spec.replicas"],
  "kubernetes:apps/v1:StatefulSet": ["spec.replicas"],
};

/** Paths that may be ignored besides, by type. @default none */
const allowedIgnoreChanges: Setting<Readonly<Record<string, readonly string[]>>> = {
  name: "allowedIgnoreChanges",
  schema: {
    type: "object",
    additionalProperties: { type: "array", items: { type: "string" } },
    description: "Paths that may stand in ignoreChanges, by type of the resource.",
  },
  default: {},
  accepts: (given): given is Readonly<Record<string, readonly string[]>> =>
    isRecord(given) && Object.values(given).every((it) => isList(it) && it.every(isText)),
};

export const metaIgnorechangesAllowlist: ResourceRule = {
  id: 223,
  name: "meta-ignorechanges-allowlist",
  area: "meta",
  kind: "resource",
  types: ["azure-native:*", "kubernetes:*"],
  title: "An update ignores only properties that somebody else writes.",
  why: "It hides a change that the program makes, and rules then judge what is not what runs.",
  remedy: "Remove the path from ignoreChanges, or name it in allowedIgnoreChanges with its type.",
  severity: "high",
  levels: levels.always,
  source: "pulumi/pulumi-azure-native#2719",
  settings: [allowedIgnoreChanges],
  check: ({ type, options, inputs }, { settings }) => {
    const more = settingOf(allowedIgnoreChanges, settings);
    const paths = [...Object.entries(writtenByOthers), ...Object.entries(more)].flatMap(([token, list]) =>
      sameType(token, type) ? list : [],
    );
    return (options.ignoreChanges ?? [])
      .filter((it) => !paths.includes(it) && !(it === "kubernetesVersion" && isUpgraded(type, inputs)))
      .map((it) =>
        violation(
          "opts.ignoreChanges",
          it,
          paths.length === 0 ? "be empty for this type" : `hold only ${paths.join(", ")}`,
        ),
      );
  },
};

/** Whether Azure raises the version of a cluster by itself: otherwise nobody else writes it. */
function isUpgraded(type: string, inputs: unknown): boolean {
  const channel = read(inputs, "autoUpgradeProfile.upgradeChannel");
  return sameType(type, types.cluster) && channel !== undefined && channel !== "none" && channel !== "node-image";
}
