import type {
  Policies,
  PolicyPackArgs,
  PolicyResource,
  ReportViolation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";
import { MisconfiguredError, Problems } from "../../core/problems";
import { tableOf } from "../../core/records";
import { partsOf } from "../../core/urn";
import { checkSettings } from "./configuration";
import { kindOf, kindTag } from "./environment";
import { describeAnswer, describeException, exceptionsSetting, freshRule } from "./exceptions";
import { ExceptionsInUse, inOrderToRun, outcomesOf } from "./judge";
import { appliesTo, describeViolation, isViolation, type Subject, type Rule, type RuleContext } from "./rule";
import { type GivenSettings, settingOf } from "./setting";
import { peek, snapshot, touch } from "./snapshot";

/** Name of the pack, as reports show it. */
export { name as packName } from "../package.json";

/** A resource as the engine hands it over, alone or among all others. */
type Candidate = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "opts"> &
  Partial<Pick<PolicyResource, "propertyDependencies">>;

/** The rules as Pulumi runs them. Each starts at its level for production; a policy configuration relaxes it. */
export function policyPackArgs(): PolicyPackArgs {
  return {
    displayName: "Azure GPU cluster",
    description:
      "Rules for GPU clusters with InfiniBand on Azure: what breaks a fabric, leaks data or leaves a bill open.",
    enforcementLevel: "mandatory",
    policies: policiesInOrder(),
  };
}

/** Exceptions as the engine has configured them, with what it has judged since. */
interface Session {
  exceptions: ExceptionsInUse;
  /** The configured list as text: the SDK hands out a new copy each time. */
  configured: string;
  readonly told: Set<string>;
}

/**
 * The SDK gives the configuration of a rule to that rule alone, and runs rules in the order of this list. So the rule that has the
 * exceptions for a setting comes first, alone and among all resources, and remembers them for the others.
 */
function policiesInOrder(): Policies {
  const session: Session = { exceptions: new ExceptionsInUse([], ""), configured: "[]", told: new Set() };
  const first = inOrderToRun.filter(({ name }) => name === freshRule);
  const others = inOrderToRun.filter(({ name }) => name !== freshRule);
  return [
    ...first.map((rule): Policies[number] => ({
      ...policyOf(rule, session),
      validateResource: (args) => {
        remember(rule, args, session);
        notApplicable(args);
      },
      validateStack: (args, report) => {
        remember(rule, args, session);
        validate(rule, args.resources, args, report, session);
      },
    })),
    ...others.map((rule) => policyOf(rule, session)),
  ];
}

function remember(rule: Rule, args: ResourceValidationArgs | StackValidationArgs, session: Session): void {
  const given = args.getConfig<GivenSettings>();
  const configured = JSON.stringify(given[exceptionsSetting.name] ?? []);
  if (configured === session.configured) return;
  settingsOf(rule, args);
  session.configured = configured;
  session.exceptions = new ExceptionsInUse(settingOf(exceptionsSetting, given), today());
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * What the configuration gives to a rule. The engine takes whatever stands there and checks types alone.
 * @throws MisconfiguredError for what the rule cannot use, without a stack trace: the SDK would print it
 */
function settingsOf(rule: Rule, args: ResourceValidationArgs | StackValidationArgs): GivenSettings {
  const settings = args.getConfig<GivenSettings>();
  const problems = new Problems();
  checkSettings(rule, settings, today(), problems);
  if (problems.list.length === 0) return settings;
  const error = new MisconfiguredError("The policy configuration", problems.list);
  error.stack = error.message;
  throw error;
}

function policyOf(rule: Rule, session: Session): Policies[number] {
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
    ? { ...common, validateResource: (args, report) => validate(rule, [args], args, report, session) }
    : { ...common, validateStack: (args, report) => validate(rule, args.resources, args, report, session) };
}

function validate(
  rule: Rule,
  candidates: readonly Candidate[],
  args: ResourceValidationArgs | StackValidationArgs,
  report: ReportViolation,
  session: Session,
): void {
  // By type first: copying the properties of every resource for every rule would take most of the time.
  const own = candidates.filter(({ type }) => appliesTo(rule, type));
  if (own.length === 0 && rule.kind === "resource") notApplicable(args);
  const context = {
    ...contextOf(candidates, settingsOf(rule, args)),
    unusedExceptions: session.exceptions.unused,
  };
  const outcomes = outcomesOf(rule, own.map(subject), context).filter(({ urn }) => !isExcepted(rule, urn, session));
  for (const outcome of outcomes) if (isViolation(outcome)) report(describeViolation(rule, outcome), outcome.urn);
  // The SDK turns the error of reading an unknown value into its own note, which gates on CI look for.
  for (const outcome of outcomes) {
    if (!isViolation(outcome)) touch(own.find(({ urn }) => urn === outcome.urn)?.props, outcome.path);
  }
}

/** How the SDK says that a rule is about other resources: by an error, the same for nearly every rule of every resource. */
let elsewhere: unknown;

function notApplicable(args: ResourceValidationArgs | StackValidationArgs): never {
  if (elsewhere === undefined) {
    try {
      args.notApplicable("The rule is about other types of resources");
    } catch (error) {
      elsewhere = error;
    }
  }
  throw elsewhere;
}

/** Whether somebody answers for what a rule says of a resource. It is told once, on standard error: the other stream is the engine's. */
function isExcepted(rule: Rule, urn: string, { exceptions, told }: Session): boolean {
  const exception = exceptions.use(rule.name, urn);
  if (exception === undefined) return false;
  const line = `${describeException(exception)}: ${describeAnswer(exception)}`;
  if (!told.has(line)) process.stderr.write(`${line}\n`);
  told.add(line);
  return true;
}

/** Subjects by their properties, which the SDK unpacks once: what one rule finds in them, all others need not look for. */
const subjects = new WeakMap<object, Subject>();

function subject(candidate: Candidate): Subject {
  const known = subjects.get(candidate.props) ?? subjectOf(candidate);
  subjects.set(candidate.props, known);
  return known;
}

/** Properties are copied when a rule first asks for them: some ask for the URN alone, and those are of all types. */
function subjectOf({ urn, type, name, props, opts, propertyDependencies }: Candidate): Subject {
  let copy: Subject["inputs"] | undefined;
  return {
    urn,
    type,
    name,
    options: { protect: opts.protect, ignoreChanges: opts.ignoreChanges },
    ...(propertyDependencies !== undefined && {
      propertyDependencies: tableOf(
        Object.entries(propertyDependencies).map(([property, on]) => [property, on.map((it) => it.urn)]),
      ),
    }),
    get inputs() {
      return (copy ??= snapshot(props));
    },
  };
}

/** Alone, a resource that cannot have tags (a federated credential) leaves only the stack's name to go by. */
function contextOf(candidates: readonly Candidate[], settings: GivenSettings): RuleContext {
  return {
    environment: kindOf(
      candidates.map(({ props }) => peek(props, kindTag)),
      partsOf(candidates[0]?.urn ?? "").stack,
    ),
    today: today(),
    settings,
  };
}
