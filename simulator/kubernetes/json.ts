/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A JSON mapping. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is a JSON object; what came out of JSON.parse holds only JSON. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a path, empty where there is none. */
export function objectAt(value: Json | undefined, ...path: readonly string[]): JsonObject {
  let at: Json | undefined = value;
  for (const key of path) at = isRecord(at) ? at[key] : undefined;
  return isRecord(at) ? at : {};
}

/** The text at a path, undefined where there is none. */
export function textAt(value: Json | undefined, ...path: readonly string[]): string | undefined {
  const key = path[path.length - 1];
  const at = key === undefined ? value : objectAt(value, ...path.slice(0, -1))[key];
  return typeof at === "string" ? at : undefined;
}

/** The object without some of its keys. */
export function without(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Whether two values say the same; the order of keys does not count, and a key without a value is no key. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index]));
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => sameJson(one[key], other[key]));
  }
  return one === other;
}
