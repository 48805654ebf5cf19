import { armId } from "../../azure/arm-id";
import { findArmType } from "../../azure/arm-types";
import { fixedAt } from "../../azure/fixed-property";
import { rowOf } from "../../azure/rows";
import { hasUnknown, revealAll } from "../../core/property-marks";
import { childPath } from "../../core/property-tree";
import { isList, isRecord, type Props, same, type Value } from "../../core/property-value";

/** One property that differs. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** What a change of inputs means. */
export interface InputDiff {
  readonly changes: readonly PropertyChange[];
  /** Whether the old resource must go first, because the new one would have the same ARM ID. */
  readonly deleteBeforeReplace: boolean;
}

/** Compares inputs as the provider does: old inputs with new ones, never with what Azure says. */
export function diffInputs(type: string, olds: Props, news: Props): InputDiff {
  const [before, after] = [revealAll(olds), revealAll(news)];
  const identifying = new Set([...(findArmType(type)?.names ?? []), "location"]);
  const { fixed } = rowOf(type);
  const replaces = (path: string): boolean => identifying.has(path) || fixedAt(fixed, path)?.onChange === "replaced";
  const changes = compareProps("", before, after).map((it) => ({ ...it, replaces: replaces(it.path) }));
  return {
    changes,
    deleteBeforeReplace: changes.some((it) => it.replaces) && identity(type, before) === identity(type, after),
  };
}

type Difference = Omit<PropertyChange, "replaces">;

function compareProps(path: string, olds: Props, news: Props): Difference[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].flatMap((it) => compare(childPath(path, it), olds[it], news[it]));
}

function compare(path: string, before: Value | undefined, after: Value | undefined): Difference[] {
  // A property that says null and one that is not there are the same to Azure.
  const [old, now] = [before ?? null, after ?? null];
  if (same(old, now)) return [];
  if (old === null) return [{ path, kind: "add" }];
  if (now === null) return [{ path, kind: "delete" }];
  if (isList(old) && isList(now)) {
    const longer = Math.max(old.length, now.length);
    return Array.from({ length: longer }, (_, at) => compare(childPath(path, at), old[at], now[at])).flat();
  }
  return isRecord(old) && isRecord(now) ? compareProps(path, old, now) : [{ path, kind: "update" }];
}

/** ARM ID in lower case; a text of its own when the inputs do not say it yet, so that it equals nothing. */
function identity(type: string, inputs: Props): string | symbol {
  const names = findArmType(type)?.names ?? [];
  const known = names.every((it) => typeof inputs[it] === "string" && !hasUnknown(inputs[it]));
  return known ? armId(type, inputs, "").toLowerCase() : Symbol();
}
