import { labels } from "../catalog/scheduling";
import { about, unjudged } from "./expect";
import { isUnknown } from "../core/property-marks";
import { read, text } from "../core/property-tree";
import { sameType, type PolicyResource, type StackOutcome } from "./rule";
import { types } from "./types";

/** What a namespace says it is for: `training`, `inference`, `platform` or nothing. */
export function workloadOf({ props }: PolicyResource): string | undefined {
  return text(props, `metadata.labels["${labels.workload}"]`);
}

/** The namespaces of teams: those that strangers share a cluster in. */
export function tenantNamespaces(resources: readonly PolicyResource[]): readonly PolicyResource[] {
  return resources
    .filter((it) => sameType(it.type, types.namespace))
    .filter((it) => ["training", "inference"].includes(workloadOf(it) ?? ""));
}

/** Objects of one type in a namespace. */
export function objectsIn(
  namespace: PolicyResource,
  resources: readonly PolicyResource[],
  type: string,
): readonly PolicyResource[] {
  const name = text(namespace.props, "metadata.name");
  return resources
    .filter((it) => sameType(it.type, type))
    .filter(({ props }) => name !== undefined && text(props, "metadata.namespace") === name);
}

/** The first object of a type that may be what a namespace lacks: its namespace, or what it says, is not known yet. */
export function undecided(
  resources: readonly PolicyResource[],
  type: string,
  own: readonly PolicyResource[],
  path: string,
): StackOutcome[] {
  const elsewhere = resources
    .filter((it) => sameType(it.type, type))
    .find(({ props }) => isUnknown(read(props, "metadata.namespace")));
  if (elsewhere !== undefined) return about(elsewhere, [unjudged("metadata.namespace")]);
  const vague = own.find(({ props }) => isUnknown(read(props, path)));
  return vague === undefined ? [] : about(vague, [unjudged(path)]);
}
