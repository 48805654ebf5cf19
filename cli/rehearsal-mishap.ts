import { closestHint } from "../core/closest-names";
import { MisconfiguredError, show } from "../core/problems";
import { type FaultKind, isNamed } from "../simulator/azure/fault";
import type { Wanted } from "../simulator/rehearsal/recover";
import type { Mishap } from "../simulator/rehearsal/rehearse";

/** Unless it is said, everything goes wrong with a GPU pool: the resource that costs most and fails most. */
const usual = "azure-native:containerservice:AgentPool";

/**
 * What goes wrong in a rehearsal. Decided before anything is started: else the whole environment would be made before anybody hears that
 * there is nothing to hit.
 * @param at Own name in Azure of what is hit, or its ARM ID, undefined for a GPU pool
 * @param stack The stack that is hit, the one that makes the cluster
 * @throws MisconfiguredError where the stack has no such resource
 */
export function planMishap(
  kind: FaultKind | "drift" | "deletion",
  at: string | undefined,
  { name: stack, planned }: { readonly name: string; readonly planned: readonly Wanted[] },
): Mishap {
  const azure = planned.filter(({ custom, type }) => custom && type.startsWith("azure-native:"));
  if (at === undefined || kind === "drift" || kind === "deletion") {
    if (azure.some(({ type }) => type === usual)) return { kind, type: usual };
    throw nothingToHit("--fault", `${stack} has no ${usual}, which ${kind} could hit`, {
      remedy: "Name another resource with --at, or rehearse an environment that has one",
    });
  }
  if (azure.some(({ id }) => isNamed(id, at))) return { kind, name: at };
  const names = new Set(azure.map(({ id }) => id.split("/").at(-1) ?? ""));
  throw nothingToHit("--at", `must be the name, or the ARM ID, of something that ${stack} makes in Azure`, {
    got: show(at),
    remedy: closestHint(at, names, "The preview shows the names"),
  });
}

function nothingToHit(
  path: string,
  rule: string,
  more: { readonly got?: string; readonly remedy: string },
): MisconfiguredError {
  return new MisconfiguredError("The command", [{ path, rule, ...more }]);
}
