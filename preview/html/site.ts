import type { Store } from "../../azure/arm-row";
import type { ServingEstimate } from "../../catalog/serving-estimate";
import { gpuEquivalent } from "../../catalog/vm-sizes";
import { poolShares, type PoolShare } from "../../stacks/pool-shares";
import type { Preview } from "../preview";
import { nodeGroups, type NodeGroup } from "../summary/node-groups";

/** Nodes that one key of a stack file asks for: with InfiniBand a group for each domain. */
export interface Pool {
  readonly key: string;
  readonly groups: readonly NodeGroup[];
  /** GPUs of all groups as Kubernetes counts them, spare nodes included: the whole that shares are of. */
  readonly countedGpus: number;
  readonly shares: readonly PoolShare[];
  readonly models: readonly ServingEstimate[];
}

/** Pools of one cluster, or machines without one. */
export interface Host {
  /** Name of the AKS cluster. */
  readonly cluster: string | null;
  readonly pools: readonly Pool[];
}

/** What asks for the same zones, so goes with them. */
export interface ZoneGroup {
  /** None where Azure chooses. */
  readonly zones: readonly string[];
  readonly hosts: readonly Host[];
  /** Stores in that one zone. */
  readonly stores: readonly Store[];
}

/** What stands where: region, zones, clusters, pools, domains. */
export interface Site {
  /** The plan that makes the nodes: the one given, or the one that it reads. */
  readonly made: Preview;
  readonly zoneGroups: readonly ZoneGroup[];
  /** Stores in no one zone. */
  readonly regionalStores: readonly Store[];
  readonly gpus: number;
}

/** Places everything that a plan makes, or that the stack made which it reads. */
export function siteOf(preview: Preview): Site {
  const chain = chainOf(preview);
  const made = chain.find(({ environment }) => environment.infra !== null) ?? preview;
  const shares = chain.flatMap(({ environment }) => poolShares(environment.teams));
  const models = chain.flatMap(({ summary }) => summary.models);
  const groups = nodeGroups(
    made.plan.resources.filter((it) => it.custom),
    made.environment.location,
  );
  const { stores, gpus } = made.summary;
  const placed = new Map<string, readonly string[]>();
  for (const zones of [...groups.map((it) => it.zones), ...stores.map(zonesOf)]) placed.set(zones.join(), zones);
  placed.delete("");
  const chosen = [...placed.values()].sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  const unplaced = groups.filter((it) => it.zones.length === 0);
  const zoneGroups = [...chosen, ...(unplaced.length > 0 ? [[]] : [])].map((zones): ZoneGroup => ({
    zones,
    hosts: hostsOf(
      groups.filter((it) => it.zones.join() === zones.join()),
      made,
      { shares, models },
    ),
    stores: zones.length === 0 ? [] : stores.filter((it) => zonesOf(it).join() === zones.join()),
  }));
  const gpusIn = ({ hosts }: ZoneGroup): number =>
    sumOf(hosts.flatMap(({ pools }) => pools.flatMap((it) => it.groups)));
  return {
    made,
    gpus,
    // GPUs first: they are what a reader looks for.
    zoneGroups: zoneGroups.sort((a, b) => gpusIn(b) - gpusIn(a)),
    regionalStores: stores.filter((it) => it.zone === null),
  };
}

function sumOf(groups: readonly NodeGroup[]): number {
  return groups.reduce((sum, it) => sum + gpusOf(it), 0);
}

/** GPUs of a group at most; slices count by their part, and as none where no source says how large one is. */
export function gpusOf({ size, maxNodes }: NodeGroup): number {
  return size.gpu === null ? 0 : (gpuEquivalent(size) ?? 0) * maxNodes;
}

function chainOf(preview: Preview): Preview[] {
  return [preview, ...(preview.reads === null ? [] : chainOf(preview.reads))];
}

function zonesOf({ zone }: Store): readonly string[] {
  return zone === null ? [] : [zone];
}

function hostsOf(
  groups: readonly NodeGroup[],
  { environment: { infra } }: Preview,
  lives: Pick<Pool, "shares" | "models">,
): Host[] {
  const clusters = [...new Set(groups.map((it) => it.cluster))];
  const keyOf = ({ cluster, name }: NodeGroup): string => {
    const pool = infra?.gpuPools.find(({ agentPools }) => agentPools.some((it) => it.name === name));
    return cluster === null ? name : (pool?.key ?? name);
  };
  return clusters.map((cluster) => {
    const own = groups.filter((it) => it.cluster === cluster);
    const pools = [...new Set(own.map(keyOf))].map((key): Pool => {
      const ref = cluster === null ? undefined : infra?.gpuPools.find((it) => it.key === key)?.ref;
      return {
        key,
        groups: own.filter((it) => keyOf(it) === key),
        countedGpus: ref === undefined ? 0 : ref.gpusPerNode * ref.maxNodes,
        shares: ref === undefined ? [] : lives.shares.filter((it) => it.pool === key),
        models: ref === undefined ? [] : lives.models.filter((it) => it.pool === key),
      };
    });
    return { cluster, pools: pools.sort((a, b) => sumOf(b.groups) - sumOf(a.groups)) };
  });
}
