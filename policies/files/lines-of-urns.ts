/**
 * Lines of a file of a plan on which resources are told of, by URN: where the URN stands for the first time. A plan has megabytes, and
 * this reads it once.
 */
export function linesOfUrns(content: string, urns: readonly string[]): ReadonlyMap<string, number> {
  const wanted = new Set(urns.map((it) => JSON.stringify(it)));
  const lines = new Map<string, number>();
  let line = 0;
  for (const text of content.split("\n")) {
    line++;
    const [, found] = /^\s*"urn":\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
    if (found === undefined || !wanted.has(found)) continue;
    const urn = JSON.parse(found) as string;
    if (!lines.has(urn)) lines.set(urn, line);
  }
  return lines;
}
