import { copiesOf } from "./copies";
import type { Finding } from "../policies/engine/judge";
import { checkpointLines } from "./checkpoint-lines";
import { costLines } from "./cost-lines";
import { energyBasis } from "./energy-basis";
import { madeByComponent } from "./made-by-component";
import type { Preview } from "./preview";
import { modelLines } from "./model-lines";
import { countText } from "./count-text";
import { numberText } from "./number-text";
import { pipelineLines } from "./pipeline-lines";
import { partsOf } from "../core/urn";
import { storeLines } from "./store-lines";
import type { Summary } from "./summary/summary";
import { table } from "./table";

/** Puts emphasis on a text; without a terminal it returns the text as it is. */
export type Paint = (style: "bold" | "dim" | "red" | "yellow" | "green", text: string) => string;

/** What a person reads: what would be made, what it would cost, what stands against it. One screen or two. */
export function renderText(result: Preview, paint: Paint): string {
  const { plan, environment, file, summary, findings, notes, checkpoints } = result;
  const made = plan.resources.filter((it) => it.custom && it.type !== "pulumi:pulumi:Stack").length;
  const copies = copiesOf(result).map(({ from, to }) => [from, to]);
  const title = (text: string): string => paint("bold", text);
  return [
    `${title(environment.stack)}${environment.stack === environment.kind ? "" : ` (${environment.kind})`} in ${environment.location}, from ${file}: ${made} resources`,
    "",
    ...table(madeByComponent(plan).map(({ component, content }) => [component, content])),
    "",
    ...(environment.bootstrap === null
      ? [
          title("Nodes"),
          ...nodeTable(summary),
          ...infinibandLines(summary),
          ...(summary.models.length === 0 ? [] : ["", title("Models"), ...modelLines(summary.models)]),
          "",
          ...(summary.stores.length === 0 ? [] : [title("Stores"), ...storeLines(summary, environment.infra), ""]),
          ...(checkpoints.length === 0 ? [] : [title("Checkpoints"), ...checkpointLines(checkpoints), ""]),
          title("Quota to have before up"),
          ...quotaLines(summary),
          "",
          title("Limits"),
          ...limitLines(summary, paint),
        ]
      : // It has no machines, and its stores are for no job.
        [title("Pipelines"), ...pipelineLines(environment.bootstrap)]),
    "",
    title("Cost"),
    ...costLines(summary.cost, environment.expectedUse),
    "",
    ...(environment.bootstrap === null ? [title("Energy"), ...energyLines(summary), ""] : []),
    title("Policy"),
    ...findingLines(findings, paint),
    ...(notes.length === 0 ? [] : ["", title("Notes"), ...notes.map((it) => `  ${it}`)]),
    ...(copies.length === 0 ? [] : ["", title("To copy before up"), ...table(copies)]),
    "",
  ].join("\n");
}

function nodeTable({ nodeGroups, infinibandDomains }: Summary): string[] {
  const head = ["name", "kind", "size", "nodes", "GPUs", "InfiniBand", "largest job", "USD/h"];
  const rows = nodeGroups.map((group) => {
    const domain = infinibandDomains.find((it) => it.name === group.infinibandDomain);
    return [
      group.name,
      group.kind,
      group.size.replace("Standard_", ""),
      span(group.minNodes, group.maxNodes) + (group.spareNodes === 0 ? "" : ` (${group.spareNodes} spare)`),
      group.gpus === null ? "?" : numberText(group.gpus),
      domain?.link ?? "-",
      domain === undefined
        ? "-"
        : domain.largestJobGpus === 0
          ? `${domain.largestJobNodes} nodes`
          : `${numberText(domain.largestJobGpus)} GPUs`,
      group.fullUsdPerHour === null ? "?" : span(group.idleUsdPerHour ?? 0, group.fullUsdPerHour),
    ];
  });
  return table([head, ...rows]);
}

function infinibandLines({ gpus, gpuNodes, infinibandDomains, largestJob }: Summary): string[] {
  const fabric =
    largestJob === null
      ? "no InfiniBand"
      : `${countText(infinibandDomains.length, "InfiniBand domain")}, largest job ${largestJob.gpus === 0 ? "" : `${numberText(largestJob.gpus)} GPUs on `}${countText(largestJob.nodes, "node")} (${largestJob.domain})`;
  return [`  In all ${numberText(gpus)} GPUs on ${countText(gpuNodes, "node")}; ${fabric}`];
}

function quotaLines({ quota, regionalVcpus, location }: Summary): string[] {
  const rows = quota.map(({ family, vcpus, region }) => [
    family ?? "a family without a sourced name",
    region,
    `${numberText(vcpus)} vCPUs`,
  ]);
  return table([...rows, ["all families together", location, `${numberText(regionalVcpus)} vCPUs`]]);
}

function limitLines({ limits }: Summary, paint: Paint): string[] {
  const tight = limits.filter((it) => it.state !== "ok");
  if (tight.length === 0) return [`  ${limits.length} checked, none nearer than 80 %`];
  return tight.map(({ what, used, limit, state }) =>
    paint(state === "over" ? "red" : "yellow", `  ${state}: ${what}: ${numberText(used)} of ${numberText(limit)}`),
  );
}

function energyLines({ energy }: Summary): string[] {
  const carbon = energy.fullKgCo2PerHour === null ? "" : `, ${numberText(energy.fullKgCo2PerHour)} kg CO2 an hour`;
  return [
    `  ${span(energy.idleKW, energy.fullKW)} kW, ${numberText(energy.fullKWhPerMonth)} kWh a month at full load${carbon}`,
    `  ${energyBasis(energy)}`,
  ];
}

function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const mandatory = findings.filter((it) => it.level === "mandatory").length;
  const list = findings.map(({ level, rule, urn, message }) => {
    const { types, name } = partsOf(urn);
    return paint(
      level === "mandatory" ? "red" : level === "excepted" ? "dim" : "yellow",
      `  ${level} ${rule} on ${types} ${name}\n    ${message}`,
    );
  });
  const verdict =
    mandatory > 0
      ? paint("red", `  ${countText(mandatory, "mandatory finding")}: up would be refused`)
      : paint("green", `  no mandatory finding`);
  return [...list, verdict];
}

function span(low: number, high: number): string {
  return low === high ? numberText(high) : `${numberText(low)} to ${numberText(high)}`;
}
