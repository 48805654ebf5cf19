import type { Billable } from "../../azure/bill";
import type { ExpectedUse } from "../../catalog/prices/uses";
import type { ServingEstimate } from "../../catalog/serving-estimate";
import type { VmSize } from "../../catalog/vm-size";
import { gpuEquivalent } from "../../catalog/vm-sizes";
import { cost, groupCost, type Cost } from "./cost";
import { energy, type Energy } from "./energy";
import { infinibandDomains, type InfiniBandDomain } from "./infiniband";
import { limitUses, type LimitUse } from "./limits";
import { modelEstimates } from "./models";
import { nodeGroups, type NodeGroup } from "./node-groups";
import { quotaNeeds, type QuotaNeed } from "./quota";
import { type PricedStore, stores } from "./storage";
import { type ServedUse, servedUses } from "./store-uses";

/** Nodes of one kind, as a table row. */
export interface NodeGroupRow {
  readonly name: string;
  readonly kind: NodeGroup["kind"];
  readonly size: string;
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly spareNodes: number;
  /** GPUs at most; slices count by their part. `null` when no source says how large a slice is. */
  readonly gpus: number | null;
  readonly infinibandDomain: string | null;
  readonly idleUsdPerHour: number | null;
  readonly fullUsdPerHour: number | null;
}

/** What an environment would buy. */
export interface Summary {
  readonly location: string;
  readonly resources: number;
  readonly gpus: number;
  readonly gpuNodes: number;
  readonly nodeGroups: readonly NodeGroupRow[];
  readonly infinibandDomains: readonly InfiniBandDomain[];
  /** The largest job that fits in one InfiniBand domain, `null` without InfiniBand. */
  readonly largestJob: { readonly domain: string; readonly nodes: number; readonly gpus: number } | null;
  /** Each with what it costs. */
  readonly stores: readonly PricedStore[];
  /** Which of them serves what, and what is missing; nothing without stores. */
  readonly storeUses: readonly ServedUse[];
  /** What servers of models are expected to do. */
  readonly models: readonly ServingEstimate[];
  readonly quota: readonly QuotaNeed[];
  /** vCPUs of all families: the region has a quota, too. */
  readonly regionalVcpus: number;
  readonly limits: readonly LimitUse[];
  readonly cost: Cost;
  readonly energy: Energy;
}

/**
 * Adds up a plan: a pure function of its resources and the catalogue.
 * @param expected Use that somebody expects of what bills by its use.
 */
export function summarise(resources: readonly Billable[], location: string, expected: ExpectedUse = {}): Summary {
  const groups = nodeGroups(resources, location);
  const domains = infinibandDomains(groups);
  const quota = quotaNeeds(groups);
  const largest = domains.reduce<InfiniBandDomain | undefined>(
    (best, it) => (best === undefined || it.largestJobGpus > best.largestJobGpus ? it : best),
    undefined,
  );
  const found = stores(resources, location);
  const gpuGroups = groups.filter(({ size }) => size.gpu !== null);
  return {
    location,
    resources: resources.length,
    gpus: round(gpuGroups.reduce((sum, it) => sum + (gpuEquivalent(it.size) ?? 0) * it.maxNodes, 0)),
    gpuNodes: gpuGroups.reduce((sum, it) => sum + it.maxNodes, 0),
    nodeGroups: groups.map((group) => {
      const { idleUsdPerHour, fullUsdPerHour } = groupCost(group);
      const { name, kind, size, minNodes, maxNodes, spareNodes, infinibandDomain } = group;
      const gpus = gpusOf(size, maxNodes);
      return {
        name,
        kind,
        size: size.name,
        minNodes,
        maxNodes,
        spareNodes,
        gpus,
        infinibandDomain,
        idleUsdPerHour,
        fullUsdPerHour,
      };
    }),
    infinibandDomains: domains,
    largestJob:
      largest === undefined
        ? null
        : { domain: largest.name, nodes: largest.largestJobNodes, gpus: largest.largestJobGpus },
    stores: found,
    storeUses: found.length === 0 ? [] : servedUses(found),
    models: modelEstimates(resources),
    quota,
    regionalVcpus: quota.filter((it) => !it.spot).reduce((sum, it) => sum + it.vcpus, 0),
    limits: limitUses(resources, groups),
    cost: cost(resources, groups, location, expected),
    energy: energy(groups, location),
  };
}

function gpusOf(size: VmSize, nodes: number): number | null {
  if (size.gpu === null) return 0;
  const each = gpuEquivalent(size);
  return each === null ? null : round(each * nodes);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
