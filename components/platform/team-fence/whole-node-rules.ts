import { annotations } from "../../../catalog/scheduling";
import type { FenceRule } from "./fence-policy";

/** Devices of a node as the namespace names them, each as `name=count`; none where teams do not take whole nodes. */
export const nodeDevices =
  `namespaceObject.metadata.?annotations[?'${annotations.nodeDevices}'].orValue('')` +
  ".split(',').filter(it, it != '').map(it, it.split('='))";

/** Template of the claims by which pods of the namespace get the adapters of their nodes, empty where they ask by limits. */
export const adapterClaim = `namespaceObject.metadata.?annotations[?'${annotations.adapterClaim}'].orValue('')`;

/** Containers that ask for any of them. Ephemeral ones ask for nothing. `containers` and `nodeDevices` are variables. */
export const onNodes =
  "variables.containers.filter(it, variables.nodeDevices.exists(device, device[0] in it.?resources.?limits.orValue({})))";

/**
 * Whole nodes for teams whose jobs span several: what a part of a node leaves free no other job of that kind can use, and with only some
 * of its adapters traffic of the others goes through them. `nodeDevices`, `adapterClaim` and `onNodes` are variables of the policy.
 */
export const wholeNodeRules: readonly FenceRule[] = [
  {
    name: "whole-nodes",
    expression:
      "variables.onNodes.all(it, variables.nodeDevices.all(device, " +
      "quantity(it.resources.limits[?device[0]].orValue('0')).compareTo(quantity(device[1])) == 0) && " +
      "(variables.adapterClaim == '' || object.spec.?resourceClaims.orValue([]).exists(claim, " +
      "claim.?resourceClaimTemplateName.orValue('') == variables.adapterClaim && " +
      "it.resources.?claims.orValue([]).exists(one, one.name == claim.name))))",
    message:
      "A container that asks for GPUs or HCAs must ask for all those of a node, which the namespace's annotation " +
      `${annotations.nodeDevices} counts, and have a claim of the template that ${annotations.adapterClaim} names where it does; ` +
      "containers beside it ask for none.",
  },
  {
    name: "requests-equal-limits",
    expression:
      "variables.onNodes.all(it, ['cpu', 'memory'].all(name, " +
      "name in it.resources.limits && name in it.resources.?requests.orValue({}) && " +
      "quantity(it.resources.limits[name]).compareTo(quantity(it.resources.requests[name])) == 0))",
    message:
      "A container that asks for GPUs or HCAs must state CPUs and memory too, as requests and limits alike, so that they are its own: " +
      "pod.yaml of the ConfigMap fabric-<pool>-files has what a node gives.",
  },
];
