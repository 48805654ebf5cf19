import { about, isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { belongsTo } from "../../engine/ownership";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";

/** Each channel with the configuration that says when. */
const channels = [
  { path: "autoUpgradeProfile.upgradeChannel", schedule: "aksManagedAutoUpgradeSchedule" },
  { path: "autoUpgradeProfile.nodeOSUpgradeChannel", schedule: "aksManagedNodeOSUpgradeSchedule" },
] as const;

export const aksMaintenanceWindow: StackRule = {
  id: 68,
  name: "aks-maintenance-window",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.maintenance],
  title: "A cluster that Azure upgrades has a window for it.",
  why: "Azure upgrades whenever it likes otherwise, and drains nodes in the middle of a working day.",
  remedy:
    "Add a MaintenanceConfiguration of the named configName with maintenanceWindow.schedule, or set the channel to none.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/planned-maintenance.md; PSRule AZR-000446",
  check: (resources) => {
    const clusters = resources.filter(({ type }) => sameType(type, types.cluster));
    const windows = resources.filter(({ type }) => sameType(type, types.maintenance));
    return clusters.flatMap((cluster) => {
      const own = windows.filter((it) => belongsTo(it, cluster, clusters, "cluster"));
      return channels.flatMap(({ path, schedule }) => about(cluster, judgeChannel(cluster, path, schedule, own)));
    });
  },
};

function judgeChannel(
  cluster: Subject,
  path: string,
  schedule: string,
  windows: readonly Subject[],
): readonly Outcome[] {
  const channel = read(cluster.inputs, path);
  if (isUnknown(channel)) return [unjudged(path)];
  // Absent node images are told by aks-node-os-channel; Unmanaged is the distribution's own work.
  if (!isText(channel) || ["none", "unmanaged"].includes(channel.toLowerCase())) return [];
  const named = windows.filter(({ inputs }) => {
    const name = read(inputs, "configName");
    return isUnknown(name) || (isText(name) && name.toLowerCase() === schedule.toLowerCase());
  });
  const scheduled = named.some(({ inputs }) => read(inputs, "maintenanceWindow.schedule") !== undefined);
  return scheduled ? [] : [violation(path, channel, `have a window: a MaintenanceConfiguration ${schedule}`)];
}
