import type { Store } from "../../azure/arm-row";
import { findRegion } from "../../catalog/regions";
import { countText } from "../count-text";
import { numberText } from "../number-text";
import { infinibandDomains, type InfiniBandDomain } from "../summary/infiniband";
import type { NodeGroup } from "../summary/node-groups";
import { beside } from "./beside";
import { listText } from "./list-text";
import { html, type Markup } from "./markup";
import { nodeAlone, nodeField, nodeSymbols } from "./node-field";
import { nodeStates } from "./node-states";
import { poolLives } from "./pool-lives";
import { gpusOf, type Host, type Pool, type Site, type ZoneGroup } from "./site";
import { zoneWords } from "./zone-words";

/** What is built, drawn by what fails together: a box in a box, from the region down to the GPUs. */
export function drawing(site: Site): Markup {
  const { location } = site.made.environment;
  const groups = site.zoneGroups.flatMap(({ hosts }) => hosts.flatMap(({ pools }) => pools.flatMap((it) => it.groups)));
  const ids = new Map(groups.map((group, at) => [group, `field-${at + 1}`]));
  return html`${nodeSymbols(groups)} ${legend(groups)}
    <div class="region">
      <h3>
        Region ${findRegion(location)?.displayName ?? location}
        <span class="dim">${location}: one region, one failure domain</span>
      </h3>
      <div class="sides">
        <div class="zones">${site.zoneGroups.map((it) => zoneBox(it, site, ids))}</div>
        ${beside(site)}
      </div>
    </div>`;
}

function zoneBox({ zones, hosts, stores }: ZoneGroup, { made }: Site, ids: ReadonlyMap<NodeGroup, string>): Markup {
  const { name, means } = zoneWords(zones, findRegion(made.environment.location));
  return html`<section class="zone${zones.length === 1 ? " pinned" : ""}">
    <h4>${name} <span class="dim">${means}</span></h4>
    ${hosts.map((it) => hostBox(it, ids))} ${stores.map(storeBox)}
  </section> `;
}

function hostBox({ cluster, pools }: Host, ids: ReadonlyMap<NodeGroup, string>): Markup {
  return html`<section class="host">
    <h5>${cluster === null ? "Machines without Kubernetes" : `AKS cluster ${cluster}`}</h5>
    <div class="pools">${pools.map((it) => poolBox(it, ids))}</div>
  </section> `;
}

function poolBox(pool: Pool, ids: ReadonlyMap<NodeGroup, string>): Markup {
  const { key, groups } = pool;
  const [first] = groups;
  const gpus = groups.reduce((sum, it) => sum + gpusOf(it), 0);
  const ways = new Set(groups.map(wayOf));
  const [way = usualWay] = ways;
  const what =
    first === undefined
      ? ""
      : `${first.size.name.replace("Standard_", "")}, ${first.kind}${ways.size > 1 || way === usualWay ? "" : `, ${way}`}`;
  const fabric = groups.some((it) => it.infinibandDomain !== null);
  return html`<section class="pool${gpus === 0 ? " plain" : ""}${groups.length > 1 ? " wide" : ""}">
    <h6>${key} <span class="dim">${gpus === 0 ? "" : html`<b>${countText(gpus, "GPU")}</b> · `}${what}</span></h6>
    <div class="groups">
      ${groups.map((it) => groupBox(it, { named: fabric, rung: ways.size > 1 ? wayOf(it) : null }, ids.get(it) ?? ""))}
    </div>
    ${poolLives(pool)}
  </section> `;
}

/** How nodes are bought, in the words of the rungs of a pool's capacity. */
function wayOf({ spot, reservationGroup }: NodeGroup): string {
  if (spot) return "spot";
  return reservationGroup === null ? usualWay : "reserved";
}

const usualWay = "on demand";

