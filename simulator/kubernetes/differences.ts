import { isList, isRecord, type Value, type Props, same } from "../../core/property-value";
import type { Path } from "../../core/property-tree";

/** One place where two objects say different things. */
export interface Difference {
  readonly path: Path;
  readonly kind: "add" | "delete" | "update";
}

/** All places where `after` says something else than `before`, as deep as possible. */
export function differences(before: Props, after: Props): Difference[] {
  return [...walk(before, after, [])];
}

function* walk(before: Value | undefined, after: Value | undefined, path: Path): Generator<Difference> {
  if (same(before, after)) return;
  if (before === undefined) yield { path, kind: "add" };
  else if (after === undefined) yield { path, kind: "delete" };
  else if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* walk(before[key], after[key], [...path, key]);
    }
  } else if (isList(before) && isList(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      yield* walk(before[index], after[index], [...path, index]);
    }
  } else yield { path, kind: "update" };
}

/** Whether a difference lies at or below a field as the API server names it, for example `spec.selector`. */
export function liesIn({ path }: Difference, field: string): boolean {
  // In the server's words map keys stand in brackets without quotes, and list items too.
  const steps = field.split(/[.[\]]+/).filter((step) => step !== "");
  const own = path.map(String);
  return steps.slice(0, own.length).every((step, index) => step === own[index]);
}
