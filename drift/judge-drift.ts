import type { PlannedOptions } from "../core/planned-resource";
import { judge, type Finding } from "../policies/engine/judge";
import type { Area } from "../policies/engine/rule";
import { rules } from "../policies/rules";
import { type Difference, difference } from "../preview/compare/difference";
import type { FiledResource } from "../preview/plan-file/read-plan-file";
import { judgeOptions } from "../preview/judge-options";
import { summarise } from "../preview/summary/summary";
import type { Environment } from "../stacks/environment";
import { type Drift, type DriftHarm, harms, judgeChange, worse } from "./judge-change";
import type { Observation, Reading } from "./observation";

/** What drift of a stack is. */
export interface Judged {
  readonly drifts: readonly Drift[];
  /** What it does to the bill, to capacity and to what rules say. */
  readonly difference: Pick<Difference, "cost" | "capacity" | "findings">;
}

/** Judges all that was seen, by the policy configuration of the environment. Worst first. */
export function judgeDrift({ observed }: Reading, environment: Environment, today: string): Judged {
  const ids = new Set(observed.map(({ id }) => id.toLowerCase()));
  const all = observed.filter(({ found }) => found !== "same").flatMap((it) => judgeChange(it, ids));
  const judged = judgeOptions(environment, today);
  const compared = (side: "before" | "after"): Parameters<typeof difference>[0] => {
    const resources = observed.flatMap((it) => filed(it, side) ?? []);
    return {
      resources,
      summary: summarise(resources, environment.location, environment.expectedUse),
      findings: judge(resources, environment.kind, judged),
    };
  };
  const { cost, capacity, findings } = difference(compared("before"), compared("after"));
  const broken = findings.added.filter((it) => it.judged && it.level === "mandatory");
  const drifts = all.map((it) =>
    it.expected ? it : broken.filter((finding) => isAbout(finding, it)).reduce(raised, it),
  );
  const homeless = broken.filter((finding) => !all.some((it) => isAbout(finding, it)));
  return {
    drifts: [...drifts, ...homeless.map((it) => ofRule(it, observed))].sort(inOrder),
    difference: { cost, capacity, findings },
  };
}

function filed(
  { urn, type, name, custom, parent, protect, before, after }: Observation,
  side: "before" | "after",
): FiledResource | undefined {
  const inputs = side === "before" ? before.inputs : after?.inputs;
  const options: PlannedOptions = protect ? { protect } : {};
  return inputs === undefined ? undefined : { urn, type, name, custom, parent, inputs, options };
}

function isAbout({ urn, path }: Finding, drift: Drift): boolean {
  if (urn !== drift.urn) return false;
  // A rule names the place that it looked at, which may lie above what somebody changed, or below.
  const [one, other] = [topOf(path), topOf(drift.path)];
  return one === "" || other === "" || one === other;
}

function topOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? "";
}

function raised(drift: Drift, finding: Finding): Drift {
  return { ...drift, harm: worse(drift.harm, harmOf(finding)), breaks: [...new Set([...drift.breaks, finding.rule])] };
}

/** A rule over the whole stack that breaks, at a place that nobody touched. */
function ofRule(finding: Finding, observed: readonly Observation[]): Drift {
  const at = observed.find(({ urn }) => urn === finding.urn);
  return {
    urn: finding.urn,
    type: at?.type ?? "",
    name: at?.name ?? "",
    id: at?.id ?? "",
    kind: "changed",
    path: finding.path,
    before: null,
    after: null,
    harm: harmOf(finding),
    means: finding.message,
    writer: "what is told here of other resources",
    expected: false,
    up: "undoes it",
    protected: at?.protect ?? false,
    breaks: [finding.rule],
  };
}

const harmOfArea: Readonly<Record<Area, DriftHarm>> = {
  cost: "cost",
  gpu: "capacity",
  cluster: "security",
  network: "security",
  storage: "security",
  identity: "security",
  kubernetes: "security",
  meta: "security",
};

function harmOf({ rule }: Finding): DriftHarm {
  const area = rules.find(({ name }) => name === rule)?.area;
  return area === undefined ? "security" : harmOfArea[area];
}

function inOrder(a: Drift, b: Drift): number {
  return harms.indexOf(a.harm) - harms.indexOf(b.harm) || compare(a.urn, b.urn) || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
