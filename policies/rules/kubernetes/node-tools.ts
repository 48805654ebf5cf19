import { text } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";
import { isNodeDriver } from "./namespaces";
import { isDaemonSet } from "./pods";

/** DaemonSets that work on the node itself, by namespace and name, and why no other pod may. */
const nodeTools: readonly { readonly namespace: string; readonly name: RegExp; readonly why: string }[] = [
  { namespace: "memlock", name: /^memlock/, why: "raises the limit of locked memory of container runtimes" },
  {
    namespace: "node-health",
    name: /^node-checks(-|$)/,
    why: "reads logs of the kernel and adapters, and pins memory",
  },
];

/** Whether a workload is a tool of nodes: one of the list, or a DaemonSet that says that it is the platform's. */
export function isNodeTool(resource: Subject): boolean {
  if (isNodeDriver(resource)) return true;
  const [namespace, name] = [text(resource.inputs, "metadata.namespace"), text(resource.inputs, "metadata.name")];
  return isDaemonSet(resource) && nodeTools.some((it) => it.namespace === namespace && it.name.test(name ?? ""));
}
