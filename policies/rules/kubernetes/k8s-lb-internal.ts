import { expectAt, oneOf, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const k8sLbInternal: ResourceRule = {
  id: 202,
  name: "k8s-lb-internal",
  area: "kubernetes",
  kind: "resource",
  types: [types.service],
  title: "A load balancer is internal, and no service opens a port on every node.",
  why: "By default Azure gives the service a public address, and the model or dashboard behind it answers everybody.",
  remedy:
    'Set the annotation service.beta.kubernetes.io/azure-load-balancer-internal to "true", or use ClusterIP and a gateway.',
  severity: "critical",
  levels: levels.always,
  source: "Azure Policy 3fc4dc25; kube-linter exposed-services",
  check: ({ inputs }) => {
    const kind = read(inputs, "spec.type");
    if (isUnknown(kind)) return [unjudged("spec.type")];
    if (kind === "NodePort") return [violation("spec.type", kind, "not be NodePort")];
    if (kind !== "LoadBalancer") return [];
    const path = 'metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"]';
    return expectAt(inputs, path, oneOf("true"), 'be "true" on a LoadBalancer');
  },
};
