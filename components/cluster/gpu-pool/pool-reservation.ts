import type { Place } from "../../../catalog/place";
import type { Problems } from "../../../core/problems";
import { mostNodes } from "../agent-pool/plan";
import { type CapacityReservationPlan, planCapacityReservation } from "../capacity-reservation/plan";
import type { Variant } from "./variants";

/** The reservation that is made with a pool: as many places as its rung may have nodes. `null` where somebody else made it, or nobody. */
export function planPoolReservation(
  key: string,
  variants: readonly Variant[],
  place: Place,
  problems: Problems,
): CapacityReservationPlan | null {
  const variant = variants.find(({ rung }) => rung?.reserved != null);
  if (variant?.rung?.reserved == null || variant.rung.reserved.groupResourceId !== undefined) return null;
  const { shape, rung } = variant;
  const nodes = mostNodes(shape);
  problems.require(nodes > 0, rung.path, "must have at least one node: Azure reserves none of nothing", {
    got: nodes,
    remedy: "Leave the rung out, or raise its bound",
  });
  const { size, zone } = shape;
  return planCapacityReservation(
    key,
    { size, nodes, zone, shareWith: variant.rung.reserved.shareWith ?? [] },
    place,
    problems,
  );
}

/** The group of somebody else on which the cluster's identity gets the right that AKS needs, `null` where nobody gives it here. */
export function reservationGroupToGrant(variants: readonly Variant[]): string | null {
  const reserved = variants.map(({ rung }) => rung?.reserved).find((it) => it != null);
  return reserved?.grant === false ? null : (reserved?.groupResourceId ?? null);
}
