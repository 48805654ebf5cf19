/** Names as a list of CEL. None of them holds a quote. */
export function listOf(names: readonly string[]): string {
  return `[${names.map((it) => `'${it}'`).join(", ")}]`;
}
