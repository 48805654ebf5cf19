import { z } from "zod";
import type { Wired } from "../../core/wired";
import { queuesRef } from "./queues-ref";

/** What add-ons hand over to those who work in the cluster. What no add-on of the cluster offers is absent. */
export const platformRef = z.object({
  /** Storage class of scratch volumes on local NVMe disks. */
  scratchStorageClass: z.string().exactOptional(),
  /** There while admission policies hold the namespaces of teams. */
  teamFence: z.literal(true).exactOptional(),
  /** The gateway that models of all teams are behind. */
  modelGateway: z
    .object({
      /** Namespace of the Gateway. */
      namespace: z.string(),
      /** Name of the Gateway. */
      name: z.string(),
      /** Name in DNS that it answers for: one, or `*.` and a domain. */
      hostName: z.string(),
      /** Pods that answer, each of which counts limits of requests for itself. */
      replicas: z.int(),
    })
    .exactOptional(),
  /** What queues of teams are made of, where jobs queue. */
  queues: queuesRef.exactOptional(),
});
export type PlatformRef = Wired<z.output<typeof platformRef>, "teamFence">;
