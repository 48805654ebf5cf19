import { partsOf, spokenName } from "../../core/urn";
import { countText } from "../../preview/count-text";
import { code, escaped, link, rows } from "../../preview/markdown-text";
import { numberText } from "../../preview/number-text";
import { destructiveSteps } from "../destructive-steps";
import { lockText } from "../lock-text";
import type { PlanFinding, PlanStep, SavedPlan, VersionMove } from "../saved-plan";

/** By what the next run finds its own comment again. */
export const commentMarker = "<!-- azure-gpu-cluster plan -->";

/** GitHub takes 65,536 characters, the least of the three. Source: https://github.com/orgs/community/discussions/27190 */
const longest = 60_000;
/** Steps and findings that are listed of one plan. */
const most = 50;

/**
 * Plans as one comment on a pull request. Whatever a name or a message says is text: it calls nobody, links nowhere and closes nothing.
 * @param expected Stacks that must have a plan; one without is told, so that a leg that failed does not look like one that was fine
 */
export function renderComment(plans: readonly SavedPlan[], expected: readonly string[], run: string | null): string {
  const missing = expected.filter((stack) => !plans.some((it) => it.stack === stack));
  const parts = [
    commentMarker,
    ...missing.map(
      (it) => `### ${escaped(it)}: no plan\n\n> [!CAUTION]\n> It could not be planned. The log of its job says why.`,
    ),
    ...plans.map(ofPlan),
    ...(run === null ? [] : [`Made by ${link(run)}`]),
  ];
  const whole = `${parts.join("\n\n")}\n`;
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, whole.lastIndexOf("\n", longest))}\n\nCut off here: the saved plans have all of it.\n`;
}

function ofPlan(plan: SavedPlan): string {
  const { stack, commit, dirty, steps, findings, versions, bill, quota, hash } = plan;
  const forbidden = findings.filter(({ level }) => level === "mandatory").length;
  const lost = destructiveSteps(steps);
  const replaced = steps.filter(({ op }) => op === "replace");
  const gone = steps.filter(({ op }) => op === "delete");
  const severe = [
    ...(forbidden > 0 ? [`**forbidden** by ${countText(forbidden, "mandatory finding")}: it cannot be applied`] : []),
    ...lost.map((it) => `**takes away data or a cluster**: ${stepText(it)}`),
    ...(dirty ? ["**made of files that are in no commit**"] : []),
  ];
  const others = (all: readonly PlanStep[]): readonly PlanStep[] => all.filter((it) => !lost.includes(it));
  const blocks = [
    [`### ${escaped(stack)}: ${steps.length === 0 ? "nothing changes" : countText(steps.length, "step")}`],
    severe.length === 0 ? [] : ["> [!CAUTION]", ...severe.map((it) => `> - ${it}`)],
    bill === null
      ? ["Bill: not known, the policies ended the preview."]
      : rows(
          ["USD a month", "before", "after", "change"],
          (
            [
              ["with the fewest nodes", "idleUsdPerMonth"],
              ["with the most", "fullUsdPerMonth"],
            ] as const
          ).map(([what, key]) => [
            what,
            usd(bill.before[key]),
            usd(bill.after[key]),
            change(bill.after[key] - bill.before[key]),
          ]),
        ),
    quota.length === 0
      ? []
      : rows(
          ["quota, vCPUs", "region", "before", "after"],
          quota.map((it) => [it.family, it.region, numberText(it.before), numberText(it.after)]),
        ),
    [`Lock of versions: ${escaped(lockText(versions))}`],
    listed("Versions that move", versions.moves.map(moveText)),
    listed("Replaced", others(replaced).map(stepText)),
    listed("Deleted", others(gone).map(stepText)),
    listed("Policies", findings.map(findingText)),
    steps.length === 0
      ? []
      : ["<details><summary>All steps</summary>", "", ...cut(steps.map(stepText)), "", "</details>"],
    [`Plan ${code(hash)} of commit ${code(commit)}`],
  ];
  return blocks
    .filter((it) => it.length > 0)
    .map((it) => it.join("\n"))
    .join("\n\n");
}

function listed(what: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : [`**${what}** (${all.length})`, "", ...cut(all)];
}

function cut(all: readonly string[]): string[] {
  return [
    ...all.slice(0, most).map((it) => `- ${it}`),
    ...(all.length > most ? [`- and ${all.length - most} more`] : []),
  ];
}

function stepText({ op, urn, changed }: PlanStep): string {
  const { type, name } = partsOf(urn);
  const paths = changed.length === 0 ? "" : `: ${changed.slice(0, 8).map(code).join(", ")}`;
  return `${escaped(op)} ${code(type.split(":").at(-1) ?? type)} ${code(name)}${paths}${changed.length > 8 ? ` and ${changed.length - 8} more` : ""}`;
}

function moveText({ urn, path, before, after }: VersionMove): string {
  const side = (it: string | null): string => (it === null ? "none" : code(it));
  return `${code(spokenName(urn))} ${code(path)}: ${side(before)} -> ${side(after)}`;
}

function findingText({ level, rule, urn, message }: PlanFinding): string {
  return `${escaped(level)} ${code(rule)}${urn === "" ? "" : ` on ${code(partsOf(urn).name)}`}: ${escaped(message.slice(0, 600))}`;
}

function usd(value: number): string {
  return numberText(Math.round(value));
}

function change(value: number): string {
  return `${Math.round(value) > 0 ? "+" : ""}${usd(value)}`;
}
