import { routingProxy } from "../../../catalog/llm-d-router";
import { vllm } from "../../../catalog/vllm";
import type { PrefillPlan } from "./prefill";

const { uid, serverPort, resources: own } = routingProxy;

/**
 * The proxy before a server that writes answers. A sidecar of Kubernetes: it is there before the server and stops after it.
 * Source: llm-d/llm-d:guides/recipes/modelserver/base/single-host/pd/vllm/patch-sidecar.yaml; `catalog/llm-d-router.ts`
 */
export function proxyContainer({ proxyImage }: PrefillPlan): object {
  const resources = { cpu: String(own.cpu), memory: `${own.memoryGiB}Gi` };
  return {
    name: "routing-proxy",
    image: proxyImage,
    restartPolicy: "Always",
    args: [
      `--port=${vllm.port}`,
      `--model-server-port=${serverPort}`,
      "--kv-connector=nixlv2",
      // TLS ends at the gateway, as with a server that has no proxy.
      "--secure-proxy=false",
      "--zap-encoder=json",
    ],
    ports: [{ name: "http", containerPort: vllm.port }],
    resources: { requests: resources, limits: resources },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: uid,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
    },
    readinessProbe: {
      httpGet: { path: "/health", port: "http" },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    },
  };
}

/** What a pod asks for, less what its proxy takes of it. */
export function withoutProxy({
  cpu = "0",
  memory = "0",
  ...devices
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return {
    cpu: String(Number(cpu) - own.cpu),
    memory: `${Number.parseInt(memory, 10) - own.memoryGiB}Gi`,
    ...devices,
  };
}
