import { closestHint } from "../core/closest-names";
import { joinPath, type Problems, showKey } from "../core/problems";
import { isList, isRecord } from "../core/property-value";

/**
 * Notes a problem for each declared size that no machines have: figures that nothing reads are never seen to be wrong.
 * @param raw Sections as they stand in the file, those with faults included.
 */
export function checkSizesUsed(
  declared: readonly string[],
  raw: Readonly<Record<string, unknown>>,
  problems: Problems,
): void {
  const used = Object.entries(raw).flatMap(([section, value]) => (section === "vmSizes" ? [] : sizesNamed(value)));
  for (const name of declared.filter((it) => !used.includes(it))) {
    const path = joinPath("vmSizes", showKey(name));
    problems.require(false, path, "must be the size of a pool, of a scale set or of the runner", {
      got: name,
      remedy: closestHint(name, new Set(used), "Remove it, or write it as the size of a pool"),
    });
  }
}

/** What stands under a key `size` anywhere. */
function sizesNamed(value: unknown): string[] {
  if (isList(value)) return value.flatMap(sizesNamed);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, it]) =>
    key === "size" && typeof it === "string" ? [it] : sizesNamed(it),
  );
}
