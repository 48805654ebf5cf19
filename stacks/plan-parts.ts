import type { Place } from "../catalog/place";
import type { NetworkUser } from "../components/network/subnet-ref";
import type { Problems } from "../core/problems";
import { keysOf } from "../core/records";
import type { InfraPart, InfraParts, Made, PlannedMachines, Site } from "./infra-part";

/** One part, decided. Its row and its plan are tied together, so that nothing can be planned and not made. */
export interface PlannedPart {
  /** Key of its row. */
  readonly key: string;
  readonly name: string;
  readonly plan: NetworkUser;
  readonly machines: PlannedMachines | null;
  readonly make: (site: Site) => Made<unknown>;
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
): PlannedPart[] {
  return keysOf<keyof Rows & string>(rows).flatMap((key) => {
    const row: InfraPart = rows[key] as InfraPart;
    const section = sections[key];
    if (section === undefined) return [];
    const several = typeof row.names !== "string";
    const shapes = several ? Object.entries(section as object) : [[row.names, section] as const];
    return shapes.flatMap(([name, shape]) => {
      const at = [...(path === "" ? [] : [path]), key, ...(several ? [name] : [])].join(".");
      const plan = problems.attempt(at, () => row.plan(name, shape, place));
      if (plan === undefined) return [];
      return [{ key, name, plan, machines: row.machines(plan), make: (site: Site) => row.make(name, plan, site) }];
    });
  });
}
