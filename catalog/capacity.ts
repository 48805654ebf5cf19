/** Ways to get machines of Azure, each a rung of a ladder: reserved ahead, at the usual price, or cheap until somebody else pays more. */
export const capacityKinds = ["reserved", "onDemand", "spot"] as const;
export type CapacityKind = (typeof capacityKinds)[number];

/** What the name of an AKS pool of a rung ends with. The usual way has none: a pool that becomes a ladder keeps its nodes. */
export const capacitySuffixes: Readonly<Record<CapacityKind, string>> = { reserved: "r", onDemand: "", spot: "s" };

/** A rung as it stands in names of Kubernetes objects, which are lowercase. */
export function capacityWord(kind: CapacityKind): string {
  return kind.toLowerCase();
}

/**
 * Flavor of a queue for the nodes of a pool, or of a rung of it. No key of a pool has a hyphen, so no two are called the same.
 * @param kind `null` in a pool with one way to get nodes.
 */
export function flavorName(pool: string, kind: CapacityKind | null): string {
  return kind === null ? pool : `${pool}-${capacityWord(kind)}`;
}

/**
 * Whether nodes for the flavor of a rung may have to be made: its own, or those of a rung behind it, which stand in for them.
 * @param rungs All rungs of the pool, best first
 * @param at Which of them
 */
export function mayGrow(rungs: readonly { readonly autoscaled?: true }[], at: number): boolean {
  return rungs.slice(at).some((it) => it.autoscaled === true);
}
