import { has, own, pod } from "./bodies";
import { type Asked, says } from "./requests-of-teams";

const probe = { httpGet: { path: "/health", port: 8000 } };
const model = has({ cpu: "1", memory: "1Gi", "nvidia.com/gpu": "1" });
const probes = { readinessProbe: probe, startupProbe: probe };
const quiet = { enableServiceLinks: false };
const worker = (index: string): object => ({
  name: "probe",
  labels: { "leaderworkerset.sigs.k8s.io/worker-index": index },
});
const token = (more: object = {}): object => ({
  volumes: [{ name: "v", projected: { sources: [{ serviceAccountToken: { path: "token", ...more } }] } }],
});

/** Requests of a team that serves models. */
export const ofServingTeam: readonly Asked[] = [
  ["a pod without GPUs", null, pod(quiet)],
  ["one of the GPUs of a node, with probes", null, pod({ ...own, ...quiet }, { ...model, ...probes })],
  ["a model without probes", says.modelProbes, pod({ ...own, ...quiet }, model)],
  [
    "a model that gets requests while it loads",
    says.modelProbes,
    pod({ ...own, ...quiet }, { ...model, startupProbe: probe }),
  ],
  [
    "a model that is given no time to load",
    says.modelProbes,
    pod({ ...own, ...quiet }, { ...model, readinessProbe: probe, livenessProbe: probe }),
  ],
  ["a GPU for what comes to an end", null, pod({ ...own, ...quiet, restartPolicy: "Never" }, model)],
  [
    "the leader of a group without probes",
    says.modelProbes,
    { ...pod({ ...own, ...quiet }, model), metadata: worker("0") },
  ],
  ["a worker of a group without probes", null, { ...pod({ ...own, ...quiet }, model), metadata: worker("1") }],
  ["variables of all services", says.links, pod({ enableServiceLinks: true })],
  ["variables of all services, without a word", says.links, pod()],
  ["a token of the API server", says.apiToken, pod({ ...quiet, automountServiceAccountToken: true })],
  ["a token of the API server, mounted by hand", says.apiToken, pod({ ...quiet, ...token() })],
  ["a token of workload identity", null, pod({ ...quiet, ...token({ audience: "api://AzureADTokenExchange" }) })],
];
