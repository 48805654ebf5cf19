import type { PlannedResource } from "../core/planned-resource";

/** Everything that a program would make, in the order in which it registered it. */
export interface RecordedPlan {
  readonly stack: string;
  readonly resources: readonly PlannedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}
