/**
 * How rights call a type where they do not call it as IDs do.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance (Microsoft.Resources)
 */
const called: Readonly<Record<string, string>> = {
  "Microsoft.Resources/resourceGroups": "Microsoft.Resources/subscriptions/resourceGroups",
};

/** What the actions of an ARM type begin with. */
export function rightOf(arm: string): string {
  return called[arm] ?? arm;
}

/**
 * Types that Resource Manager makes and has no right to delete: they go with what they lie in. A role that named such a right would be refused.
 * Source: https://learn.microsoft.com/azure/role-based-access-control/permissions/security (Microsoft.KeyVault: deleting a key is a data action)
 */
const neverDeleted: readonly string[] = ["Microsoft.KeyVault/vaults/keys"];

/** Whether there is a right to delete things of a type. */
export function hasDeleteRight(arm: string): boolean {
  return !neverDeleted.includes(arm);
}
