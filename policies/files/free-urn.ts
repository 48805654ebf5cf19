/** A URN that nothing has: where several resources would have the same one, the second has a number. */
export function freeUrn(wanted: string, taken: Pick<ReadonlySet<string>, "has">): string {
  let [free, at] = [wanted, 2];
  while (taken.has(free)) free = `${wanted}-${at++}`;
  return free;
}
