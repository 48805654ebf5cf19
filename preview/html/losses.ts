import { findRegion } from "../../catalog/regions";
import { countText } from "../count-text";
import type { NodeGroup } from "../summary/node-groups";
import { listText } from "./list-text";
import { gpusOf, type Pool, type Site, type ZoneGroup } from "./site";
import { zoneWords } from "./zone-words";

/** Something that can fail, what goes with it at most, and what does not. */
export interface Loss {
  readonly what: "node" | "domain" | "zone" | "service" | "region";
  readonly fails: string;
  readonly nodes: number;
  readonly gpus: number;
  readonly stops: string;
  readonly goesOn: string;
}

/** What fails together, from the smallest to all of it. Nodes count at most, spare ones included. */
export function lossesOf(site: Site): Loss[] {
  const pools = site.zoneGroups
    .flatMap(({ hosts }) => hosts.flatMap((it) => it.pools))
    .filter((it) => gpusIn(it) > 0 || it.groups.some(({ infinibandDomain }) => infinibandDomain !== null));
  const hosts = site.zoneGroups.flatMap((it) => it.hosts);
  return [
    ...smallestFirst(pools.map(ofNode)),
    ...smallestFirst(pools.flatMap(ofDomain)),
    ...smallestFirst(site.zoneGroups.flatMap((it) => ofZones(it, site))),
    ...[...site.zoneGroups.flatMap((it) => it.stores), ...site.regionalStores].map(({ kind, name }) => ({
      what: "service" as const,
      fails: `${kind} ${name}`,
      nodes: 0,
      gpus: 0,
      stops: "Work that reads it or writes to it",
      goesOn: "All that needs neither",
    })),
    ...(hosts.some((it) => it.cluster !== null)
      ? [
          {
            what: "service" as const,
            fails: "The API server of AKS",
            nodes: 0,
            gpus: 0,
            stops: "New pods, scaling, deployments",
            goesOn: "Pods that run, bare scale sets",
          },
        ]
      : []),
    {
      what: "region",
      fails: "The region, or this environment",
      nodes: sum(
        hosts.flatMap((it) => it.pools),
        nodesIn,
      ),
      gpus: site.gpus,
      stops: "Everything here",
      goesOn: "Other environments: they share code and no state",
    },
  ];
}

function ofNode({ key, groups: [first] }: Pool): Loss {
  const spares = first?.spareNodes ?? 0;
  return {
    what: "node",
    fails: `A node of ${key}`,
    nodes: 1,
    gpus: first === undefined ? 0 : gpusOf({ ...first, maxNodes: 1 }),
    stops: first?.infinibandDomain == null ? "What runs on it" : "Jobs that it is part of",
    goesOn:
      spares === 0
        ? "Other jobs. No node is held back: the job waits for a repair"
        : `Other jobs. ${countText(spares, "spare node")}${first?.infinibandDomain == null ? "" : " of the same domain"} can take its place`,
  };
}

function ofDomain({ key, groups }: Pool): Loss[] {
  const domains = groups.filter((it) => it.infinibandDomain !== null);
  const [largest] = [...domains].sort((a, b) => b.maxNodes - a.maxNodes);
  if (largest === undefined) return [];
  const others = domains.length - 1;
  return [
    {
      what: "domain",
      fails:
        others === 0 ? `The InfiniBand domain of ${key}` : `An InfiniBand domain of ${key}, one of ${domains.length}`,
      nodes: largest.maxNodes,
      gpus: gpusOf(largest),
      stops: "Every job on it: no job spans two domains",
      goesOn: others === 0 ? `Other pools` : `${countText(others, "domain")} of the pool, other pools`,
    },
  ];
}

function ofZones({ zones, hosts, stores }: ZoneGroup, { made }: Site): Loss[] {
  const region = findRegion(made.environment.location);
  const pools = hosts.flatMap((it) => it.pools);
  const keys = pools.map((it) => it.key);
  // A region without zones is one place, which has a row of its own.
  if (zones.length === 0 && region?.zonesKnown === true && region.zones.length === 0) return [];
  const spread = Math.max(1, zones.length);
  const share = (of: (group: NodeGroup) => number): number =>
    sum(
      pools.flatMap((it) => it.groups),
      (it) => of({ ...it, maxNodes: Math.ceil(it.maxNodes / spread) }),
    );
  const one = spread > 1 ? `One of zones ${listText(zones)}` : zoneWords(zones, region).name;
  return [
    {
      what: "zone",
      fails: zones.length === 0 ? "The zone that Azure chose, if it put all into one" : one,
      nodes: share((it) => it.maxNodes),
      gpus: share(gpusOf),
      stops:
        spread > 1 ? `A part of the nodes of ${listText(keys)}` : listText([...keys, ...stores.map((it) => it.kind)]),
      goesOn: zones.length === 0 ? "What is pinned to another zone" : "What is in other zones",
    },
  ];
}

function smallestFirst(losses: readonly Loss[]): Loss[] {
  return [...losses].sort((a, b) => a.gpus - b.gpus || a.nodes - b.nodes);
}

function gpusIn({ groups }: Pool): number {
  return sum(groups, gpusOf);
}

function nodesIn({ groups }: Pool): number {
  return sum(groups, (it) => it.maxNodes);
}

function sum<T>(things: readonly T[], of: (thing: T) => number): number {
  return things.reduce((total, it) => total + of(it), 0);
}
