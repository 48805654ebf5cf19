/** A property value as it travels between program, engine and provider: JSON. Secrets and unknowns in it are marked. */
export type Value = null | boolean | number | string | readonly Value[] | Props;
/** Properties of a resource by name. */
export interface Props {
  readonly [name: string]: Value;
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Turns anything that JSON can say into a value. What it cannot say is dropped, as on the wire. */
export function toValue(from: unknown): Value {
  if (from === null || typeof from === "string" || typeof from === "number" || typeof from === "boolean") return from;
  if (isList(from)) return from.map(toValue);
  return isRecord(from) ? toProps(from) : null;
}

/** `toValue` for an object; empty for anything else. */
export function toProps(from: unknown): Props {
  if (!isRecord(from)) return {};
  return Object.fromEntries(
    Object.entries(from).flatMap(([key, it]) => (it === undefined ? [] : [[key, toValue(it)]])),
  );
}

/** The value with each value that it holds directly changed. */
export function mapValue(value: Value, change: (value: Value) => Value): Value {
  if (isList(value)) return value.map(change);
  return isRecord(value) ? mapProps(value, change) : value;
}

/** The properties with each value changed. */
export function mapProps(props: Props, change: (value: Value, key: string) => Value): Props {
  return Object.fromEntries(Object.entries(props).map(([key, it]) => [key, change(it, key)]));
}

/** The properties without some of them. */
export function without(props: Props, ...keys: readonly string[]): Props {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !keys.includes(key)));
}

/** Whether two values say the same: the order of keys does not count, and a key without a value is no key. */
export function same(one: unknown, other: unknown): boolean {
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, at) => same(item, other[at]));
  }
  if (isRecord(one) && isRecord(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => same(one[key], other[key]));
  }
  return one === other;
}
