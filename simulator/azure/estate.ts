import { rowOf } from "../../azure/rows";
import { read, text } from "../../core/property-tree";
import type { Bucket } from "./throttle";
import type { Props } from "../../core/property-value";

/** State of a resource in Azure's words. */
export type ProvisioningState = "Creating" | "Updating" | "Deleting" | "Succeeded" | "Failed";

/** A resource that exists in the simulated Azure. Secrets in it are sealed. */
export interface LiveResource {
  readonly id: string;
  /** Pulumi type token without API version. */
  readonly type: string;
  readonly inputs: Props;
  readonly outputs: Props;
  readonly provisioningState: ProvisioningState;
  /** Simulated second of its creation. */
  readonly createdAt: number;
  /** Process whose operation on it is in flight, `null` for none. */
  readonly process: number | null;
}

/** All that Azure knows. A value: every change makes a new one. */
export interface Estate {
  /** Salt of the hashes that stand for secrets. */
  readonly salt: string;
  /** By ARM ID in lower case: ARM does not tell cases apart. */
  readonly resources: Readonly<Record<string, LiveResource>>;
  /** Throttles by what they count. */
  readonly buckets: Readonly<Record<string, Bucket>>;
  /** IDs of deleted resources whose names are not free yet, by type and name. */
  readonly keptNames: Readonly<Record<string, string>>;
  /** Simulated second until which something takes no second write, by ARM ID in lower case. */
  readonly busyUntil: Readonly<Record<string, number>>;
}

/** An Azure without resources. */
export function emptyEstate(salt: string): Estate {
  return { salt, resources: {}, buckets: {}, keptNames: {}, busyUntil: {} };
}

/** The resource with an ARM ID, whatever its letter case. */
export function resourceAt({ resources }: Estate, id: string): LiveResource | undefined {
  return resources[id.toLowerCase()];
}

/** The estate with a resource added or replaced. */
export function withResource(estate: Estate, resource: LiveResource): Estate {
  return { ...estate, resources: { ...estate.resources, [resource.id.toLowerCase()]: resource } };
}

/** Takes a resource away with everything below it: a group with its resources, a cluster with its pools. */
export function withoutResource(estate: Estate, id: string): Estate {
  const root = id.toLowerCase();
  const isBelow = (key: string): boolean => key === root || key.startsWith(`${root}/`);
  const all = Object.entries(estate.resources);
  const names = all.flatMap(([key, it]) => {
    const name = isBelow(key) ? keptName(it.type, it.inputs) : undefined;
    return name === undefined ? [] : [[name, it.id] as const];
  });
  return {
    ...estate,
    resources: Object.fromEntries(all.filter(([key]) => !isBelow(key))),
    keptNames: { ...estate.keptNames, ...Object.fromEntries(names) },
  };
}

/** The name that a resource goes on holding once it is deleted; `undefined` where it is free at once. */
export function keptName(type: string, inputs: Props): string | undefined {
  const { unique } = rowOf(type);
  if (unique?.keptAfterDelete == null || read(inputs, unique.keptAfterDelete.while) !== true) return undefined;
  return [type, ...unique.inputs.map((it) => (text(inputs, it) ?? "").toLowerCase())].join(" ");
}

/**
 * Azure finishes what it began, whatever became of the client: operations of processes that are gone are over.
 * @param alive whether a process still runs
 */
export function finishAbandoned(estate: Estate, alive: (process: number) => boolean): Estate {
  const abandoned = Object.values(estate.resources).filter((it) => it.process !== null && !alive(it.process));
  return abandoned.reduce(
    (state, it) =>
      it.provisioningState === "Deleting"
        ? withoutResource(state, it.id)
        : withResource(state, { ...it, provisioningState: "Succeeded", process: null }),
    estate,
  );
}
