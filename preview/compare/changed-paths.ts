import { hasUnknown, isUnknown } from "../../core/property-marks";
import { childPath } from "../../core/property-tree";
import { isList, isRecord, same } from "../../core/property-value";

/**
 * Paths at which two values differ, the deepest that lead to a difference. What is not known in one of them is no difference: only the
 * update tells. Keys that begin with two underscores or `pulumi.com/` are a provider's own.
 */
export function changedPaths(before: unknown, after: unknown, path = ""): readonly string[] {
  if (same(before, after) || isUnknown(before) || isUnknown(after)) return [];
  if (typeof before === "string" && typeof after === "string" && (hasUnknown(before) || hasUnknown(after))) return [];
  if (isList(before) && isList(after)) {
    const longer = Math.max(before.length, after.length);
    return Array.from({ length: longer }, (_, at) => at).flatMap((at) =>
      changedPaths(before[at], after[at], childPath(path, at)),
    );
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys]
      .filter((key) => !key.startsWith("__") && !key.startsWith("pulumi.com/"))
      .sort()
      .flatMap((key) => changedPaths(before[key], after[key], childPath(path, key)));
  }
  return [path];
}
