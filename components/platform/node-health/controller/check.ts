import type { Section } from "./log-sections";
import { writeBandwidth } from "./tool-output";

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  /** Null where nothing was measured. */
  readonly measured: number | null;
  readonly bound: "exactly" | "at least" | "at most";
  readonly limit: number;
  readonly unit: string;
  /** Null: there is no evidence, neither for it nor against it. */
  readonly ok: boolean | null;
  /** What stands behind it, for the person who reads the event. Empty when all is well. */
  readonly detail: string;
}

/** What a check measured: a number, or undefined for no evidence, and what to say of it. */
interface Finding {
  readonly measured: number | undefined;
  readonly detail?: string | undefined;
}

/** Parts of a log, by name. */
export type Sections = ReadonlyMap<string, Section>;

/** What a value is compared with. */
export type Rule = Pick<Check, "name" | "bound" | "limit" | "unit">;

/** What must not be undercut. */
export function atLeast(name: string, limit: number, unit: string): Rule {
  return { name, bound: "at least", limit, unit };
}

/** Compares what a part of the log shows with what it should. */
export function judge(
  sections: Sections,
  part: string,
  rule: Rule,
  find: (lines: readonly string[]) => Finding,
): Check {
  const section = sections.get(part);
  if (section === undefined) return withoutEvidence(rule, `the log has no part '${part}'`);
  const { lines, exitCode } = section;
  if (exitCode === null) return withoutEvidence(rule, `the log ends within '${part}'`);
  // The tool is not there, or may not run: that says nothing of the node.
  if (exitCode === 126 || exitCode === 127)
    return withoutEvidence(rule, `'${part}' could not run: ${lines.at(-1) ?? ""}`);
  if (exitCode !== 0)
    return { ...rule, measured: null, ok: false, detail: `'${part}' ended with ${exitCode}: ${lines.at(-1) ?? ""}` };
  const { measured, detail = "" } = find(lines);
  if (measured === undefined) return withoutEvidence(rule, `'${part}' shows no result`);
  const ok = {
    exactly: measured === rule.limit,
    "at least": measured >= rule.limit,
    "at most": measured <= rule.limit,
  }[rule.bound];
  return { ...rule, measured, ok, detail: ok ? "" : detail };
}

/** A check that no tool has shown anything for. */
export function withoutEvidence(rule: Rule, detail: string): Check {
  return { ...rule, measured: null, ok: null, detail };
}

/** Of several runs the one that decides: a bad one, then one without evidence, then the slowest. */
export function worst(checks: readonly Check[]): Check | undefined {
  const rank = ({ ok }: Check): number => (ok === false ? 0 : ok === null ? 1 : 2);
  return [...checks].sort((a, b) => rank(a) - rank(b) || (a.measured ?? 0) - (b.measured ?? 0))[0];
}

/** A check in a sentence, for those who read why a node did not pass. */
export function reasonOf({ name, measured, bound, limit, unit, ok, detail }: Check): string {
  const what = measured === null ? "" : ` ${measured}, must be ${bound} ${limit} ${unit}`;
  const more = detail === "" ? "" : `${what === "" ? " " : " ("}${detail}${what === "" ? "" : ")"}`;
  return `${name}:${ok === null ? " no evidence," : ""}${what}${more}`;
}

/** One of several things of a node that are measured alike, a part of the log each. */
export interface Kind {
  /** Beginning of the names of the parts; that of the thing follows. */
  readonly beginning: string;
  /** How many there are. */
  readonly count: number;
  /** What they are, for a sentence, in the plural. */
  readonly what: string;
  readonly measure: (lines: readonly string[]) => number | undefined;
}

/** Measures all of a kind. The slowest one counts, and each of them must have been measured. */
export function slowest(sections: Sections, { beginning, count, what, measure }: Kind, rule: Rule): Check {
  const runs = [...sections].filter(([name]) => name.startsWith(beginning));
  const each = runs.map(([name]) =>
    judge(sections, name, rule, (lines) => ({ measured: measure(lines), detail: name.slice(beginning.length) })),
  );
  const all =
    each.length < count ? [...each, withoutEvidence(rule, `${each.length} of ${count} ${what} were measured`)] : each;
  return worst(all) ?? withoutEvidence(rule, `none of the ${what} was measured`);
}

/** RDMA writes of each adapter of a node. */
export function slowestWrite(sections: Sections, beginning: string, rule: Rule, hcas: number): Check {
  return slowest(sections, { beginning, count: hcas, what: "adapters", measure: writeBandwidth }, rule);
}
