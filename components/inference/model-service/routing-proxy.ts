import { routingProxy } from "../../../catalog/llm-d-router";
import type { PrefillPlan } from "./prefill";
import type { NamedPort } from "./server-ports";

const { uid, serverPort, resources: own } = routingProxy;

/**
 * The proxy before a server that writes answers. A sidecar of Kubernetes: it is there before the server and stops after it.
 * Source: llm-d/llm-d:guides/recipes/modelserver/base/single-host/pd/vllm/patch-sidecar.yaml; `catalog/llm-d-router.ts`
 */
export function proxyContainer({ proxyImage }: PrefillPlan, port: NamedPort): object {
  const resources = { cpu: String(own.cpu), memory: `${own.memoryGiB}Gi` };
  return {
    name: "routing-proxy",
    image: proxyImage,
    restartPolicy: "Always",
    args: [
      `--port=${port.containerPort}`,
      `--model-server-port=${serverPort}`,
      "--kv-connector=nixlv2",
      // TLS ends at the gateway, as with a server that has no proxy.
      "--secure-proxy=false",
      "--zap-encoder=json",
    ],
    ports: [port],
    resources: { requests: resources, limits: resources },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: {
      httpGet: { path: "/health", port: port.name },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}
