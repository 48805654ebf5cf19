import { partsOf, spokenName } from "../core/urn";

/** A resource of a stack's state, as `pulumi stack export` gives it. */
export interface StateEntry {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly protect?: boolean;
  readonly parent?: string;
  /** URN and ID of its provider, with `::` between them. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
}

/** What parking does with a stack: which resources stay, and which go. */
export interface Parking {
  /** URNs of data, and of all that data cannot be without: network, group, providers. */
  readonly kept: readonly string[];
  /** URNs of the rest. */
  readonly gone: readonly string[];
  /** Those of the rest that are protected, which has to be taken off first. */
  readonly protectedAmongGone: readonly string[];
}

/**
 * Components whose all is kept: stores, and what stores, people and images rest on. A vault that goes would block its own name besides, and
 * a gallery cannot go while a version is there that no `up` made.
 */
const dataComponents =
  /azure-gpu-cluster:(storage:|compute:ImageGallery(\$|$)|identity:(ContainerRegistry|CustomerManagedKeys|KeyVault)(\$|$))/;

/** What holds data: whatever such a component owns, its settings, jobs and locks with it. */
function isData({ urn }: StateEntry): boolean {
  return dataComponents.test(partsOf(urn).types);
}

/**
 * Decides what stays when all compute goes: the data, and whatever those need, and those again. The stack's own root stays, too, with the
 * state: so the next `up` finds what stayed and takes nothing over by hand.
 */
export function planParking(resources: readonly StateEntry[]): Parking {
  const byUrn = new Map(resources.map((it) => [it.urn, it]));
  const kept = new Set<string>();
  const keep = (urn: string | undefined): void => {
    const found = urn === undefined || kept.has(urn) ? undefined : byUrn.get(urn);
    if (found === undefined) return;
    kept.add(found.urn);
    for (const needed of neededBy(found)) keep(needed);
  };
  for (const it of resources) if (isData(it)) keep(it.urn);
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  // Without data nothing stays, and the root least of all.
  if (kept.size > 0) keep(root?.urn);
  const gone = resources.filter(({ urn }) => !kept.has(urn));
  return {
    kept: resources.flatMap(({ urn }) => (kept.has(urn) ? [urn] : [])),
    gone: gone.map(({ urn }) => urn),
    protectedAmongGone: gone.filter(({ protect }) => protect === true).map(({ urn }) => urn),
  };
}

/** URNs without which a resource cannot be. */
function neededBy({ parent, provider, dependencies, propertyDependencies, deletedWith }: StateEntry): string[] {
  return [
    ...(dependencies ?? []),
    ...Object.values(propertyDependencies ?? {}).flatMap((it) => it ?? []),
    ...[parent, deletedWith, provider?.split("::").slice(0, -1).join("::")].flatMap((it) => it ?? []),
  ];
}

/** Kinds of resources and how many there are of each, the most first: what people read instead of hundreds of URNs. */
export function countedKinds(urns: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const urn of urns) {
    const { type } = partsOf(urn);
    if (type.startsWith("azure-gpu-cluster:") || type.startsWith("pulumi:")) continue;
    const [kind = ""] = spokenName(urn).split(" ");
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`));
}
