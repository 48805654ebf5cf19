/**
 * The endpoint picker of llm-d's router, at the version of `versions.endpointPicker`. Sources, all of llm-d/llm-d-router v0.10.0:
 * config/charts/routerlib/templates/_deployment.yaml (ports), Dockerfile.epp (user)
 */
export const endpointPicker = {
  /** Where the gateway asks it, over TLS with a certificate that it made itself; its health; its metrics. */
  ports: { requests: 9002, health: 9003, metrics: 9090 },
  uid: 65532,
} as const;
