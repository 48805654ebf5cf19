/** A table; what stands in its cells is text. */
export function rows(head: readonly string[], cells: readonly (readonly string[])[]): string[] {
  const line = (all: readonly string[]): string => `| ${all.map(escaped).join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...cells.map(line)];
}

/** A text in which nothing is markup: names are a user's, and may be anything. */
export function escaped(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>|#&~@]/g, (char) => (char === "@" ? "&#64;" : `\\${char}`));
}

/** A text as code, on one line, with as many back ticks around it as keep it whole. */
export function code(text: string): string {
  const plain = text.replace(/\s+/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`;
}
