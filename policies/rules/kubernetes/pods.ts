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

/** Any object may hold pods: operators make them of kinds that nobody can list. */
export const podHolders: readonly string[] = ["kubernetes:*"];

/** What is no object of the cluster: the values of a chart mean what its templates make of them. */
const bundles = /^kubernetes:(helm\.sh|kustomize|yaml)\//;

const lists = ["containers", "initContainers", "ephemeralContainers"];
const hostFlags = ["hostNetwork", "hostPID", "hostIPC"];

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
  const { type, inputs } = resource;
  const own = Object.entries(ownKinds).find(([token]) => sameType(token, type))?.[1];
  if (own !== undefined) return [{ path: own, containers: listed(inputs, own), whole: true }];
  const all = containers(resource);
  return found(resource, ({ value, at }) => isPodSpec(value) || (isUnknown(value) && holdsPods(at))).map((path) => {
    const inside = all.filter((it) => it.startsWith(`${path}.`));
    return { path, containers: inside, whole: inside.some((it) => read(inputs, `${it}.image`) !== undefined) };
  });
}

/** Paths of all containers in an object, also of those that a kind keeps outside of a pod spec. */
export function containers(resource: Subject): readonly string[] {
  const { type, inputs } = resource;
  const own = Object.entries(ownKinds).find(([token]) => sameType(token, type))?.[1];
  return own === undefined ? found(resource, isContainer) : listed(inputs, own);
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

/** Paths of the places in an object that pass, outer ones first. */
function found({ type, inputs }: Subject, passes: (place: Place) => boolean): readonly string[] {
  return bundles.test(type) ? [] : [...placesIn(inputs, [])].filter(passes).map(({ at }) => pathText(at));
}

function* placesIn(given: unknown, at: Path): Generator<Place> {
  const value = unwrap(given);
  if (at.length > 0) yield { value, at };
  if (isList(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...at, index]);
  else if (isRecord(value)) for (const [key, item] of Object.entries(value)) yield* placesIn(item, [...at, key]);
}

function isPodSpec(value: unknown): boolean {
  return (
    isRecord(value) &&
    (lists.some((key) => holdsObjects(value[key])) || hostFlags.some((key) => Object.hasOwn(value, key)))
  );
}

function isContainer({ value, at }: Place): boolean {
  if (!isRecord(value) || isPodSpec(value)) return false;
  const [list, index] = at.slice(-2);
  if (typeof index === "number" && lists.some((it) => it === list)) return true;
  return ["image", "securityContext"].some((key) => Object.hasOwn(value, key));
}

/** Whether a key is one that a pod spec stands below. */
function holdsPods(at: Path): boolean {
  return /^spec$|template$/i.test(String(at.at(-1)));
}

function holdsObjects(given: unknown): boolean {
  const value = unwrap(given);
  return isUnknown(value) || (isList(value) && value.some((it) => isRecord(unwrap(it)) || isUnknown(unwrap(it))));
}
