import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { sameType, type Subject } from "../../engine/rule";

/** Where each kind of workload keeps its pod spec. */
const podSpecs: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

/** Kinds of workloads that hold a pod spec. */
export const workloadTypes: readonly string[] = Object.keys(podSpecs);

/** A DaemonSet serves the nodes that it runs on; other workloads take their place. */
export function isDaemonSet({ type }: Subject): boolean {
  return sameType(type, "kubernetes:apps/v1:DaemonSet");
}

/** Path of the pod spec of a workload. */
export function podSpec({ type }: Subject): string {
  return Object.entries(podSpecs).find(([token]) => sameType(token, type))?.[1] ?? "spec";
}

/** Paths of all containers of a workload, those of the start and of debugging included. */
export function containers(resource: Subject): readonly string[] {
  return ["containers", "initContainers", "ephemeralContainers"]
    .flatMap((list) => locate(resource.inputs, `${podSpec(resource)}.${list}[]`))
    .flatMap(({ path, value }) => (isUnknown(value) ? [] : [path]));
}
