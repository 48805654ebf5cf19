/** How a job, and each of its pods, stands among others. */
export interface Priority {
  /** Name of the class. */
  readonly name: string;
  /** The higher goes first. What names no class has 0. */
  readonly value: number;
  /** Whether jobs of teams may have it. */
  readonly forTeams: boolean;
  /** What it is for, in a sentence for whoever looks at the class. */
  readonly meaning: string;
}

/**
 * Classes of a cluster, the highest first. With none of them a pod pushes out another: the scheduler would take single pods from a job
 * that runs whole or not at all. Kueue takes whole jobs, by the same numbers.
 * The autoscaler makes no node for a pod below -10.
 * Source: kubernetes/autoscaler cluster-autoscaler FAQ, "expendable-pods-priority-cutoff"
 */
export const priorities: readonly Priority[] = [
  {
    name: "acceptance",
    value: 100_000,
    forTeams: false,
    meaning: "Tests of nodes: they are short, and what they hold back is work on nodes that nobody has tried.",
  },
  {
    name: "production",
    value: 10_000,
    forTeams: true,
    meaning:
      "Jobs with a date: they go before all other jobs of their team, and stop those where there is no other room.",
  },
  {
    name: "idle",
    value: -10,
    forTeams: true,
    meaning: "Jobs that may be stopped at any time: they use what nobody else of their team wants.",
  },
];

/** Names of the classes that jobs of teams may have. */
export const teamPriorities: readonly string[] = priorities.filter((it) => it.forTeams).map((it) => it.name);
