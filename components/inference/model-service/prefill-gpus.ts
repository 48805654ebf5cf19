import type { Problems } from "../../../core/problems";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { PrefillPlan } from "./prefill";
import { rangeOf } from "./scaling";
import { together } from "./together";

/** GPUs of all servers that read prompts. */
export function readingGpus({ prefill }: { readonly prefill: PrefillPlan | null }): number {
  if (prefill === null) return 0;
  const [, most] = rangeOf(prefill.scaling);
  return prefill.fit.gpus * most;
}

/** Servers that read from one another over InfiniBand are all of one domain. */
export function checkDomain(
  { each, most, reading, eachReading }: Readonly<Record<"each" | "most" | "reading" | "eachReading", number>>,
  pool: GpuPoolRef,
  problems: Problems,
): void {
  const { nodes } = together(pool);
  const room = nodes * pool.gpusPerNode;
  const writers = Math.floor((room - reading) / each);
  const readers = Math.floor((room - each * most) / eachReading);
  problems.require(
    each * most + reading <= room,
    "maxReplicas",
    `must leave all servers within the ${room} GPUs of one InfiniBand domain of ${pool.key}, over which they read from one another, at ${each} each and ${reading} for prefill`,
    {
      got: most,
      remedy:
        writers >= 1
          ? `Use ${writers} or less`
          : readers >= 1
            ? `Use prefill.replicas: ${readers} or less`
            : "Use fewer of both",
    },
  );
}
