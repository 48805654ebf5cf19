import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";
import { subnetName } from "./subnet-name";

/**
 * The subnet of a stack that a resource names by its ARM ID, and `undefined` when the stack has none of it. An ID that is not known yet is
 * that of the one subnet that the property hangs on; null where that is not one.
 */
export function subnetOf(
  { inputs, propertyDependencies }: Subject,
  path: string,
  subnets: readonly Subject[],
): Subject | undefined | null {
  if (isUnknown(read(inputs, path))) {
    // What a property hangs on is known of the property as a whole.
    const [property = path] = path.split(/[.[]/);
    const [first, ...others] = subnets.filter(({ urn }) => propertyDependencies?.[property]?.includes(urn) === true);
    return first === undefined || others.length > 0 ? null : first;
  }
  const [, network, name] = /\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i.exec(text(inputs, path) ?? "") ?? [];
  return subnets.find((it) => {
    const own = subnetName(it.inputs);
    const parent = text(it.inputs, "virtualNetworkName");
    return same(own, name) && (parent === undefined || same(parent, network));
  });
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
