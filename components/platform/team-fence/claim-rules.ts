import { labels } from "../../../catalog/scheduling";
import { listOf } from "./cel";
import type { FencePolicy } from "./fence-policy";

/**
 * What teams may claim. Quotas and queues count extended resources and no claims, so a claim of a GPU would be one that nobody
 * counts.
 * Source: kubernetes/api:resource/v1/types.go (v0.36.0)
 * @param deviceClasses Classes that may be claimed
 */
export function claimRules(deviceClasses: readonly string[]): FencePolicy {
  const allowed = listOf(deviceClasses);
  return {
    // The older forms are converted to this one. Before Kubernetes 1.34 there is none, and AKS has no claims.
    apis: { groups: ["resource.k8s.io"], versions: ["v1"] },
    resources: ["resourceclaims", "resourceclaimtemplates"],
    operations: ["CREATE", "UPDATE"],
    appliesTo: null,
    namespaces: [{ key: labels.tenant, operator: "Exists" }],
    variables: {
      // A template holds the spec of a claim in its own.
      requests:
        "(object.kind == 'ResourceClaimTemplate' ? dyn(object).spec.spec : dyn(object).spec).?devices.?requests.orValue([])",
    },
    rules: [
      {
        name: "admin-access",
        expression: "variables.requests.all(it, !it.?exactly.?adminAccess.orValue(false))",
        message: "A claim must not have adminAccess, which takes devices that others use.",
      },
      {
        name: "device-classes",
        expression:
          "variables.requests.all(it, " +
          `(!has(it.exactly) || it.exactly.deviceClassName in ${allowed}) && ` +
          `it.?firstAvailable.orValue([]).all(one, one.deviceClassName in ${allowed}))`,
        message:
          "A claim must be of a device class that was allowed, " +
          `${deviceClasses.length === 0 ? "and none is" : deviceClasses.join(", ")}: ask for GPUs by limits, which quota and ` +
          "queue count, or have platform.teamFence.deviceClasses name it.",
      },
    ],
  };
}
