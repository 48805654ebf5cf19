import { normaliseRegion } from "../catalog/regions";
import type { PlannedResource } from "../core/planned-resource";
import { text } from "../core/property-tree";
import { type ArmType, findArmType } from "./arm-types";

/** What tells where a resource is. */
export type Placed = Pick<PlannedResource, "type" | "inputs"> &
  Partial<Pick<PlannedResource, "urn" | "propertyDependencies">>;

/** A resource that says where it is. */
interface Container extends Placed {
  readonly armType: ArmType;
  readonly region: string;
}

const resourceGroups = "Microsoft.Resources/resourceGroups";

/**
 * Tells the region of each of some resources: what it says, else that of what it is a part of, else that of its group, which is where
 * the provider puts it. `undefined` where nobody says it, or where several are meant that are not in one region.
 */
export function regionsOf(resources: readonly Placed[]): (it: Placed) => string | undefined {
  let known: ReadonlyMap<string, readonly Container[]> | undefined;
  return (it) => {
    const own = text(it.inputs, "location");
    if (own !== undefined) return normaliseRegion(own);
    const type = findArmType(it.type);
    if (type === undefined) return undefined;
    // Most resources say where they are: only for the others all have to be looked at.
    known ??= byArmType(resources);
    for (const arm of containersOf(type)) {
      const meant = meantBy(it, type, known.get(arm) ?? []);
      const [region, ...others] = new Set(meant.map((container) => container.region));
      if (region !== undefined) return others.length === 0 ? region : undefined;
    }
    return undefined;
  };
}

function byArmType(resources: readonly Placed[]): ReadonlyMap<string, readonly Container[]> {
  const found = new Map<string, Container[]>();
  for (const it of resources) {
    const location = text(it.inputs, "location");
    const armType = location === undefined ? undefined : findArmType(it.type);
    if (location === undefined || armType === undefined) continue;
    const container = { ...it, armType, region: normaliseRegion(location) };
    const same = found.get(armType.arm);
    if (same === undefined) found.set(armType.arm, [container]);
    else same.push(container);
  }
  return found;
}

/** ARM types that a resource may lie in, the nearest first. */
function containersOf({ arm, names }: ArmType): readonly string[] {
  const segments = arm.split("/");
  const parents = segments.slice(2).map((_, at) => segments.slice(0, segments.length - 1 - at).join("/"));
  return [...parents, ...(names[0] === "resourceGroupName" ? [resourceGroups] : [])];
}

/** Which of some containers a resource names. A name that is not known yet comes from the resource that its value depends on. */
function meantBy(it: Placed, { names }: ArmType, containers: readonly Container[]): readonly Container[] {
  const fits = containers.filter((container) =>
    container.armType.names.every((name, at) => {
      const [theirs, wanted] = [text(container.inputs, name), text(it.inputs, names[at] ?? "")];
      return theirs === undefined || wanted === undefined || theirs.toLowerCase() === wanted.toLowerCase();
    }),
  );
  const leading = fits.filter(({ urn, armType }) => {
    const name = names[armType.names.length - 1] ?? "";
    return urn !== undefined && it.propertyDependencies?.[name]?.includes(urn) === true;
  });
  return leading.length > 0 ? leading : fits;
}
