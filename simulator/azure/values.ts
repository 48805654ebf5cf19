import { createHash } from "node:crypto";

/** A property value as Pulumi sends it: JSON in which secrets and unknowns are marked. */
export type Value = null | boolean | number | string | readonly Value[] | Props;
/** Properties of a resource by name. */
export interface Props {
  readonly [name: string]: Value;
}

/** What the engine sends in a preview for a value that nobody knows yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
/** Key of what the simulator keeps on disk instead of a secret. */
const seal = "gpu-simulator:secret";

/** Marks a value as secret. */
export function secret(value: Value): Props {
  return { [signature]: secretSignature, value };
}

/** Whether a value is a mapping. */
export function isProps(value: Value | undefined): value is Props {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is marked as a secret. */
export function isSecret(value: Value | undefined): value is Props {
  return isProps(value) && value[signature] === secretSignature;
}

/** Whether a value is unknown or holds anything unknown. */
export function hasUnknown(value: Value): boolean {
  if (typeof value === "string") return value.includes(unknownValue);
  return children(value).some(hasUnknown);
}

/** The value without its secret marks. Never goes to disk or into a message. */
export function reveal(value: Value): Value {
  return isSecret(value) ? reveal(value["value"] ?? null) : map(value, reveal);
}

/** `reveal` for all properties of a resource. */
export function revealAll(props: Props): Props {
  return mapProps(props, reveal);
}

/** Takes each secret out and leaves a salted hash, by which the same secret is known again. */
export function sealSecrets(props: Props, salt: string): Props {
  const close = (value: Value): Value => (isSecret(value) ? { [seal]: hash(reveal(value), salt) } : map(value, close));
  return mapProps(props, close);
}

/**
 * Puts secrets back from what the caller remembers. Azure never gives a secret out again either: one that does not match
 * what the caller remembers comes back as the hash, which shows as a change.
 */
export function unsealSecrets(props: Props, remembered: Props, salt: string): Props {
  const open = (value: Value, known: Value | undefined): Value => {
    if (isProps(value) && typeof value[seal] === "string") {
      const plain = known === undefined ? null : reveal(known);
      return secret(hash(plain, salt) === value[seal] ? plain : `changed:${value[seal]}`);
    }
    // The seal sits where the mark sat: what is remembered may be marked further out, or not at all.
    const near = isSecret(known) ? reveal(known) : known;
    if (isList(value)) return value.map((it, at) => open(it, isList(near) ? near[at] : undefined));
    if (isProps(value)) return mapProps(value, (it, key) => open(it, isProps(near) ? near[key] : undefined));
    return value;
  };
  return mapProps(props, (it, key) => open(it, remembered[key]));
}

/** Turns anything that JSON can say into a value. What it cannot say is dropped, as on the wire. */
export function toValue(from: unknown): Value {
  if (from === null || typeof from === "string" || typeof from === "number" || typeof from === "boolean") return from;
  if (Array.isArray(from)) return from.map(toValue);
  if (typeof from === "object") return toProps(from);
  return null;
}

/** `toValue` for an object. */
export function toProps(from: object): Props {
  return Object.fromEntries(
    Object.entries(from).flatMap(([key, it]: [string, unknown]) => (it === undefined ? [] : [[key, toValue(it)]])),
  );
}

/** The text of a value, empty for what is no text. */
export function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Same value, whatever the order of keys. Secret marks count; reveal first where they should not. */
export function same(one: Value | undefined, other: Value | undefined): boolean {
  return canonical(one ?? null) === canonical(other ?? null);
}

/** Walks all leaves, secret ones with their mark taken off. */
export function* leaves(value: Value, path = "", hidden = false): Generator<Leaf> {
  if (isSecret(value)) yield* leaves(value["value"] ?? null, path, true);
  else if (isList(value)) for (const [at, it] of value.entries()) yield* leaves(it, `${path}[${at}]`, hidden);
  else if (isProps(value)) {
    for (const [key, it] of Object.entries(value)) yield* leaves(it, path === "" ? key : `${path}.${key}`, hidden);
  } else yield { path, value, hidden };
}

/** One value that holds no others. */
export interface Leaf {
  readonly path: string;
  readonly value: null | boolean | number | string;
  /** Whether it is or lies in a secret, and must not be shown. */
  readonly hidden: boolean;
}

function hash(value: Value, salt: string): string {
  return createHash("sha256").update(salt).update(canonical(value)).digest("hex");
}

function canonical(value: Value): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}

function children(value: Value): readonly Value[] {
  if (isList(value)) return value;
  return isProps(value) ? Object.values(value) : [];
}

function map(value: Value, change: (value: Value) => Value): Value {
  if (isList(value)) return value.map(change);
  return isProps(value) ? mapProps(value, change) : value;
}

function mapProps(props: Props, change: (value: Value, key: string) => Value): Props {
  return Object.fromEntries(Object.entries(props).map(([key, it]) => [key, change(it, key)]));
}
