import { z } from "zod";
import type { Wired } from "../../core/wired";
import { queuesRef } from "./queues-ref";

/** What add-ons hand over to those who work in the cluster. What no add-on of the cluster offers is absent. */
export const platformRef = z.object({
  /** Storage class of scratch volumes on local NVMe disks. */
  scratchStorageClass: z.string().exactOptional(),
  /** There while admission policies hold the namespaces of teams. */
  teamFence: z.literal(true).exactOptional(),
  /** What queues of teams are made of, where jobs queue. */
  queues: queuesRef.exactOptional(),
});
export type PlatformRef = Wired<z.output<typeof platformRef>, Exclude<keyof z.output<typeof platformRef>, "queues">>;
