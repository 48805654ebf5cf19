import { parseArmId } from "../../azure/arm-id";
import { findArmType } from "../../azure/arm-types";
import { fixedAt } from "../../azure/fixed-property";
import { isMadeLater } from "../../azure/made-later";
import { allowsName } from "../../azure/name-rule";
import { nameRuleOf, rowOf } from "../../azure/rows";
import { sdkType } from "../../azure/sdk-type";
import { overlaps, parseCidr } from "../../core/cidr";
import { AzureError, refusedWith } from "./azure-error";
import { diffInputs } from "./diff";
import { keptName, resourceAt, type Estate, type LiveResource } from "./estate";
import { parentOf, referencesIn } from "./references";
import type { Props } from "../../core/property-value";
import { revealAll } from "../../core/property-marks";
import { sealSecrets } from "./secrets";
import { list, text } from "../../core/property-tree";

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
  const row = rowOf(type);
  const rule = nameRuleOf(type);
  if (rule !== null && !allowsName(rule, own)) {
    return new AzureError(400, "InvalidResourceName", `'${own}' is no valid name for ${type}.`);
  }
  const hasLocation = sdkType(type)?.inputs.includes("location") === true;
  // What lies on any scope, as an assignment of a policy, has a location for its identity alone: the SDK says so of `location`.
  const isNowhere = findArmType(type)?.names[0] === "scope" && wish.inputs["identity"] === undefined;
  if (hasLocation && !isNowhere && typeof wish.inputs["location"] !== "string") {
    return new AzureError(400, "LocationRequired", `The resource '${own}' needs a location.`);
  }
  if (resourceAt(estate, id) !== undefined && !row.comesWithParent) {
    // The provider looks before it writes, and will not take over what it did not make.
    return new AzureError(409, "Conflict", `cannot create already existing resource '${id}'`);
  }
  return (
    missingParent(estate, id) ??
    taken(estate, wish) ??
    stillHeld(estate, wish) ??
    missingReference(estate, wanted) ??
    rangeClash(estate, wish)
  );
}

/** Why Azure refuses to change a resource; `undefined` when it does not. */
export function refusalOfUpdate(estate: Estate, live: LiveResource, wanted: Wish): AzureError | undefined {
  const wish = { ...wanted, inputs: revealAll(wanted.inputs) };
  // A sealed secret cannot be compared with an open one, so the new inputs are compared as they would be stored.
  for (const { path } of diffInputs(live.type, live.inputs, sealSecrets(wanted.inputs, estate.salt)).changes) {
    const fixed = fixedAt(rowOf(live.type).fixed, path);
    if (fixed === undefined || fixed.onChange === "ignored") continue;
    return new AzureError(400, fixed.code, `Changing property '${path}' is not allowed.`);
  }
  return newInlineChild(estate, live, wish) ?? missingReference(estate, wanted) ?? rangeClash(estate, wish);
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

function missingReference(estate: Estate, { id, type, inputs }: Wish): AzureError | undefined {
  for (const it of referencesIn(inputs)) {
    // What a template is to build is not there yet; where it goes must be.
    const wanted = isMadeLater(type, it.path) ? (parentOf(it.id) ?? it.id) : it.id;
    if (it.id.toLowerCase() === id.toLowerCase() || isHere(estate, id, wanted)) continue;
    return new AzureError(
      400,
      "InvalidResourceReference",
      `'${it.path}' names '${it.hidden ? "[secret]" : it.id}', which does not exist.`,
    );
  }
  return undefined;
}

/** What no two resources have the same, whoever they belong to. */
function taken({ resources }: Estate, { id, type, inputs }: Wish): AzureError | undefined {
  const { unique } = rowOf(type);
  if (unique === null) return undefined;
  const says = (it: Props): string => unique.inputs.map((name) => (text(it, name) ?? "").toLowerCase()).join("|");
  const others = Object.values(resources).filter((it) => it.type === type && it.id !== id);
  return others.some((it) => says(it.inputs) === says(inputs)) ? refusedWith(unique.refusal, id) : undefined;
}

/** A name that a deleted resource still holds, unless that is brought back. */
function stillHeld({ keptNames }: Estate, { id, type, inputs }: Wish): AzureError | undefined {
  const held = rowOf(type).unique?.keptAfterDelete ?? null;
  const holder = keptNames[keptName(type, inputs) ?? ""];
  if (held === null || holder === undefined) return undefined;
  const { input, value } = held.takenBack;
  const takenBack = text(inputs, input) === value && holder.toLowerCase() === id.toLowerCase();
  return takenBack ? undefined : refusedWith(held.refusal, id);
}

/** A child that the parent's body names for the first time, and that does not exist. */
function newInlineChild(estate: Estate, live: LiveResource, { id, inputs }: Wish): AzureError | undefined {
  const { inlineChildren } = rowOf(live.type);
  if (inlineChildren === null) return undefined;
  const { property, segment, refusal } = inlineChildren;
  const names = (of: Props): string[] => list(of, property).map((it) => text(it, "name") ?? "");
  const known = new Set(names(live.inputs));
  const added = names(inputs).find(
    (it) => !known.has(it) && resourceAt(estate, `${id}/${segment}/${it}`) === undefined,
  );
  return added === undefined ? undefined : refusedWith(refusal, added);
}

/** A range that lies over the range of a sibling. */
function rangeClash({ resources }: Estate, { id, type, inputs }: Wish): AzureError | undefined {
  const { disjointRange } = rowOf(type);
  if (disjointRange === null) return undefined;
  const rangeOf = (it: Props): ReturnType<typeof parseCidr> => parseCidr(text(it, disjointRange.property) ?? "");
  const range = rangeOf(inputs);
  const siblings = `${id.split("/").slice(0, -1).join("/").toLowerCase()}/`;
  const clash = Object.entries(resources).find(([key, it]) => {
    const other = key.startsWith(siblings) && key !== id.toLowerCase() ? rangeOf(it.inputs) : undefined;
    return range !== undefined && other !== undefined && overlaps(other, range);
  });
  return clash === undefined ? undefined : refusedWith(disjointRange.refusal, clash[1].id);
}
