import { createHash } from "node:crypto";
import { isSecret, reveal, secret, unwrap } from "../../core/property-marks";
import { childPath } from "../../core/property-tree";
import { isList, isRecord, mapProps, mapValue, type Props, type Value } from "../../core/property-value";

/** Key of what the simulator keeps on disk instead of a secret. */
const seal = "gpu-simulator:secret";

/** Takes each secret out and leaves a salted hash, by which the same secret is known again. */
export function sealSecrets(props: Props, salt: string): Props {
  const close = (value: Value): Value =>
    isSecret(value) ? { [seal]: hash(reveal(value), salt) } : mapValue(value, close);
  return mapProps(props, close);
}

/**
 * Puts secrets back from what the caller remembers. Azure never gives a secret out again either: one that does not match
 * what the caller remembers comes back as the hash, which shows as a change.
 */
export function unsealSecrets(props: Props, remembered: Props, salt: string): Props {
  const open = (value: Value, known: Value | undefined): Value => {
    if (isRecord(value) && typeof value[seal] === "string") {
      const plain = known === undefined ? null : reveal(known);
      return secret(hash(plain, salt) === value[seal] ? plain : `changed:${value[seal]}`);
    }
    // The seal sits where the mark sat: what is remembered may be marked further out, or not at all.
    const near = known !== undefined && isSecret(known) ? reveal(known) : known;
    if (isList(value)) return value.map((it, at) => open(it, isList(near) ? near[at] : undefined));
    if (isRecord(value)) return mapProps(value, (it, key) => open(it, isRecord(near) ? near[key] : undefined));
    return value;
  };
  return mapProps(props, (it, key) => open(it, remembered[key]));
}

/** Walks all leaves, secret ones with their mark taken off. */
export function* leaves(value: Value, path = "", hidden = false): Generator<Leaf> {
  if (isSecret(value)) yield* leaves(unwrap(value), path, true);
  else if (isList(value)) for (const [at, it] of value.entries()) yield* leaves(it, childPath(path, at), hidden);
  else if (isRecord(value)) {
    for (const [key, it] of Object.entries(value)) yield* leaves(it, childPath(path, key), hidden);
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

/** The value as text, the same one whatever the order of keys. */
function canonical(value: Value): string {
  return JSON.stringify(value, (_, it: unknown) =>
    isRecord(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  );
}
