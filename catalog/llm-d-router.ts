/**
 * The endpoint picker of llm-d's router, at the version of `versions.endpointPicker`. Sources, all of llm-d/llm-d-router v0.10.0:
 * config/charts/routerlib/templates/_deployment.yaml (ports), Dockerfile.epp (user)
 */
export const endpointPicker = {
  /** Where the gateway asks it, over TLS with a certificate that it made itself; its health; its metrics. */
  ports: { requests: 9002, health: 9003, metrics: 9090 },
  uid: 65532,
} as const;

/**
 * Labels of servers that the picker reads: what they do of a request, and which metrics they have; without the second those of vLLM.
 * Source: llm-d/llm-d-router:pkg/epp/framework/plugins/scheduling/filter/bylabel/roles.go and
 * pkg/epp/framework/plugins/datalayer/extractor/metrics/factories.go (v0.10.0)
 */
export const serverLabels = { role: "llm-d.ai/role", engine: "llm-d.ai/engine-type" } as const;

/**
 * The proxy before a server that writes answers: it has the prompt read by the server that the picker names in a header, then passes the
 * request on to its own. Whoever may ask could name any address in that header, and the picker removes none, so the route does. Its
 * health says nothing of the server behind it.
 * Source: llm-d/llm-d-router:pkg/sidecar/proxy/options.go, proxy.go and chat_completions.go, pkg/common/routing/common.go,
 * Dockerfile.sidecar (v0.10.0)
 */
export const routingProxy = {
  uid: 65532,
  /** Port of the server behind it. */
  serverPort: 8200,
  /** Part of the node that is its server's, in CPUs and GiB, which it takes. An assumption: it passes bytes on. */
  resources: { cpu: 1, memoryGiB: 1 },
  /** Headers that only the picker may set. */
  headers: [
    "x-prefiller-host-port",
    "x-encoder-hosts-ports",
    "x-data-parallel-host-port",
    "x-kv-cache-source-host-port",
  ],
} as const;

/**
 * Tokens of a prompt that a server has not kept, from which on another one reads it: below, moving what was read takes longer than reading.
 * Source: https://github.com/llm-d/llm-d-router/blob/v0.10.0/pkg/epp/framework/plugins/scheduling/profilehandler/disagg/README.md (an example)
 */
export const tokensReadElsewhere = 512;
