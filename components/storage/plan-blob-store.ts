import { Problems } from "../../core/problems";

/** What decides how the store looks: plain values, no wiring. */
export interface BlobStoreShape {
  /** Copies: `LRS` in one building, `ZRS` over three zones. Changing it is a migration. @default `LRS` */
  readonly redundancy?: "LRS" | "ZRS";
  /** Days after which a blob that nobody wrote moves to the cool tier. @default 30 */
  readonly coolAfterDays?: number;
  /** Days after which it is deleted, `null` for never. @default never */
  readonly deleteAfterDays?: number | null;
  /** Days that a deleted blob can be brought back, 1 to 365. @default 14 */
  readonly softDeleteDays?: number;
}

export type BlobStorePlan = Required<BlobStoreShape>;

/** @throws MisconfiguredError with every problem of the shape */
export function planBlobStore(shape: BlobStoreShape, regionZones: readonly string[]): BlobStorePlan {
  const plan = {
    redundancy: shape.redundancy ?? "LRS",
    coolAfterDays: shape.coolAfterDays ?? 30,
    deleteAfterDays: shape.deleteAfterDays ?? null,
    softDeleteDays: shape.softDeleteDays ?? 14,
  } as const;
  const problems = new Problems();
  const days = (path: string, value: number, least: number, most: number): void =>
    problems.require(
      Number.isInteger(value) && value >= least && value <= most,
      path,
      `must be a whole number of days from ${least} to ${most}`,
      { got: value },
    );
  days("coolAfterDays", plan.coolAfterDays, 1, 99999);
  days("softDeleteDays", plan.softDeleteDays, 1, 365);
  if (plan.deleteAfterDays !== null) {
    // Azure charges the cool tier for at least 30 days.
    days("deleteAfterDays", plan.deleteAfterDays, plan.coolAfterDays + 30, 99999);
  }
  problems.require(
    plan.redundancy === "LRS" || regionZones.length > 0,
    "redundancy",
    "must be LRS: the region has no zones",
    { got: plan.redundancy },
  );
  problems.throwIfAny("The Blob store");
  return plan;
}
