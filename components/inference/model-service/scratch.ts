import { ephemeralGiBPerNode } from "../../../catalog/allocatable";
import { type EngineName, engines } from "../../../catalog/engines";
import type { ModelFigures } from "../../../catalog/models";
import type { Problems } from "../../../core/problems";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { Fit } from "./fit";
import type { WeightSource } from "./weights";

/** Room for what an engine compiles, and for the configuration and the tokenizer of a model. An assumption, in GiB. */
const compiledGiB = 24;

/** What each pod of a server writes to disk. Weights that are streamed go to the GPUs alone; downloaded ones lie on each node. */
export function scratchGiB(
  source: WeightSource,
  { weightGB }: ModelFigures,
  { tensor }: Fit,
  {
    pool,
    disk,
    engine,
  }: { readonly pool: Pick<GpuPoolRef, "gpusPerNode">; readonly disk: boolean; readonly engine: EngineName },
  path: string,
  problems: Problems,
): number {
  const needed = compiledGiB + (source.kind === "blob" ? 0 : Math.ceil((weightGB * 1e9) / 2 ** 30));
  const room = disk ? Infinity : Math.floor((ephemeralGiBPerNode * tensor) / pool.gpusPerNode);
  if (source.kind === "blob") return Math.min(needed, room);
  problems.require(
    needed <= room,
    path,
    `must leave a pod at most ${room} GiB of the OS disk of its node for ${tensor} of ${pool.gpusPerNode} GPUs`,
    {
      got: needed,
      remedy: engines[engine].readsBlob
        ? "Put the weights into Blob, from where they are streamed, or use a pool with local NVMe disks"
        : "Use a pool with local NVMe disks",
    },
  );
  return needed;
}
