import { isUnknown, unknownValue, unwrap } from "./property-marks";
import { isList, isRecord, type Props, type Value } from "./property-value";

/** Where a value lies in a tree: keys and indexes from the root. */
export type Path = readonly (string | number)[];

/** A place in the properties of a resource and what is there: `undefined` when absent, `unknownValue` when not known. */
export interface Spot {
  /** Full path with indexes. When a parent is unknown, the path of that parent. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * Every place that a path such as `a.b[].c`, `a[0].b` or `labels["x.io/y"]` leads to. `[]` stands for each item of a
 * list, for none when the list is absent. Works on any tree: a step into something of the wrong kind leads to absent.
 * Null counts as absent, and a secret or an output shows what it wraps.
 */
export function locate(root: unknown, path: string | Path): readonly Spot[] {
  const spots: Spot[] = [];
  descend({ path: "", value: shown(root) }, typeof path === "string" ? steps(path) : path, 0, spots);
  return spots;
}

/** The value at a path without `[]`: `undefined` when absent, `unknownValue` when it or a parent is not known. */
export function read(root: Value | undefined, path: string | Path): Value | undefined;
export function read(root: unknown, path: string | Path): unknown;
export function read(root: unknown, path: string | Path): unknown {
  let value = shown(root);
  for (const step of typeof path === "string" ? steps(path) : path) {
    if (isUnknown(value)) return value;
    value = shown(step === eachItem ? child(value, 0) : child(value, step));
  }
  return value;
}

/** The items of the list at a path, each with its own path; none when there is no list. */
export function items(root: unknown, path: string): readonly Spot[] {
  return locate(root, `${path}[]`);
}

/** The object at a path, empty when there is none. */
export function record(root: Value | undefined, path: string): Props;
export function record(root: unknown, path: string): Readonly<Record<string, unknown>>;
export function record(root: unknown, path: string): Readonly<Record<string, unknown>> {
  const value = read(root, path);
  return isRecord(value) ? value : {};
}

/** The list at a path, empty when there is none. */
export function list(root: Value | undefined, path: string): readonly Value[];
export function list(root: unknown, path: string): readonly unknown[];
export function list(root: unknown, path: string): readonly unknown[] {
  const value = read(root, path);
  return isList(value) ? value : [];
}

/** Keys of the object at a path; none when there is no object. */
export function keys(root: unknown, path: string): readonly string[] {
  return Object.keys(record(root, path));
}

/** The text at a path, `undefined` when it is absent, unknown or no text. */
export function text(root: unknown, path: string): string | undefined {
  const value = read(root, path);
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

/** The texts of the list at a path; what is none is left out. */
export function texts(root: unknown, path: string): string[] {
  return list(root, path).filter((it): it is string => typeof it === "string" && !isUnknown(it));
}

/** The number at a path, also one that is written as text, as in a tag; 0 for anything else. */
export function number(root: unknown, path: string): number {
  const value = read(root, path);
  const parsed = typeof value === "string" ? Number(value) : value;
  return typeof parsed === "number" && Number.isFinite(parsed) ? parsed : 0;
}

/** A path as people and the engine write it: `spec.rules[0]["a/b"]`. */
export function pathText(path: Path): string {
  return path.reduce(childPath, "");
}

/** The path one step below another; below the root, whose path is empty, the step alone. */
export function childPath(path: string, step: Path[number]): string {
  if (typeof step === "number") return `${path}[${step}]`;
  // Only what would end the quotes is escaped, so that a path can be read back.
  if (!/^[\w-]+$/.test(step)) return `${path}["${step.replace(/["\\]/g, "\\$&")}"]`;
  return path === "" ? step : `${path}.${step}`;
}

/** A path that `pathText` wrote, as steps. */
export function pathOf(text: string): Path {
  return parsed(text).flatMap((it) => (it === eachItem ? [] : [it]));
}

const eachItem = Symbol("each item");
type Step = Path[number] | typeof eachItem;

/** The steps of paths that were walked: few are written down, and most are walked for each of many resources. */
const known = new Map<string, readonly Step[]>();

function steps(path: string): readonly Step[] {
  const found = known.get(path) ?? parsed(path);
  known.set(path, found);
  return found;
}

function parsed(path: string): readonly Step[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d*)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) => {
    if (index !== undefined) return index === "" ? eachItem : Number(index);
    return quoted === undefined ? (plain ?? "") : quoted.replace(/\\(.)/g, "$1");
  });
}

/** Walks from a spot, by the steps from `next` on, and adds where it comes to. Rules do it a hundred times for each resource. */
function descend({ path, value }: Spot, walk: readonly Step[], next: number, found: Spot[]): void {
  const step = walk[next];
  if (step === undefined) found.push({ path, value });
  else if (isUnknown(value)) found.push({ path, value: unknownValue });
  else if (step !== eachItem)
    descend({ path: childPath(path, step), value: shown(child(value, step)) }, walk, next + 1, found);
  else if (isList(value))
    for (const [at, item] of value.entries())
      descend({ path: childPath(path, at), value: shown(item) }, walk, next + 1, found);
}

function child(value: unknown, step: Path[number]): unknown {
  if (typeof step === "number") return isList(value) ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function shown(value: unknown): unknown {
  const inner = unwrap(value);
  return isUnknown(inner) ? unknownValue : (inner ?? undefined);
}
