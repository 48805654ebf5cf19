import { isUnknown } from "../../../core/property-marks";
import { locate, texts } from "../../../core/property-tree";
import { about, unjudged, violation } from "../../engine/expect";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const amlfsZoneMatchesGpu: StackRule = {
  id: 137,
  name: "amlfs-zone-matches-gpu",
  area: "storage",
  kind: "stack",
  types: [types.lustre, ...machineHolders],
  title: "Nodes with GPUs that are pinned to zones are pinned to the zone of a Lustre file system of the stack.",
  why: "Each read and write goes to another zone otherwise: it takes longer, and a checkpoint of all nodes shares that way.",
  remedy: "Give the pool and the file system one zone, or leave zones of the pool out where its capacity matters more.",
  severity: "medium",
  levels: levels.advised,
  source: "ours",
  check: (resources) => {
    const systems = resources.filter(({ type }) => sameType(type, types.lustre));
    if (systems.length === 0) return [];
    const vague = systems.find(({ inputs }) => locate(inputs, "zones[]").some(({ value }) => isUnknown(value)));
    const zones = systems.flatMap(({ inputs }) => texts(inputs, "zones"));
    return resources.flatMap((it) => zonesOfGpus(it).flatMap((path) => expectNear(it, path, zones, vague)));
  },
};

/** Where zones of machines with GPUs stand. */
function zonesOfGpus(resource: Subject): readonly string[] {
  return machinesOf(resource)
    .filter(({ size }) => (sizeAt(resource.inputs, size)?.gpu ?? null) !== null)
    .map(({ zones }) => zones);
}

function expectNear(
  it: Subject,
  path: string,
  near: readonly string[],
  vague: Subject | undefined,
): readonly StackOutcome[] {
  const spots = locate(it.inputs, `${path}[]`);
  const pinned = texts(it.inputs, path);
  if (spots.some(({ value }) => isUnknown(value))) return about(it, [unjudged(path)]);
  if (pinned.length === 0 || pinned.some((zone) => near.includes(zone))) return [];
  if (vague !== undefined) return about(vague, [unjudged("zones")]);
  return about(it, [violation(path, pinned, `hold a zone of a Lustre file system: ${near.join(", ")}`)]);
}
