import type {
  Policies,
  PolicyPackArgs,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { partsOf } from "../../core/urn";
import { kindOf, kindTag } from "./environment";
import { outcomesOf } from "./judge";
import { appliesTo, describeViolation, isViolation, type Subject, type Rule, type RuleContext } from "./rule";
import { rules } from "../rules";
import type { GivenSettings } from "./setting";
import { peek, snapshot, touch } from "./snapshot";

/** Name of the pack, as reports show it. */
export const packName = "azure-gpu-cluster";

/** A resource as the engine hands it over, alone or among all others. */
type Candidate = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "opts">;

/** The rules as Pulumi runs them. Each starts at its level for production; a policy configuration relaxes it. */
export function policyPackArgs(): PolicyPackArgs {
  return {
    displayName: "Azure GPU cluster",
    description:
      "Rules for GPU clusters with InfiniBand on Azure: what breaks a fabric, leaks data or leaves a bill open.",
    enforcementLevel: "mandatory",
    policies: rules.map(policyOf),
  };
}

function policyOf(rule: Rule): Policies[number] {
  const common = {
    name: rule.name,
    displayName: `${rule.id} ${rule.name}`,
    // The SDK puts the description before each message, which says why.
    description: rule.title,
    enforcementLevel: rule.levels.prod,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: [rule.area],
    ...(rule.settings !== undefined && {
      configSchema: { properties: Object.fromEntries(rule.settings.map(({ name, schema }) => [name, schema])) },
    }),
  };
  return rule.kind === "resource"
    ? { ...common, validateResource: (args, report) => validate(rule, [args], args, report) }
    : { ...common, validateStack: (args, report) => validate(rule, args.resources, args, report) };
}

function validate(
  rule: Rule,
  candidates: readonly Candidate[],
  args: ResourceValidationArgs | StackValidationArgs,
  report: ReportViolation,
): void {
  // By type first: copying the properties of every resource for every rule would take most of the time.
  const own = candidates.filter(({ type }) => appliesTo(rule, type));
  if (own.length === 0 && rule.kind === "resource") notApplicable(args);
  const outcomes = outcomesOf(rule, own.map(subject), contextOf(candidates, args));
  for (const outcome of outcomes) if (isViolation(outcome)) report(describeViolation(rule, outcome), outcome.urn);
  // The SDK turns the error of reading an unknown value into its own note, which gates on CI look for.
  for (const outcome of outcomes) {
    if (!isViolation(outcome)) touch(own.find(({ urn }) => urn === outcome.urn)?.props, outcome.path);
  }
}

/** The SDK says it with an error, for nearly every rule and resource: its stack trace, which nobody sees, was a sixth of the time of the pack. */
function notApplicable(args: ResourceValidationArgs | StackValidationArgs): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return args.notApplicable("The rule is about other types of resources");
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function subject({ urn, type, name, props, opts }: Candidate): Subject {
  return {
    urn,
    type,
    name,
    inputs: snapshot(props),
    options: { protect: opts.protect, ignoreChanges: opts.ignoreChanges },
  };
}

/** Alone, a resource that cannot have tags (a federated credential) leaves only the stack's name to go by. */
function contextOf(candidates: readonly Candidate[], args: ResourceValidationArgs | StackValidationArgs): RuleContext {
  return {
    environment: kindOf(
      candidates.map(({ props }) => peek(props, kindTag)),
      partsOf(candidates[0]?.urn ?? "").stack,
    ),
    today: new Date().toISOString().slice(0, 10),
    settings: args.getConfig<GivenSettings>(),
  };
}
