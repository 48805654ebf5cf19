import { labels } from "../../../catalog/scheduling";
import type { FencePolicy } from "./fence-policy";

/** Whether an annotation is one that the pod has had all along: that one was there before the rule, or was refused. */
const had =
  "request.operation == 'UPDATE' && oldObject.metadata.?annotations[?key] == object.metadata.annotations[?key]";

/**
 * Keys by which plugins of the container runtime are told to change a container: its limits of memory that it may lock and of open
 * files, devices, mounts. `node` and `ipc-lock` are the ways to lock memory, so no pod needs one.
 * Source: containerd/nri:plugins (ulimit-adjuster, device-injector; v0.13)
 */
const nriDomains = "(^|[.])(noderesource[.]dev|nri[.]io|nri[.]containerd[.]io)(/|$)";

/**
 * Annotations by which a pod has devices, or limits, past what it asks for. The runtime reads them whenever it makes the pod's sandbox
 * anew, so they are looked at apart from the spec, which other rules judge only when it changes.
 */
export const annotationRules: FencePolicy = {
  resources: ["pods"],
  operations: ["CREATE", "UPDATE"],
  appliesTo: null,
  namespaces: [{ key: labels.tenant, operator: "Exists" }],
  variables: { annotations: "object.metadata.?annotations.orValue({})" },
  rules: [
    {
      name: "device-annotations",
      // Source: https://github.com/cncf-tags/container-device-interface (annotations)
      expression: `variables.annotations.all(key, !key.startsWith('cdi.k8s.io/') || (${had}))`,
      message: "A pod must ask for devices by limits or claims: remove annotations of cdi.k8s.io.",
    },
    {
      name: "runtime-annotations",
      expression: `variables.annotations.all(key, !key.matches('${nriDomains}') || (${had}))`,
      message:
        "A pod must not change its containers past the API server: remove annotations of noderesource.dev and nri.io. " +
        "Where a pool has memlock, its pods lock memory without them.",
    },
  ],
};
