import { lustreThroughputMBps, lustreTiers } from "../../catalog/lustre-tiers";
import { Problems } from "../../core/problems";

/** What decides how the file system looks: plain values, no wiring. */
export interface LustreFileSystemShape {
  /** Tier: MB/s for each TiB. Fixed at creation: another one means a new file system, without this one's data. */
  readonly tier: string;
  /** Capacity in TiB, a multiple of the tier's step. Fixed at creation, like the tier. */
  readonly sizeTiB: number;
  /** Availability zone, the one of the GPU nodes for the shortest way. Fixed at creation, like the tier. */
  readonly zone: string;
  /** Day of the weekly maintenance. @default `Saturday` */
  readonly maintenanceDay?: "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
  /** Start of the maintenance in UTC, `HH:MM`. @default `22:00` */
  readonly maintenanceTime?: string;
  /**
   * Whose root is nobody on the file system. Teams are kept apart by volumes that are bound to one namespace and mount
   * its directory only. `root-only` squashes every client's root, the CSI driver's too, which makes the directories: type
   * it once they exist. Addresses that keep their root are not offered. Changing it is an update in place.
   * @default `none`
   */
  readonly rootSquash?: "none" | "root-only";
}

/** A checked file system: what to ask of Azure. */
export interface LustreFileSystemPlan {
  readonly skuName: string;
  readonly sizeTiB: number;
  readonly zone: string;
  readonly throughputMBps: number;
  readonly maintenanceDay: NonNullable<LustreFileSystemShape["maintenanceDay"]>;
  readonly maintenanceTime: string;
  readonly rootSquash: NonNullable<LustreFileSystemShape["rootSquash"]>;
}

/** @throws MisconfiguredError with every problem of the shape */
export function planLustreFileSystem(
  shape: LustreFileSystemShape,
  regionZones: readonly string[],
): LustreFileSystemPlan {
  const problems = new Problems();
  const tier = lustreTiers.find((it) => it.sku === shape.tier);
  const { sizeTiB } = shape;
  if (tier === undefined) {
    problems.require(false, "tier", `must be one of ${lustreTiers.map((it) => it.sku).join(", ")}`, {
      got: shape.tier,
    });
  } else {
    const { stepTiB: step, maxTiB, maxTiBOnRequest } = tier;
    const below = Math.max(step, Math.floor(sizeTiB / step) * step);
    const fits = Number.isInteger(sizeTiB) && sizeTiB >= step && sizeTiB % step === 0;
    problems.require(fits, "sizeTiB", `must be a multiple of ${step} TiB in tier ${tier.sku}`, {
      got: sizeTiB,
      remedy: below === sizeTiB || !(sizeTiB >= step) ? `Use ${step}` : `Use ${below} or ${below + step}`,
    });
    problems.require(
      sizeTiB <= maxTiBOnRequest,
      "sizeTiB",
      `must be at most ${maxTiBOnRequest} TiB in tier ${tier.sku} (above ${maxTiB} TiB Azure asks for a request)`,
      { got: sizeTiB },
    );
  }
  const zoneRule =
    regionZones.length === 0
      ? "is not possible: Managed Lustre needs a zone, and the catalogue knows none of this region"
      : `must be one of ${regionZones.join(", ")}`;
  problems.require(regionZones.includes(shape.zone), "zone", zoneRule, { got: shape.zone });
  const maintenanceTime = shape.maintenanceTime ?? "22:00";
  problems.require(
    /^([01]\d|2[0-3]):[0-5]\d$/.test(maintenanceTime),
    "maintenanceTime",
    "must be HH:MM in UTC, 00:00 to 23:59",
    { got: maintenanceTime },
  );
  problems.throwIfAny("The Lustre file system");
  return {
    skuName: shape.tier,
    sizeTiB,
    zone: shape.zone,
    throughputMBps: tier === undefined ? 0 : lustreThroughputMBps(tier, sizeTiB),
    maintenanceDay: shape.maintenanceDay ?? "Saturday",
    maintenanceTime,
    rootSquash: shape.rootSquash ?? "none",
  };
}
