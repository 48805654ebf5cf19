import { isText, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { locate, read } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { jobFamily, sizeAt, sizePath, sizePaths, tagsBeside } from "../../engine/sizes";

export const gpuKnownSize: ResourceRule = {
  id: 1,
  name: "gpu-known-size",
  area: "gpu",
  kind: "resource",
  types: [...sizePaths.keys()],
  title:
    "Every GPU, HB or HX size is in the catalogue under its exact name and is not retired, or its tags declare its figures.",
  why: "The other GPU rules read the figures of a size: one without any escapes all of them.",
  remedy:
    "Use an exact name of the catalogue (docs/sizes.md), or declare the size (vmSizes in a stack file): tags carry its figures.",
  severity: "high",
  levels: levels.always,
  source: "ours: one letter of a size name decides about InfiniBand",
  check: ({ type, inputs }) =>
    locate(inputs, sizePath(type)).flatMap(({ path, value }) => judgeName(inputs, path, value)),
};

function judgeName(inputs: unknown, path: string, name: unknown): Outcome[] {
  if (isUnknown(name)) return [unjudged(path)];
  if (!isText(name) || !jobFamily.test(name)) return [];
  const size = sizeAt(inputs, path);
  const tags = tagsBeside(path);
  if (size === undefined && isUnknown(read(inputs, tags))) return [unjudged(tags)];
  // Azure does not tell letter cases apart, so the other rules do not either; what a stack file names is exact.
  if (size === undefined || size.name !== name) {
    return [violation(path, name, "be a size of the catalogue, letter case included, or one that its tags declare")];
  }
  return size.lifecycle.state === "retired" ? [violation(path, name, "be a size that is not retired")] : [];
}
