import type { Price } from "../vm-size";
import { regionPrices } from "./vm-prices";

/** Region that is named where several have the lowest price: the one that most people compare with. */
const namedFirst = "eastus";

/** On-demand price of a size over all regions, `null` when the list has none. */
export function listPrice(name: string): Price | null {
  const rows = regionPrices(name, "onDemand");
  const [first] = rows;
  if (first === undefined) return null;
  const usdPerHour = Math.min(...rows.map(({ usd }) => usd));
  const lowest = rows.filter(({ usd }) => usd === usdPerHour);
  const { region, list } = lowest.find((it) => it.region === namedFirst) ?? lowest[0] ?? first;
  const maxUsdPerHour = Math.max(...rows.map(({ usd }) => usd));
  return { usdPerHour, region, maxUsdPerHour, regions: rows.map((it) => it.region), ...list };
}
