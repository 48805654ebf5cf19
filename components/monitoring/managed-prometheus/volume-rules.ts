import { records } from "./records";
import type { RuleGroup } from "./rule-group";

/** Volumes of pods. Each node that has one mounted tells its room: the least is taken. */
export const volumeGroup: RuleGroup = {
  name: "volumes",
  description: "Volumes: the part of each that is free",
  every: "PT1M",
  rules: [
    {
      record: records.volumeFree,
      expression:
        "min by (cluster, namespace, persistentvolumeclaim) " +
        "(kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)",
    },
  ],
};
