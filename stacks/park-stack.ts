import type { DestroyOptions, Stack } from "@pulumi/pulumi/automation";
import { planParking, type Parking, type StateEntry } from "./plan-parking";

/** What is asked of the engine: `pulumi stack export`, `import` and `destroy`. */
export type ParkableStack = Pick<Stack, "exportStack" | "importStack" | "destroy">;

/** What a stack's state says of parking; nothing is changed. */
export async function readParking(stack: Pick<ParkableStack, "exportStack">): Promise<Parking> {
  return planParking(resourcesOf((await stack.exportStack()).deployment));
}

/**
 * Destroys what is no data. Protection of what goes is taken out of the state first, as `pulumi state unprotect` does; that of data stays.
 * What ends in the middle is done again.
 */
export async function parkStack(
  stack: ParkableStack,
  options: Pick<DestroyOptions, "onOutput" | "onEvent" | "signal"> = {},
): Promise<Parking> {
  const exported = await stack.exportStack();
  const parking = planParking(resourcesOf(exported.deployment));
  if (parking.kept.length === 0 || parking.gone.length === 0) return parking;
  if (parking.protectedAmongGone.length > 0) {
    const free = new Set(parking.protectedAmongGone);
    const deployment = exported.deployment as { readonly resources?: readonly StateEntry[] };
    await stack.importStack({
      ...exported,
      deployment: {
        ...deployment,
        resources: deployment.resources?.map((it) => (free.has(it.urn) ? { ...it, protect: false } : it)),
      },
    });
  }
  await stack.destroy({ ...options, exclude: [...parking.kept] });
  return parking;
}

function resourcesOf(deployment: unknown): readonly StateEntry[] {
  return (deployment as { readonly resources?: readonly StateEntry[] } | null)?.resources ?? [];
}
