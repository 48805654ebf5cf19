import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A Managed Lustre file system, ours or somebody else's: what a volume has to know of it. */
export const lustreRef = z.object({
  /** Address of the management service, which clients mount from. */
  mgsAddress: z.string(),
  /** Capacity in TiB. */
  sizeTiB: z.int(),
});
export type LustreRef = Wired<z.output<typeof lustreRef>, "mgsAddress">;
