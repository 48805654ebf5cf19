import { expectAt, oneOf, unjudged, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const ingress = "kubernetes:networking.k8s.io/v1:Ingress";
const internal = '["service.beta.kubernetes.io/azure-load-balancer-internal"]';

/**
 * What implementations of the Gateway API read, and where it says what Service they make.
 * Source of Envoy's: envoyproxy/gateway:api/v1alpha1/envoyproxy_types.go and shared_types.go (KubernetesServiceSpec: a LoadBalancer by
 * default)
 */
const agentgateway = "kubernetes:agentgateway.dev/v1alpha1:AgentgatewayParameters";
const agentgatewayService = "spec.service";
const envoy = "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy";
const envoyService = "spec.provider.kubernetes.envoyService";

/** Class of Application Gateway for Containers: its front ends have public addresses only. */
const publicClass = "azure-alb-external";

export const k8sLbInternal: ResourceRule = {
  id: 202,
  name: "k8s-lb-internal",
  area: "kubernetes",
  kind: "resource",
  types: [types.service, gateway, agentgateway, envoy, ingress],
  title:
    "A load balancer is internal, also that of a gateway or an ingress, and no service opens a port on every node.",
  why: "By default Azure gives the service a public address, and the model or dashboard behind it answers everybody.",
  remedy:
    'Set the annotation service.beta.kubernetes.io/azure-load-balancer-internal to "true", for a Gateway in spec.infrastructure.annotations, or use ClusterIP and a gateway.',
  severity: "critical",
  levels: levels.always,
  source: "Azure Policy 3fc4dc25; kube-linter exposed-services",
  check: ({ type, inputs }) => {
    if (sameType(type, types.service)) return checkService(inputs, "spec.type", `metadata.annotations${internal}`);
    if (sameType(type, gateway)) return checkGateway(inputs);
    if (sameType(type, ingress)) return checkIngress(inputs);
    return sameType(type, agentgateway)
      ? checkMade(inputs, `${agentgatewayService}.spec.type`, `${agentgatewayService}.metadata.annotations${internal}`)
      : checkMade(inputs, `${envoyService}.type`, `${envoyService}.annotations${internal}`);
  },
};

function checkService(inputs: unknown, kindAt: string, annotation: string): Outcome[] {
  const kind = read(inputs, kindAt);
  if (isUnknown(kind)) return [unjudged(kindAt)];
  if (kind === "NodePort") return [violation(kindAt, kind, "not be NodePort")];
  if (kind !== "LoadBalancer") return [];
  return expectAt(inputs, annotation, oneOf("true"), 'be "true" on a LoadBalancer');
}

/** A Service that an implementation makes is a LoadBalancer unless something else is written. */
function checkMade(inputs: unknown, kindAt: string, annotation: string): Outcome[] {
  return read(inputs, kindAt) === undefined
    ? expectAt(inputs, annotation, oneOf("true"), 'be "true": the Service of a gateway is a LoadBalancer')
    : checkService(inputs, kindAt, annotation);
}

/** What parameters a Gateway refers to are objects of their own, which are judged as such where they are known. */
function checkGateway(inputs: unknown): Outcome[] {
  const open = expectAt(inputs, "spec.gatewayClassName", (it) => it !== publicClass, `not be ${publicClass}`);
  if (open.length > 0) return open;
  if (read(inputs, "spec.infrastructure.parametersRef") !== undefined) return [];
  return expectAt(
    inputs,
    `spec.infrastructure.annotations${internal}`,
    oneOf("true"),
    'be "true" without parametersRef',
  );
}

/** The classes whose address is decided here. That of others is decided where their controller is installed. */
function checkIngress(inputs: unknown): Outcome[] {
  const named =
    read(inputs, "spec.ingressClassName") ?? read(inputs, 'metadata.annotations["kubernetes.io/ingress.class"]');
  if (isUnknown(named)) return [unjudged("spec.ingressClassName")];
  if (named === publicClass) return [violation("spec.ingressClassName", named, `not be ${publicClass}`)];
  if (named !== "azure-application-gateway" && named !== "azure/application-gateway") return [];
  return expectAt(
    inputs,
    'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"]',
    oneOf("true"),
    'be "true" for an application gateway',
  );
}
