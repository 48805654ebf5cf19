/** What becomes worse when somebody changes a thing behind the program's back. `harmless`: nothing. */
export type Harm = "security" | "cost" | "capacity" | "harmless";

/** Who writes a property besides people, as a reader knows him. */
export type Writer =
  | "the cluster autoscaler"
  | "AKS itself"
  | "Azure itself"
  | "the environment's own off-hours"
  | "a controller in the cluster";

/** What a change of one property means. Of those that fit the first counts. */
export interface DriftPath {
  /** Whatever lies below it counts too; `[]` stands for any element of a list. */
  readonly path: string;
  /** Counts only where an input of the resource has this value; where none is named, has any. */
  readonly when?: { readonly path: string; readonly is?: string | boolean };
  /** More is a larger number, a longer list, or something where there was nothing. Another value of the same length is both. */
  readonly harm: Harm | { readonly more: Harm; readonly less: Harm };
  /** New values that harm nobody, however the change is judged: they are as tight as it gets. */
  readonly safe?: readonly (string | boolean)[];
  /** What follows, as a sentence. */
  readonly means: string;
  /** Whether Azure refuses to have it as it was: what the program says must follow. */
  readonly oneWay?: true;
  /** Who else writes it, and who says so. `null`: people, and tools that they run. */
  readonly writer: { readonly who: Writer; readonly source: string } | null;
}

/** What drift of a type means. */
export interface DriftFacts {
  /** What becomes worse when it is deleted. Nothing that is gone is harmless. */
  readonly gone: { readonly harm: Exclude<Harm, "harmless">; readonly means: string };
  readonly paths: readonly DriftPath[];
}

/** A property that only people write. */
export function written(harm: DriftPath["harm"], means: string, ...paths: readonly string[]): readonly DriftPath[] {
  return paths.map((path) => ({ path, harm, means, writer: null }));
}

/** A property that only people write and that has values which are as tight as it gets. */
export function guarded(
  means: string,
  safe: NonNullable<DriftPath["safe"]>,
  ...paths: readonly string[]
): readonly DriftPath[] {
  return paths.map((path) => ({ path, harm: "security", safe, means, writer: null }));
}
