import { isUnknown } from "../../../core/property-marks";
import { locate, read } from "../../../core/property-tree";
import { isRecord } from "../../../core/property-value";
import { expectAt, type Test } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { gpusAsked } from "./devices";
import { runningContainers } from "./pods";

/** Kinds whose pods answer requests for as long as they are there. */
const servers = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet",
];

const isSet: Test = (value) => isRecord(value) || isUnknown(value);

export const k8sProbes: ResourceRule = {
  id: 210,
  name: "k8s-probes",
  area: "kubernetes",
  kind: "resource",
  types: servers,
  title: "A server on GPUs says when it is ready, and is given the time to load its model.",
  why: "Requests reach a server that is still loading its weights, or a liveness probe ends it before it has them, again and again.",
  remedy: "Set readinessProbe on the container with the port, and startupProbe beside a livenessProbe.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "CKV_K8S_9; Azure Policy b1a9997f",
  check: (resource) => {
    const { inputs } = resource;
    return runningContainers(resource)
      .filter(({ path }) => !isFollower(inputs, path))
      .filter(({ path }) => gpusAsked(inputs, path).length > 0 && locate(inputs, `${path}.ports[]`).length > 0)
      .flatMap(({ path }) => [
        ...expectAt(inputs, `${path}.readinessProbe`, isSet, "be set"),
        ...(read(inputs, `${path}.livenessProbe`) === undefined
          ? []
          : expectAt(inputs, `${path}.startupProbe`, isSet, "be set beside a livenessProbe")),
      ]);
  },
};

/** Beside a leader of their own, workers answer to it and to nobody else. */
function isFollower(inputs: unknown, container: string): boolean {
  const group = "spec.leaderWorkerTemplate";
  return container.startsWith(`${group}.workerTemplate.`) && read(inputs, `${group}.leaderTemplate`) !== undefined;
}
