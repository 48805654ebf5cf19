import { hashOf } from "./hash-of";

/**
 * Hash of a stack's state as `pulumi stack export` gives it. What each write of the file changes although nothing of it moved (the manifest
 * with its time, encrypted texts with a new nonce, times of resources) does not count. Operations that were not finished do.
 */
export function stateHash(deployment: unknown): string {
  const { resources = [], pending_operations: pending = [] } = (deployment ?? {}) as {
    readonly resources?: readonly unknown[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  };
  return hashOf(stripped({ resources: resources ?? [], pending: pending ?? [] }));
}

/** Keys of a resource or of a secret that say when and how it was written. */
const ofTheWriting: readonly string[] = ["ciphertext", "created", "modified"];

function stripped(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((it) => stripped(it, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  // Times are keys of a resource itself; a property of that name further down is data. A cipher text may stand anywhere.
  const dropped = ofTheWriting.filter((key) => key === "ciphertext" || depth <= 2);
  const kept = Object.entries(value).filter(([key]) => !dropped.includes(key));
  return Object.fromEntries(kept.map(([key, it]) => [key, stripped(it, depth + 1)]));
}
