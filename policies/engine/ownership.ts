import { isUnknown } from "../../core/property-marks";
import { read, text } from "../../core/property-tree";
import type { Subject } from "./rule";

/** How a child names its parent: by a property before it exists, inside its ARM id afterwards. */
const relations = {
  cluster: { property: "resourceName", segment: "managedClusters" },
  network: { property: "virtualNetworkName", segment: "virtualNetworks" },
} as const;

/**
 * Whether a resource belongs to a parent. A name that is not known yet belongs to the only parent there is, and to
 * nobody when there are several.
 */
export function belongsTo(
  child: Subject,
  parent: Subject,
  parents: readonly Subject[],
  relation: keyof typeof relations,
): boolean {
  const { property, segment } = relations[relation];
  const wanted = text(child.inputs, property) ?? nameInId(child, segment);
  const given = text(parent.inputs, property) ?? text(parent.inputs, "name") ?? nameInId(parent, segment);
  if (wanted === undefined || given === undefined) {
    const mayBelong =
      wanted !== undefined || isUnknown(read(child.inputs, property)) || isUnknown(read(child.inputs, "id"));
    return mayBelong && parents.length === 1;
  }
  return wanted.toLowerCase() === given.toLowerCase();
}

function nameInId({ inputs }: Subject, segment: string): string | undefined {
  return new RegExp(`/${segment}/([^/]+)`, "i").exec(text(inputs, "id") ?? "")?.[1];
}
