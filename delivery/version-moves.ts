import type { EngineEvent } from "@pulumi/pulumi/automation";
import { childPath } from "../core/property-tree";
import { isList, isRecord } from "../core/property-value";
import type { VersionMove } from "./saved-plan";

/**
 * Names of inputs that hold a version of what runs: of Kubernetes, of the OS and the image of nodes, of charts, of drivers among the values of a
 * chart, and of images.
 */
const versionKeys: readonly string[] = [
  "kubernetesVersion",
  "orchestratorVersion",
  "osSKU",
  "sourceResourceId",
  "version",
  "image",
  "tag",
];

/**
 * Versions that change in what is there. Of what the engine says and not of two locks compared: a lock names what an environment may not have
 * installed, and a version of the catalogue moves with no lock.
 */
export function versionMoves(events: readonly EngineEvent[]): VersionMove[] {
  // A replacement is told in several steps, all with the same change.
  const moves = new Map<string, VersionMove>();
  for (const { resourcePreEvent } of events) {
    const { urn = "", old, new: fresh } = resourcePreEvent?.metadata ?? {};
    if (!isRecord(old) || !isRecord(fresh)) continue;
    const [before, after] = [versionsIn(old.inputs), versionsIn(fresh.inputs)];
    for (const path of new Set([...before.keys(), ...after.keys()])) {
      const move = { urn, path, before: before.get(path) ?? null, after: after.get(path) ?? null };
      if (move.before !== move.after) moves.set(`${urn} ${path}`, move);
    }
  }
  return [...moves].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, move]) => move);
}

function versionsIn(value: unknown, path = "", key = ""): ReadonlyMap<string, string> {
  if (isList(value)) return joined(value.map((it, at) => versionsIn(it, childPath(path, at))));
  if (isRecord(value))
    return joined(Object.entries(value).map(([name, it]) => versionsIn(it, childPath(path, name), name)));
  return new Map(typeof value === "string" && versionKeys.includes(key) ? [[path, value]] : []);
}

function joined(maps: readonly ReadonlyMap<string, string>[]): ReadonlyMap<string, string> {
  return new Map(maps.flatMap((it) => [...it]));
}
