import { read } from "../../../core/property-tree";

/** Whether a pool has no nodes while nobody needs them. */
export function mayBeEmpty(inputs: unknown): boolean {
  return read(inputs, "enableAutoScaling") === true && read(inputs, "minCount") === 0;
}

/** Whether nodes of a pool run in a reservation, which bills with and without them. An ID that is not known yet is one. */
export function isReserved(inputs: unknown): boolean {
  return read(inputs, "capacityReservationGroupID") !== undefined;
}
