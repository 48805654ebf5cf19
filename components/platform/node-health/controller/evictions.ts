import { list, read, text } from "../../../../core/property-tree";

/** Where the API lists the pods of a node, of all namespaces. */
export function podsPathOf(node: string): string {
  return `/api/v1/pods?${new URLSearchParams({ fieldSelector: `spec.nodeName=${node}` }).toString()}`;
}

/** Whether a node is not empty while it has a pod: not for what a DaemonSet would bring again, what kubelet runs from a file, what has ended. */
export function keepsNode(pod: unknown): boolean {
  const owned = list(pod, "metadata.ownerReferences").some((it) => text(it, "kind") === "DaemonSet");
  const mirror = read(pod, 'metadata.annotations["kubernetes.io/config.mirror"]') !== undefined;
  const ended = ["Succeeded", "Failed"].includes(text(pod, "status.phase") ?? "");
  return !owned && !mirror && !ended;
}

/** Whether a pod is to be asked to go: what is on its way already needs no asking. */
export function isEvictable(pod: unknown): boolean {
  return keepsNode(pod) && text(pod, "metadata.deletionTimestamp") === undefined;
}

/** What asks a pod to go: a disruption budget may say no. */
export function evictionOf(pod: unknown): { readonly pod: string; readonly path: string; readonly body: object } {
  const [namespace = "", name = ""] = [text(pod, "metadata.namespace"), text(pod, "metadata.name")];
  return {
    pod: `${namespace}/${name}`,
    path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`,
    body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } },
  };
}
