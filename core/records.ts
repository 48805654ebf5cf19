/** Keys of a table, with the type that says which they are. */
export function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
  // Only what TypeScript cannot know: a table that is written down has no other keys.
  return Object.keys(table) as K[];
}

/** A table of entries whose type knows its keys. The entries must be one for each. */
export function tableOf<K extends string, V>(entries: readonly (readonly [K, V])[]): Readonly<Record<K, V>> {
  return Object.fromEntries(entries) as Record<K, V>;
}
