import type { KubernetesObject } from "../../../core/kubernetes-object";
import { routingProxy } from "../../../catalog/llm-d-router";
import type { ModelServicePlan, ServerPlan } from "./plan";
import { drainSeconds } from "./server-arguments";

/** Host and port of the keys that Entra ID signs tokens with. Source: https://learn.microsoft.com/entra/identity-platform/access-tokens */
const entra = { host: "login.microsoftonline.com", port: 443 } as const;

/** Group of InferencePools. */
const pools = "inference.networking.k8s.io";

/** What the gateway sends requests through whose tokens it counts. */
const tokenCounter = { group: "agentgateway.dev", kind: "AgentgatewayBackend" } as const;

/** Way of requests from the gateway to the servers, by their weights. */
export function routeObject({ name, namespace, gateway, address, servers, limit }: ModelServicePlan): KubernetesObject {
  const { hostName, path } = address;
  const filters = [
    // The servers know nothing of the path that sets them apart.
    ...(path === "/"
      ? []
      : [{ type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } }]),
    // What is filtered here the picker sets afterwards, for the proxy that believes it.
    // Source: agentgateway/agentgateway:crates/agentgateway/src/proxy/httpproxy.rs (apply_request_policies, v1.4.1)
    ...(servers.some(({ prefill }) => prefill !== null)
      ? [{ type: "RequestHeaderModifier", requestHeaderModifier: { remove: routingProxy.headers } }]
      : []),
  ];
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name, namespace },
    spec: {
      parentRefs: [
        { group: "gateway.networking.k8s.io", kind: "Gateway", namespace: gateway.namespace, name: gateway.name },
      ],
      hostnames: [hostName],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: path } }],
          ...(filters.length > 0 && { filters }),
          backendRefs: servers.map((it) => ({
            ...(limit?.counted === "tokens" ? tokenCounter : { group: pools, kind: "InferencePool" }),
            name: it.name,
            weight: it.weight,
          })),
          // A longer answer would be cut off when its server is told to stop.
          timeouts: { request: `${drainSeconds}s` },
        },
      ],
    },
  };
}

/**
 * Backends that have the gateway count tokens: it looks for them in answers of what it knows as a language model alone, and not in those of
 * a pool. The picker of the pool picks as ever.
 * Source: agentgateway/agentgateway:crates/agentgateway/src/proxy/httpproxy.rs (apply_llm_request_policies) and
 * controller/api/v1alpha1/agentgateway/agentgateway_backend_types.go (CustomProviderSettings, v1.4.1)
 */
export function counterObjects({
  namespace,
  servers,
  limit,
}: ModelServicePlan): Readonly<Record<string, KubernetesObject>> {
  if (limit?.counted !== "tokens") return {};
  // Of a chat that is streamed, the gateway asks the server for the number of tokens where the client does not. All else passes as it is.
  const routes = { "/v1/chat/completions": "Completions", "*": "Detect" };
  const backend = ({ name }: ServerPlan): KubernetesObject => ({
    apiVersion: "agentgateway.dev/v1alpha1",
    kind: tokenCounter.kind,
    metadata: { name, namespace },
    spec: {
      ai: {
        provider: {
          custom: { backendRef: { group: pools, kind: "InferencePool", name }, formats: [{ type: "Completions" }] },
        },
      },
      policies: { ai: { routes } },
    },
  });
  const [main, canary] = servers;
  return { counter: backend(main), ...(canary !== undefined && { "canary-counter": backend(canary) }) };
}

/**
 * Whom the gateway lets ask, and how much. While keys are missing, or those of Entra ID cannot be had, it lets nobody.
 * Source: agentgateway/agentgateway:controller/api/v1alpha1/agentgateway/agentgateway_policy_types.go and
 * controller/pkg/agentgateway/plugins/traffic_plugin.go (v1.4.1)
 */
export function accessObjects({
  name,
  namespace,
  access,
  limit,
}: ModelServicePlan): Readonly<Record<string, KubernetesObject>> {
  // Of several limits this version heeds the first alone, so there is one.
  const rateLimit = limit !== null && {
    rateLimit: { local: [{ [limit.counted]: limit.perMinuteAndPod, unit: "Minutes" }] },
  };
  const policy = (authentication: object): KubernetesObject => ({
    apiVersion: "agentgateway.dev/v1alpha1",
    kind: "AgentgatewayPolicy",
    metadata: { name, namespace },
    spec: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name }],
      traffic: { ...authentication, ...rateLimit },
    },
  });
  if ("apiKeys" in access)
    return { access: policy({ apiKeyAuthentication: { mode: "Strict", secretRef: { name: access.apiKeys } } }) };
  const { tenantId, audience } = access.entra;
  const keys = `${name}-entra`;
  const jwks = {
    remote: {
      jwksPath: `${tenantId}/discovery/v2.0/keys`,
      backendRef: { group: "agentgateway.dev", kind: "AgentgatewayBackend", name: keys, port: entra.port },
    },
  };
  // Which of the two a token is of, its application says.
  const issuers = [`https://${entra.host}/${tenantId}/v2.0`, `https://sts.windows.net/${tenantId}/`];
  return {
    access: policy({
      jwtAuthentication: {
        mode: "Strict",
        providers: issuers.map((issuer) => ({ issuer, audiences: [audience], jwks })),
      },
    }),
    "access-keys": {
      apiVersion: "agentgateway.dev/v1alpha1",
      kind: "AgentgatewayBackend",
      metadata: { name: keys, namespace },
      spec: { static: { host: entra.host, port: entra.port }, policies: { tls: {} } },
    },
  };
}
