import type { AlertName } from "../alert-rows";

/** A rule that writes the result of an expression down as a series of its own. */
export interface RecordingRule {
  /** `level:metric:operation`: the labels that are left, what is measured, what was done to it. */
  readonly record: string;
  readonly expression: string;
}

/** A rule that raises an alert in Azure Monitor for each series of its result. What else is decided of it is its row. */
export interface AlertRule {
  readonly alert: AlertName;
  readonly expression: string;
}

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  /** Part of its name in Azure and of its URN. */
  readonly name: string;
  readonly description: string;
  /** How often, as an ISO 8601 duration. */
  readonly every: "PT1M" | "PT1H";
  readonly rules: readonly (RecordingRule | AlertRule)[];
}
