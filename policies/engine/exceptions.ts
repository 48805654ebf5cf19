import { closestHint } from "../../core/closest-names";
import { type Problems, show } from "../../core/problems";
import { isList, isRecord } from "../../core/property-value";
import { partsOf } from "../../core/urn";
import { isText } from "./expect";
import { sameType } from "./rule";
import type { Setting } from "./setting";

/** A resource that one rule does not hold for, for a while, because somebody answers for it. */
export interface Exception {
  /** Name of the rule. */
  readonly rule: string;
  /** Its URN; or its type with its exact name, or with a pattern in which `*` stands for any characters. */
  readonly resource: string | ResourceName | ResourcePattern;
  readonly reason: string;
  /** Person or team that answers for it. */
  readonly owner: string;
  /** Last day on which it counts, as an ISO date. */
  readonly expires: string;
}

interface ResourceName {
  readonly type: string;
  readonly name: string;
}

interface ResourcePattern {
  readonly type: string;
  readonly pattern: string;
}

/** Most days that an exception may last: who still wants it then says so again. */
const longestDays = 366;
const keys = ["rule", "resource", "reason", "owner", "expires"] as const;
const example = `{ "rule": "aks-protected", "resource": { "type": "azure-native:containerservice:ManagedCluster", "name": "aks" }, "reason": "...", "owner": "...", "expires": "2027-03-01" }`;

/** The setting of the policy configuration that holds the exceptions of all rules. The rule `meta-exemptions-fresh` has it. */
export const exceptionsSetting: Setting<readonly Exception[]> = {
  name: "exceptions",
  schema: {
    type: "array",
    description: "Resources that a rule does not hold for, each with a reason, an owner and a last day.",
    items: {
      type: "object",
      required: [...keys],
      additionalProperties: false,
      properties: {
        rule: { type: "string" },
        resource: { type: ["string", "object"] },
        reason: { type: "string" },
        owner: { type: "string" },
        expires: { type: "string" },
      },
    },
  },
  default: [],
  accepts: (given): given is readonly Exception[] => isList(given) && given.every(isException),
};

function isException(value: unknown): value is Exception {
  return (
    isRecord(value) &&
    ["rule", "reason", "owner", "expires"].every((key) => isText(value[key])) &&
    isResource(value["resource"])
  );
}

function isResource(value: unknown): value is Exception["resource"] {
  if (isText(value)) return value.startsWith("urn:pulumi:");
  if (!isRecord(value)) return false;
  const form = Object.keys(value).sort().join(" ");
  return (form === "name type" || form === "pattern type") && Object.values(value).every(isText);
}

/** What of a list of exceptions cannot count: every problem is noted under `path`. */
export function checkExceptions(
  value: unknown,
  path: string,
  { today, ruleNames }: { readonly today: string; readonly ruleNames: readonly string[] },
  problems: Problems,
): void {
  if (!isList(value)) {
    problems.require(false, path, "must be a list of exceptions", { got: value, remedy: `For example [${example}]` });
    return;
  }
  const seen = new Set<string>();
  value.forEach((it, at) => {
    const here = `${path}[${at}]`;
    if (!isRecord(it)) {
      problems.require(false, here, "must be an exception", { got: it, remedy: `For example ${example}` });
      return;
    }
    for (const key of Object.keys(it)) {
      if (!keys.some((known) => known === key))
        problems.add({ path: here, rule: `must not have the key ${show(key)}`, remedy: `It has ${keys.join(", ")}` });
    }
    checkRule(it["rule"], `${here}.rule`, ruleNames, problems);
    problems.require(
      isResource(it["resource"]),
      `${here}.resource`,
      "must be a URN, or an object of a type and a name or a pattern",
      {
        got: it["resource"],
        remedy: `For example { "type": "azure-native:storage:StorageAccount", "name": "data" }`,
      },
    );
    const { type } = isRecord(it["resource"]) ? it["resource"] : {};
    if (isText(type))
      problems.require(
        /^[^:*\s]+:[^*\s]*:[^:*\s]+$/.test(type),
        `${here}.resource.type`,
        "must be a whole type token",
        {
          got: type,
          remedy: "For example azure-native:storage:StorageAccount: a pattern is of names alone",
        },
      );
    for (const key of ["reason", "owner"] as const) {
      const given = it[key];
      problems.require(isText(given) && given.trim() !== "", `${here}.${key}`, "must say it in words", {
        got: given,
        remedy: key === "owner" ? "Name the person or team that answers for it" : "Say why the rule does not hold here",
      });
    }
    checkExpiry(it["expires"], `${here}.expires`, today, problems);
    const same = JSON.stringify([it["rule"], it["resource"]]);
    problems.require(!seen.has(same), here, "must not be there twice: another one is of the same rule and resource");
    seen.add(same);
  });
}

function checkRule(given: unknown, path: string, ruleNames: readonly string[], problems: Problems): void {
  const known = isText(given) && ruleNames.includes(given);
  const remedy = closestHint(
    isText(given) ? given : "",
    ruleNames,
    "The list of rules has all: docs/policies.md, in the package rules.md",
  );
  problems.require(known, path, "must be the name of a rule", { got: given, remedy });
  if (given === freshRule || given === usedRule)
    problems.add({ path, rule: "must be a rule about resources: this one is about exceptions", got: show(given) });
}

/** Names of the two rules about exceptions, which none can be excepted from. */
export const freshRule = "meta-exemptions-fresh";
/** The other one. */
export const usedRule = "meta-exemptions-used";

function checkExpiry(given: unknown, path: string, today: string, problems: Problems): void {
  const day = isText(given) ? dayOf(given) : undefined;
  const remedy = `A day at most a year from ${today}, for example ${afterDays(today, 90)}`;
  problems.require(day !== undefined, path, "must be a day as YYYY-MM-DD", { got: given, remedy });
  if (day === undefined) return;
  const latest = afterDays(today, longestDays);
  problems.require(day <= latest, path, `must not be later than ${latest}: an exception lasts a year at most`, {
    got: given,
    remedy,
  });
}

function dayOf(text: string): string | undefined {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text ? undefined : text;
}

function afterDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether the last day of an exception is over. */
export function isExpired({ expires }: Exception, today: string): boolean {
  return expires < today;
}

/** Whether an exception is about what a rule says of a resource. */
export function isAbout({ rule, resource }: Exception, ruleName: string, urn: string): boolean {
  if (rule !== ruleName) return false;
  if (typeof resource === "string") return resource === urn;
  const { type, name } = partsOf(urn);
  if (!sameType(resource.type, type)) return false;
  return "name" in resource ? resource.name === name : patternOf(resource.pattern).test(name);
}

function patternOf(pattern: string): RegExp {
  const literal = pattern.split("*").map((it) => it.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`, "s");
}

/** An exception as people read it: its rule and its resource. */
export function describeException({ rule, resource }: Exception): string {
  if (typeof resource === "string") return `${rule} on ${resource}`;
  return `${rule} on ${resource.type} ${"name" in resource ? resource.name : resource.pattern}`;
}

/** Who answers for an exception, until when and why. What looks like a secret is not shown. */
export function describeAnswer({ reason, owner, expires }: Exception): string {
  return `excepted until ${expires} by ${show(owner)}: ${show(reason)}`;
}
