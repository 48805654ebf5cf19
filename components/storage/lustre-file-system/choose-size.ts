import {
  largestLustreTiB,
  lustreThroughputMBps,
  type LustreTier,
  lustreTiers,
  megabytesPerTB,
  terabytesPerTiB,
} from "../../../catalog/lustre-tiers";

/** What a file system is for. */
export interface LustreWish {
  /** TiB beside checkpoints. */
  readonly holdsTiB: number;
  /** Undefined: any throughput will do. */
  readonly checkpoint: { readonly writeTB: number; readonly seconds: number; readonly keep: number } | undefined;
}

/** A wish in the words of Azure. */
export interface LustreNeed {
  /** Capacity at least. */
  readonly capacityTiB: number;
  /** Throughput at least. */
  readonly throughputMBps: number;
}

/** A file system that could be bought. */
export interface LustreOffer {
  readonly tier: LustreTier;
  readonly sizeTiB: number;
  readonly throughputMBps: number;
}

/** What a wish asks for. */
export function lustreNeed({ holdsTiB, checkpoint }: LustreWish): LustreNeed {
  if (checkpoint === undefined) return { capacityTiB: holdsTiB, throughputMBps: 0 };
  const { writeTB, seconds, keep } = checkpoint;
  return {
    capacityTiB: holdsTiB + (keep * writeTB) / terabytesPerTiB,
    throughputMBps: (writeTB * megabytesPerTB) / seconds,
  };
}

/** How a need was met. */
export interface LustreChoice {
  readonly chosen: LustreOffer;
  /** Of all that hold as much and cost less, the one that writes fastest, among equals the cheapest; null where nothing cheaper holds as much. */
  readonly cheaper: LustreOffer | null;
}

/** What is decided already: tier, size, both or nothing. */
export interface LustreGiven {
  readonly tier?: LustreTier | undefined;
  readonly sizeTiB?: number | undefined;
}

/**
 * The cheapest file system that holds and writes what is needed; among equals the one that writes faster. Null: Azure makes none.
 * @param usdPerMonth What a size of a tier costs.
 */
export function chooseLustre(
  need: LustreNeed,
  given: LustreGiven,
  usdPerMonth: (tier: LustreTier, sizeTiB: number) => number,
): LustreChoice | null {
  const cost = ({ tier, sizeTiB }: LustreOffer): number => usdPerMonth(tier, sizeTiB);
  const [chosen] = offersOf(need.capacityTiB, given)
    .filter((it) => it.throughputMBps >= need.throughputMBps)
    .sort((a, b) => cost(a) - cost(b) || b.throughputMBps - a.throughputMBps);
  if (chosen === undefined) return null;
  const cheaper = offersOf(need.capacityTiB, {})
    .filter((it) => cost(it) < cost(chosen))
    .sort((a, b) => cost(a) - cost(b));
  return { chosen, cheaper: fastest(cheaper) ?? null };
}

/** The fastest file system that holds so much, `undefined` where none does. */
export function fastestLustre(capacityTiB: number, given: LustreGiven = {}): LustreOffer | undefined {
  return fastest(offersOf(capacityTiB, given));
}

/** A size of a tier, with what it writes. */
export function offerOf(tier: LustreTier, sizeTiB: number): LustreOffer {
  return { tier, sizeTiB, throughputMBps: lustreThroughputMBps(tier, sizeTiB) };
}

/** Seconds in which a file system writes a checkpoint, all of it taken by that. */
export function secondsToWrite(writeTB: number, { throughputMBps }: Pick<LustreOffer, "throughputMBps">): number {
  return (writeTB * megabytesPerTB) / throughputMBps;
}

/** The first of those that are equally fast. */
function fastest(offers: readonly LustreOffer[]): LustreOffer | undefined {
  return [...offers].sort((a, b) => b.throughputMBps - a.throughputMBps)[0];
}

/** All that Azure makes, and a subnet is known for, and hold so much. */
function offersOf(capacityTiB: number, { tier, sizeTiB }: LustreGiven): LustreOffer[] {
  return lustreTiers
    .filter((it) => tier === undefined || it.sku === tier.sku)
    .flatMap((it) => sizesOf(it).map((size) => offerOf(it, size)))
    .filter((it) => it.sizeTiB >= capacityTiB && (sizeTiB === undefined || it.sizeTiB === sizeTiB));
}

function sizesOf({ stepTiB, maxTiBOnRequest }: LustreTier): number[] {
  const steps = Math.floor(Math.min(maxTiBOnRequest, largestLustreTiB) / stepTiB);
  return Array.from({ length: steps }, (_, at) => (at + 1) * stepTiB);
}
