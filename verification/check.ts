import type { KubernetesObject } from "../components/platform/add-on";

/** Where the objects of a run go. */
export interface RunPlace {
  /** Name of the run: every object of it begins with it and has it as a label. */
  readonly run: string;
  readonly namespace: string;
  /** Whether the namespace was made for the run, and goes with it. */
  readonly own: boolean;
  /** Queue that jobs wait in, null where jobs do not queue. */
  readonly queue: string | null;
}

/** A namespace of a team, for a check of what only the pods of a team reach. */
export type TeamPlace = Pick<RunPlace, "namespace" | "queue">;

/** What the containers of one pod wrote as they ended, by the name of the container. */
export type PodMessages = Readonly<Record<string, string>>;

/** What the messages of a check show. */
export type Reading =
  | { readonly kind: "measured"; readonly value: number; readonly detail: string }
  /** Bad, however fast it was: the results are wrong, or the traffic took another way. */
  | { readonly kind: "wrong"; readonly value: number | null; readonly because: string }
  /** Nothing that speaks for the cluster or against it. */
  | { readonly kind: "no-evidence"; readonly because: string };

/** Lowest values of a healthy cluster: below `warn` somebody should look, below `fail` nodes should be drained. */
export interface Floor {
  readonly warn: number | null;
  readonly fail: number | null;
}

/** One thing that is measured in a cluster. */
export interface Check {
  /** Names its jobs, and is what `--only` takes. */
  readonly name: string;
  /** What it says of what, for people. */
  readonly title: string;
  /** Pool that it takes nodes of: checks of the same one run one after the other. */
  readonly pool: string;
  /** Where it runs; absent: where the run goes. */
  readonly team?: TeamPlace;
  /** Pods that all must end. */
  readonly pods: number;
  /** Minutes that its pods may take once they run, with room for a slow cluster. */
  readonly minutes: number;
  readonly unit: string;
  /** Null where nobody knows one: then the value is told, and nothing is judged by it. */
  readonly floor: Floor | null;
  /** Everything that it needs in the cluster. */
  readonly objects: (place: RunPlace) => readonly KubernetesObject[];
  /** @param pods Messages of its pods, in the order of their indexes. */
  readonly read: (pods: readonly PodMessages[]) => Reading;
}
