import { lustreUsdPerMonth } from "../catalog/prices/lustre-price";
import { type LustreOffer, secondsToWrite } from "../components/storage/lustre-file-system/choose-size";
import type { LustreFileSystemPlan } from "../components/storage/lustre-file-system/plan";
import type { InfraPlan } from "./plan-infra";

/** A file system that could be bought, and how fast it takes the checkpoint that was asked about. */
export interface LustreBuy {
  readonly tier: string;
  readonly sizeTiB: number;
  readonly throughputMBps: number;
  /** Null where no checkpoint was asked about. */
  readonly seconds: number | null;
  readonly usdPerMonth: number;
}

/** Why the file system of an environment is of its tier and size. */
export interface LustreChoiceMade {
  /** TiB that it was to hold. */
  readonly capacityTiB: number;
  readonly checkpoint: { readonly writeTB: number; readonly seconds: number } | null;
  /** Whether tier and size are written beside the wish. */
  readonly written: boolean;
  readonly bought: LustreBuy;
  /** The fastest that holds as much and costs less, null where there is none. */
  readonly cheaper: LustreBuy | null;
}

/** How the wish for a file system was met, null where nobody said what it is for. */
export function lustreChoiceOf({ parts }: Pick<InfraPlan, "parts">): LustreChoiceMade | null {
  const plan = parts.find(({ key }) => key === "lustre")?.plan as LustreFileSystemPlan | undefined;
  if (plan === undefined || plan.wish === null) return null;
  const { fileSystem, offer, wish } = plan;
  const buy = ({ tier, sizeTiB, throughputMBps }: LustreOffer): LustreBuy => ({
    tier: tier.sku,
    sizeTiB,
    throughputMBps,
    seconds: wish.checkpoint === undefined ? null : secondsToWrite(wish.checkpoint.writeTB, { throughputMBps }),
    usdPerMonth: lustreUsdPerMonth(tier, sizeTiB, fileSystem.location),
  });
  return {
    capacityTiB: wish.capacityTiB,
    checkpoint: wish.checkpoint ?? null,
    written: wish.written,
    bought: buy(offer),
    cheaper: wish.cheaper && buy(wish.cheaper),
  };
}
