import type { Region } from "../../catalog/regions";
import { listText } from "./list-text";

/** What to call zones that something is in, and what that means. */
export interface ZoneWords {
  readonly name: string;
  readonly means: string;
}

/** Words for the zones that nodes or stores ask for. */
export function zoneWords(zones: readonly string[], region: Region | undefined): ZoneWords {
  const [first, ...more] = zones;
  if (first === undefined) {
    if (region?.zonesKnown === true && region.zones.length === 0)
      return { name: "No zones", means: "The region has none: all of it is one place." };
    return {
      name: "No zone asked for",
      means: "Azure chooses, and may put all of it into one zone: count it as one failure domain.",
    };
  }
  if (more.length === 0) return { name: `Zone ${first}`, means: "All of it goes when this zone goes." };
  return {
    name: `Zones ${listText(zones)}`,
    means: `Azure spreads the nodes of each pool: about one in ${zones.length} goes with a zone.`,
  };
}
