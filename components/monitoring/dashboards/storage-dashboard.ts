import { records } from "../managed-prometheus/records";
import { type Dashboard, of, panel, type ShownStore } from "./panel";
import { storeRows } from "./store-rows";

const used = `${of("kubelet_volume_stats_capacity_bytes")} - ${of("kubelet_volume_stats_available_bytes")}`;

/** Volumes of teams, on Lustre, Blob and the disks of nodes; and what the stores below them do, as Azure measures it. */
export function storageDashboard(stores: readonly ShownStore[]): Dashboard {
  return {
    key: "storage",
    title: "Storage",
    description:
      stores.length === 0
        ? "Room in the volumes that pods have mounted"
        : "Room in the volumes that pods have mounted, and what the stores do",
    ofOneTeam: false,
    rows: [
      {
        title: "Volumes",
        panels: [
          panel(
            "stat",
            "Free in the fullest volume",
            "At 0 % nothing more can be written to it.",
            "percentunit",
            12,
            [[`min(${of(records.volumeFree)})`, "free"]],
            [0.2, 0.1],
          ),
          panel(
            "stat",
            "Volumes with less than a fifth free",
            "Of all that a pod has mounted.",
            "short",
            12,
            [[`count(${of(records.volumeFree)} < 0.2) or vector(0)`, "volumes"]],
            [1, 3],
          ),
          panel(
            "bargauge",
            "Free, by volume",
            "The fullest fifteen.",
            "percentunit",
            24,
            [[`bottomk(15, ${of(records.volumeFree)})`, "{{namespace}}/{{persistentvolumeclaim}}"]],
            [0.2, 0.1],
          ),
          panel(
            "timeseries",
            "Used, by volume",
            "Volumes of one shared file system show it whole, each of them.",
            "bytes",
            12,
            [[`max by (namespace, persistentvolumeclaim) (${used})`, "{{namespace}}/{{persistentvolumeclaim}}"]],
          ),
          panel("timeseries", "Free, by volume", "A line that falls straight says when it ends.", "percentunit", 12, [
            [of(records.volumeFree), "{{namespace}}/{{persistentvolumeclaim}}"],
          ]),
        ],
      },
      ...storeRows(stores),
    ],
  };
}
