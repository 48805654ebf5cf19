/** Line of the deepest part of a path that a file has, `undefined` where it has nothing of it. */
export function lineOf(lines: ReadonlyMap<string, number>, at: string): number | undefined {
  let part = at;
  while (part !== "") {
    const line = lines.get(part);
    if (line !== undefined) return line;
    const shorter = part.replace(/(\[\d+\]|\.?[^.[\]]*|\.?"[^"]*"?)$/, "");
    part = shorter === part ? "" : shorter;
  }
  return undefined;
}
