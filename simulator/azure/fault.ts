import { z } from "zod";
import { plainToken } from "../../azure/arm-types";

/**
 * What can go wrong on demand.
 *
 * - `quota-exceeded`: refused at once, nothing is made.
 * - `sku-not-available`: refused at once, nothing is made: the region, or the zone, has none of the size for this subscription.
 * - `allocation-failed`: Azure takes the request, finds no machines, and leaves a resource in state Failed. The provider
 *   reports it as made but not initialised, so Pulumi keeps it and the next `up` writes it again.
 * - `overconstrained-allocation`: the same, because no machines meet all that is asked of them: size and zone, most of all.
 * - `throttled`: 429; the provider waits as told and then succeeds.
 * - `conflict`: 409, another operation is in progress; nothing changes.
 * - `timeout-after-create`: Azure did it, but the answer was lost. Pulumi knows nothing of it, and the next create finds
 *   that it exists already.
 * - `provider-crash`: Azure did it, and the provider's process is gone before it can say so.
 */
export const faultKinds = [
  "quota-exceeded",
  "sku-not-available",
  "allocation-failed",
  "overconstrained-allocation",
  "throttled",
  "conflict",
  "timeout-after-create",
  "provider-crash",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Whether Azure refuses a request with it before anything is made. */
export function isRefusal(kind: FaultKind): boolean {
  return kind === "conflict" || kind === "quota-exceeded" || kind === "sku-not-available";
}

/** Whether Azure takes a request, and then finds no machines for what it asks. */
export function findsNoMachines(kind: FaultKind): boolean {
  return kind === "allocation-failed" || kind === "overconstrained-allocation";
}

/** A fault and what it waits for. */
export interface Fault {
  readonly kind: FaultKind;
  /** Pulumi type token, with or without API version. @default any type */
  readonly type?: string;
  /** Own name of the resource in Azure, or its whole ARM ID. @default any name */
  readonly name?: string;
  /** @default `create` */
  readonly operation?: "create" | "update" | "delete";
  /** How many operations it hits. @default 1 */
  readonly count?: number;
  /** Simulated seconds that `throttled` asks to wait. @default 60 */
  readonly retryAfterSeconds?: number;
}

const schema = z.array(
  z.strictObject({
    kind: z.enum(faultKinds),
    type: z.string().exactOptional(),
    name: z.string().exactOptional(),
    operation: z.enum(["create", "update", "delete"]).exactOptional(),
    count: z.int().positive().exactOptional(),
    retryAfterSeconds: z.number().positive().exactOptional(),
  }),
);

/**
 * Reads faults that somebody may have written by hand.
 * @throws Error that says what is wrong where: a misspelt fault would simply never hit
 */
export function readFaults(json: unknown, file: string): readonly Fault[] {
  const { data, error } = schema.safeParse(json);
  if (error !== undefined) throw new Error(`${file} is wrong:\n${z.prettifyError(error)}`);
  return data;
}

/** What a fault is matched against. */
export interface FaultTarget {
  readonly type: string;
  readonly id: string;
  readonly kind: "create" | "update" | "delete";
}

/** Takes the first fault that fits, once. Faults that have hit as often as they should are gone from the rest. */
export function takeFault(
  faults: readonly Fault[],
  target: FaultTarget,
): { readonly fault: Fault | undefined; readonly rest: readonly Fault[] } {
  const at = faults.findIndex((it) => fits(it, target));
  const fault = faults[at];
  if (fault === undefined) return { fault, rest: faults };
  const left = (fault.count ?? 1) - 1;
  return {
    fault,
    rest: faults.flatMap((it, index) => (index !== at ? [it] : left > 0 ? [{ ...it, count: left }] : [])),
  };
}

/** Whether a resource is the one of a fault's name: its own name in Azure, or its whole ARM ID. */
export function isNamed(id: string, name: string): boolean {
  const [own, wanted] = [id.toLowerCase(), name.toLowerCase()];
  return wanted !== "" && (own === wanted || own.endsWith(`/${wanted}`));
}

function fits({ type, name, operation }: Fault, target: FaultTarget): boolean {
  return (
    (operation ?? "create") === target.kind &&
    (type === undefined || plainToken(type) === plainToken(target.type)) &&
    (name === undefined || isNamed(target.id, name))
  );
}
