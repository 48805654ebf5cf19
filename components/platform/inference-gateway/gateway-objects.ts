import { labels, servingWorkload } from "../../../catalog/scheduling";
import type { KubernetesObject, KubernetesObjects } from "../add-on";
import type { InferenceGatewaySettings } from "./settings";
import { sharedGateway } from "./shared-gateway";

/**
 * Port on which the pods of the gateway ask the controller for their configuration.
 * Source: agentgateway/agentgateway:controller/install/helm/agentgateway/values.yaml (v1.4.1, controller.service.ports.agwGrpc)
 */
const configurationPort = 9978;

/**
 * Label of the pods of a gateway, and of the controller.
 * Source: agentgateway/agentgateway:controller/pkg/helm/agentgateway and controller/install/helm/agentgateway,
 * templates/_helpers.tpl (v1.4.1)
 */
const podsOfGateway = { matchLabels: { "gateway.networking.k8s.io/gateway-name": sharedGateway.name } };
const podsOfController = { matchLabels: { agentgateway: "agentgateway" } };

/** Secret that cert-manager writes a certificate into. */
const secretOfIssuer = `${sharedGateway.name}-tls`;

const metadata = { name: sharedGateway.name, namespace: sharedGateway.namespace };

/** The shared Gateway, how its pods run, its certificate, and who may reach its pods. */
export function gatewayObjects({
  hostName,
  tls,
  exposure,
  allowedSources,
}: InferenceGatewaySettings): KubernetesObjects {
  const secret = tls.secret ?? (tls.issuer === undefined ? null : secretOfIssuer);
  const port = secret === null ? 80 : 443;
  return {
    "inference-gateway-parameters": podParameters(exposure, allowedSources),
    ...(tls.issuer !== undefined && { "inference-gateway-certificate": certificate(hostName, tls.issuer) }),
    "inference-gateway": gateway(hostName, port, secret),
    "inference-gateway-requests": openPort("requests", podsOfGateway, [{ ports: [{ protocol: "TCP", port }] }]),
    "inference-gateway-configuration": openPort("configuration", podsOfController, [
      { from: [{ podSelector: podsOfGateway }], ports: [{ protocol: "TCP", port: configurationPort }] },
    ]),
  };
}

function gateway(hostname: string, port: number, secret: string | null): KubernetesObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata,
    spec: {
      // Source: agentgateway/agentgateway:controller/pkg/wellknown (v1.4.1, DefaultAgwClassName)
      gatewayClassName: "agentgateway",
      infrastructure: {
        parametersRef: { group: "agentgateway.dev", kind: "AgentgatewayParameters", name: sharedGateway.name },
      },
      listeners: [
        {
          name: secret === null ? "http" : "https",
          hostname,
          port,
          ...(secret === null
            ? { protocol: "HTTP" }
            : { protocol: "HTTPS", tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: secret }] } }),
          allowedRoutes: {
            kinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
            namespaces: { from: "Selector", selector: { matchLabels: { [labels.workload]: servingWorkload } } },
          },
        },
      ],
    },
  };
}

/**
 * How the controller makes the pods and the service of the Gateway. It makes neither before it has found these, so that no load balancer
 * is public in between.
 * Source: agentgateway/agentgateway:controller/api/v1alpha1/agentgateway/agentgateway_parameters_types.go and
 * controller/pkg/deployer/agentgateway_parameters.go (v1.4.1)
 */
function podParameters(
  exposure: InferenceGatewaySettings["exposure"],
  allowedSources: readonly string[] | undefined,
): KubernetesObject {
  // Source: https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
  const annotations = { "service.beta.kubernetes.io/azure-load-balancer-internal": String(exposure === "internal") };
  return {
    apiVersion: "agentgateway.dev/v1alpha1",
    kind: "AgentgatewayParameters",
    metadata,
    spec: {
      resources: { requests: { cpu: "500m", memory: "512Mi" }, limits: { cpu: "4", memory: "2Gi" } },
      deployment: {
        spec: {
          replicas: sharedGateway.replicas,
          template: { spec: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } } },
        },
      },
      podDisruptionBudget: { spec: { minAvailable: 1 } },
      service: {
        metadata: { annotations },
        ...(allowedSources !== undefined && { spec: { loadBalancerSourceRanges: allowedSources } }),
      },
    },
  };
}

function certificate(hostName: string, issuer: string): KubernetesObject {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata,
    spec: {
      secretName: secretOfIssuer,
      dnsNames: [hostName],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: issuer },
    },
  };
}

function openPort(name: string, podSelector: object, ingress: readonly object[]): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: sharedGateway.namespace },
    spec: { podSelector, policyTypes: ["Ingress"], ingress },
  };
}
