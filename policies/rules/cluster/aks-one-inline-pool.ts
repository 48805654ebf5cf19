import { expectAt, oneOf, unjudged, violation } from "../../engine/expect";
import { isList } from "../../../core/property-value";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const pools = "agentPoolProfiles";

export const aksOneInlinePool: ResourceRule = {
  id: 70,
  name: "aks-one-inline-pool",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster holds exactly one pool in itself, the system pool; all others are resources of their own.",
  why: "An edit of the list inside the cluster can replace the whole cluster, or is refused.",
  remedy: "Keep one entry with mode System in agentPoolProfiles and declare every other pool as an AgentPool.",
  severity: "high",
  levels: levels.always,
  source: "pulumi/pulumi-azure-native#1808, #2719; Azure/AKS#2495",
  check: ({ inputs }) => {
    const list = read(inputs, pools);
    if (isUnknown(list)) return [unjudged(pools)];
    const count = isList(list) ? list.length : 0;
    if (count !== 1) return [{ ...violation(pools, undefined, "hold exactly one pool"), is: `a list of ${count}` }];
    return expectAt(inputs, `${pools}[0].mode`, oneOf("System"), 'be "System"');
  },
};
