import { parseCidr } from "../../core/cidr";
import { list, text } from "../../core/property-tree";
import type { InfraPlan } from "../../stacks/plan-infra";
import { numberText } from "../number-text";
import { bar } from "./bar";
import { listText } from "./list-text";
import { type Content, html, type Markup } from "./markup";
import type { Site } from "./site";

/** What stands beside the nodes and in no zone of its own: stores, network, and the ways in. */
export function beside({ made, regionalStores }: Site): Markup {
  const { infra } = made.environment;
  return html`<aside class="beside" aria-label="Beside the nodes">
    ${
      regionalStores.length === 0
        ? ""
        : html`<h4>Stores</h4>
            <dl>
              ${regionalStores.map(({ kind, name, sizeTiB }) => term(kind, [name, sizeTiB === null ? "; bills what is stored" : `; ${numberText(sizeTiB)} TiB`]))}
            </dl>`
    }
    ${infra === null ? "" : network(infra)}
  </aside>`;
}

function network({ network: plan, cluster, parts }: InfraPlan): Markup {
  const endpoints = parts.flatMap((it) => it.endpoints.map(({ name }) => name));
  const { authorizedIpRanges: ranges, tier, kubernetesVersion } = cluster;
  return html`<h4>Network</h4>
    <dl>
      ${"wayOut" in plan ? ownNetwork(plan) : term("VNet of somebody else's", nameIn(plan.virtualNetworkResourceId))}
      ${term("Pods", plan.podCidr)} ${term("Services", plan.serviceCidr)}
      ${endpoints.length === 0 ? "" : term("Private endpoints", listText(endpoints))}
      ${Object.keys(plan.peers).length === 0 ? "" : term("Peers", listText(Object.keys(plan.peers)))}
    </dl>
    <h4>API server</h4>
    <dl>
      ${term("Reached from", ranges === null ? "inside the network alone" : listText(ranges))}
      ${term("Kubernetes", `${kubernetesVersion}, tier ${tier}`)}
    </dl>`;
}

function ownNetwork({ virtualNetwork, subnets, wayOut }: Extract<InfraPlan["network"], { wayOut: unknown }>): Markup {
  const [space = ""] = list(virtualNetwork, "addressSpace.addressPrefixes").map(String);
  const whole = parseCidr(space)?.prefixLength ?? 0;
  const baseOf = (range: string): number => parseCidr(range)?.base ?? 0;
  const ranges = subnets
    .map(({ role, subnet }) => ({ role, range: text(subnet, "addressPrefix") ?? "" }))
    .sort((a, b) => baseOf(a.range) - baseOf(b.range));
  const partOf = (range: string): number => 2 ** (whole - (parseCidr(range)?.prefixLength ?? Infinity));
  return html`${term("VNet", [virtualNetwork.virtualNetworkName, " ", space])}
  ${term(
    "Subnets",
    html`${bar(...ranges.map(({ range }) => partOf(range)))}
      <ul>
        ${ranges.map(({ role, range }) => html`<li>${role} <span class="dim">${range}</span></li>`)}
      </ul>`,
  )}
  ${term("Way out", wayOut.natGateway === null ? "a firewall of somebody else's" : `NAT gateway, public addresses: ${Object.keys(wayOut.publicAddresses).length}`)} `;
}

function term(name: string, value: Content): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div> `;
}

function nameIn(resourceId: string): string {
  return resourceId.split("/").at(-1) ?? "";
}
