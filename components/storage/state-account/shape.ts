import { z } from "zod";
import { days } from "../days";

/** An account that holds the state of Pulumi stacks in one container. */
export const stateAccountShape = z.strictObject({
  /** Copies: `LRS` in one building, `ZRS` over three zones, `GRS` and `GZRS` besides in the second region of a pair. Changing it is a migration. */
  redundancy: z.enum(["LRS", "ZRS", "GRS", "GZRS"]).default("ZRS"),
  /** Days that a deleted state, or the container, can be brought back, 7 to 365. */
  softDeleteDays: days(7, 365).default(90),
  /** Days after which a version of a state that is no longer the newest is deleted, 30 to 3650. */
  versionDays: days(30, 3650).default(365),
  /**
   * Public ranges that reach it, as pipelines with addresses of their own have them. Azure takes none smaller than /30: write single
   * addresses as /32. Default: none, and private endpoints are the only way.
   */
  allowedRanges: z.array(z.string()).default([]),
});
export type StateAccountShape = z.input<typeof stateAccountShape>;
