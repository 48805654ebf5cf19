import { entraAddresses } from "../../../catalog/entra";
import { endpointPicker } from "../../../catalog/llm-d-router";
import { managedPrometheus } from "../../../catalog/managed-prometheus";
import { engines } from "../../../catalog/engines";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { serversOf, type ServerRole } from "./labels";
import type { ModelServicePlan } from "./plan";

/**
 * What a model needs beyond the rules of its namespace, which lets its own pods reach one another and closes all else: the gateway comes to
 * servers and pickers, the agents of the metrics to servers, and servers that stream weights sign in with Entra ID.
 */
export function networkObjects({
  name,
  namespace,
  gateway,
  servers,
  metrics,
}: ModelServicePlan): Readonly<Record<string, KubernetesObject>> {
  const policy = (of: string, spec: object): KubernetesObject => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${name}-${of}`, namespace },
    spec,
  });
  const fromGateway = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": gateway.namespace } },
    podSelector: { matchLabels: { "gateway.networking.k8s.io/gateway-name": gateway.name } },
  };
  const { scraper } = managedPrometheus;
  const fromScraper = {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": scraper.namespace } },
    podSelector: { matchLabels: scraper.podLabels },
  };
  const http = [{ protocol: "TCP", port: engines[servers[0].gpu.engine].port }];
  const of = (...components: readonly ServerRole[]): object => ({
    matchLabels: { "app.kubernetes.io/name": name },
    matchExpressions: [{ key: "app.kubernetes.io/component", operator: "In", values: components }],
  });
  const reading = servers.some(({ prefill }) => prefill !== null);
  // Without its picker the gateway asks those that read prompts as well, which can answer.
  const answering = reading ? of("server", "prefill") : { matchLabels: serversOf(name) };
  const pickers = { matchLabels: { ...serversOf(name), "app.kubernetes.io/component": "picker" } };
  return {
    requests: policy("requests", {
      podSelector: answering,
      policyTypes: ["Ingress"],
      ingress: [{ from: [fromGateway, ...(metrics === "none" ? [] : [fromScraper])], ports: http }],
    }),
    picking: policy("picking", {
      podSelector: pickers,
      policyTypes: ["Ingress"],
      ingress: [{ from: [fromGateway], ports: [{ protocol: "TCP", port: endpointPicker.ports.requests }] }],
    }),
    ...(servers.some(({ source }) => source.kind === "blob") && {
      "sign-in": policy("sign-in", {
        // Those that work with a server stream weights, too.
        podSelector: of("server", "worker", ...(reading ? (["prefill"] as const) : [])),
        policyTypes: ["Egress"],
        egress: [
          {
            to: entraAddresses.map((cidr) => ({ ipBlock: { cidr } })),
            ports: [{ protocol: "TCP", port: 443 }],
          },
        ],
      }),
    }),
  };
}
