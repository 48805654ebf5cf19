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
import { configurationOf, exceptionsOf, type PolicyConfiguration } from "./configuration";
import { describeAnswer, type Exception, isAbout, isExpired, usedRule } from "./exceptions";
import { rules } from "../rules";
import type { GivenSettings } from "./setting";

/** What one rule says about one place of one resource. */
export interface Finding {
  /** Number of the rule. */
  readonly id: number;
  /** Name of the rule. */
  readonly rule: string;
  /** Level in the environment; `advisory` when the value is not known yet, `excepted` where somebody answers for it. */
  readonly level: Exclude<Level, "disabled"> | "excepted";
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
  /** What every rule that has such a setting gets, whatever the configuration says. @default nothing */
  readonly settings?: GivenSettings;
  /** Levels, settings and exceptions. @default each rule at its level for the environment */
  readonly configuration?: PolicyConfiguration;
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
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const configuration = options.configuration ?? configurationOf(environment);
  const exceptions = new ExceptionsInUse(exceptionsOf(configuration), today);
  const findings = inOrderToRun.flatMap((rule) => {
    const level = configuration.levels[rule.name] ?? rule.levels.prod;
    if (level === "disabled") return [];
    const context: RuleContext = {
      environment,
      today,
      settings: { ...configuration.settings[rule.name], ...options.settings },
      unusedExceptions: exceptions.unused,
    };
    return outcomesOf(rule, resources, context).map((outcome) => {
      const found = finding(rule, level, outcome);
      const exception = exceptions.use(rule.name, outcome.urn);
      if (exception === undefined) return found;
      return { ...found, level: "excepted" as const, message: `${found.message} It is ${describeAnswer(exception)}.` };
    });
  });
  return findings.sort(inOrder);
}

/** The rules as they run: last the one that knows what the others needed. */
export const inOrderToRun: readonly Rule[] = [
  ...rules.filter(({ name }) => name !== usedRule),
  ...rules.filter(({ name }) => name === usedRule),
];

/** Exceptions that count today, and which of them were needed. */
export class ExceptionsInUse {
  readonly #used = new Set<Exception>();
  readonly #counting: readonly Exception[];

  public constructor(exceptions: readonly Exception[], today: string) {
    this.#counting = exceptions.filter((it) => !isExpired(it, today));
  }

  /** The exception that what a rule says of a resource falls under, which then counts as needed. */
  public use(rule: string, urn: string): Exception | undefined {
    const exception = this.#counting.find((it) => isAbout(it, rule, urn));
    if (exception !== undefined) this.#used.add(exception);
    return exception;
  }

  /** Those that nothing needed so far. */
  public get unused(): readonly Exception[] {
    return this.#counting.filter((it) => !this.#used.has(it));
  }
}

/** What one rule says about those of the resources that it is about. A value that is not known is named once. */
export function outcomesOf(rule: Rule, resources: readonly Subject[], context: RuleContext): readonly StackOutcome[] {
  const own = resources.filter(({ type }) => appliesTo(rule, type));
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
  const rank = (it: Finding): number =>
    it.level === "mandatory" ? 0 : it.level === "excepted" ? 3 : it.judged ? 1 : 2;
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
  return a < b ? -1 : Number(a > b);
}
