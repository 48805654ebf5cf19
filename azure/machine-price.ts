import { nodePrice } from "../catalog/prices/node-price";
import { regionPrices } from "../catalog/prices/vm-prices";
import type { UnitPrice } from "../catalog/prices/meter-price";
import type { VmSize } from "../catalog/vm-size";
import type { Machines } from "./arm-row";

/** USD for a node and hour as it is bought, and what to keep in mind of that. */
export interface MachinePrice {
  readonly price: UnitPrice;
  readonly note: string | null;
}

/** What a node costs as it is bought, on demand or as Spot; `null` when no source gives a price. */
export function machinePrice(
  { spot, maxSpotUsdPerHour }: Pick<Machines, "spot" | "maxSpotUsdPerHour">,
  size: VmSize,
  region: string,
): MachinePrice | null {
  const usual = nodePrice(size, "onDemand", region);
  if (!spot) return usual === null ? null : { price: usual, note: null };
  const recorded = nodePrice(size, "spot", region);
  const price = recorded ?? usual;
  if (price === null) return null;
  const missing = `no sourced spot price of ${size.name} in ${region}`;
  // Nobody pays more than what was said, and where Azure wants more there are no nodes.
  if (maxSpotUsdPerHour === null || maxSpotUsdPerHour >= price.usd) {
    const note = recorded === null ? `${missing}; the price on demand stands in, which is the most it can be` : null;
    return { price, note };
  }
  const capped = { ...price, usd: maxSpotUsdPerHour, region: null, source: "the highest price that is declared" };
  const lowest = recorded === null ? lowestSpot(size) : { usd: recorded.usd, region };
  const bound = `USD ${maxSpotUsdPerHour} an hour, the highest price that is declared for it`;
  if (lowest !== null && maxSpotUsdPerHour < lowest.usd) {
    const than = `${lowest.usd}, the ${recorded === null ? "lowest " : ""}spot price of ${size.name} that is recorded in ${lowest.region}`;
    return { price: capped, note: `${bound}, is less than ${than}: it may never get a node` };
  }
  return { price: capped, note: recorded === null ? `${missing}; ${bound}, stands in` : null };
}

function lowestSpot({ name }: VmSize): { readonly usd: number; readonly region: string } | null {
  const [lowest] = [...regionPrices(name, "spot")].sort((a, b) => a.usd - b.usd);
  return lowest ?? null;
}
