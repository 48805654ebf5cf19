import { workloadPriorityLabel } from "../../../catalog/scheduling";
import { read } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";
import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { settingOf, type Setting } from "../../engine/setting";
import { gpusAsked } from "./devices";
import { isDaemonSet, podHolders, podSpecs } from "./pods";

/** Classes of priority that pods with GPUs may name, of which they must name one. @default `null`, any and none */
const priorityClasses: Setting<readonly string[] | null> = {
  name: "priorityClasses",
  schema: {
    type: "array",
    items: { type: "string", minLength: 1 },
    description: "Classes of priority that pods with GPUs may name, of which each must name one.",
  },
  default: null,
  accepts: (given): given is readonly string[] => isList(given) && given.every((it) => isText(it) && it !== ""),
};

const queued = `metadata.labels["${workloadPriorityLabel}"]`;

export const k8sPriorityClass: ResourceRule = {
  id: 211,
  name: "k8s-priority-class",
  area: "kubernetes",
  kind: "resource",
  types: podHolders,
  title:
    "A pod that asks for GPUs has none of the classes of priority of Kubernetes itself, and one of the list where there is one.",
  why: "A class such as system-node-critical pushes everybody else off the GPUs, the drivers of the node among them.",
  remedy:
    "Set priorityClassName, or for a job in a queue the label kueue.x-k8s.io/priority-class, to one of priorityClasses.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "kube-linter priority-class-name; Polaris priorityClassNotSet",
  settings: [priorityClasses],
  check: (resource, { settings }) => {
    if (isDaemonSet(resource)) return [];
    const { inputs } = resource;
    const allowed = settingOf(priorityClasses, settings);
    return podSpecs(resource)
      .filter((spec) => spec.whole && spec.containers.some((it) => gpusAsked(inputs, it).length > 0))
      .flatMap(({ path }) => {
        const [own, at] = [`${path}.priorityClassName`, read(inputs, `${path}.priorityClassName`)];
        if (allowed === null) return expectAt(inputs, own, (it) => !isOfKubernetes(it), "not begin with system-");
        const named = at === undefined && read(inputs, queued) !== undefined ? queued : own;
        return expectAt(inputs, named, (it) => isText(it) && allowed.includes(it), `be one of ${allowed.join(", ")}`);
      });
  },
};

function isOfKubernetes(name: unknown): boolean {
  return isText(name) && name.startsWith("system-");
}
