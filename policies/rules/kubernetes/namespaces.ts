import { labels, platformWorkload } from "../../../catalog/scheduling";
import { about, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import { sameType, type Subject, type StackOutcome } from "../../engine/rule";
import { types } from "../../engine/types";
import { isDaemonSet } from "./pods";

/** What a namespace says it is for: a kind of team, `platform` or nothing. */
export function workloadOf({ inputs }: Subject): string | undefined {
  return text(inputs, `metadata.labels["${labels.workload}"]`);
}

/** A DaemonSet that says it is the platform's: a driver that works on the node itself, such as one that mounts volumes. */
export function isNodeDriver(resource: Subject): boolean {
  return isDaemonSet(resource) && workloadOf(resource) === platformWorkload;
}

/** The namespaces of teams, whatever they do: those that say what they are for, and it is not the platform. */
export function tenantNamespaces(resources: readonly Subject[]): readonly Subject[] {
  return resources
    .filter((it) => sameType(it.type, types.namespace))
    .filter((it) => ![undefined, platformWorkload].includes(workloadOf(it)));
}

/** Objects of one type in a namespace. */
export function objectsIn(namespace: Subject, resources: readonly Subject[], type: string): readonly Subject[] {
  return byNamespace(resources, type).get(text(namespace.inputs, "metadata.name")) ?? [];
}

/** Objects by the name of their namespace. Nothing has none: a namespace without a name is nobody's. */
type ByNamespace = ReadonlyMap<string | undefined, readonly Subject[]>;

/** What was sorted of one list of resources: a rule asks for each of its namespaces, and there may be hundreds. */
const sorted = new WeakMap<readonly Subject[], Map<string, ByNamespace>>();

/** Objects of one type. */
function byNamespace(resources: readonly Subject[], type: string): ByNamespace {
  const types = sorted.get(resources) ?? new Map<string, ByNamespace>();
  sorted.set(resources, types);
  const known = types.get(type);
  if (known !== undefined) return known;
  const objects = new Map<string | undefined, Subject[]>();
  for (const object of resources.filter((it) => sameType(it.type, type))) {
    const name = text(object.inputs, "metadata.namespace");
    if (name !== undefined) objects.set(name, [...(objects.get(name) ?? []), object]);
  }
  types.set(type, objects);
  return objects;
}

/** The first object of a type that may be what a namespace lacks: its namespace, or what it says, is not known yet. */
export function undecided(
  resources: readonly Subject[],
  type: string,
  own: readonly Subject[],
  path: string,
): StackOutcome[] {
  const elsewhere = resources
    .filter((it) => sameType(it.type, type))
    .find(({ inputs }) => isUnknown(read(inputs, "metadata.namespace")));
  if (elsewhere !== undefined) return about(elsewhere, [unjudged("metadata.namespace")]);
  const vague = own.find(({ inputs }) => isUnknown(read(inputs, path)));
  return vague === undefined ? [] : about(vague, [unjudged(path)]);
}
