import { findArmType, parseArmId } from "../../azure/arm-id";
import { contains, overlaps, parseCidr } from "../../core/cidr";
import { AzureError } from "./azure-error";
import { diffInputs } from "./diff";
import { resourceAt, type Estate, type LiveResource } from "./estate";
import { immutableAt } from "./immutable";
import { parentOf, referencesIn } from "./references";
import { typeShape } from "./type-shape";
import { list, locate, text } from "../../core/property-tree";
import type { Props } from "../../core/property-value";
import { revealAll } from "../../core/property-marks";
import { sealSecrets } from "./secrets";

/** Types that Azure makes with their parent: writing one for the first time is no creation. */
const singletons: ReadonlySet<string> = new Set(["azure-native:storage:BlobServiceProperties"]);

/** A resource as somebody wants it, secrets marked. */
export interface Wish {
  readonly id: string;
  readonly type: string;
  readonly inputs: Props;
}

/** Why Azure refuses to make a resource; `undefined` when it does not. */
export function refusalOfCreate(estate: Estate, wanted: Wish): AzureError | undefined {
  const { id, type } = wanted;
  const wish = { ...wanted, inputs: revealAll(wanted.inputs) };
  const own = id.split("/").at(-1) ?? "";
  const rule = findArmType(type)?.name ?? null;
  if (rule !== null && (own.length < rule.min || own.length > rule.max || !rule.pattern.test(own))) {
    return new AzureError(400, "InvalidResourceName", `'${own}' is no valid name for ${type}.`);
  }
  const hasLocation = typeShape(type)?.inputs.includes("location") === true;
  if (hasLocation && typeof wish.inputs["location"] !== "string") {
    return new AzureError(400, "LocationRequired", `The resource '${own}' needs a location.`);
  }
  if (resourceAt(estate, id) !== undefined && !singletons.has(type)) {
    // The provider looks before it writes, and will not take over what it did not make.
    return new AzureError(409, "Conflict", `cannot create already existing resource '${id}'`);
  }
  return (
    missingParent(estate, id) ?? nameTaken(estate, wish) ?? missingReference(estate, wanted) ?? special(estate, wish)
  );
}

/** Why Azure refuses to change a resource; `undefined` when it does not. */
export function refusalOfUpdate(estate: Estate, live: LiveResource, wanted: Wish): AzureError | undefined {
  const wish = { ...wanted, inputs: revealAll(wanted.inputs) };
  // A sealed secret cannot be compared with an open one, so the new inputs are compared as they would be stored.
  for (const { path } of diffInputs(live.type, live.inputs, sealSecrets(wanted.inputs, estate.salt)).changes) {
    if (immutableAt(live.type, path) === undefined) continue;
    return live.type === "azure-native:authorization:RoleAssignment"
      ? new AzureError(400, "RoleAssignmentUpdateNotPermitted", `A role assignment cannot be changed: '${path}'.`)
      : new AzureError(400, "PropertyChangeNotAllowed", `Changing property '${path}' is not allowed.`);
  }
  return inlinePools(estate, live, wish) ?? missingReference(estate, wanted) ?? special(estate, wish);
}

function missingParent(estate: Estate, id: string): AzureError | undefined {
  const parent = parentOf(id);
  if (parent === undefined || isHere(estate, id, parent)) return undefined;
  const group = parseArmId(id)?.resourceGroupName ?? "";
  if (resourceAt(estate, id.split("/").slice(0, 5).join("/")) === undefined) {
    return new AzureError(404, "ResourceGroupNotFound", `There is no resource group '${group}'.`);
  }
  const own = id.split("/").at(-1) ?? "";
  return new AzureError(404, "ParentResourceNotFound", `'${own}' cannot be made: '${parent}' does not exist.`);
}

/** Whether something exists. What lies in another subscription is taken on trust. */
function isHere(estate: Estate, near: string, id: string): boolean {
  const subscription = (it: string): string | undefined => parseArmId(it)?.subscriptionId?.toLowerCase();
  return subscription(near) !== subscription(id) || resourceAt(estate, id) !== undefined;
}

