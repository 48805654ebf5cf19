import { isUnknown } from "../../../core/property-marks";
import { read, text } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";
import { expectAt, oneOf, unjudged } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const address = "properties.publicNetworkAccess";
const acls = "properties.networkAcls";

export const kvPublicOff: ResourceRule = {
  id: 265,
  name: "kv-public-off",
  area: "identity",
  kind: "resource",
  types: [types.keyVault],
  title: "A Key Vault for production has no public address, or one that lets nobody in but services of Azure.",
  why: "A list of networks on a public address grows until it lets in more than anybody knows, and behind it lies the key of everything.",
  remedy:
    "Set properties.publicNetworkAccess: Disabled, and reach the vault by a private endpoint; where a service looks for the address, as Managed Lustre does, keep networkAcls.defaultAction: Deny without any range.",
  severity: "high",
  levels: levels.rising,
  source: "CKV_AZURE_189; Azure Policy 405c5871",
  check: ({ inputs }) => {
    if (isUnknown(read(inputs, address))) return [unjudged(address)];
    // Azure takes the word in any case, and its own examples write both.
    if (text(inputs, address)?.toLowerCase() === "disabled") return [];
    return [
      ...expectAt(inputs, `${acls}.defaultAction`, oneOf("Deny"), `be Deny while ${address} is not Disabled`),
      ...["ipRules", "virtualNetworkRules"].flatMap((it) =>
        expectAt(
          inputs,
          `${acls}.${it}`,
          (list) => list === undefined || (isList(list) && list.length === 0),
          `be empty while ${address} is not Disabled`,
        ),
      ),
    ];
  },
};
