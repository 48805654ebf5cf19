import { commandText } from "../core/command-text";
import type { Paint } from "../preview/render-text";
import { type AzureCommands, azureCommands } from "../replacement/azure-commands";
import type { HeldBack, PlannedReplacement, ReplacementPlan } from "../replacement/plan-replacement";
import type { ReplacementFacts } from "../replacement/replacement-facts";
import type { ReplacementRecord } from "../replacement/replacement-record";
import type { ReplacementResult } from "../replacement/run-replacement";
import { markdownTable } from "./markdown-table";

type Names = Pick<ReplacementFacts, "resourceGroupName" | "clusterName">;

const colours: Readonly<Record<ReplacementResult["outcome"], Parameters<Paint>[0]>> = {
  replaced: "green",
  "held back": "yellow",
  failed: "red",
  stopped: "yellow",
};

/** What a person reads before anything is done. */
export function renderPlan(environment: string, plan: ReplacementPlan, names: Names, paint: Paint): string {
  const { replace, heldBack } = plan;
  if (replace.length + heldBack.length === 0) return `${environment}: no GPU node has failed its checks.\n`;
  const blocks = replace.flatMap((planned) => {
    const { machine, agentPool } = planned;
    const { physicalHost, reasons } = toldOf(planned);
    return [
      `  ${machine.name}, pool ${machine.pool}: ${reasons.map(plain).join("; ")}`,
      `    physical host: ${plain(physicalHost ?? "not known")}`,
      "    is cordoned and emptied, as disruption budgets allow; then:",
      ...commandsOf(azureCommands(machine, agentPool, names)).map((it) => `    ${it}`),
      ...(agentPool.count === null ? ["    its autoscaler brings another node when pods wait"] : []),
    ];
  });
  return [
    ...(replace.length === 0 ? [] : [paint("bold", `${environment}: would be replaced`), ...blocks, ""]),
    ...heldBackLines(environment, heldBack, paint),
    replace.length === 0 ? "Nothing would be done." : "Nothing was touched: --yes does it.",
    "",
  ].join("\n");
}

/** What a person reads afterwards. */
export function renderResults(
  environment: string,
  results: readonly ReplacementResult[],
  { heldBack }: ReplacementPlan,
  paint: Paint,
): string {
  if (results.length + heldBack.length === 0) return `${environment}: no GPU node has failed its checks.\n`;
  const lines = results.flatMap(({ node, pool, physicalHost, outcome, words }) => [
    `  ${node}, pool ${pool}: ${paint(colours[outcome], outcome)}: ${plain(words)}`,
    ...(outcome === "replaced" ? [`    physical host: ${plain(physicalHost ?? "not known")}`] : []),
  ]);
  return [
    ...(lines.length === 0 ? [] : [paint("bold", `${environment}: replacements`), ...lines, ""]),
    ...heldBackLines(environment, heldBack, paint),
  ].join("\n");
}

/** The record as a table that can be put into a request to Azure's support. */
export function renderHistory(environment: string, record: ReplacementRecord): string {
  const machines = Object.values(record)
    .flat()
    .sort((a, b) => a.at.localeCompare(b.at));
  if (machines.length === 0) return `${environment}: no machine was replaced.\n`;
  const cell = (it: string): string => plain(it).replaceAll("|", "\\|");
  const rows = machines.map(({ physicalHost, node, reasons, at, failed }) => [
    ...[physicalHost ?? "not known", node, reasons.join("; ")].map(cell),
    failed === undefined ? at : cell(`${at}, not deleted: ${failed}`),
  ]);
  return `${markdownTable(["Physical host", "Node", "Reasons", "When"], rows)}\n`;
}

/** The same for machines. */
export function planJson({ replace, heldBack }: ReplacementPlan, names: Names): object {
  const told = replace.map((it) => {
    const commands = commandsOf(azureCommands(it.machine, it.agentPool, names));
    return { node: it.machine.name, pool: it.machine.pool, nodePool: it.agentPool.name, ...toldOf(it), commands };
  });
  return { dryRun: true, replace: told, heldBack };
}

/** The same for machines. */
export function resultsJson(results: readonly ReplacementResult[], { heldBack }: ReplacementPlan): object {
  return { dryRun: false, results, heldBack };
}

/** The same for machines. */
export function historyJson(record: ReplacementRecord): object {
  return { replacements: record };
}

function heldBackLines(environment: string, heldBack: readonly HeldBack[], paint: Paint): string[] {
  if (heldBack.length === 0) return [];
  const lines = heldBack.map(({ node, pool, why }) => `  ${node}, pool ${pool}: ${plain(why)}`);
  return [paint("bold", `${environment}: held back`), ...lines, ""];
}

function toldOf({ machine }: PlannedReplacement): {
  readonly physicalHost: string | null;
  readonly reasons: readonly string[];
} {
  return { physicalHost: machine.report?.physicalHost ?? null, reasons: machine.report?.reasons ?? [] };
}

function commandsOf({ show, delete: remove, scale }: AzureCommands): string[] {
  return [show, remove, ...(scale === null ? [] : [scale])].map(commandText);
}

/** What tools of a node and other programs wrote must not command a terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}
