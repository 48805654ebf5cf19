import { text } from "../../../core/property-tree";
import type { Subject } from "../../engine/rule";

/** The subnet of a stack that an ARM ID names, and `undefined` when the stack has none of it. */
export function subnetOf(id: string, subnets: readonly Subject[]): Subject | undefined {
  const [, network, name] = /\/virtualNetworks\/([^/]+)\/subnets\/([^/]+)$/i.exec(id) ?? [];
  return subnets.find(({ inputs }) => {
    const own = text(inputs, "subnetName") ?? text(inputs, "name");
    const parent = text(inputs, "virtualNetworkName");
    return same(own, name) && (parent === undefined || same(parent, network));
  });
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}