/** @param rung The way of the nodes where others of their pool are bought otherwise. */
function groupBox(
  group: NodeGroup,
  { named, rung }: { readonly named: boolean; readonly rung: string | null },
  id: string,
): Markup {
  const [domain] = infinibandDomains([group]);
  const { name, size, maxNodes } = group;
  const model = size.gpu === null ? "" : `, ${gpusEach(group)}`;
  const job =
    domain === undefined
      ? size.gpu === null
        ? ""
        : withoutFabric
      : fabricText(domain, size.infiniband?.rackNodes === maxNodes);
  return html`<figure class="group${domain === undefined ? "" : " domain"}">
    <figcaption>
      ${named ? html`<strong>${domain === undefined ? "Nodes" : "InfiniBand domain"} ${name}</strong> ` : ""}${rung === null ? "" : html`<strong>${rung}</strong> `}${countText(maxNodes, "node")}${model}${stateText(group)}
    </figcaption>
    ${maxNodes === 0 ? "" : nodeField(group, id)} ${job === "" ? "" : html`<p class="dim">${job}</p>`}
  </figure> `;
}

const withoutFabric = "No InfiniBand: a job has the GPUs of one node, or is slow between nodes.";

function fabricText({ link, largestJobGpus, largestJobNodes }: InfiniBandDomain, rack: boolean): string {
  const nodes = countText(largestJobNodes, "node");
  return `${rack ? "One rack, NVLink between its nodes; " : ""}${link} a node; largest job ${largestJobGpus === 0 ? nodes : `${numberText(largestJobGpus)} GPUs on ${nodes}`}`;
}

function gpusEach({ size: { gpu } }: NodeGroup): string {
  if (gpu === null) return "";
  if (gpu.count !== null) return `${gpu.count} x ${gpu.model} each`;
  return gpu.fraction === null
    ? `a slice of a ${gpu.model} each`
    : `${numberText(gpu.fraction)} of a ${gpu.model} each`;
}

/** Said only where not all nodes run always. */
function stateText(group: NodeGroup): string {
  const words = { always: "always on", whenNeeded: "when needed", spare: "spare" } as const;
  const said = nodeStates(group).filter(
    ([state, nodes]) => nodes > 0 && (state !== "always" || nodes < group.maxNodes),
  );
  return said.length === 0 ? "" : ` (${listText(said.map(([state, nodes]) => `${nodes} ${words[state]}`))})`;
}

function storeBox({ kind, name, sizeTiB, throughputMBps }: Store): Markup {
  const facts = [
    sizeTiB === null ? [] : `${numberText(sizeTiB)} TiB`,
    throughputMBps === null ? [] : `${numberText(throughputMBps)} MB/s`,
  ];
  return html`<p class="store"><b>${kind}</b> ${name} <span class="dim">${facts.flat().join(", ")}</span></p> `;
}

function legend(groups: readonly NodeGroup[]): Markup {
  const used = new Set(groups.flatMap((it) => nodeStates(it).flatMap(([state, nodes]) => (nodes > 0 ? [state] : []))));
  const most = groups.reduce((gpus, { size }) => Math.max(gpus, size.gpu?.count ?? 0), 0);
  const rows = [
    ["always", "runs and bills always"],
    ["whenNeeded", "comes, and bills, when pods need it"],
    ["spare", "runs and bills, held back for repairs"],
  ] as const;
  return html`<ul class="legend" aria-label="Legend">
    ${rows.filter(([state]) => used.has(state)).map(([state, words]) => html`<li>${nodeAlone(most, state)} a node that ${words}</li> `)}
    ${
      most === 0
        ? ""
        : html`<li>
            <svg class="field" aria-hidden="true" focusable="false" width="5" viewBox="0 0 5 5">
              <rect class="gpu always" width="5" height="5" />
            </svg>
            a GPU, everywhere as large
          </li>`
    }
    <li><span class="swatch" aria-hidden="true"></span> an InfiniBand domain: no job spans two</li>
  </ul>`;
}
