/** A rule that writes the result of an expression down as a series of its own. */
export interface RecordingRule {
  /** `level:metric:operation`: the labels that are left, what is measured, what was done to it. */
  readonly record: string;
  readonly expression: string;
}

/** A rule that raises an alert in Azure Monitor for each series of its result. */
export interface AlertRule {
  readonly alert: string;
  readonly expression: string;
  /** How long it must hold, as an ISO 8601 duration. */
  readonly for: string;
  /** 0 critical, 1 error, 2 warning, 3 informational, 4 verbose. */
  readonly severity: 0 | 1 | 2 | 3 | 4;
  /** What is wrong and what to do, in one or two sentences. */
  readonly description: string;
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
