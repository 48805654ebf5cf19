import type { LimitedUse } from "../../azure/arm-row";
import { findRow } from "../../azure/rows";
import { limits as azure } from "../../catalog/limits";
import type { NodeGroup } from "./node-groups";
import type { PlannedResource } from "../../core/planned-resource";

/** How much of one of Azure's limits is used. */
export interface LimitUse extends LimitedUse {
  readonly state: "ok" | "near" | "over";
}

/** Use of a limit from which on it is told: growth by a quarter would break it. */
const nearShare = 0.8;

/** Every limit of AKS, VNet and scale sets that the plan touches. */
export function limitUses(
  resources: readonly Pick<PlannedResource, "type" | "inputs">[],
  groups: readonly NodeGroup[],
): LimitUse[] {
  const nodesOf = (all: readonly NodeGroup[]): number => all.reduce((sum, it) => sum + it.maxNodes + it.surgeNodes, 0);
  const pools = groups.filter((it) => it.cluster !== null);
  const demand = { clusterNodes: nodesOf(pools), pools: pools.length, nodes: nodesOf(groups) };
  // Clusters, then what is in them, then networks.
  const uses = (computing: boolean): LimitedUse[] =>
    resources.flatMap(({ type, inputs }) => {
      const row = findRow(type);
      return ((row?.computes ?? null) !== null) === computing ? (row?.limits?.(inputs, demand) ?? []) : [];
    });
  return [...uses(true), ...groups.map(ofGroup), ...uses(false)].map((it) => ({ ...it, state: stateOf(it) }));
}

function stateOf({ used, limit }: LimitedUse): LimitUse["state"] {
  if (used > limit) return "over";
  return used >= limit * nearShare ? "near" : "ok";
}

function ofGroup({ name, cluster, size, maxNodes, infinibandDomain }: NodeGroup): LimitedUse {
  if (infinibandDomain !== null && size.infiniband !== null) {
    const { maxDomainNodes, maxDomainNodesOnRequest } = size.infiniband;
    const raised = maxNodes > maxDomainNodes;
    return {
      what: `nodes of InfiniBand domain ${infinibandDomain}${raised ? " (raised by support)" : ""}`,
      used: maxNodes,
      limit: raised ? maxDomainNodesOnRequest : maxDomainNodes,
    };
  }
  return cluster === null
    ? { what: `nodes of scale set ${name}`, used: maxNodes, limit: azure.scaleSetNodes.value }
    : { what: `nodes of AKS pool ${name}`, used: maxNodes, limit: azure.aksNodesPerPool.value };
}
