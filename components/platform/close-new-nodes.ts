import type { KubernetesObjects } from "./add-on";

/** First version of Kubernetes whose API server changes objects by a policy. Source: kubernetes KEP-3962 (stable since 1.36) */
export const closesNodesSince = "1.36";

/** Which nodes are closed until something is shown of them, and by which taint. */
export interface ClosedNodes {
  readonly taint: Readonly<Record<"key" | "value" | "effect", string>>;
  /** A label selector, as Kubernetes writes one. */
  readonly selector: object;
}

/**
 * A policy and its binding that give nodes a taint as they register, so that no pod comes before somebody takes it away. A taint of
 * the pool could not be taken from a node again, and one that was taken must not come back: it is for new nodes only.
 *
 * What it cannot judge it refuses. Only nodes with the label are asked about, and kubelet tries to register until it may: a broken
 * policy shows as a pool that gets no nodes. Let in without the taint, a node would take jobs that fail on it, and nobody would know.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export function closeNewNodes(name: string, { taint, selector }: ClosedNodes): KubernetesObjects {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const { key, value, effect } = taint;
  const taints = "object.spec.?taints.orValue([])";
  return {
    [name]: {
      apiVersion,
      kind: "MutatingAdmissionPolicy",
      metadata: { name },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "Never",
        matchConstraints: {
          resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["nodes"] }],
          objectSelector: selector,
        },
        matchConditions: [{ name: "open", expression: `!${taints}.exists(it, it.key == '${key}')` }],
        mutations: [
          {
            patchType: "JSONPatch",
            jsonPatch: {
              // The whole list, because a node may have none that could be added to. Source: RFC 6902, section 4.1
              expression:
                `[JSONPatch{op: 'add', path: '/spec/taints', value: ${taints} + ` +
                `[{'key': '${key}', 'value': '${value}', 'effect': '${effect}'}]}]`,
            },
          },
        ],
      },
    },
    [`${name}-binding`]: {
      apiVersion,
      kind: "MutatingAdmissionPolicyBinding",
      metadata: { name },
      spec: { policyName: name },
    },
  };
}
