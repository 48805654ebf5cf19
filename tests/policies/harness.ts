import { outcomesOf } from "../../policies/engine/judge";
import { isList, isRecord } from "../../core/property-value";
import { isViolation, type Subject, type Rule, type RuleContext } from "../../policies/engine/rule";

/** Every kind of case that a rule must have. */
export const caseKinds = ["compliant", "broken", "absent", "unknown", "notApplicable"] as const;
type CaseKind = (typeof caseKinds)[number];

/** Changes to the compliant resource by path (`undefined` removes), or a whole plan of its own. */
type Change = Readonly<Record<string, unknown>> | readonly Subject[];

/** A change, then what the rule says: `path is x; must y`, or `?path` for a value that it cannot judge yet. */
type Entry = readonly [change: Change, ...says: string[]];

type Entries = Readonly<Record<string, Entry>>;

/** One run of a rule. */
export interface Case {
  readonly kind: CaseKind;
  readonly title: string;
  readonly resources: readonly Subject[];
  readonly says: readonly string[];
}

export interface RuleCases {
  readonly rule: Rule;
  readonly cases: readonly Case[];
  readonly context: RuleContext;
}

const defaultContext: RuleContext = { environment: "prod", today: "2026-09-01", settings: {} };

/** The table of one rule: a plan that it accepts, and what it says after each change. */
export function table(
  rule: Rule,
  compliant: Subject | readonly Subject[],
  entries: { readonly [kind in Exclude<CaseKind, "compliant">]: Entries } & { readonly compliant?: Entries },
  context: Partial<RuleContext> = {},
): RuleCases {
  const base = isList(compliant) ? compliant : [compliant];
  const cases = caseKinds.flatMap((kind) =>
    Object.entries(entries[kind] ?? {}).map(([title, [change, ...says]]): Case => ({
      kind,
      title,
      resources: apply(base, change),
      says,
    })),
  );
  return {
    rule,
    cases: [{ kind: "compliant", title: "the compliant plan", resources: base, says: [] }, ...cases],
    context: { ...defaultContext, ...context },
  };
}

/** What a rule says about a plan, in the notation of the tables. */
export function saysOf(rule: Rule, resources: readonly Subject[], context: RuleContext): readonly string[] {
  return outcomesOf(rule, resources, context).map((it) =>
    isViolation(it) ? `${it.path} is ${it.is}; must ${it.must}` : `?${it.path}`,
  );
}

/** A resource of a plan for environment prod. */
export function resource(type: string, inputs: object, name = "it", protect = false): Subject {
  const urn = `urn:pulumi:prod::azure-gpu-cluster::${type}::${name}`;
  return { urn, type, name, inputs: { ...inputs }, options: { protect } };
}

/** The same resource with changes by path. */
export function changed(it: Subject, changes: Readonly<Record<string, unknown>>): Subject {
  let inputs: unknown = it.inputs;
  for (const [path, value] of Object.entries(changes)) inputs = withAt(inputs, pathSteps(path), value);
  return { ...it, inputs: isRecord(inputs) ? inputs : {} };
}

function apply(base: readonly Subject[], change: Change): readonly Subject[] {
  if (isList(change)) return change;
  const [first, ...rest] = base;
  return first === undefined ? [] : [changed(first, change), ...rest];
}

function pathSteps(path: string): (string | number)[] {
  return [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? "") : Number(index),
  );
}

function withAt(tree: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = isList(tree) ? [...tree] : [];
    list[step] = withAt(list[step], rest, value);
    return list;
  }
  const copy: Record<string, unknown> = isRecord(tree) ? { ...tree } : {};
  const inner = withAt(copy[step], rest, value);
  if (inner !== undefined) return { ...copy, [step]: inner };
  return Object.fromEntries(Object.entries(copy).filter(([key]) => key !== step));
}
