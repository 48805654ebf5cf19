import { expectWired } from "../../engine/expect";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const anfSnapshots: ResourceRule = {
  id: 146,
  name: "anf-snapshots",
  area: "storage",
  kind: "resource",
  types: [types.netAppVolume],
  title: "A NetApp volume has snapshots by a policy.",
  why: "A file that somebody deleted or overwrote is gone otherwise.",
  remedy: "Set dataProtection.snapshot.snapshotPolicyId, or the tag purpose: scratch where nothing is worth keeping.",
  severity: "high",
  levels: levels.rising,
  source: "ours",
  check: ({ inputs }) =>
    read(inputs, "tags.purpose") === "scratch"
      ? []
      : expectWired(inputs, "dataProtection.snapshot.snapshotPolicyId", "name a snapshot policy"),
};
