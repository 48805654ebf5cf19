import type { Place } from "../../catalog/place";
import { findRegion } from "../../catalog/regions";
import type { Problems } from "../../core/problems";

/** How often Azure keeps what is stored: over zones, in a second region, both, or in one building. */
export type Redundancy = "LRS" | "ZRS" | "GRS" | "GZRS";

/** What each copies over. */
const copies: { readonly [R in Redundancy]: { readonly zones: boolean; readonly pair: boolean } } = {
  LRS: { zones: false, pair: false },
  ZRS: { zones: true, pair: false },
  GRS: { zones: false, pair: true },
  GZRS: { zones: true, pair: true },
};

/**
 * Notes copies that the region has no room for: Azure copies to the second region of a pair alone, and some regions have none.
 * Source: https://learn.microsoft.com/azure/storage/common/storage-redundancy#redundancy-in-a-secondary-region
 */
export function checkRedundancy(
  redundancy: Redundancy,
  place: Pick<Place, "location" | "zones">,
  problems: Problems,
): void {
  const { zones, pair } = copies[redundancy];
  const noZones = zones && place.zones.length === 0;
  const noPair = pair && !mayHavePair(place);
  const instead = alternatives(redundancy, place).join(" or ");
  const missing = [
    ...(noZones ? ["no zones"] : []),
    ...(noPair ? ["no pair, and Azure copies to no other region than that of a pair"] : []),
  ];
  problems.require(missing.length === 0, "redundancy", `must be ${instead}: the region has ${missing.join(" and ")}`, {
    got: redundancy,
    remedy: `Write redundancy: ${instead}`,
  });
}

/** The same copies without those over zones, as far as the region has them. */
export function withoutZones(redundancy: Redundancy, place: Pick<Place, "location">): Redundancy {
  return copies[redundancy].pair && mayHavePair(place) ? "GRS" : "LRS";
}

/** What can be written instead: the most of the same that there is, and what is the least. */
function alternatives(redundancy: Redundancy, place: Pick<Place, "location" | "zones">): readonly Redundancy[] {
  const without = withoutZones(redundancy, place);
  // Whoever wants a second region wants more than one building.
  return copies[redundancy].pair && without === "LRS" && place.zones.length > 0 ? ["ZRS", "LRS"] : [without];
}

/** Whether there may be a second region: nobody knows of every region. */
function mayHavePair({ location }: Pick<Place, "location">): boolean {
  return findRegion(location)?.paired !== false;
}
