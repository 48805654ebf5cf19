import { findVmSize } from "../../../catalog/vm-sizes";
import { isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { levels, sameType, type Outcome, type Subject, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

/** Families that hold GPUs or InfiniBand. Other families run no jobs and need no row. */
const jobFamily = /^standard_(n|h[bcx])/i;

const sizePaths: Readonly<Record<string, string>> = {
  [types.scaleSet]: "sku.name",
  [types.nodePool]: "vmSize",
  [types.cluster]: "agentPoolProfiles[].vmSize",
  [types.capacityReservation]: "sku.name",
  [types.virtualMachine]: "hardwareProfile.vmSize",
};

export const gpuKnownSize: ResourceRule = {
  id: 1,
  name: "gpu-known-size",
  area: "gpu",
  kind: "resource",
  types: Object.keys(sizePaths),
  title: "Every GPU, HB or HX size is in the catalogue under its exact name and is not retired.",
  why: "The other GPU rules read the catalogue: a size without a row escapes all of them.",
  remedy: "Use an exact name of the catalogue (catalog/sizes), or add a row with its sources.",
  severity: "high",
  levels: levels.always,
  source: "ours: one letter of a size name decides about InfiniBand",
  check: ({ type, inputs }) => locate(inputs, pathOf(type)).flatMap(({ path, value }) => judgeName(path, value)),
};

function pathOf(type: Subject["type"]): string {
  return Object.entries(sizePaths).find(([token]) => sameType(token, type))?.[1] ?? "sku.name";
}

function judgeName(path: string, name: unknown): Outcome[] {
  if (isUnknown(name)) return [unjudged(path)];
  if (!isText(name) || !jobFamily.test(name)) return [];
  const size = findVmSize(name);
  if (size === undefined) return [violation(path, name, "be a size of the catalogue, letter case included")];
  return size.lifecycle.state === "retired" ? [violation(path, name, "be a size that is not retired")] : [];
}
