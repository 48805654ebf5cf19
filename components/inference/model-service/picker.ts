import { stringify } from "yaml";
import { imageOf } from "../../../catalog/image-of";
import { endpointPicker, tokensReadElsewhere } from "../../../catalog/llm-d-router";
import { versions } from "../../../catalog/versions";
import { engines } from "../../../catalog/engines";
import type { KubernetesObject } from "../../../core/kubernetes-object";
import { labelsOf, pickedFrom, pickerName } from "./labels";
import type { ModelServicePlan, ServerPlan } from "./plan";

/** What a picker asks for of a general node. It works for all requests of a model, and needs more the more servers there are. */
export const pickerRequests = { cpu: 1, memoryGiB: 2 } as const;

const { ports, uid } = endpointPicker;
const rbac = "rbac.authorization.k8s.io";

/**
 * Weighs the servers: how busy each is, and most of all the beginning of the prompt, which a server that has seen it does not read again.
 * One picker knows that of all, so there is one.
 * Source: llm-d/llm-d-router:config/charts/routerlib/templates/_config.yaml (v0.10.0)
 */
function configuration(server: ServerPlan): object {
  const { prefill, gpu } = server;
  const { scorers, plugins, more } = engines[gpu.engine].picker === "own count" ? byCount(server) : byMetrics(server);
  const weighed = [...scorers, { type: "prefix-cache-scorer", weight: 3 }];
  const profile = (name: string, ...filters: readonly string[]): object => ({
    name,
    plugins: [
      ...filters.map((it) => ({ pluginRef: it })),
      ...weighed.map(({ type, weight }) => ({ pluginRef: type, weight })),
    ],
  });
  return {
    apiVersion: "llm-d.ai/v1alpha1",
    kind: "EndpointPickerConfig",
    plugins: [...weighed.map(({ type }) => ({ type })), ...(prefill === null ? [] : readElsewhere), ...plugins],
    ...more,
    schedulingProfiles:
      prefill === null
        ? [profile("default")]
        : [profile("prefill", "prefill-filter"), profile("decode", "decode-filter")],
  };
}

/** How a picker knows how busy servers are: what scores it, what that needs, and what else the configuration then says. */
interface Busyness {
  readonly scorers: readonly { readonly type: string; readonly weight: number }[];
  readonly plugins: readonly object[];
  readonly more: object;
}

/** By what servers say: few requests that wait, and much room for tokens. */
function byMetrics({ gpu }: ServerPlan): Busyness {
  const { paths, picker } = engines[gpu.engine];
  return {
    scorers: [
      { type: "queue-scorer", weight: 2 },
      { type: "kv-cache-utilization-scorer", weight: 2 },
    ],
    plugins: [
      { type: "metrics-data-source", parameters: { scheme: "http", path: paths.metrics } },
      {
        type: "core-metrics-extractor",
        ...(typeof picker !== "string" && {
          parameters: { defaultEngine: gpu.engine, engineConfigs: [{ name: gpu.engine, ...picker }] },
        }),
      },
    ],
    more: {},
  };
}

/**
 * By the requests that the picker has sent to each server and that are not answered yet: the gateway tells it when an answer is complete.
 * Servers are full when they have as many as they are expected to work on at once. Without a word the picker would take servers of which
 * it has no metrics for full, and turn away all that can wait.
 * Source: llm-d/llm-d-router:pkg/epp/framework/plugins/scheduling/scorer/activerequest, flowcontrol/saturationdetector/concurrency and
 * saturationdetector/utilization (v0.10.0); agentgateway/agentgateway:crates/agentgateway/src/http/ext_proc.rs (v1.4.1)
 */
function byCount({ estimate }: ServerPlan): Busyness {
  const detector = "concurrency-detector";
  return {
    scorers: [{ type: "active-request-scorer", weight: 4 }],
    plugins: [{ type: detector, parameters: { maxConcurrency: estimate.requestsAtOnce } }],
    more: { flowControl: { saturationDetector: { pluginRef: detector } }, dataLayer: { injectDefaults: false } },
  };
}

/**
 * Picks the server that writes first, then one that reads, where the first has kept too little of the prompt.
 * Source: llm-d/llm-d-router:deploy/config/pd-epp-config.yaml and
 * pkg/epp/framework/plugins/scheduling/profilehandler/disagg/disagg_profile_handler.go (v0.10.0)
 */
