import { isUuid } from "../core/names";
import type { Problems } from "../core/problems";
import { parseArmId } from "./arm-id";
import { findArmType } from "./arm-types";
import { checkName } from "./check-name";

/** What an ARM ID must be the ID of. */
export interface WantedId {
  /** Pulumi type without its package, for example `network:VirtualNetwork`. It is one that lies in a resource group. */
  readonly token: string;
  /** The same in words: `virtual network`. */
  readonly what: string;
}

/** Notes a problem unless a text is an ARM ID that Azure can have given to a resource of the type. */
export function checkId({ token, what }: WantedId, id: string, path: string, problems: Problems): void {
  const type = findArmType(`azure-native:${token}`);
  if (type === undefined) throw new Error(`no ARM type is known for ${token}`);
  const said = parseArmId(id);
  const group = `/subscriptions/${said?.subscriptionId ?? ""}/resourceGroups/${said?.resourceGroupName ?? ""}`;
  const fits = said?.arm.toLowerCase() === type.arm.toLowerCase() && said.scope.toLowerCase() === group.toLowerCase();
  problems.require(fits, path, `must be the ARM ID of a ${what}`, {
    got: id,
    remedy: `Write ${type.path.replace("{subscriptionId}", "<UUID>").replace(/\{\w+\}/g, "<name>")}`,
  });
  if (!fits) return;
  problems.require(isUuid(said.subscriptionId ?? ""), path, "must name a subscription by its UUID, not all zeros", {
    got: said.subscriptionId,
    remedy: "az account show --query id says yours",
  });
  checkName("resources:ResourceGroup", said.resourceGroupName ?? "", problems, path);
  checkName(token, said.names.at(-1) ?? "", problems, path);
}