function missingReference(estate: Estate, { id, inputs }: Wish): AzureError | undefined {
  for (const it of referencesIn(inputs)) {
    if (it.id.toLowerCase() === id.toLowerCase() || isHere(estate, id, it.id)) continue;
    return new AzureError(
      400,
      "InvalidResourceReference",
      `'${it.path}' names '${it.hidden ? "[secret]" : it.id}', which does not exist.`,
    );
  }
  return undefined;
}

function nameTaken({ resources }: Estate, { id, type, inputs }: Wish): AzureError | undefined {
  const others = Object.values(resources).filter((it) => it.type === type);
  if (type === "azure-native:storage:StorageAccount") {
    const name = text(inputs, "accountName") ?? "";
    // The name of an account is a host name, so it is taken for the whole world.
    return others.some((it) => it.inputs["accountName"] === name)
      ? new AzureError(409, "StorageAccountAlreadyTaken", `The storage account name '${name}' is taken.`)
      : undefined;
  }
  if (type !== "azure-native:authorization:RoleAssignment") return undefined;
  const says = (it: Props): string =>
    ["scope", "principalId", "roleDefinitionId"].map((part) => (text(it, part) ?? "").toLowerCase()).join("|");
  return others.some((it) => it.id !== id && says(it.inputs) === says(inputs))
    ? new AzureError(409, "RoleAssignmentExists", "This role is assigned already, under another name.")
    : undefined;
}

/** AKS takes no pool through the cluster that it does not know from its creation (traps.md T1, P1). */
function inlinePools(estate: Estate, live: LiveResource, { id, inputs }: Wish): AzureError | undefined {
  if (live.type !== "azure-native:containerservice:ManagedCluster") return undefined;
  const names = (of: Props): string[] => list(of, "agentPoolProfiles").map((it) => text(it, "name") ?? "");
  const known = new Set(names(live.inputs));
  const added = names(inputs).find(
    (it) => !known.has(it) && resourceAt(estate, `${id}/agentPools/${it}`) === undefined,
  );
  return added === undefined
    ? undefined
    : new AzureError(400, "InvalidParameter", `A new agent pool '${added}' was introduced in a cluster update.`);
}

function special(estate: Estate, wish: Wish): AzureError | undefined {
  if (wish.type === "azure-native:network:Subnet") return wrongRange(estate, wish);
  if (wish.type !== "azure-native:containerservice:AgentPool") return undefined;
  const { count, minCount, maxCount, enableAutoScaling } = wish.inputs;
  if (enableAutoScaling !== true || typeof minCount !== "number" || typeof maxCount !== "number") return undefined;
  return minCount > maxCount || (typeof count === "number" && (count < minCount || count > maxCount))
    ? new AzureError(400, "InvalidParameter", `The pool's count must lie between minCount and maxCount.`)
    : undefined;
}

function wrongRange({ resources }: Estate, { id, inputs }: Wish): AzureError | undefined {
  const prefix = text(inputs, "addressPrefix") ?? "";
  const range = parseCidr(prefix);
  if (range === undefined) return undefined;
  const parent = parentOf(id)?.toLowerCase() ?? "";
  const whole = locate(resources[parent]?.inputs, "addressSpace.addressPrefixes[]").flatMap(
    ({ value }) => (typeof value === "string" ? parseCidr(value) : undefined) ?? [],
  );
  if (whole.length > 0 && !whole.some((it) => contains(it, range))) {
    return new AzureError(400, "NetcfgInvalidSubnet", `Subnet ${prefix} lies outside of its virtual network.`);
  }
  const clash = Object.entries(resources).find(([key, it]) => {
    if (!key.startsWith(`${parent}/subnets/`) || key === id.toLowerCase()) return false;
    const other = parseCidr(text(it.inputs, "addressPrefix") ?? "");
    return other !== undefined && overlaps(other, range);
  });
  return clash === undefined
    ? undefined
    : new AzureError(400, "NetcfgSubnetRangesOverlap", `Subnet ${prefix} overlaps with '${clash[1].id}'.`);
}
