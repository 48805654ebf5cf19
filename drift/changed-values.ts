import { normaliseRegion } from "../catalog/regions";
import { childPath, text } from "../core/property-tree";
import { isList, isRecord, same } from "../core/property-value";

/** A place at which two property trees differ. */
export interface ChangedValue {
  /** Items of a list that have names stand under them: `securityRules["allow-ssh"].priority`. */
  readonly path: string;
  /** The same with `[]` for any item, as rows name it. */
  readonly plain: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs, without what Azure only writes in another way: the letter case of an ARM ID, the name of a region, the order of a list of
 * texts or of things with names. Keys that begin with two underscores are a provider's own.
 * Noise of this kind: https://github.com/pulumi/pulumi-azure-native/issues/3220
 */
export function changedValues(before: unknown, after: unknown): readonly ChangedValue[] {
  return walk({ path: "", plain: "", before, after });
}

function walk(at: ChangedValue): readonly ChangedValue[] {
  const { before, after } = at;
  if (same(before, after) || (before ?? null) === (after ?? null) || sayTheSame(at)) return [];
  if (isList(before) && isList(after)) return ofLists(at, before, after);
  if (!isRecord(before) || !isRecord(after)) return [at];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !key.startsWith("__") && !key.startsWith("pulumi.com/"))
    .sort()
    .flatMap((key) =>
      walk({
        path: childPath(at.path, key),
        plain: childPath(at.plain, key),
        before: own(before, key),
        after: own(after, key),
      }),
    );
}

/** What an object has itself: tags are named as people like. */
function own(props: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(props, key) ? props[key] : undefined;
}

function ofLists(at: ChangedValue, before: readonly unknown[], after: readonly unknown[]): readonly ChangedValue[] {
  const both = [...before, ...after];
  if (both.every((it) => !isRecord(it) && !isList(it))) {
    const sorted = (all: readonly unknown[]): string[] => all.map((it) => plainText(String(it))).sort();
    return same(sorted(before), sorted(after)) ? [] : [at];
  }
  const [was, is] = [byName(before), byName(after)];
  const item = (path: string, one: unknown, other: unknown): readonly ChangedValue[] =>
    walk({ path, plain: `${at.plain}[]`, before: one, after: other });
  if (was === undefined || is === undefined)
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index).flatMap((index) =>
      item(`${at.path}[${index}]`, before[index], after[index]),
    );
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) =>
    item(`${at.path}["${name}"]`, was.get(name), is.get(name)),
  );
}

/** Items by their names, undefined where one has none or two have the same. What a diagnostic setting records is named by its category. */
function byName(all: readonly unknown[]): Map<string, unknown> | undefined {
  const names = all.map((it) => text(it, "name") ?? text(it, "category"));
  if (names.includes(undefined) || new Set(names).size < all.length) return undefined;
  return new Map(all.map((it, at) => [names[at] ?? "", it]));
}

function sayTheSame({ path, before, after }: ChangedValue): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  if (/(^|\.)location$/.test(path)) return normaliseRegion(before) === normaliseRegion(after);
  return plainText(before) === plainText(after);
}

/** ARM does not tell cases of an ID apart, and answers in another one than it was asked in. */
function plainText(text: string): string {
  return text.startsWith("/subscriptions/") ? text.toLowerCase() : text;
}
