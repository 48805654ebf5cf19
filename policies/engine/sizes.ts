import type { InfiniBand, VmSize } from "../../catalog/vm-size";
import { findTaggedSize } from "../../catalog/size-tags";
import { isText, unjudged } from "./expect";
import { isUnknown } from "../../core/property-marks";
import { locate, read } from "../../core/property-tree";
import { sameType, type Outcome, type Subject } from "./rule";
import { types } from "./types";

/** Names of sizes of families that hold GPUs or InfiniBand. Other families run no jobs and need no row in the catalogue. */
export const jobFamily = /^standard_(n|h[bcx])/i;

/** Where a scale set names its VM size. */
export const scaleSetSize = "sku.name";

/** Where machines name their size, by type of resource. */
export const sizePaths: ReadonlyMap<string, string> = new Map([
  [types.scaleSet, scaleSetSize],
  [types.nodePool, "vmSize"],
  [types.cluster, "agentPoolProfiles[].vmSize"],
  [types.capacityReservation, "sku.name"],
  [types.virtualMachine, "hardwareProfile.vmSize"],
]);

/** Where machines of a type, in whichever API version, name their size. */
export function sizePath(type: string): string {
  return [...sizePaths].find(([token]) => sameType(token, type))?.[1] ?? "";
}

/**
 * The size that a resource names at `path`: the row of the catalogue, or what the tags of the machines declare of a size that the
 * catalogue does not have.
 */
export function sizeAt(inputs: unknown, path: string): VmSize | undefined {
  const name = read(inputs, path);
  return isText(name) && !isUnknown(name) ? findTaggedSize(name, read(inputs, tagsBeside(path))) : undefined;
}

/** Where the tags of the machines are whose size stands at `path`. */
export function tagsBeside(path: string): string {
  return path.replace(/(sku\.name|(hardwareProfile\.)?vmSize)$/, "tags");
}

/**
 * Asks `judge` with the size at `path`. A size that nobody knows is left to the rule `gpu-known-size`, and one that is not known
 * yet is not judged.
 */
export function onSize(inputs: unknown, path: string, judge: (size: VmSize) => readonly Outcome[]): readonly Outcome[] {
  const name = read(inputs, path);
  if (isUnknown(name)) return [unjudged(path)];
  const size = sizeAt(inputs, path);
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

/** Asks `judge` when the size at `path` has InfiniBand by its figures, never by a pattern on its name. */
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
