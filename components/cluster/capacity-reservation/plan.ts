import type { CapacityReservationArgs } from "@pulumi/azure-native/compute/capacityReservation";
import type { CapacityReservationGroupArgs } from "@pulumi/azure-native/compute/capacityReservationGroup";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { physicalName } from "../../../core/names";
import type { Problems } from "../../../core/problems";

/** A group with one reservation: whole bodies but for the resource group and the tags. */
export interface CapacityReservationPlan {
  readonly group: Omit<CapacityReservationGroupArgs, "resourceGroupName" | "tags"> & {
    readonly capacityReservationGroupName: string;
  };
  readonly reservation: Omit<CapacityReservationArgs, "resourceGroupName" | "tags" | "capacityReservationGroupName">;
}

/** What is reserved. */
export interface Reserved {
  /** Exact Azure name of the VM size. */
  readonly size: string;
  readonly nodes: number;
  /** `undefined`: Azure chooses a zone, and the machines must name none. */
  readonly zone: string | undefined;
  /** IDs of other subscriptions that may use it. */
  readonly shareWith: readonly string[];
}

/**
 * All decisions of a reservation: the region's zone that the machines are in, and a place for each of them.
 * @param key Of the pool that it is for.
 */
export function planCapacityReservation(
  key: string,
  { size, nodes, zone, shareWith }: Reserved,
  { location, names }: Pick<Place, "location" | "names">,
  problems: Problems,
): CapacityReservationPlan {
  const capacityReservationGroupName = physicalName("crg", names, key);
  checkName("compute:CapacityReservationGroup", capacityReservationGroupName, problems);
  const zones = zone === undefined ? {} : { zones: [zone] };
  return {
    group: {
      capacityReservationGroupName,
      location,
      ...zones,
      ...(shareWith.length > 0 && {
        sharingProfile: { subscriptionIds: shareWith.map((id) => ({ id: `/subscriptions/${id}` })) },
      }),
    },
    // Named after what never changes in it: another size is another reservation in the same group.
    reservation: { capacityReservationName: size, location, sku: { name: size, capacity: nodes }, ...zones },
  };
}
