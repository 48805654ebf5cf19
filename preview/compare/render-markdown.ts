import type { Finding } from "../../policies/engine/judge";
import { partsOf } from "../../core/urn";
import { countText } from "../count-text";
import { code, escaped, rows } from "../markdown-text";
import { numberText } from "../number-text";
import { type Change, type Difference, isNone, type LineChange, type UnpricedThing } from "./difference";
import type { ChangedResource, NamedResource, ReplacedResource } from "./resource-changes";

/** Names that are listed of one type: a long list hides what matters. */
const mostNames = 8;
/** Lines of the bill that are listed. */
const mostLines = 30;

/** A difference as Markdown, for a pull request. The same difference gives the same text. */
export function renderMarkdown(title: string, difference: Difference): string {
  if (isNone(difference)) return `${escaped(title)}: nothing changes.\n`;
  const { cost, energy, capacity, quota, resources, findings } = difference;
  const parts = [
    [`### ${escaped(title)}`],
    warnings(difference),
    [
      ...rows(
        ["USD a month", "before", "after", "change"],
        [
          ["with the fewest nodes", ...money(cost, (it) => it.idleUsdPerMonth)],
          ["with the most", ...money(cost, (it) => it.fullUsdPerMonth)],
        ],
      ),
    ],
    unpricedList("Without a price here, so in none of these figures", cost.unpriced.added),
    unpricedList("No longer there, and never in these figures", cost.unpriced.gone),
    figures(energy, capacity),
    lineTable(cost.lines),
    quota.length === 0
      ? []
      : rows(
          ["quota, vCPUs", "region", "before", "after"],
          quota.map(({ family, region, before, after }) => [family, region, numberText(before), numberText(after)]),
        ),
    byType("Added", resources.added),
    byType("Removed", resources.removed),
    changedList(resources.changed),
    findingList("New findings", findings.added),
    findingList("Findings that go", findings.gone),
  ];
  return `${parts
    .filter((it) => it.length > 0)
    .map((it) => it.join("\n"))
    .join("\n\n")}\n`;
}

/** What loses data, fails or takes something away: before anything else. */
function warnings({ resources: { replaced, removed, changed } }: Difference): string[] {
  const lost = removed.filter((it) => it.data || it.protected);
  const refused = changed.filter((it) => it.refused.length > 0);
  const ignored = changed.filter((it) => it.ignored.length > 0);
  const lines = [
    ...replaced.map(
      (it) => `**replaced**${marks(it)}: ${label(it)}, because of ${it.because.map(code).join(", ")}${consequence(it)}`,
    ),
    ...lost.map((it) => `**removed**${marks(it)}: ${label(it)}${consequence(it)}`),
    ...refused.map((it) => `**refused by Azure**: ${label(it)} cannot change ${it.refused.map(code).join(", ")}`),
    ...ignored.map((it) => `**without effect on what runs**: ${label(it)} changes ${it.ignored.map(code).join(", ")}`),
  ];
  if (lines.length === 0) return [];
  const severe = [...replaced, ...lost].some((it) => it.data || it.protected) || refused.length > 0;
  return [severe ? "> [!CAUTION]" : "> [!WARNING]", ...lines.map((it) => `> - ${it}`)];
}

function marks({ data, protected: kept }: NamedResource): string {
  const said = [...(data ? ["DATA"] : []), ...(kept ? ["PROTECTED"] : [])];
  return said.length === 0 ? "" : ` **(${said.join(", ")})**`;
}

function consequence({ data, protected: kept }: NamedResource): string {
  if (kept) return ". It is protected: `up` stops there";
  return data ? ". What it holds is lost" : "";
}

function money(
  { before, after }: Difference["cost"],
  pick: (it: Difference["cost"]["before"]) => number,
): readonly string[] {
  return [
    numberText(Math.round(pick(before))),
    numberText(Math.round(pick(after))),
    signed(pick(after) - pick(before)),
  ];
}

function figures(energy: Difference["energy"], capacity: Difference["capacity"]): string[] {
  const one = (what: string, { before, after }: Change<number>): string[] =>
    before === after ? [] : [`- ${what}: ${numberText(before)} before, ${numberText(after)} after`];
  const of = <T>({ before, after }: Change<T>, pick: (it: T) => number): Change<number> => ({
    before: pick(before),
    after: pick(after),
  });
  return [
    ...one(
      "GPUs",
      of(capacity, (it) => it.gpus),
    ),
    ...one(
      "GPU nodes",
      of(capacity, (it) => it.gpuNodes),
    ),
    ...one(
      "InfiniBand domains",
      of(capacity, (it) => it.infinibandDomains),
    ),
    ...one(
      "GPUs of the largest job",
      of(capacity, (it) => it.largestJobGpus),
    ),
    ...one(
      "kW at full load",
      of(energy, (it) => it.fullKW),
    ),
    ...one(
      "kWh a month at full load",
      of(energy, (it) => it.fullKWhPerMonth),
    ),
  ];
}

function lineTable(lines: readonly LineChange[]): string[] {
  if (lines.length === 0) return [];
  const change = ({ before, after }: LineChange, idle: boolean): string => {
    const of = (it: LineChange["before"]): number => (it === null ? 0 : idle ? it.idleUsdPerMonth : it.fullUsdPerMonth);
    return signed(of(after) - of(before));
  };
  const table = rows(
    ["bill", "resource", "what", "idle month", "full month"],
    lines.slice(0, mostLines).map((it) => [it.kind, it.resource, it.what, change(it, true), change(it, false)]),
  );
  return lines.length > mostLines ? [...table, "", `and ${lines.length - mostLines} more lines`] : table;
}

function unpricedList(what: string, all: readonly UnpricedThing[]): string[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, mostLines);
  return [
    `**${what}**: ${all.length}`,
    "",
    ...shown.map((it) => `- ${code(it.resource)}: ${escaped(it.what)} (${escaped(it.because)})`),
    ...(all.length > shown.length ? [`- and ${all.length - shown.length} more`] : []),
  ];
}

function byType(what: string, all: readonly NamedResource[]): string[] {
  if (all.length === 0) return [];
  const names = new Map<string, string[]>();
  for (const { type, name } of all) names.set(type, [...(names.get(type) ?? []), name]);
  return [
    `**${what}**: ${countText(all.length, "resource")}`,
    "",
    ...[...names].map(([type, own]) => `- ${code(type)}: ${listed(own.map(code))}`),
  ];
}

function changedList(changed: readonly ChangedResource[]): string[] {
  if (changed.length === 0) return [];
  return [
    `**Changed**: ${countText(changed.length, "resource")}`,
    "",
    ...changed.map((it) => `- ${label(it)}: ${listed(it.paths.map(code))}`),
  ];
}

function findingList(what: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  return [
    `**${what}**: ${findings.length}`,
    "",
    ...findings.map(
      ({ level, rule, urn, message }) => `- ${level} ${code(rule)} on ${code(partsOf(urn).name)}: ${escaped(message)}`,
    ),
  ];
}

function label({ type, name }: NamedResource | ReplacedResource): string {
  return `${code(type.split(":").at(-1) ?? type)} ${code(name)}`;
}

function listed(all: readonly string[]): string {
  const shown = all.slice(0, mostNames).join(", ");
  return all.length > mostNames ? `${shown} and ${all.length - mostNames} more` : shown;
}

function signed(usd: number): string {
  const rounded = Math.round(usd);
  return rounded > 0 ? `+${numberText(rounded)}` : numberText(rounded);
}
