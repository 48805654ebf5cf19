import type { Reading } from "./observation";

/** What the stacks of an environment made, all together: one may lie in the group of another. */
export interface KnownResources {
  /** IDs in lowercase that their states have. */
  readonly ids: ReadonlySet<string>;
  /** IDs of those that were found where they should be. */
  readonly found: readonly string[];
  /** IDs of the resource groups that they made and that are there. */
  readonly groups: readonly string[];
}

/** What looks at all stacks of an environment tell of what it has. */
export function knownResources(readings: readonly Reading[]): KnownResources {
  const there = readings.flatMap(({ observed }) => observed).filter(({ found }) => found !== "gone");
  const groups = there.filter(({ type }) => type === "azure-native:resources:ResourceGroup").map(({ id }) => id);
  return {
    ids: new Set(readings.flatMap(({ ids }) => ids)),
    found: there.map(({ id }) => id),
    groups: [...new Map(groups.map((id) => [id.toLowerCase(), id])).values()],
  };
}
