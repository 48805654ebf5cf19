import { about, isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type StackRule, type StackOutcome, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { locate, read, texts } from "../../../core/property-tree";

export const hpcPpgConsistent: StackRule = {
  id: 11,
  name: "hpc-ppg-consistent",
  area: "gpu",
  kind: "stack",
  types: [types.scaleSet, types.virtualMachine, types.nodePool],
  title: "Members of one proximity placement group lie in one zone.",
  why: "A group is one data centre: the second zone fails at allocation, after the first was paid for.",
  remedy: "Give all members of the group the same single zone, or none.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/reduce-latency-ppg.md",
  check: (resources) => {
    const groups = new Map<string, Subject[]>();
    const outcomes: StackOutcome[] = [];
    for (const resource of resources) {
      const path = groupPath(resource);
      const group = read(resource.inputs, path);
      if (isUnknown(group)) outcomes.push({ ...unjudged(path), urn: resource.urn });
      else if (isText(group)) groups.set(group.toLowerCase(), [...(groups.get(group.toLowerCase()) ?? []), resource]);
    }
    return [...outcomes, ...[...groups.values()].flatMap(judgeGroup)];
  },
};

function groupPath({ type }: Subject): string {
  return sameType(type, types.nodePool) ? "proximityPlacementGroupID" : "proximityPlacementGroup.id";
}

function zonePath({ type }: Subject): string {
  return sameType(type, types.nodePool) ? "availabilityZones" : "zones";
}

function judgeGroup(members: readonly Subject[]): readonly StackOutcome[] {
  const unknown = members.find(
    (it) =>
      locate(it.inputs, `${zonePath(it)}[]`).some(({ value }) => isUnknown(value)) ||
      isUnknown(read(it.inputs, zonePath(it))),
  );
  if (unknown !== undefined) return about(unknown, [unjudged(zonePath(unknown))]);
  const zonesOf = (it: Subject): readonly string[] => texts(it.inputs, zonePath(it));
  const all = [...new Set(members.flatMap(zonesOf))].sort();
  if (all.length < 2) return [];
  return members
    .filter((it) => zonesOf(it).length > 0)
    .flatMap((it) =>
      about(it, [violation(zonePath(it), zonesOf(it), `be one zone for the whole group, which has ${all.join(", ")}`)]),
    );
}
