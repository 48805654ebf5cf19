import { checkName } from "../azure/check-name";
import type { PrivateEndpointGroup } from "../azure/rows";
import type { Place } from "../catalog/place";
import { privateEndpointName } from "../components/network/private-endpoint-name";
import type { NetworkUser } from "../components/network/subnet-ref";
import { Problems } from "../core/problems";
import { keysOf } from "../core/records";
import type { InfraPart, InfraParts, PlannedMachines } from "./infra-part";

/** One part, decided. By the key of its row it is made: every row has its making, so nothing can be planned and not made. */
export interface PlannedPart<Key extends string = string> {
  /** Key of its row. */
  readonly key: Key;
  readonly name: string;
  readonly plan: NetworkUser;
  readonly machines: readonly PlannedMachines[];
  /** Logical names of its private endpoints, by group. */
  readonly endpoints: readonly { readonly name: string; readonly groupId: PrivateEndpointGroup }[];
}

/**
 * Plans every part that sections ask for, in the order of the rows.
 * @param path Of the sections, empty at the top of a stack file.
 */
export function planParts<Rows extends InfraParts>(
  rows: Rows,
  sections: { readonly [K in keyof Rows]?: unknown },
  path: string,
  place: Place,
  problems: Problems,
): PlannedPart<keyof Rows & string>[] {
  return keysOf<keyof Rows & string>(rows).flatMap((key) => {
    const row: InfraPart = rows[key] as InfraPart;
    const section = sections[key];
    if (section === undefined) return [];
    const several = typeof row.names !== "string";
    const shapes = several ? Object.entries(section as object) : [[row.names, section] as const];
    return shapes.flatMap(([name, shape]) => {
      const at = [...(path === "" ? [] : [path]), key, ...(several ? [name] : [])].join(".");
      const part = problems.attempt(at, () => planPart(key, name, row, shape, place));
      return part === undefined ? [] : [part];
    });
  });
}

function planPart<Key extends string>(
  key: Key,
  name: string,
  row: InfraPart,
  shape: unknown,
  place: Place,
): PlannedPart<Key> {
  const plan = row.plan(name, shape, place);
  const endpoints = row.endpoints(plan).map((groupId) => ({ name: `${name}-${groupId}`, groupId }));
  const problems = new Problems();
  for (const endpoint of endpoints) {
    checkName("network:PrivateEndpoint", privateEndpointName(place.names, endpoint.name), problems);
  }
  problems.throwIfAny(`Private endpoints of '${name}'`);
  return { key, name, plan, machines: row.machines(plan), endpoints };
}
