import type { z } from "zod";
import { largestLustreTiB, type LustreTier } from "../../../catalog/lustre-tiers";
import { lustreUsdPerMonth } from "../../../catalog/prices/lustre-price";
import type { Problems } from "../../../core/problems";
import {
  chooseLustre,
  fastestLustre,
  type LustreChoice,
  type LustreGiven,
  type LustreNeed,
  lustreNeed,
  type LustreOffer,
  offerOf,
  secondsToWrite,
} from "./choose-size";
import type { lustreFileSystemShape } from "./shape";

type Shape = z.output<typeof lustreFileSystemShape>;

/** What a file system is for, and what that means. */
export interface PlannedWish extends LustreNeed {
  readonly checkpoint: Shape["checkpoint"];
  /** Whether tier and size are written beside it, so that another wish makes no other file system. */
  readonly written: boolean;
  /** Of all that hold as much and cost less, the one that writes fastest; null where nothing cheaper holds as much. */
  readonly cheaper: LustreOffer | null;
}

/**
 * What is bought: as it is written, or the cheapest that is enough. What is written and is not enough is a problem.
 * @param tier Row of the tier that is written.
 * @param region Whose list prices say what is cheap.
 */
export function planSize(
  { sizeTiB, holdsTiB, checkpoint }: Pick<Shape, "sizeTiB" | "holdsTiB" | "checkpoint">,
  tier: LustreTier | undefined,
  region: string,
  problems: Problems,
): { readonly offer: LustreOffer; readonly wish: PlannedWish | null } | undefined {
  const written = tier !== undefined && sizeTiB !== undefined;
  if (holdsTiB === undefined && checkpoint === undefined) {
    if (written) return { offer: offerOf(tier, sizeTiB), wish: null };
    problems.require(
      false,
      tier === undefined ? "tier" : "sizeTiB",
      "must be given, or what chooses tier and size: checkpoint, holdsTiB or both",
      { remedy: "Write what it is for, such as checkpoint: { writeTB: 1, seconds: 60 }" },
    );
    return undefined;
  }
  const need = lustreNeed({ holdsTiB: holdsTiB ?? 0, checkpoint });
  const choose = (given: LustreGiven): LustreChoice | null =>
    chooseLustre(need, given, (of, tib) => lustreUsdPerMonth(of, tib, region));
  const choice = choose({ tier, sizeTiB });
  if (choice !== null) {
    const { chosen, cheaper } = choice;
    return { offer: chosen, wish: { ...need, checkpoint, written, cheaper } };
  }
  tellWhatIsShort({ need, checkpoint, given: { tier, sizeTiB }, better: choose({})?.chosen }, problems);
  return undefined;
}

/** Says with numbers what is too small or too slow, and what would be enough. */
function tellWhatIsShort(
  {
    need,
    checkpoint,
    given,
    better,
  }: {
    readonly need: LustreNeed;
    readonly checkpoint: Shape["checkpoint"];
    readonly given: LustreGiven;
    readonly better: LustreOffer | undefined;
  },
  problems: Problems,
): void {
  const remedy =
    better === undefined
      ? "Let a checkpoint take longer, keep fewer of them, or split the data over environments"
      : `The cheapest that does is tier: ${better.tier.sku} with sizeTiB: ${better.sizeTiB}. Of a file system that exists that makes a new one, without its data`;
  const fastest = fastestLustre(need.capacityTiB, given);
  if (fastest === undefined) {
    const path = checkpoint === undefined ? "holdsTiB" : "checkpoint.keep";
    const most = given.sizeTiB ?? largestLustreTiB;
    problems.require(false, path, `must fit: ${text(need.capacityTiB)} TiB in all are more than ${most} TiB`, {
      got: checkpoint?.keep ?? need.capacityTiB,
      remedy,
    });
    return;
  }
  const { writeTB = 0, seconds } = checkpoint ?? {};
  const what = `${fastest.sizeTiB} TiB of ${fastest.tier.sku}`;
  problems.require(
    false,
    "checkpoint.seconds",
    `must be at least ${text(secondsToWrite(writeTB, fastest))}: ${writeTB} TB in ${String(seconds)} s are ${text(need.throughputMBps)} MB/s, and ${what} write ${text(fastest.throughputMBps)}`,
    { got: seconds, remedy },
  );
}

/** A number as people read it: three digits are enough to see what is short. */
function text(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
}
