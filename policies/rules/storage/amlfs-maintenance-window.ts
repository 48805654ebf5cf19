import { expectAt, matches, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

export const amlfsMaintenanceWindow: ResourceRule = {
  id: 139,
  name: "amlfs-maintenance-window",
  area: "storage",
  kind: "resource",
  types: [types.lustre],
  title: "A Lustre file system says when Azure may maintain it.",
  why: "Maintenance stops reads and writes, and so every job that is saving a checkpoint.",
  remedy: "Set maintenanceWindow.dayOfWeek and maintenanceWindow.timeOfDayUTC (HH:MM) to hours without large jobs.",
  severity: "medium",
  levels: levels.always,
  source: "Azure/bicep-types-az storagecache",
  check: ({ inputs }) => [
    ...expectAt(inputs, "maintenanceWindow.dayOfWeek", oneOf(...days), `be one of ${days.join(", ")}`),
    ...expectAt(inputs, "maintenanceWindow.timeOfDayUTC", matches(/^([01]\d|2[0-3]):[0-5]\d$/), "be HH:MM"),
  ],
};