const readElsewhere = [
  { type: "prefill-filter" },
  { type: "decode-filter" },
  { type: "prefix-based-pd-decider", parameters: { nonCachedTokens: tokensReadElsewhere } },
  { type: "disagg-profile-handler", parameters: { deciders: { prefill: "prefix-based-pd-decider" } } },
];

/**
 * The pool of a kind of servers, and who picks one of them for each request. The picker reads pods of its namespace from the API server.
 * Source of its arguments, ports, probes and rights: llm-d/llm-d-router:config/charts (v0.10.0)
 */
export function pickerObjects(
  { name: model, namespace }: ModelServicePlan,
  server: ServerPlan,
): Readonly<
  Record<"pool" | "objective" | "account" | "role" | "binding" | "service" | "deployment", KubernetesObject>
> {
  const name = pickerName(server);
  const labels = labelsOf(model, server, "picker");
  const metadata = { name, namespace, labels };
  return {
    pool: {
      apiVersion: "inference.networking.k8s.io/v1",
      kind: "InferencePool",
      metadata: { name: server.name, namespace, labels: labelsOf(model, server, "server") },
      spec: {
        selector: { matchLabels: pickedFrom(model, server) },
        targetPorts: [{ number: engines[server.gpu.engine].port }],
        appProtocol: "http",
        // Without the picker requests go to any server, which is slower and not wrong.
        endpointPickerRef: { name, port: { number: ports.requests }, failureMode: "FailOpen" },
      },
    },
    // Requests that name it by the header `x-llm-d-inference-objective` are turned away first when all servers are full: work that can wait.
    // Source: llm-d/llm-d-router:pkg/epp/metadata/consts.go, pkg/epp/requestcontrol/admission.go (v0.10.0)
    objective: {
      apiVersion: "llm-d.ai/v1alpha2",
      kind: "InferenceObjective",
      metadata: { name: `${server.name}-batch`, namespace },
      spec: { priority: -1, poolRef: { name: server.name } },
    },
    account: { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    role: {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata,
      rules: [
        { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: ["get", "list", "watch"] },
        {
          apiGroups: ["llm-d.ai"],
          resources: ["inferenceobjectives", "inferencemodelrewrites"],
          verbs: ["get", "list", "watch"],
        },
      ],
    },
    binding: {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: rbac, kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
    service: {
      apiVersion: "v1",
      kind: "Service",
      // Like the servers: `up` does not wait for it.
      metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        selector: labels,
        ports: [{ name: "grpc", port: ports.requests, targetPort: "grpc", protocol: "TCP", appProtocol: "http2" }],
      },
    },
    deployment: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
      spec: {
        replicas: 1,
        // Two at once would each know the half.
        strategy: { type: "Recreate" },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: pickerPod(server, namespace) },
      },
    },
  };
}

function pickerPod(server: ServerPlan, namespace: string): object {
  const name = pickerName(server);
  const { cpu, memoryGiB } = pickerRequests;
  const alive = { grpc: { port: ports.health, service: "inference-extension" } };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    // As long as the slowest request that it has sent on.
    terminationGracePeriodSeconds: 300,
    securityContext: { runAsNonRoot: true, runAsUser: uid, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "picker",
        image: imageOf(versions.endpointPicker),
        args: [
          `--pool-name=${server.name}`,
          `--pool-namespace=${namespace}`,
          "--pool-group=inference.networking.k8s.io",
          // No file of a ConfigMap, which it would read once: another text is another pod.
          "--config-text",
          stringify(configuration(server)),
          `--grpc-health-port=${ports.health}`,
          "--zap-encoder=json",
          "--tracing=false",
          // Asking the API server who reads them needs rights on the whole cluster. The network says it in its place.
          "--metrics-endpoint-auth=false",
        ],
        env: [
          { name: "NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
          { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        ],
        ports: [
          { name: "grpc", containerPort: ports.requests },
          { name: "grpc-health", containerPort: ports.health },
          { name: "metrics", containerPort: ports.metrics },
        ],
        resources: {
          requests: { cpu: String(cpu), memory: `${memoryGiB}Gi` },
          limits: { memory: `${4 * memoryGiB}Gi` },
        },
        livenessProbe: { ...alive, initialDelaySeconds: 5, periodSeconds: 10 },
        readinessProbe: { ...alive, periodSeconds: 2 },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  };
}
