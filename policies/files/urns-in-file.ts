/** URNs of what one file holds. */
export class UrnsInFile {
  readonly #taken = new Set<string>();
  /** The first number that may be free, by the URN that was wanted: thousands may want the same one. */
  readonly #next = new Map<string, number>();

  /** Whether a URN was free until now. It is taken then. */
  public take(urn: string): boolean {
    const free = !this.#taken.has(urn);
    this.#taken.add(urn);
    return free;
  }

  /** Takes a URN that nothing has: where several resources want the same one, the second has a number. */
  public free(wanted: string): string {
    let [free, at] = [wanted, this.#next.get(wanted) ?? 2];
    while (!this.take(free)) free = `${wanted}-${at++}`;
    this.#next.set(wanted, at);
    return free;
  }
}
