import type { z } from "zod";
import { type CapacityKind, capacityKinds, capacitySuffixes } from "../../../catalog/capacity";
import type { gpuPoolShape } from "./shape";

type Shape = z.output<typeof gpuPoolShape>;
type Reserved = NonNullable<NonNullable<Shape["capacity"]>[number]["reserved"]>;

/** One AKS pool of a GPU pool. */
export interface Variant {
  /** Name of the AKS pool. */
  readonly name: string;
  /** The pool's shape with the bounds and the price of this AKS pool. */
  readonly shape: Shape;
  /** Its rung of a ladder, `null` in a pool with one way to get nodes. */
  readonly rung: Rung | null;
  /** Rungs that are better, the best first. */
  readonly before: readonly CapacityKind[];
}

/** A rung of a ladder. */
export interface Rung {
  readonly kind: CapacityKind;
  /** Where it stands in the shape: `capacity[0].reserved`. */
  readonly path: string;
  /** What it says of its reservation, `null` where it has none. */
  readonly reserved: Reserved | null;
}

/** Which words a rung has: exactly one where it is right. */
export function kindsOf(rung: NonNullable<Shape["capacity"]>[number]): CapacityKind[] {
  return capacityKinds.filter((it) => rung[it] !== undefined);
}

/**
 * The AKS pools of a GPU pool: one for each rung of its ladder, in their order, or for each InfiniBand domain, or one.
 * @param domains `null` without InfiniBand.
 */
export function variantsOf(key: string, shape: Shape, domains: number | null): Variant[] {
  if (shape.capacity === undefined)
    return domainNames(key, domains).map((name) => ({ name, shape, rung: null, before: [] }));
  // What stands there all the same is told by the check of the ladder.
  const common: Shape = { ...shape };
  for (const key of ["nodes", "minNodes", "maxNodes", "spot"] as const) Reflect.deleteProperty(common, key);
  const { capacity } = shape;
  return capacity.flatMap((rung, at) =>
    kindsOf(rung).map((kind) => {
      const { nodes, minNodes, maxNodes } = rung[kind] ?? {};
      return {
        // By its kind and not its place: who changes the order renames nothing.
        name: key + capacitySuffixes[kind],
        shape: {
          ...common,
          ...(nodes !== undefined && { nodes }),
          ...(minNodes !== undefined && { minNodes }),
          ...(maxNodes !== undefined && { maxNodes }),
          ...(kind === "spot" && rung.spot !== undefined && { spot: { maxUsdPerHour: rung.spot.maxUsdPerHour } }),
        },
        before: capacity.slice(0, at).flatMap(kindsOf),
        rung: { kind, path: `capacity[${at}].${kind}`, reserved: rung.reserved ?? null },
      };
    }),
  );
}

/** With InfiniBand numbered from the first on, so that a second domain renames nothing. */
function domainNames(key: string, domains: number | null): string[] {
  return domains === null ? [key] : Array.from({ length: domains }, (_, at) => `${key}d${at + 1}`);
}
