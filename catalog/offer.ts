import type { Problems } from "../core/problems";
import type { Place } from "./place";
import type { VmSize } from "./vm-size";

/** Notes a problem unless Azure sells a size in the region and zone of a place. */
export function checkOffer(
  { name, price }: VmSize,
  zone: string | undefined,
  { location, zones }: Place,
  problems: Problems,
): void {
  const offered = price?.regions;
  if (offered !== undefined && location !== "") {
    problems.require(
      offered.includes(location),
      "size",
      `is not sold in ${location}: the price list has no row for it`,
      { got: name, remedy: `Regions with a price: ${offered.join(", ")}` },
    );
  }
  if (zone === undefined) return;
  const rule =
    zones.length === 0 ? `is not possible: ${location} has no zones` : `must be one of ${zones.join(", ")}, in quotes`;
  problems.require(zones.includes(zone), "zone", rule, { got: zone });
}
