import { isUnknown, unwrap } from "../../../core/property-marks";
import { locate, pathText, read, type Path } from "../../../core/property-tree";
import { isList, isRecord } from "../../../core/property-value";
import { sameType, type Subject } from "../../engine/rule";

/** Where Kubernetes' own workloads keep their pod spec. In every other kind it is looked for. */
const ownKinds: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

/** Types of Kubernetes' own workloads. */
export const ownPodHolders: readonly string[] = Object.keys(ownKinds);

/** Any object may hold pods: operators make them of kinds that nobody can list. */
export const podHolders: readonly string[] = ["kubernetes:*"];

/** What is no object of the cluster: the values of a chart mean what its templates make of them. */
const bundles = /^kubernetes:(helm\.sh|kustomize|yaml)\//;

const lists = ["containers", "initContainers", "ephemeralContainers"];

/**
 * Where a container stands: in a list, or alone, as in a step of a workflow or beside the rest of a pod.
 * Sources: argoproj/argo-workflows:pkg/apis/workflow/v1alpha1/workflow_types.go (container, script, sidecars),
 * tektoncd/pipeline:pkg/apis/pipeline/v1/container_types.go (steps, sidecars),
 * kserve/kserve:pkg/apis/serving/v1beta1/predictor.go (model, or one named for its engine),
 * ai-dynamo/dynamo:deploy/operator/api/v1alpha1/common.go (mainContainer of extraPodSpec),
 * SlinkyProject/slurm-operator:api/v1beta1/nodeset_types.go (slurmd and logfile beside template)
 */
const namesContainer =
  /((containers|steps|sidecars)\[\d+\]|container|script|\.(predictor|transformer|explainer)\.[a-z]+|\.slurm[a-z]+|\.logfile)$/i;

/** Fields of a pod spec by which its pods share a namespace of their node. */
export const hostFlags = ["hostNetwork", "hostPID", "hostIPC"];

/** A pod spec in an object. */
export interface PodSpec {
  readonly path: string;
  /** Paths of its containers, those of the start and of debugging included. */
  readonly containers: readonly string[];
  /** Whether it makes pods as it stands. Some kinds hold only what is laid over a spec that stands elsewhere. */
  readonly whole: boolean;
}

/** A DaemonSet serves the nodes that it runs on; other workloads take their place. */
export function isDaemonSet({ type }: Subject): boolean {
  return sameType(type, "kubernetes:apps/v1:DaemonSet");
}

/** Every pod spec in an object, of whatever kind. */
export function podSpecs(resource: Subject): readonly PodSpec[] {
  return podsOf(resource).specs;
}

/** Paths of all containers in an object, also of those that a kind keeps outside of a pod spec. */
export function containers(resource: Subject): readonly string[] {
  return podsOf(resource).containers;
}

/** A container that runs as it stands, and the path of the pod spec around it where there is one. */
export interface RunningContainer {
  readonly path: string;
  readonly pod: string | undefined;
}

/**
 * Containers that run as they stand: those with an image. What is laid over a container that stands elsewhere has none, and need not say
 * again what the other one says. Objects that only have a key `image`, such as settings of an operator, are no containers.
 */
export function runningContainers(resource: Subject): readonly RunningContainer[] {
  return podsOf(resource).running;
}

interface Pods {
  readonly specs: readonly PodSpec[];
  readonly containers: readonly string[];
  readonly running: readonly RunningContainer[];
}

/** What was found in an object. Each rule on pods asks for it, of every object of the cluster, and most hold none. */
const known = new WeakMap<Subject, Pods>();

function podsOf(resource: Subject): Pods {
  const pods = known.get(resource) ?? findPods(resource);
  known.set(resource, pods);
  return pods;
}

function findPods({ type, inputs }: Subject): Pods {
  const own = Object.entries(ownKinds).find(([token]) => sameType(token, type))?.[1];
  if (own !== undefined) {
    const all = listed(inputs, own);
    return {
      specs: [{ path: own, containers: all, whole: true }],
      containers: all,
      running: all.map((path) => ({ path, pod: own })),
    };
  }
  if (bundles.test(type)) return { specs: [], containers: [], running: [] };
  const places = placesIn(inputs);
  const all = places.filter(isContainer).map(({ at }) => pathText(at));
  const specs = places
    .filter(({ value, at }) => isPodSpec(value) || (isUnknown(value) && holdsPods(at)))
    .map(({ at }) => {
      const path = pathText(at);
      const inside = all.filter((it) => it.startsWith(`${path}.`));
      return { path, containers: inside, whole: inside.some((it) => read(inputs, `${it}.image`) !== undefined) };
    });
  const running = all
    .filter((it) => namesContainer.test(it) && read(inputs, `${it}.image`) !== undefined)
    .map((it) => ({ path: it, pod: specs.findLast(({ path }) => it.startsWith(`${path}.`))?.path }));
  return { specs, containers: all, running };
}

function listed(inputs: unknown, spec: string): readonly string[] {
  return lists
    .flatMap((list) => locate(inputs, `${spec}.${list}[]`))
    .flatMap(({ path, value }) => (isUnknown(value) ? [] : [path]));
}

/** A place in an object, with the steps that lead to it. */
interface Place {
  readonly value: unknown;
  readonly at: Path;
}

/** Every place in an object where a pod or a container may stand, outer ones first: most of an object is texts and numbers. */
function placesIn(inputs: unknown): readonly Place[] {
  const places: Place[] = [];
  const visit = (given: unknown, at: Path): void => {
    const value = unwrap(given);
    if (at.length > 0) places.push({ value, at });
    const below = isList(value) ? value.entries() : Object.entries(isRecord(value) ? value : {});
    for (const [step, item] of below) if (typeof item === "object" || isUnknown(item)) visit(item, [...at, step]);
  };
  visit(inputs, []);
  return places;
}

function isPodSpec(value: unknown): boolean {
  return (
    isRecord(value) &&
    (lists.some((key) => Object.hasOwn(value, key) && holdsObjects(value[key])) ||
      hostFlags.some((key) => Object.hasOwn(value, key)))
  );
}

function isContainer({ value, at }: Place): boolean {
  if (!isRecord(value)) return false;
  const [list, index] = at.slice(-2);
  const listed = typeof index === "number" && lists.some((it) => it === list);
  return (listed || ["image", "securityContext"].some((key) => Object.hasOwn(value, key))) && !isPodSpec(value);
}

/** Whether a key is one that a pod spec stands below. */
function holdsPods(at: Path): boolean {
  return /^spec$|template$/i.test(String(at.at(-1)));
}

function holdsObjects(given: unknown): boolean {
  const value = unwrap(given);
  return isUnknown(value) || (isList(value) && value.some((it) => isRecord(unwrap(it)) || isUnknown(unwrap(it))));
}
