import { locate } from "../../../core/property-tree";
import { sameType, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { subnetOf } from "./subnet-of";

const ofInterface = "ipConfigurations[].subnet.id";

/** Where resources name the subnets that they lie in, by type. */
const places: ReadonlyMap<string, readonly string[]> = new Map([
  [types.scaleSet, [`virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].${ofInterface}`]],
  [types.virtualMachine, [`networkProfile.networkInterfaceConfigurations[].${ofInterface}`]],
  [types.networkInterface, [ofInterface]],
  [types.privateEndpoint, ["subnet.id"]],
  [types.nodePool, ["vnetSubnetID", "podSubnetID"]],
  [
    types.cluster,
    ["agentPoolProfiles[].vnetSubnetID", "agentPoolProfiles[].podSubnetID", "apiServerAccessProfile.subnetId"],
  ],
  [types.lustre, ["filesystemSubnet"]],
  [types.netAppVolume, ["subnetId"]],
]);

/** Types of resources that lie in subnets. */
export const occupantTypes: readonly string[] = [...places.keys()];

/** A resource that lies in a subnet, and where it names it. */
export interface Occupant {
  readonly occupant: Subject;
  readonly path: string;
  readonly subnet: Subject;
}

/** What lies in which of some subnets. An ID that is not known yet, and may be that of several, is of none. */
export function occupantsOf(resources: readonly Subject[], subnets: readonly Subject[]): readonly Occupant[] {
  return resources.flatMap((occupant) => {
    const [, paths = []] = [...places].find(([type]) => sameType(type, occupant.type)) ?? [];
    return paths
      .flatMap((it) => locate(occupant.inputs, it))
      .flatMap(({ path }) => {
        const subnet = subnetOf(occupant, path, subnets);
        return subnet == null ? [] : [{ occupant, path, subnet }];
      });
  });
}
