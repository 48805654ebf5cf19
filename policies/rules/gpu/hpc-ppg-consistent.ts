import { about, isText, unjudged, violation } from "../../engine/expect";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, type StackRule, type StackOutcome, type Subject } from "../../engine/rule";
import { isUnknown } from "../../../core/property-marks";
import { locate, read, texts } from "../../../core/property-tree";

export const hpcPpgConsistent: StackRule = {
  id: 11,
  name: "hpc-ppg-consistent",
  area: "gpu",
  kind: "stack",
  types: machineHolders,
  title: "Members of one proximity placement group lie in one zone.",
  why: "A group is one data centre: the second zone fails at allocation, after the first was paid for.",
  remedy: "Give all members of the group the same single zone, or none.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "MicrosoftDocs/azure-aks-docs:articles/aks/reduce-latency-ppg.md",
  check: (resources) => {
    const groups = new Map<string, Member[]>();
    const outcomes: StackOutcome[] = [];
    for (const resource of resources) {
      for (const { placementGroup, zones } of machinesOf(resource)) {
        const group = read(resource.inputs, placementGroup);
        if (isUnknown(group)) outcomes.push(...about(resource, [unjudged(placementGroup)]));
        else if (isText(group)) {
          const key = group.toLowerCase();
          groups.set(key, [...(groups.get(key) ?? []), { resource, zones }]);
        }
      }
    }
    return [...outcomes, ...[...groups.values()].flatMap(judgeGroup)];
  },
};

/** Machines of a group, and where their zones stand. */
interface Member {
  readonly resource: Subject;
  readonly zones: string;
}

function judgeGroup(members: readonly Member[]): readonly StackOutcome[] {
  const unknown = members.find(
    ({ resource: { inputs }, zones }) =>
      locate(inputs, `${zones}[]`).some(({ value }) => isUnknown(value)) || isUnknown(read(inputs, zones)),
  );
  if (unknown !== undefined) return about(unknown.resource, [unjudged(unknown.zones)]);
  const zonesOf = ({ resource, zones }: Member): readonly string[] => texts(resource.inputs, zones);
  const all = [...new Set(members.flatMap(zonesOf))].sort();
  if (all.length < 2) return [];
  return members
    .filter((it) => zonesOf(it).length > 0)
    .flatMap((it) =>
      about(it.resource, [
        violation(it.zones, zonesOf(it), `be one zone for the whole group, which has ${all.join(", ")}`),
      ]),
    );
}
