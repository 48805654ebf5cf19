import { z } from "zod";
import type { Wired } from "../../core/wired";

/** What add-ons hand over to those who work in the cluster. What no add-on of the cluster offers is absent. */
export const platformRef = z.object({
  /** Storage class of scratch volumes on local NVMe disks. */
  scratchStorageClass: z.string().exactOptional(),
  /** There while admission policies hold the namespaces of teams. */
  teamFence: z.literal(true).exactOptional(),
});
export type PlatformRef = Wired<z.output<typeof platformRef>, keyof z.output<typeof platformRef>>;
