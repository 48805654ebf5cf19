import { plainToken } from "../../azure/arm-types";
import { renamedTypes } from "../../azure/renamed-types";
import type { PlannedResource } from "../../core/planned-resource";
import type { Exception } from "./exceptions";
import type { GivenSettings, Setting } from "./setting";

/** Environments that a rule can be set for, from the most to the least forgiving. */
export const environments = ["dev", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];

/** `mandatory` stops the update, `advisory` warns, `disabled` is silent. */
export type Level = "mandatory" | "advisory" | "disabled";
export type Levels = Readonly<Record<Environment, Level>>;
export type Severity = "low" | "medium" | "high" | "critical";
export type Area = "gpu" | "cluster" | "network" | "storage" | "identity" | "cost" | "kubernetes" | "meta";

/** The level patterns that rules use. A level that depends on the environment is data, never an `if` in a check. */
export const levels = {
  always: { dev: "mandatory", staging: "mandatory", prod: "mandatory" },
  /** For what a short experiment may break. */
  advisoryInDev: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  /** For what makes no sense on an environment that is deleted every evening. */
  notInDev: { dev: "disabled", staging: "mandatory", prod: "mandatory" },
  /** For what may have a reason, and for new rules until those who break them had time. */
  advised: { dev: "advisory", staging: "advisory", prod: "advisory" },
  /** The same for what makes no sense on an environment that is deleted every evening. */
  advisedOutsideDev: { dev: "disabled", staging: "advisory", prod: "advisory" },
  /** For what only matters where people try things. */
  advisedInDev: { dev: "advisory", staging: "disabled", prod: "disabled" },
  /** For what somebody decides who pays, and whom an experiment does not ask. */
  mandatoryInDev: { dev: "mandatory", staging: "advisory", prod: "advisory" },
  /** For what a team may put off until the environment is production. */
  mandatoryInProd: { dev: "advisory", staging: "advisory", prod: "mandatory" },
  /** For what costs money or convenience and is only owed in production. */
  rising: { dev: "disabled", staging: "advisory", prod: "mandatory" },
} as const satisfies Record<string, Levels>;

/** The types of a rule about every resource, of whatever package. */
export const everyType: readonly string[] = ["*"];

/**
 * What a rule sees of a resource: of a planned one, or of one that the engine is about to create. By which properties it hangs on which others
 * is known to rules about resources together: with it they find what an ID names that Azure has yet to give.
 */
export type Subject = Pick<PlannedResource, "urn" | "type" | "name" | "inputs" | "options"> &
  Partial<Pick<PlannedResource, "propertyDependencies">>;

/** What a rule may know besides the resources. */
export interface RuleContext {
  readonly environment: Environment;
  /** ISO date that versions are judged on. Rules have no clock. */
  readonly today: string;
  /** What the configuration gives to rules that have settings. */
  readonly settings: GivenSettings;
  /** Exceptions that no other rule needed: only the rule that runs last can know them. */
  readonly unusedExceptions?: readonly Exception[];
}

/** A fact that breaks the rule. */
export interface Violation {
  readonly path: string;
  /** What the value is, ready to print: never a secret. */
  readonly is: string;
  /** What it must be, to follow the word "must". */
  readonly must: string;
}

/** A value that the rule needs and that is not known before the update. The engine checks again then. */
export interface Unjudged {
  readonly path: string;
  readonly unknown: true;
}

export type Outcome = Violation | Unjudged;

/** An outcome of a rule over many resources, with the resource that it is about. */
export type StackOutcome = Outcome & { readonly urn: string };

interface RuleFacts {
  /** Number in the rule catalogue. Never reused. */
  readonly id: number;
  /** Name in configuration, messages and documents. Never changed. */
  readonly name: string;
  readonly area: Area;
  /** Type tokens, without the API version where azure-native has a default one; `kubernetes:*` for all of a provider, `*` for every type. */
  readonly types: readonly string[];
  /** The rule as a sentence about a resource that keeps it. */
  readonly title: string;
  /** What happens otherwise, as a sentence. */
  readonly why: string;
  /** What to change, as a sentence. */
  readonly remedy: string;
  readonly severity: Severity;
  readonly levels: Levels;
  /** Where the rule comes from: document, issue or public rule set. */
  readonly source: string;
  /** Settings of the policy configuration that the rule reads. */
  readonly settings?: readonly Setting<unknown>[];
}

/** A rule about one resource at a time. `check` is pure and never throws, whatever the properties look like. */
export interface ResourceRule extends RuleFacts {
  readonly kind: "resource";
  readonly check: (resource: Subject, context: RuleContext) => readonly Outcome[];
}

/** A rule about resources together; it gets those of its types. `check` is pure and never throws. */
export interface StackRule extends RuleFacts {
  readonly kind: "stack";
  readonly check: (resources: readonly Subject[], context: RuleContext) => readonly StackOutcome[];
}

export type Rule = ResourceRule | StackRule;

/** Whether an outcome is a violation. The other kind is a value that is not known yet. */
export function isViolation<T extends Outcome>(outcome: T): outcome is Exclude<T, Unjudged> {
  return !("unknown" in outcome);
}

/** The one wording of a violation: fact, rule, consequence, fix. */
export function describeViolation(rule: Rule, { path, is, must }: Violation): string {
  return `${path} is ${is}; must ${must}. ${rule.why} Fix: ${rule.remedy}`;
}

/** Whether a rule is about resources of a type, in whichever API version. */
export function appliesTo(rule: Rule, type: string): boolean {
  const known = answers.get(rule) ?? new Map<string, boolean>();
  answers.set(rule, known);
  const applies = known.get(type) ?? isAmong(rule.types, type);
  known.set(type, applies);
  return applies;
}

/** The pack asks it of each rule for each resource: thousands of times the same few types. */
const answers = new WeakMap<Rule, Map<string, boolean>>();

function isAmong(types: readonly string[], type: string): boolean {
  return types.some(
    (it) => it === "*" || (it.endsWith(":*") ? plainToken(type).startsWith(it.slice(0, -1)) : sameType(it, type)),
  );
}

/** Whether two tokens name the same type: `azure-native:compute/v20250401:Disk` is `azure-native:compute:Disk`, whatever it was called before. */
export function sameType(one: string, other: string): boolean {
  return withoutVersion(one) === withoutVersion(other);
}

/** Every rule asks for the type of every resource: thousands of times the same few. */
const unversioned = new Map<string, string>();

function withoutVersion(type: string): string {
  const known = unversioned.get(type);
  if (known !== undefined) return known;
  const bare = plainToken(type).replace(/\/v\d[a-z0-9]*(?=:[^:]*$)/, "");
  const now = renamedTypes.get(bare) ?? bare;
  unversioned.set(type, now);
  return now;
}
