import { describe, expect, it } from "vitest";
import { RoleGrant, type RoleGrantArgs } from "../../../components/identity/role-grant";
import { idOf, only, recorded, tree } from "../../recorded";

const args: RoleGrantArgs = {
  scope: idOf("Microsoft.Storage/storageAccounts/data"),
  principalId: "11111111-1111-4111-8111-111111111111",
  role: "Storage Blob Data Contributor",
  principalType: "ServicePrincipal",
};

async function grant(more: Partial<RoleGrantArgs> = {}): Promise<Record<string, unknown>> {
  const plan = await recorded(() => new RoleGrant("grant", { ...args, ...more }));
  expect(tree(plan)).toEqual(["RoleGrant grant", "RoleAssignment grant < RoleGrant grant"]);
  return only(plan, "azure-native:authorization:RoleAssignment").inputs;
}

describe("RoleGrant", () => {
  it("assigns one built-in role, with the subscription in its definition", async () => {
    const { roleAssignmentName, ...inputs } = await grant();
    expect(roleAssignmentName).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(inputs).toEqual({
      scope: args.scope,
      principalId: args.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId:
        "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    });
  });

  it("is named after what it says: the same grant has one name, another grant another", async () => {
    const nameOf = async (more: Partial<RoleGrantArgs>): Promise<unknown> => (await grant(more))["roleAssignmentName"];
    const name = await nameOf({});
    expect(await nameOf({})).toBe(name);
    expect(await nameOf({ scope: idOf("microsoft.storage/storageaccounts/DATA") })).toBe(name);
    const others = [
      await nameOf({ role: "Storage Blob Data Reader" }),
      await nameOf({ principalId: "22222222-2222-4222-8222-222222222222" }),
      await nameOf({ scope: idOf("Microsoft.Storage/storageAccounts/other") }),
    ];
    expect(new Set([name, ...others]).size).toBe(4);
  });
});
