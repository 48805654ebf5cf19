/**
 * Text as people mean it: no case, spaces, punctuation or invisible characters, and no leading `Standard`, which many
 * leave out of VM sizes.
 */
export function normaliseName(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/^standard(?=.)/, "");
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line.push(
        Math.min(
          at(line, column - 1) + 1,
          at(last, column) + 1,
          at(last, column - 1) + (same ? 0 : 1),
          ...(swapped ? [at(beforeLast, column - 2) + 1] : []),
        ),
      );
    }
    beforeLast = last;
    last = line;
  }
  return at(last, b.length);
}

/**
 * Up to `n` candidates that `text` was probably meant to be, the best first. Empty when nothing is near: a third of the
 * characters may differ, but at least two. A wrong number weighs more than a wrong letter, since people remember that they
 * wanted 80 CPUs or a GB200, not whether it was `ads` or `adis`.
 */
export function closestNames(text: string, candidates: Iterable<string>, n = 3): string[] {
  const wanted = normaliseName(text);
  if (wanted === "") return [];
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return (
    [...candidates]
      .map((name) => ({ name, candidate: normaliseName(name) }))
      // Each character too many or too few is an edit at least, so most names need no closer look.
      .filter(({ candidate }) => Math.abs(candidate.length - wanted.length) <= reach)
      .map(({ name, candidate }) => ({ name, candidate, distance: editDistance(wanted, candidate) }))
      .filter(({ distance }) => distance <= reach)
      .map((it) => ({ ...it, wrongNumber: numbersIn(it.candidate) === numbersIn(wanted) ? 0 : 1 }))
      .sort(
        (a, b) =>
          a.distance + 2 * a.wrongNumber - (b.distance + 2 * b.wrongNumber) ||
          a.wrongNumber - b.wrongNumber ||
          a.name.localeCompare(b.name, "en"),
      )
      .slice(0, n)
      .map(({ name }) => name)
  );
}

function numbersIn(text: string): string {
  return (text.match(/\d+/g) ?? []).join(" ");
}

function at(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY;
}

/** A remedy that names what may have been meant, or says where all names are when nothing is near. */
export function closestHint(text: string, candidates: Iterable<string>, otherwise: string): string {
  const near = closestNames(text, candidates);
  return near.length === 0 ? otherwise : `Closest: ${near.join(", ")}`;
}
