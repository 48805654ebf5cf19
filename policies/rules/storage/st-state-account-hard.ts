import { about, expectAt, expectProtected, isText, oneOf, unjudged, violation } from "../../engine/expect";
import { blobDataRoleIds } from "../../../catalog/roles";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isOf } from "./blob-service";
import { stateAccount } from "./state-account";

export const stStateAccountHard: StackRule = {
  id: 134,
  name: "st-state-account-hard",
  area: "storage",
  kind: "stack",
  types: [types.storageAccount, types.blobServiceProperties, types.roleAssignment],
  title:
    "The account with the state of stacks is protected and keyless, keeps every version, and lets each identity into a container, never into all.",
  why: "The state is the map of everything, with secrets in it; whoever loses it imports each resource by hand.",
  remedy:
    "Register the account with protect: true, allowSharedKeyAccess: false and allowBlobPublicAccess: false, and its BlobServiceProperties with isVersioningEnabled, deleteRetentionPolicy and containerDeleteRetentionPolicy. Grant roles on the container of one environment.",
  severity: "critical",
  levels: levels.always,
  source: "Azure Policy 8c6a50c6; CKV2_AZURE_38",
  check: (resources) => {
    const accounts = resources.filter(({ type }) => sameType(type, types.storageAccount));
    const services = resources.filter(({ type }) => sameType(type, types.blobServiceProperties));
    return accounts
      .filter(({ inputs }) => read(inputs, "tags.purpose") === stateAccount)
      .flatMap((account) => {
        const own = services.filter((it) => isOf(it, account, accounts));
        return [
          ...about(account, [
            ...expectProtected(account),
            ...expectAt(account.inputs, "allowSharedKeyAccess", oneOf(false), "be false"),
            ...expectAt(account.inputs, "allowBlobPublicAccess", oneOf(false), "be false"),
            ...(own.length === 0
              ? [{ path: "accountName", is: "an account without BlobServiceProperties", must: "have them" }]
              : []),
          ]),
          ...own.flatMap((it) =>
            about(
              it,
              [
                "isVersioningEnabled",
                "deleteRetentionPolicy.enabled",
                "containerDeleteRetentionPolicy.enabled",
              ].flatMap((path) => expectAt(it.inputs, path, oneOf(true), "be true")),
            ),
          ),
          // Only a grant has a scope.
          ...resources.flatMap((it) => expectContainer(it, account)),
        ];
      });
  },
};

/** Who may read all containers of an account reads the state of every environment that lies there. */
function expectContainer(grant: Subject, account: Subject): StackOutcome[] {
  const [scope, role] = [read(grant.inputs, "scope"), read(grant.inputs, "roleDefinitionId")];
  if (isText(role) && !isUnknown(role) && !blobDataRoleIds.some((id) => role.toLowerCase().endsWith(id))) return [];
  if (isUnknown(scope))
    return grant.propertyDependencies?.["scope"]?.includes(account.urn) === true
      ? about(grant, [unjudged("scope")])
      : [];
  const name = read(account.inputs, "accountName");
  const [, whole] = isText(scope)
    ? (/\/storageAccounts\/([^/]+)(?:\/blobServices\/[^/]+)?\/?$/i.exec(scope) ?? [])
    : [];
  if (whole === undefined || !isText(name) || isUnknown(name) || whole.toLowerCase() !== name.toLowerCase()) return [];
  if (isUnknown(role)) return about(grant, [unjudged("roleDefinitionId")]);
  return about(grant, [violation("scope", scope, "be a container of the account")]);
}
