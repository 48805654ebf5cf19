import { commonRules, edit } from "./common-rights";
import type { TeamKind } from "./team-kind";

/** Model services: single GPUs, weights from Blob. */
export const inference: TeamKind = {
  description: "Inference teams, by name: a namespace infer-<team> each, for model services on single GPUs.",
  namespacePrefix: "infer",
  // The strictest: services face other teams' users, and none of them needs root.
  podSecurity: "restricted",
  containerDefaults: { cpu: "250m", memory: "512Mi" },
  // Model services and what they need. Never nodes, gateway classes, quotas, roles or other namespaces.
  rules: [
    ...commonRules,
    { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "replicasets"], verbs: edit },
    { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: edit },
    { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: edit },
    { apiGroups: ["leaderworkerset.x-k8s.io"], resources: ["leaderworkersets"], verbs: edit },
    { apiGroups: ["inference.networking.k8s.io"], resources: ["inferencepools"], verbs: edit },
    { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"], verbs: edit },
  ],
  // The router that KServe puts before a model asks the API server for the model's pods.
  // Source: kserve/kserve:config/llmisvcconfig/config-llm-scheduler.yaml (v0.20.0, --pool-name)
  apiServerRules: [
    {
      apiGroups: ["serving.kserve.io"],
      resources: ["llminferenceservices", "llminferenceserviceconfigs"],
      verbs: edit,
    },
  ],
  // A model may take one GPU of a node.
  wholeNodes: false,
  // A service that waits serves nobody.
  queues: false,
  // Weights come from Blob; the bandwidth of Lustre is for training, and a service has no home.
  volumes: ["blob", "archive"],
};
