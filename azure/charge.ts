import { hoursPerMonth } from "../catalog/hours-per-month";
import type { Meter } from "../catalog/prices/meter";
import type { UseKey } from "../catalog/prices/uses";

/** What a resource is charged for, or what of it nobody can price. */
export type Charge = FixedCharge | UseCharge | ReservedNodes | Unpriced;

/** So many units of a meter in a month of 730 hours, whatever the use. */
export interface FixedCharge {
  readonly meter: Meter;
  /** Units with the fewest nodes, and with the most or at the bound that the inputs set. */
  readonly idle: number;
  readonly full: number;
  /** Group of machines that it is charged for; absent: none. */
  readonly pool?: string;
}

/** Units of a meter that only the use decides. */
export interface UseCharge {
  readonly meter: Meter;
  readonly use: UseKey;
}

/** Nodes that bill whether they run or not. What runs in them bills as them, not beside them. */
export interface ReservedNodes {
  /** Name of their capacity reservation group. */
  readonly group: string;
  /** VM size as Azure calls it. */
  readonly size: string;
  readonly nodes: number;
}

/** Something that bills and that no figure here is about. */
export interface Unpriced {
  /** What the bill calls it. */
  readonly what: string;
  /** Why it has no price. */
  readonly because: string;
}

/** The one reason for what could be priced if somebody had recorded its price. */
export const noSourcedPrice = "no sourced price";

/** A charge for every hour of the month, the same with few nodes and many. */
export function hourly(meter: Meter, count = 1): FixedCharge {
  return monthly(meter, count * hoursPerMonth);
}

/** A charge of so many units a month, the same with few nodes and many. */
export function monthly(meter: Meter, units = 1): FixedCharge {
  return { meter, idle: units, full: units };
}
