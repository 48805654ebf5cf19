import { countText } from "../preview/count-text";
import { code, escaped } from "../preview/markdown-text";
import { besideLine, besideNotes, unmanagedFactsOf, unmanagedLine } from "./render-unmanaged";
import { byHarm, type DriftReport, exitCodeOf, type GroupsReport, isHarm, type StackReport } from "./report";
import { reportMarker } from "./report-marker";
import { billLine, changeLine, titleOf, unchangedLine, unreadLines, upLine, whoLine } from "./render-text";

/** Changes that are told of one kind of harm. */
const most = 40;
/** An issue of GitHub takes 65,536 characters, and one of Azure DevOps more. Source: https://github.com/orgs/community/discussions/27190 */
const longest = 60_000;

/** A report for an issue, of which there is one for each environment: the first line is by what `npm run issue` finds it. */
export function renderMarkdown(report: DriftReport): string {
  const { beside, stacks } = report;
  const harm = [...stacks.flatMap(({ drifts }) => drifts), ...beside.unmanaged].filter(isHarm).length;
  const whole = [
    reportMarker(report.environment, exitCodeOf(report)),
    `## Drift of ${escaped(report.environment)}: ${harm === 0 ? "no harm" : countText(harm, "harmful change")}`,
    ...stacks.map(ofStack),
    ...(beside.groups.length === 0 ? [] : [besideStacks(beside)]),
    "",
  ].join("\n\n");
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, whole.lastIndexOf("\n", longest))}\n\nCut off here: the report with all of it is \`npm run drift -- ENVIRONMENT\`.\n`;
}

function ofStack(it: StackReport): string {
  const parts = [
    `### Stack ${escaped(it.stack)}\n\n${countText(it.read, "resource")} looked at${it.since === null ? "" : `, last update ${it.since}`}. Nothing was changed.`,
    ...(it.drifts.length === 0 ? [`${unchangedLine(it)}.`] : []),
    ...byHarm(it.drifts).map(([harm, drifts]) =>
      [
        `**${titleOf(harm)}** (${drifts.length})`,
        "",
        ...drifts.slice(0, most).map((drift) => {
          const breaks = drift.breaks.length === 0 ? "" : ` Breaks ${drift.breaks.join(", ")}.`;
          return `- ${escaped(changeLine(drift))}\n  ${escaped(`${drift.means}.${breaks} Who: ${whoLine(drift)}. ${upLine(drift)}.`)}`;
        }),
        ...(drifts.length > most ? [`- and ${drifts.length - most} more`] : []),
      ].join("\n"),
    ),
    ...(billLine(it) === "" ? [] : [escaped(billLine(it))]),
    ...(it.unread.length === 0
      ? []
      : [
          unreadLines(it)
            .map((line) => escaped(line.trim()))
            .join("\n\n"),
        ]),
    ...(it.asked.answered ? [] : [escaped(`Who did it could not be asked: ${it.asked.because}`)]),
    ...(it.drifts.length === 0
      ? []
      : [
          `Undo: \`pulumi up --refresh -s ${it.stack.replace(/[^\w./-]/g, "_")}\`. Keep: write it into the stack file, then the same. A plain \`up\` sees none of it.`,
        ]),
  ];
  return parts.join("\n\n");
}

/** What lies in the groups and in no stack. */
function besideStacks(it: GroupsReport): string {
  const groups = byHarm(it.unmanaged).map(([harm, all]) =>
    [
      `**${titleOf(harm)}** (${all.length})`,
      "",
      ...all
        .slice(0, most)
        .map(
          (one) =>
            `- ${escaped(unmanagedLine(one))}\n  ${escaped(`${unmanagedFactsOf(one).join(". ")}.`)}\n  ${code(one.id)}`,
        ),
      ...(all.length > most ? [`- and ${all.length - most} more`] : []),
    ].join("\n"),
  );
  return ["### In no stack", escaped(`${besideLine(it)}.`), ...groups, ...besideNotes(it).map(escaped)].join("\n\n");
}
