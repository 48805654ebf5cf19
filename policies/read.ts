/**
 * Values that the engine sends in preview for what it does not know yet, one per kind. They are part of the wire format
 * (pulumi/pulumi `sdk/go/common/resource/plugin/rpc.go`), and `pulumi preview --json` prints them too.
 */
const unknownSentinels: ReadonlySet<string> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What stands for a value that is not known before the update. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key that marks a wrapped value (secret, output, asset) in a plan. */
const signatureKey = "4dabf18193072939515e22adb298388d";

/** A place in the properties of a resource and what is there: `undefined` when absent, `unknownValue` when not known. */
export interface Spot {
  /** Full path with indexes. When a parent is unknown, the path of that parent. */
  readonly path: string;
  readonly value: unknown;
}

/** Whether a value is not known before the update. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && unknownSentinels.has(value);
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/**
 * Every place that a path such as `a.b[].c`, `a[0].b` or `labels["x.io/y"]` leads to. `[]` stands for each item of a
 * list, for none when the list is absent. Works on any tree: a step into something of the wrong kind leads to absent.
 */
export function locate(root: unknown, path: string): readonly Spot[] {
  let spots: readonly Spot[] = [{ path: "", value: reveal(root) }];
  for (const step of steps(path)) spots = spots.flatMap((spot) => descend(spot, step));
  return spots;
}

/** The value at a path without `[]`: `undefined` when absent, `unknownValue` when it or a parent is not known. */
export function read(root: unknown, path: string): unknown {
  return locate(root, path)[0]?.value;
}

/** The items of the list at a path, each with its own path; none when there is no list. */
export function items(root: unknown, path: string): readonly Spot[] {
  return locate(root, `${path}[]`);
}

/** Keys of the object at a path; none when there is no object. */
export function keys(root: unknown, path: string): readonly string[] {
  const value = read(root, path);
  return isRecord(value) ? Object.keys(value) : [];
}

/** The text at a path, `undefined` when it is absent, unknown or no text. */
export function text(root: unknown, path: string): string | undefined {
  const value = read(root, path);
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

type Step = { readonly key: string } | { readonly index: number } | "each";

function steps(path: string): readonly Step[] {
  return [...path.matchAll(/\["([^"]*)"\]|\[(\d*)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) => {
    if (index !== undefined) return index === "" ? "each" : { index: Number(index) };
    return { key: quoted ?? plain ?? "" };
  });
}

function descend({ path, value }: Spot, step: Step): readonly Spot[] {
  if (isUnknown(value)) return [{ path, value: unknownValue }];
  if (step === "each") {
    return isList(value) ? value.map((item, at) => ({ path: `${path}[${at}]`, value: reveal(item) })) : [];
  }
  if ("index" in step) {
    return [{ path: `${path}[${step.index}]`, value: isList(value) ? reveal(value[step.index]) : undefined }];
  }
  const found = isRecord(value) && Object.hasOwn(value, step.key) ? reveal(value[step.key]) : undefined;
  return [{ path: extend(path, step.key), value: found }];
}

function extend(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Null counts as absent. A secret or an output shows what it wraps; one without a value is not known. */
function reveal(value: unknown): unknown {
  let inner = value;
  while (isRecord(inner) && Object.hasOwn(inner, signatureKey)) {
    inner = Object.hasOwn(inner, "value") ? inner["value"] : unknownValue;
  }
  return isUnknown(inner) ? unknownValue : (inner ?? undefined);
}
