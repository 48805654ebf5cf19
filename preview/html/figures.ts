import { countText } from "../count-text";
import { numberText } from "../number-text";
import type { Preview } from "../preview";
import type { CostView } from "./cost";
import { listText } from "./list-text";
import { lossesOf } from "./losses";
import { html, type Markup } from "./markup";
import { percentText } from "../percent-text";
import { gpusOf, type Site } from "./site";

/** What one look must tell: how many GPUs, in which domains, the largest job, what fails together, what it costs, what stands against it. */
export function figures(preview: Preview, site: Site, costs: CostView["figures"]): Markup {
  const { summary } = site.made;
  const { gpus, gpuNodes, infinibandDomains, largestJob, energy } = summary;
  const groups = site.zoneGroups.flatMap(({ hosts }) => hosts.flatMap(({ pools }) => pools.flatMap((it) => it.groups)));
  const models = new Map<string, number>();
  for (const group of groups)
    if (group.size.gpu !== null)
      models.set(group.size.gpu.model, (models.get(group.size.gpu.model) ?? 0) + gpusOf(group));
  const spares = groups.reduce((sum, it) => sum + it.spareNodes, 0);
  const links = [...new Set(infinibandDomains.map((it) => it.link))];
  const losses = [...lossesOf(site)].sort((a, b) => b.gpus - a.gpus || b.nodes - a.nodes);
  const together = losses.find((it) => it.what === "domain" || it.what === "node");
  const zone = losses.find((it) => it.what === "zone");
  const share = (lost: number): string => percentText(gpus === 0 ? 0 : lost / gpus);
  const withZone = zone === undefined ? "" : `; with a zone up to ${share(zone.gpus)}`;
  return html`<dl class="figures">
      ${figure("GPUs", numberText(gpus), listText([...models].map(([model, count]) => `${numberText(count)} ${model}`)))}
      ${figure("GPU nodes", numberText(gpuNodes), spares === 0 ? "none held back as a spare" : `${numberText(spares)} of them held back as spares`)}
      ${figure("InfiniBand domains", numberText(infinibandDomains.length), infinibandDomains.length === 0 ? "jobs stay on one node" : listText(links.map((it) => `${it} a node`)))}
      ${
        largestJob === null
          ? figure("Largest job", "one node", "no InfiniBand")
          : figure(
              "Largest job",
              largestJob.gpus === 0 ? countText(largestJob.nodes, "node") : `${numberText(largestJob.gpus)} GPUs`,
              `${largestJob.gpus === 0 ? "" : `on ${countText(largestJob.nodes, "node")} `}in ${largestJob.domain}`,
            )
      }
      ${
        together === undefined
          ? figure("Fails together", "all of it", "there are no GPUs")
          : figure(
              "Fails together",
              together.gpus === 0 ? countText(together.nodes, "node") : countText(together.gpus, "GPU"),
              `${share(together.gpus)}: ${lowered(together.fails)}${withZone}`,
            )
      }
      ${costs.map(({ name, value, more }) => figure(name, value, more))}
      ${figure("Power at full load", `${numberText(energy.fullKW)} kW`, energy.fullKgCo2PerHour === null ? "carbon: no source for the region" : `${numberText(energy.fullKgCo2PerHour)} kg CO2 an hour`)}
    </dl>
    <h3>What stands against it</h3>
    ${against(preview, site)}`;
}

function figure(name: string, value: string, more: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd><b>${value}</b> <span class="dim">${more}</span></dd>
  </div> `;
}

function against({ findings, notes }: Preview, { made }: Site): Markup {
  const mandatory = findings.filter((it) => it.level === "mandatory").length;
  const advisory = findings.length - mandatory;
  const { limits } = made.summary;
  const over = limits.filter((it) => it.state === "over").length;
  const near = limits.filter((it) => it.state === "near").length;
  const line = (state: "bad" | "look" | "good", words: string, section: string): Markup =>
    html`<li>
      <span class="state ${state}">${{ bad: "✕ no", look: "! look", good: "✓ fine" }[state]}</span>
      <a href="#${section}">${words}</a>
    </li> `;
  return html`<ul class="against">
    ${
      mandatory > 0
        ? line("bad", `${countText(mandatory, "mandatory finding")}: up would be refused`, "policy")
        : line("good", "No mandatory finding of the policies", "policy")
    }
    ${advisory > 0 ? line("look", `${countText(advisory, "advisory finding")} of the policies`, "policy") : ""}
    ${over > 0 ? line("bad", `${countText(over, "limit")} of Azure exceeded`, "limits") : ""}
    ${near > 0 ? line("look", `${countText(near, "limit")} of Azure used by 80 % or more`, "limits") : ""}
    ${over + near === 0 ? line("good", `${countText(limits.length, "limit")} of Azure, none nearer than 80 %`, "limits") : ""}
    ${line("look", `Quota to have before up: ${numberText(made.summary.regionalVcpus)} vCPUs; no cloud was asked`, "quota")}
    ${notes.length > 0 ? line("look", `${countText(notes.length, "note")} to read before up`, "notes") : ""}
  </ul>`;
}

function lowered(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
