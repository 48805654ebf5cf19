import { annotations, gpuHealthTaint, labels } from "../../../catalog/scheduling";
import type { AdmissionPolicy } from "../admission-policy";
import { conditionType } from "./controller-config";

/** Parts of a node's status, but for its conditions. Source: kubernetes:staging/src/k8s.io/api/core/v1/types.go (NodeStatus, v1.36) */
const otherStatus = [
  ...[
    "addresses",
    "allocatable",
    "capacity",
    "config",
    "daemonEndpoints",
    "declaredFeatures",
    "features",
    "images",
    "nodeInfo",
  ],
  ...["phase", "runtimeHandlers", "volumesAttached", "volumesInUse"],
];

/**
 * What the controller's service account may change of nodes, beside what its role says, which cannot name single fields: its taint,
 * its labels, its report and its condition.
 */
export function ownLabelsRules(user: string): AdmissionPolicy {
  const own = (keys: readonly string[]): string => `[${keys.map((it) => `'${it}'`).join(", ")}]`;
  const same = (field: string, keys: readonly string[]): string =>
    `variables.new_${field}.all(it, it in ${own(keys)} || variables.old_${field}[?it] == optional.of(variables.new_${field}[it])) && ` +
    `variables.old_${field}.all(it, it in ${own(keys)} || it in variables.new_${field})`;
  return {
    resources: ["nodes", "nodes/status"],
    operations: ["UPDATE"],
    appliesTo: `request.userInfo.username == '${user}'`,
    namespaces: null,
    variables: {
      old_labels: "oldObject.metadata.?labels.orValue({})",
      new_labels: "object.metadata.?labels.orValue({})",
      old_annotations: "oldObject.metadata.?annotations.orValue({})",
      new_annotations: "object.metadata.?annotations.orValue({})",
    },
    rules: [
      {
        expression:
          `object.spec.?taints.orValue([]).filter(it, it.key != '${gpuHealthTaint.key}') == ` +
          `oldObject.spec.?taints.orValue([]).filter(it, it.key != '${gpuHealthTaint.key}')`,
        message: `Of the taints of a node ${gpuHealthTaint.key} alone may come and go.`,
      },
      {
        expression: same("labels", [labels.gpuHealth, labels.healthCheck]),
        message: `Of the labels of a node ${labels.gpuHealth} and ${labels.healthCheck} alone may change.`,
      },
      {
        expression: same("annotations", [annotations.gpuHealthReport]),
        message: `Of the annotations of a node ${annotations.gpuHealthReport} alone may change.`,
      },
      {
        expression:
          "['finalizers', 'ownerReferences'].all(it, object.metadata[?it] == oldObject.metadata[?it]) && " +
          "object.spec.?unschedulable == oldObject.spec.?unschedulable",
        message: "A node must neither be cordoned nor bound to other objects.",
      },
      {
        expression:
          `${own(otherStatus)}.all(it, object.?status[?it] == oldObject.?status[?it]) && ` +
          `object.?status.?conditions.orValue([]).filter(it, it.type != '${conditionType}') == ` +
          `oldObject.?status.?conditions.orValue([]).filter(it, it.type != '${conditionType}')`,
        message: `Of the status of a node the condition ${conditionType} alone may change.`,
      },
    ],
  };
}
