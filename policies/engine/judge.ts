import {
  appliesTo,
  describeViolation,
  isViolation,
  type Environment,
  type Level,
  type Subject,
  type Rule,
  type RuleContext,
  type Severity,
  type StackOutcome,
} from "./rule";
import { rules } from "../rules";
import type { GivenSettings } from "./setting";

/** What one rule says about one place of one resource. */
export interface Finding {
  /** Number of the rule. */
  readonly id: number;
  /** Name of the rule. */
  readonly rule: string;
  /** Level in the environment; `advisory` when the value is not known yet. */
  readonly level: Exclude<Level, "disabled">;
  readonly severity: Severity;
  readonly urn: string;
  readonly path: string;
  /** Fact, rule, consequence and fix in one line. Never a secret. */
  readonly message: string;
  /** False when the value is not known before the update, so that the rule could not decide. */
  readonly judged: boolean;
}

/** What a caller may say; each has a safe default. */
export interface JudgeOptions {
  /** ISO date that versions are judged on. @default the day of the call */
  readonly today?: string;
  /** What a policy configuration would give to every rule that has such a setting. @default nothing */
  readonly settings?: GivenSettings;
}

/**
 * Runs the rules over a whole plan at the levels of an environment. Same resources, same findings, in the same order:
 * mandatory ones first, then by rule, resource and path.
 */
export function judge(
  resources: readonly Subject[],
  environment: Environment,
  options: JudgeOptions = {},
): readonly Finding[] {
  const context: RuleContext = {
    environment,
    today: options.today ?? new Date().toISOString().slice(0, 10),
    settings: options.settings ?? {},
  };
  return rules
    .flatMap((rule) => {
      const level = rule.levels[environment];
      if (level === "disabled") return [];
      return outcomesOf(rule, resources, context).map((outcome) => finding(rule, level, outcome));
    })
    .sort(inOrder);
}

/** What one rule says about those of the resources that it is about. A value that is not known is named once. */
export function outcomesOf(rule: Rule, resources: readonly Subject[], context: RuleContext): readonly StackOutcome[] {
  // By type first: there are thousands of resources, of some dozens of types.
  const types = new Set(resources.map(({ type }) => type));
  const ownTypes = new Set([...types].filter((type) => appliesTo(rule, type)));
  const own = resources.filter(({ type }) => ownTypes.has(type));
  const outcomes =
    rule.kind === "stack"
      ? rule.check(own, context)
      : own.flatMap((resource) => rule.check(resource, context).map((it) => ({ ...it, urn: resource.urn })));
  const seen = new Set<string>();
  return outcomes.filter((it) => {
    if (isViolation(it)) return true;
    const place = `${it.urn} ${it.path}`;
    return !seen.has(place) && seen.add(place);
  });
}

function finding(rule: Rule, level: Finding["level"], outcome: StackOutcome): Finding {
  const { urn, path } = outcome;
  const common = { id: rule.id, rule: rule.name, severity: rule.severity, urn, path };
  if (isViolation(outcome)) return { ...common, level, message: describeViolation(rule, outcome), judged: true };
  const message = `${path} is not known before the update, which checks it again. ${rule.title}`;
  return { ...common, level: "advisory", message, judged: false };
}

function inOrder(a: Finding, b: Finding): number {
  const rank = (it: Finding): number => (it.level === "mandatory" ? 0 : it.judged ? 1 : 2);
  return (
    rank(a) - rank(b) ||
    a.id - b.id ||
    compare(a.urn, b.urn) ||
    compare(a.path, b.path) ||
    compare(a.message, b.message)
  );
}

/** By code unit: the order must not depend on the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
