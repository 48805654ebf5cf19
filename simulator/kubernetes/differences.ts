import { isRecord, type Json, type JsonObject, sameJson } from "./json";
import type { Path } from "./property-values";

export type DifferenceKind = "add" | "delete" | "update";

/** One place where two objects say different things. */
export interface Difference {
  readonly path: Path;
  readonly kind: DifferenceKind;
}

/** All places where `after` says something else than `before`, as deep as possible. */
export function differences(before: JsonObject, after: JsonObject): Difference[] {
  return [...walk(before, after, [])];
}

function* walk(before: Json | undefined, after: Json | undefined, path: Path): Generator<Difference> {
  if (sameJson(before, after)) return;
  if (before === undefined) yield { path, kind: "add" };
  else if (after === undefined) yield { path, kind: "delete" };
  else if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* walk(before[key], after[key], [...path, key]);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      yield* walk(before[index], after[index], [...path, index]);
    }
  } else yield { path, kind: "update" };
}

/** A path as the engine prints it: `spec.rules[0]["a/b"]`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!/^[A-Za-z_]\w*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** Whether a difference lies at or below a field as the API server names it, for example `spec.selector`. */
export function liesIn({ path }: Difference, field: string): boolean {
  // In the server's words map keys stand in brackets without quotes, and list items too.
  const steps = field.split(/[.[\]]+/).filter((step) => step !== "");
  const own = path.map(String);
  return steps.slice(0, own.length).every((step, index) => step === own[index]);
}
