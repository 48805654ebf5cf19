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
