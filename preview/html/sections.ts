import { copiesOf } from "../copies";
import { spokenName } from "../../core/urn";
import { checkpointAssumptions } from "../checkpoint-assumptions";
import { countText } from "../count-text";
import { energyBasis } from "../energy-basis";
import { madeByComponent } from "../made-by-component";
import { modelAssumptions } from "../model-assumptions";
import { numberText } from "../number-text";
import type { Preview } from "../preview";
import { bar } from "./bar";
import { lossesOf } from "./losses";
import { html, type Markup } from "./markup";
import { percentText } from "../percent-text";
import type { Site } from "./site";
import { table } from "./table";

/** A part of the page below the drawing. */
export interface Section {
  /** What links to it name. */
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/** Everything that is told in words and tables, in the order of the page; what there is nothing to say of is left out. */
export function sections(preview: Preview, site: Site, cost: Markup): Section[] {
  const { made } = site;
  const { findings, notes, checkpoints } = preview;
  const copies = copiesOf(preview);
  const models = [...new Set([preview, made])].flatMap(({ summary }) => summary.models);
  return [
    { id: "losses", title: "What fails together", content: losses(site) },
    { id: "cost", title: "Cost", content: cost },
    ...(models.length === 0 ? [] : [{ id: "models", title: "Models", content: modelTable(models) }]),
    ...(checkpoints.length === 0
      ? []
      : [{ id: "checkpoints", title: "Checkpoints", content: checkpointTable(checkpoints) }]),
    { id: "energy", title: "Energy and carbon", content: energy(made.summary) },
    { id: "quota", title: "Quota to have before up", content: quota(made.summary) },
    { id: "limits", title: "Limits of Azure", content: limits(made.summary) },
    { id: "policy", title: "Policy", content: policy(findings) },
    ...(notes.length === 0
      ? []
      : [
          {
            id: "notes",
            title: "Notes",
            content: html`<ul>
              ${notes.map((it) => html`<li>${it}</li> `)}
            </ul>`,
          },
        ]),
    ...(copies.length === 0
      ? []
      : [
          {
            id: "copies",
            title: "To copy before up",
            content: table(
              "Charts and images",
              { From: "text", To: "text" },
              copies.map(({ from, to }) => [from, to]),
            ),
          },
        ]),
    { id: "resources", title: "Resources", content: resources(preview) },
  ];
}

type Summary = Preview["summary"];

function losses(site: Site): Markup {
  const rows = lossesOf(site).map(({ fails, nodes, gpus, stops, goesOn }) => {
    const share = site.gpus === 0 ? 0 : gpus / site.gpus;
    const shares = gpus === 0 ? ["", "", ""] : [numberText(gpus), percentText(share), bar(share)];
    return [fails, ...shares, nodes === 0 ? "" : numberText(nodes), stops, goesOn];
  });
  return table(
    "From the smallest to all of it, at most",
    {
      Fails: "text",
      GPUs: "number",
      "Of all": "number",
      Share: "bar",
      Nodes: "number",
      "Then stops": "text",
      "Goes on": "text",
    },
    rows,
  );
}

function modelTable(models: Summary["models"]): Markup {
  const rows = models.map((it) => {
    const [least, most] = it.replicas;
    const servers = least === most ? numberText(most) : `${numberText(least)} to ${numberText(most)}`;
    return [
      `${it.namespace}/${it.name}`,
      it.address,
      servers,
      `${numberText(it.gpusPerReplica)} of ${it.pool}`,
      numberText(it.requestsAtOnce),
      numberText(it.contextTokens),
      numberText(it.tokensPerSecond),
      it.usdPerMillionTokens === null ? "no price" : numberText(it.usdPerMillionTokens),
    ];
  });
  const [first] = models;
  return html`${table(
    "What is served, and what one server of it does",
    {
      Model: "text",
      "Answers at": "text",
      Servers: "number",
      "GPUs each": "text",
      "Requests at once": "number",
      "Tokens of one": "number",
      "Tokens/s": "number",
      "USD a million": "number",
    },
    rows,
  )}
  ${first === undefined ? "" : html`<p class="small">${modelAssumptions(first)}</p>`}`;
}

function checkpointTable(checkpoints: Preview["checkpoints"]): Markup {
  const rows = checkpoints.map(({ namespace, gpus, hoursBetweenInterruptions, checkpointGiB, assumed, saving }) => [
    namespace,
    numberText(gpus),
    numberText(hoursBetweenInterruptions),
    `${numberText(checkpointGiB)}${assumed ? "*" : ""}`,
    saving === null ? "measure it" : numberText(saving.saveSeconds),
    saving === null ? "-" : numberText(saving.intervalMinutes),
    saving === null ? "-" : `${numberText(saving.lostPercent.usual)} to ${numberText(saving.lostPercent.frequent)}`,
  ]);
  return html`${table(
      "How often the largest job of a team had best save",
      {
        Team: "text",
        GPUs: "number",
        "Hours between interruptions": "number",
        GiB: "number",
        "Saved in s": "number",
        "Best every min": "number",
        "% of time lost": "number",
      },
      rows,
    )}
    <ul class="small">
      ${checkpointAssumptions(checkpoints).map((it) => html`<li>${it}</li> `)}
    </ul>`;
}

function energy({ energy: it }: Summary): Markup {
  const rows = [
    ["Idle", numberText(it.idleKW), "", ""],
    [
      "Full",
      numberText(it.fullKW),
      numberText(it.fullKWhPerMonth),
      it.fullKgCo2PerHour === null ? "no source" : numberText(it.fullKgCo2PerHour),
    ],
  ];
  return html`${table("GPU nodes, losses of the data centre included", { Load: "text", kW: "number", "kWh a month": "number", "kg CO2 an hour": "number" }, rows)}
    <p class="small">${energyBasis(it)}</p>`;
}

function quota({ quota: needs, regionalVcpus, location }: Summary): Markup {
  const rows = needs.map(({ family, region, vcpus, spot }) => [
    family ?? "a family without a sourced name",
    region,
    spot ? "spot" : "on demand",
    numberText(vcpus),
  ]);
  return table(
    "vCPUs that the subscription must be granted: by family, and in all",
    { Family: "text", Region: "text", Kind: "text", vCPUs: "number" },
    rows,
    ["All families together", location, "on demand", numberText(regionalVcpus)],
  );
}

function limits({ limits: uses }: Summary): Markup {
  const rows = [...uses]
    .map((it) => ({ ...it, share: it.limit === 0 ? 1 : it.used / it.limit }))
    .sort((a, b) => b.share - a.share)
    .map(({ what, used, limit, share, state }) => [
      what,
      numberText(used),
      numberText(limit),
      percentText(share),
      bar(share),
      html`<span class="state ${{ ok: "good", near: "look", over: "bad" }[state]}"
        >${{ ok: "✓ fine", near: "! near", over: "✕ over" }[state]}</span
      >`,
    ]);
  return table(
    "The nearest first",
    { Limit: "text", Used: "number", Of: "number", Share: "number", "How near": "bar", State: "text" },
    rows,
  );
}

function policy(findings: Preview["findings"]): Markup {
  const mandatory = findings.filter((it) => it.level === "mandatory").length;
  const verdict =
    mandatory === 0
      ? html`<p><span class="state good">✓ fine</span> No mandatory finding.</p>`
      : html`<p>
          <span class="state bad">✕ no</span> ${countText(mandatory, "mandatory finding")}: up would be refused.
        </p>`;
  if (findings.length === 0) return verdict;
  const rows = findings.map(({ level, rule, urn, message }) => [
    spokenName(urn),
    html`<span class="state ${level === "mandatory" ? "bad" : "look"}"
      >${level === "mandatory" ? "✕ " : "! "}${level}</span
    >`,
    rule,
    message,
  ]);
  return html`${verdict}
  ${table("Findings, mandatory ones first", { Resource: "text", Level: "text", Rule: "text", "What it says": "text" }, rows)}`;
}

function resources({ plan, environment }: Preview): Markup {
  const rows = madeByComponent(plan).map(({ component, content }) => [component, content]);
  const made = plan.resources.filter((it) => it.custom && it.type !== "pulumi:pulumi:Stack").length;
  return html`<p>Layers: ${environment.layers.join(", ")}.</p>
    <details>
      <summary>${countText(made, "resource")} in ${countText(rows.length, "component")}</summary>
      ${table("Resources by component", { Component: "text", Makes: "text" }, rows)}
    </details>`;
}
