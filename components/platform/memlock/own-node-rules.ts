import { memlockTaint } from "../../../catalog/scheduling";
import type { AdmissionPolicy } from "../admission-policy";

/** What a token says of the node that its pod runs on. Source: kubernetes KEP-4193 (stable since 1.32) */
const nodeOfToken = "authentication.kubernetes.io/node-name";

/**
 * What a service account may do with nodes beside what its role says, which cannot name the own node: take one taint from the
 * node that its pod runs on, and change nothing else of it.
 */
export function ownNodeRules(user: string): AdmissionPolicy {
  return {
    resources: ["nodes"],
    operations: ["UPDATE"],
    appliesTo: `request.userInfo.username == '${user}'`,
    namespaces: null,
    variables: {
      others: `oldObject.spec.?taints.orValue([]).filter(it, it.key != '${memlockTaint.key}')`,
    },
    rules: [
      {
        expression: `request.userInfo.?extra[?'${nodeOfToken}'].orValue([]) == [object.metadata.name]`,
        message: "A node must be opened by a pod of its own.",
      },
      {
        expression: "object.spec.?taints.orValue([]) == variables.others",
        message: `Of the taints of a node ${memlockTaint.key} must go, and no other must change.`,
      },
      {
        expression:
          "['labels', 'annotations', 'finalizers', 'ownerReferences'].all(it, " +
          "object.metadata[?it] == oldObject.metadata[?it]) && " +
          "object.spec.?unschedulable == oldObject.spec.?unschedulable",
        message: "Of a node nothing but its taints must change.",
      },
    ],
  };
}
