import type { KubernetesObject } from "../../../core/kubernetes-object";
import type { ModelServicePlan } from "./plan";
import { drainSeconds } from "./server-arguments";

/** Host and port of the keys that Entra ID signs tokens with. Source: https://learn.microsoft.com/entra/identity-platform/access-tokens */
const entra = { host: "login.microsoftonline.com", port: 443 } as const;

/** Way of requests from the gateway to the servers, by their weights. */
export function routeObject({ name, namespace, gateway, address, servers }: ModelServicePlan): KubernetesObject {
  const { hostName, path } = address;
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
          // The servers know nothing of the path that sets them apart.
          ...(path !== "/" && {
            filters: [
              { type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } },
            ],
          }),
          backendRefs: servers.map((it) => ({
            group: "inference.networking.k8s.io",
            kind: "InferencePool",
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
 * Whom the gateway lets ask. While keys are missing, or those of Entra ID cannot be had, it lets nobody.
 * Source: agentgateway/agentgateway:controller/api/v1alpha1/agentgateway/agentgateway_policy_types.go and
 * controller/pkg/agentgateway/plugins/traffic_plugin.go (v1.4.1)
 */
export function accessObjects({
  name,
  namespace,
  access,
}: ModelServicePlan): Readonly<Record<string, KubernetesObject>> {
  const policy = (traffic: object): KubernetesObject => ({
    apiVersion: "agentgateway.dev/v1alpha1",
    kind: "AgentgatewayPolicy",
    metadata: { name, namespace },
    spec: { targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name }], traffic },
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
