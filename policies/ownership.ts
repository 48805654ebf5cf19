import { isUnknown } from "../core/property-marks";
import { read, text } from "../core/property-tree";
import type { PolicyResource } from "./rule";

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
  child: PolicyResource,
  parent: PolicyResource,
  parents: readonly PolicyResource[],
  relation: keyof typeof relations,
): boolean {
  const { property, segment } = relations[relation];
  const wanted = text(child.props, property) ?? nameInId(child, segment);
  const given = text(parent.props, property) ?? text(parent.props, "name") ?? nameInId(parent, segment);
  if (wanted === undefined || given === undefined) {
    const unnamed =
      wanted !== undefined || isUnknown(read(child.props, property)) || isUnknown(read(child.props, "id"));
    return unnamed && parents.length === 1;
  }
  return wanted.toLowerCase() === given.toLowerCase();
}

function nameInId({ props }: PolicyResource, segment: string): string | undefined {
  return new RegExp(`/${segment}/([^/]+)`, "i").exec(text(props, "id") ?? "")?.[1];
}
