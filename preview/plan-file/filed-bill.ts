import { isAzureNative } from "../../azure/arm-types";
import { billedElsewhere } from "../../azure/billed-elsewhere";
import { regionsOf } from "../../azure/region-of";
import { findRow } from "../../azure/rows";
import { summarise, type Summary } from "../summary/summary";
import type { FiledResource, PlanFile } from "./read-plan-file";

/** The bill of a plan that somebody else may have written, and what of it was not read. */
export interface FiledBill {
  /** Region of what does not say it; `null` where everything that bills does. */
  readonly location: string | null;
  /** Resources of Azure that were read. */
  readonly resources: number;
  readonly cost: Summary["cost"];
  /** Types of Azure that nobody has said anything of, with how many there are. */
  readonly unknownTypes: Readonly<Record<string, number>>;
  /** Resources of other providers, by the first part of their type. */
  readonly notRead: Readonly<Record<string, number>>;
  /** Resources that stay as they are and are not in the file. */
  readonly leftOut: number;
}

/**
 * Prices a plan.
 * @param location Region of what does not say it; `null` where `withoutRegion` names nothing.
 */
export function filedBill({ resources, leftOut }: PlanFile, location: string | null): FiledBill {
  const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const ours = made.filter(({ type }) => isAzureNative(type));
  return {
    location,
    resources: ours.length,
    cost: summarise(ours, location ?? "").cost,
    unknownTypes: counted(
      ours.filter(({ type }) => findRow(type) === undefined && billedElsewhere(type) === undefined),
    ),
    notRead: counted(made.filter((it) => !ours.includes(it)).map(providerOf)),
    leftOut,
  };
}

/** Names of the resources of a plan that bill, and of which nothing says in which region they are. */
export function withoutRegion({ resources }: PlanFile): readonly string[] {
  const regionOf = regionsOf(resources);
  return resources.flatMap((it) => {
    const row = findRow(it.type);
    const bills = row === undefined ? billedElsewhere(it.type) : (row.bills ?? row.computes ?? undefined);
    return bills === undefined || regionOf(it) !== undefined ? [] : [it.name];
  });
}

function providerOf({ type }: FiledResource): { readonly type: string } {
  return { type: type.split(":")[0] ?? type };
}

function counted(all: readonly { readonly type: string }[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { type } of all) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}
