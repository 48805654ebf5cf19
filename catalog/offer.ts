import type { Problems } from "../core/problems";
import type { Place } from "./place";
import type { VmSize } from "./vm-size";

/**
 * Notes a problem unless Azure sells the size in the region, and the region has the zone. Of a size without a price nothing
 * is known.
 * @param size `undefined` when the catalogue knows none of that name: then only the zone is looked at.
 * @param zone `undefined` when none was asked for.
 */
export function checkOffer(
  size: VmSize | undefined,
  zone: string | undefined,
  { location, zones }: Pick<Place, "location" | "zones">,
  problems: Problems,
): void {
  const offered = size?.price?.regions;
  if (offered != null && location !== "") {
    problems.require(
      offered.includes(location),
      "size",
      `is not sold in ${location}: the price list has no row for it`,
      { got: size?.name, remedy: `Regions with a price: ${offered.join(", ")}` },
    );
  }
  if (zone !== undefined) checkZone(zone, "zone", { location, zones }, problems);
}

/** Notes a problem unless the region has the zone. */
export function checkZone(
  zone: string,
  path: string,
  { location, zones }: Pick<Place, "location" | "zones">,
  problems: Problems,
): void {
  const rule =
    zones.length === 0 ? `is not possible: ${location} has no zones` : `must be one of ${zones.join(", ")}, in quotes`;
  const remedy = zones.length === 0 ? "Leave it out" : `Write "${zones[0] ?? ""}" for example`;
  problems.require(zones.includes(zone), path, rule, { got: zone, remedy });
}
