import { limits as azure } from "../../catalog/limits";
import { addressCount, parseCidr } from "../../core/cidr";
import { text } from "../../core/property-tree";
import type { NodeGroup } from "./node-groups";
import type { PlannedResource } from "../../core/planned-resource";

/** How much of one of Azure's limits is used. */
export interface LimitUse {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
  readonly state: "ok" | "near" | "over";
}

/** Use of a limit from which on it is told: growth by a quarter would break it. */
const nearShare = 0.8;

/** Every limit of AKS, VNet and scale sets that the plan touches. */
export function limitUses(
  resources: readonly Pick<PlannedResource, "type" | "inputs">[],
  groups: readonly NodeGroup[],
): LimitUse[] {
  const uses: LimitUse[] = [];
  const use = (what: string, used: number, limit: number): void => {
    uses.push({ what, used, limit, state: used > limit ? "over" : used >= limit * nearShare ? "near" : "ok" });
  };
  const pools = groups.filter((it) => it.cluster !== null);
  const nodes = pools.reduce((sum, it) => sum + it.maxNodes + it.surgeNodes, 0);
  for (const { inputs } of ofType(resources, "containerservice:ManagedCluster")) {
    const name = text(inputs, "resourceName") ?? "";
    const free = text(inputs, "sku.tier") === "Free";
    use(`nodes of AKS cluster ${name}`, nodes, free ? azure.aksNodesFreeTierAdvised.value : azure.aksNodes.value);
    use(`pools of AKS cluster ${name}`, pools.length, azure.aksPools.value);
    const pods = parseCidr(text(inputs, "networkProfile.podCidr") ?? "");
    if (pods !== undefined) {
      use(
        `/${azure.overlayPrefixPerNode.value} pod ranges of AKS cluster ${name}`,
        nodes,
        Math.floor(addressCount(pods) / 256),
      );
    }
  }
  for (const group of groups) {
    if (group.infinibandDomain !== null && group.size.infiniband !== null) {
      const { maxDomainNodes, maxDomainNodesOnRequest } = group.size.infiniband;
      const raised = group.maxNodes > maxDomainNodes;
      use(
        `nodes of InfiniBand domain ${group.infinibandDomain}${raised ? " (raised by support)" : ""}`,
        group.maxNodes,
        raised ? maxDomainNodesOnRequest : maxDomainNodes,
      );
    } else if (group.cluster !== null)
      use(`nodes of AKS pool ${group.name}`, group.maxNodes, azure.aksNodesPerPool.value);
    else use(`nodes of scale set ${group.name}`, group.maxNodes, azure.scaleSetNodes.value);
  }
  const addresses = groups.reduce((sum, it) => sum + it.maxNodes + it.surgeNodes, 0);
  for (const { inputs } of ofType(resources, "network:VirtualNetwork")) {
    use(
      `addresses of VNet ${text(inputs, "virtualNetworkName") ?? ""}`,
      addresses,
      azure.virtualNetworkAddresses.value,
    );
  }
  return uses;
}

function ofType(
  resources: readonly Pick<PlannedResource, "type" | "inputs">[],
  token: string,
): readonly Pick<PlannedResource, "type" | "inputs">[] {
  return resources.filter((it) => it.type === `azure-native:${token}`);
}
