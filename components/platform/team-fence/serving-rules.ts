import { labels, servingWorkload } from "../../../catalog/scheduling";
import type { FencePolicy } from "./fence-policy";
import { containers, podResources, specChanges } from "./pod-rules";

/**
 * Whether a pod answers requests itself. Not one that comes to an end, and of a group of pods that serve one model together only the
 * leader.
 * Source: kubernetes-sigs/lws:api/leaderworkerset/v1/leaderworkerset_types.go (v0.9.0, WorkerIndexLabelKey)
 */
const answers =
  "object.spec.?restartPolicy.orValue('Always') == 'Always' && " +
  "object.metadata.?labels[?'leaderworkerset.sigs.k8s.io/worker-index'].orValue('0') == '0'";

/**
 * What pods owe to whoever calls them. That a budget covers them no pod can say: it selects them by labels of its own choice, and comes
 * before or after them.
 */
export const servingRules: FencePolicy = {
  resources: podResources,
  operations: ["CREATE", "UPDATE"],
  appliesTo: specChanges,
  namespaces: [
    { key: labels.tenant, operator: "Exists" },
    { key: labels.workload, operator: "In", values: [servingWorkload] },
  ],
  variables: {
    containers,
    answers,
    tokens:
      "object.spec.?volumes.orValue([]).exists(it, it.?projected.?sources.orValue([]).exists(one, " +
      "has(one.serviceAccountToken) && one.serviceAccountToken.?audience.orValue('') == ''))",
  },
  rules: [
    {
      name: "model-probes",
      // Of the containers proper: those of the start, sidecars included, load no model.
      expression:
        "!variables.answers || object.spec.containers.all(it, " +
        "!it.?resources.?limits.orValue({}).exists(name, name.contains('/')) || (has(it.readinessProbe) && has(it.startupProbe)))",
      message:
        "A container with GPUs must have a readinessProbe, without which it gets requests before its model is loaded, and a " +
        "startupProbe, which gives it the time to load.",
    },
    {
      name: "service-links",
      // Without a word it is true.
      expression: "!object.spec.?enableServiceLinks.orValue(true)",
      message:
        "A pod must have enableServiceLinks: false, or every service of the namespace becomes variables of its containers, among " +
        "which are settings that model servers read.",
    },
    {
      name: "api-server-token",
      expression: `!variables.tokens || namespaceObject.metadata.labels[?'${labels.apiServer}'].orValue('') != ''`,
      message:
        "A pod must have automountServiceAccountToken: false and mount no token of the API server, which its namespace does not reach; " +
        "the team's reach must name apiServer if it needs to. The token of workload identity is another one.",
    },
  ],
};
