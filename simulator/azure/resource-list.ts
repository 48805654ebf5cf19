import { parseArmId } from "../../azure/arm-id";
import { armBody } from "../../azure/arm-body";
import { findArmType } from "../../azure/arm-types";
import { sdkType } from "../../azure/sdk-type";
import { isRecord, type Props } from "../../core/property-value";
import type { Estate, LiveResource } from "./estate";

/**
 * What lies in a resource group as the list of Azure Resource Manager has it: resources that it tracks, which are those with a location of
 * their own. What hangs on another resource and has none, as a subnet or a pool of AKS, is not in it, nor are role assignments and locks.
 * Source: Azure/azure-rest-api-specs:documentation (tracked and proxy resources), resources 2021-04-01 (Resources_ListByResourceGroup)
 * @param group ARM ID.
 */
export function listedResources({ resources }: Estate, group: string): readonly LiveResource[] {
  const within = `${group.toLowerCase()}/providers/`;
  return Object.entries(resources)
    .filter(([key, it]) => key.startsWith(within) && !key.slice(within.length).includes("/providers/") && isTracked(it))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, it]) => it);
}

function isTracked({ type, inputs }: LiveResource): boolean {
  // What hangs on whatever it is put on, as an assignment of a policy, is tracked by nobody.
  if (findArmType(type)?.names.includes("scope") === true) return false;
  return inputs["location"] !== undefined || sdkType(type)?.inputs.includes("location") === true;
}

/** A resource whole, as a GET of it answers. */
export function resourceBody({ id, type, inputs }: LiveResource): Props {
  return { ...armBody(type, inputs), id, name: id.split("/").at(-1) ?? "", type: findArmType(type)?.arm ?? "" };
}

/** A resource as a list has it: without its properties. */
export function listedBody(resource: LiveResource, expand: readonly string[]): Props {
  const listed = Object.fromEntries(Object.entries(resourceBody(resource)).filter(([key]) => key !== "properties"));
  const created = timeOf(resource.createdAt);
  const times: Props = { createdTime: created, changedTime: created };
  return { ...listed, ...Object.fromEntries(Object.entries(times).filter(([key]) => expand.includes(key))) };
}

/**
 * Resources of a type that hangs on others, as role assignments and locks do, as they apply to a scope: on it, above it or below.
 * @param arm ARM type.
 */
export function extensionsAt({ resources }: Estate, scope: string, arm: string): readonly Props[] {
  const at = scope.toLowerCase();
  return Object.values(resources).flatMap((it): readonly Props[] => {
    const parts = parseArmId(it.id);
    if (parts?.arm.toLowerCase() !== arm.toLowerCase()) return [];
    const on = parts.scope.toLowerCase();
    if (!`${on}/`.startsWith(`${at}/`) && !`${at}/`.startsWith(`${on}/`)) return [];
    const [body, createdAt] = [resourceBody(it), timeOf(it.createdAt)];
    // Of a role the scope and the time stand among its properties, of a lock in its ID and beside them.
    if (arm.toLowerCase().endsWith("/locks")) return [{ ...body, systemData: { createdAt } }];
    const own = isRecord(body["properties"]) ? body["properties"] : {};
    return [{ ...body, properties: { ...own, scope: parts.scope, createdOn: createdAt } }];
  });
}

/** The first second of a simulated Azure. */
const begin = Date.parse("2026-01-01T00:00:00Z");

function timeOf(seconds: number): string {
  return new Date(begin + seconds * 1000).toISOString();
}
