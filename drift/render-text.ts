import { spokenName } from "../core/urn";
import { countText } from "../preview/count-text";
import { numberText } from "../preview/number-text";
import type { Drift } from "./judge-change";
import { besideLine, besideNotes, unmanagedFactsOf, unmanagedLine } from "./render-unmanaged";
import { byHarm, type DriftReport, type GroupsReport, type StackReport, type ToldDrift } from "./report";

const titles = {
  security: "Security",
  capacity: "Capacity",
  cost: "Cost",
  unjudged: "Nobody has judged this, so it counts as harm",
  harmless: "Harmless",
} as const;

/** Reasons that are told why something could not be looked at. */
const mostReasons = 5;

/** A report for a terminal. */
export function renderText(report: DriftReport): string {
  return [...report.stacks.map(ofStack), ...(report.beside.groups.length === 0 ? [] : [beside(report.beside)])].join(
    "\n",
  );
}

/** The heading of a kind of harm. */
export function titleOf(harm: Drift["harm"]): string {
  return titles[harm];
}

/** What happened, in a line. */
export function changeLine({ urn, kind, path, before, after }: Drift): string {
  if (kind === "gone") return `${spokenName(urn)} is gone`;
  const values = before === null && after === null ? "" : `: ${before ?? "nothing"} -> ${after ?? "nothing"}`;
  return `${spokenName(urn)} ${path}${values}`;
}

/** Who it was, as the Activity Log says or as may be. */
export function whoLine({ acts, writer }: ToldDrift): string {
  if (acts.length === 0) return `maybe ${writer}`;
  return acts.map(({ when, operation, caller }) => `${caller ?? "somebody"}, ${when}, ${operation}`).join("; ");
}

/** What the next up that refreshes does, in a line. */
export function upLine({ up, protected: kept }: Drift): string {
  if (up === "replaces the resource" && kept)
    return "pulumi up --refresh would replace the resource, which is protected: it stops there";
  if (up === "is refused")
    return "pulumi up --refresh would ask for what was, and Azure refuses a step back: write what is into the stack file";
  // Source: https://github.com/pulumi/pulumi-kubernetes/pull/2260
  if (up === "undoes it by force")
    return "PULUMI_K8S_ENABLE_PATCH_FORCE=true pulumi up --refresh undoes it; without the variable it stops at what another took over";
  return `pulumi up --refresh ${up}`;
}

/** What it does to the bill of a month, empty where it does nothing. */
export function billLine({ difference: { cost } }: StackReport): string {
  const idle = Math.round(cost.after.idleUsdPerMonth - cost.before.idleUsdPerMonth);
  const full = Math.round(cost.after.fullUsdPerMonth - cost.before.fullUsdPerMonth);
  if (idle === 0 && full === 0) return "";
  const sign = (usd: number): string => `${usd > 0 ? "+" : ""}${numberText(usd)}`;
  return `USD a month by list prices: ${sign(idle)} with the fewest nodes, ${sign(full)} with the most`;
}

function ofStack(it: StackReport): string {
  const groups = byHarm(it.drifts).flatMap(([harm, drifts]) => [
    "",
    `${titleOf(harm)} (${drifts.length})`,
    ...drifts.flatMap((drift) => [
      `  ${changeLine(drift)}`,
      `    ${drift.means}${drift.breaks.length === 0 ? "" : `; breaks ${drift.breaks.join(", ")}`}`,
      `    who: ${whoLine(drift)}`,
      `    ${upLine(drift)}`,
    ]),
  ]);
  const lines = [
    `${it.stack}: ${countText(it.read, "resource")} looked at${it.since === null ? "" : `, last update ${it.since}`}; nothing was changed`,
    ...(it.drifts.length === 0 ? [`  ${unchangedLine(it)}`] : groups),
    ...(billLine(it) === "" ? [] : ["", billLine(it)]),
    ...unreadLines(it).map((line, at) => (at === 0 ? `\n${line}` : line)),
    ...(it.asked.answered ? [] : ["", `Who did it could not be asked: ${it.asked.because}`]),
    ...(it.drifts.length === 0
      ? []
      : [
          "",
          `Undo: pulumi up --refresh -s ${it.stack}. Keep: write it into the stack file, then the same. Plain up sees none of it.`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What lies in the groups and in no stack. */
function beside(it: GroupsReport): string {
  const groups = byHarm(it.unmanaged).flatMap(([harm, all]) => [
    "",
    `${titleOf(harm)} (${all.length})`,
    ...all.flatMap((one) => [
      `  ${unmanagedLine(one)}`,
      ...[...unmanagedFactsOf(one), one.id].map((line) => `    ${line}`),
    ]),
  ]);
  const notes = besideNotes(it).flatMap((line) => ["", line]);
  return `${[besideLine(it), ...groups, ...notes].join("\n")}\n`;
}

/** What is said where nothing changed. */
export function unchangedLine({ unread }: StackReport): string {
  return `${unread.length === 0 ? "All" : "What was looked at"} is as the last update left it`;
}

/** What could not be looked at, with why: each reason once. */
export function unreadLines({ unread }: StackReport): string[] {
  if (unread.length === 0) return [];
  const reasons = [...new Set(unread.map(({ because }) => because))].map((because) => {
    const [first, ...more] = unread.filter((it) => it.because === because);
    const whose = `${spokenName(first?.urn ?? "")}${more.length === 0 ? "" : ` and ${more.length} more`}`;
    return `  ${whose}: ${because}`;
  });
  return [
    `Incomplete: ${countText(unread.length, "resource")} could not be looked at`,
    ...reasons.slice(0, mostReasons),
    ...(reasons.length > mostReasons ? [`  and ${countText(reasons.length - mostReasons, "more reason")}`] : []),
  ];
}
