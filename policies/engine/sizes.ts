import type { InfiniBand, VmSize } from "../../catalog/vm-size";
import { findVmSize } from "../../catalog/vm-sizes";
import { isText, unjudged } from "./expect";
import { isUnknown } from "../../core/property-marks";
import { locate, read } from "../../core/property-tree";
import { sameType, type Outcome, type Subject } from "./rule";
import { types } from "./types";

/** Where a scale set names its VM size. */
export const scaleSetSize = "sku.name";

/**
 * Asks `judge` with the catalogue's row of the size at `path`. A size that the catalogue does not know is left to the
 * rule `gpu-known-size`, and one that is not known yet is not judged.
 */
export function onSize(inputs: unknown, path: string, judge: (size: VmSize) => readonly Outcome[]): readonly Outcome[] {
  const name = read(inputs, path);
  if (isUnknown(name)) return [unjudged(path)];
  const size = isText(name) ? findVmSize(name) : undefined;
  return size === undefined ? [] : judge(size);
}

/** Asks `judge` when the size at `path` has GPUs. */
export function onGpu(
  inputs: unknown,
  path: string,
  judge: (gpu: NonNullable<VmSize["gpu"]>, size: VmSize) => readonly Outcome[],
): readonly Outcome[] {
  return onSize(inputs, path, (size) => (size.gpu === null ? [] : judge(size.gpu, size)));
}

/** Asks `judge` when the size at `path` has InfiniBand by the catalogue, never by a pattern on its name. */
export function onInfiniBand(
  inputs: unknown,
  path: string,
  judge: (infiniband: InfiniBand, size: VmSize) => readonly Outcome[],
): readonly Outcome[] {
  return onSize(inputs, path, (size) => (size.infiniband === null ? [] : judge(size.infiniband, size)));
}

/** Asks `judge` when the size at `path` runs jobs: it has GPUs or InfiniBand. */
export function onJobNodes(
  inputs: unknown,
  path: string,
  judge: (size: VmSize) => readonly Outcome[],
): readonly Outcome[] {
  return onSize(inputs, path, (size) => (size.gpu === null && size.infiniband === null ? [] : judge(size)));
}

/**
 * Where the node pools of a resource are: the pool itself, or each pool inside a cluster. Put the answer before a path:
 * `${pool}vmSize`.
 */
export function nodePools({ type, inputs }: Subject): readonly string[] {
  if (sameType(type, types.nodePool)) return [""];
  return locate(inputs, "agentPoolProfiles[]").flatMap(({ path, value }) => (isUnknown(value) ? [] : [`${path}.`]));
}
