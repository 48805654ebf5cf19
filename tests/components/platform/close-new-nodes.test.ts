import { expect, it } from "vitest";
import { memlockTaint } from "../../../catalog/scheduling";
import { closeNewNodes } from "../../../components/platform/close-new-nodes";

it("taints the nodes that it is for as they register, once, and refuses those that it cannot judge", () => {
  const key = "startup-taint.cluster-autoscaler.kubernetes.io/memlock";
  const taints = "object.spec.?taints.orValue([])";
  const selector = { matchLabels: { "azure-gpu-cluster/memlock": "node" } };
  expect(closeNewNodes("memlock-new-nodes", { taint: memlockTaint, selector })).toEqual({
    "memlock-new-nodes": {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingAdmissionPolicy",
      metadata: { name: "memlock-new-nodes" },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        matchConstraints: {
          resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nodes"] }],
          objectSelector: { matchLabels: { "azure-gpu-cluster/memlock": "node" } },
        },
        matchConditions: [{ name: "open", expression: `!${taints}.exists(it, it.key == '${key}')` }],
        mutations: [
          {
            patchType: "JSONPatch",
            jsonPatch: {
              expression:
                `[JSONPatch{op: 'add', path: '/spec/taints', value: ${taints} + ` +
                `[{'key': '${key}', 'value': 'pending', 'effect': 'NoSchedule'}]}]`,
            },
          },
        ],
      },
    },
    "memlock-new-nodes-binding": {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "MutatingAdmissionPolicyBinding",
      metadata: { name: "memlock-new-nodes" },
      spec: { policyName: "memlock-new-nodes" },
    },
  });
});
