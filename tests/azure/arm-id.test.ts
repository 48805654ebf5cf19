import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { armId, parseArmId } from "../../azure/arm-id";
import { armTypes } from "../../azure/arm-types";
import { rows } from "../../azure/rows";

const subscription = "00000000-0000-0000-0000-000000000001";
const tokens = [...rows.keys()];
const name = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,20}$/);

describe("armId", () => {
  it.each([
    ["azure-native:resources:ResourceGroup", { resourceGroupName: "rg" }, "/resourceGroups/rg"],
    [
      "azure-native:network:Subnet",
      { resourceGroupName: "rg", virtualNetworkName: "net", subnetName: "nodes" },
      "/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes",
    ],
    [
      "azure-native:storage:BlobContainer",
      { resourceGroupName: "rg", accountName: "st", containerName: "data" },
      "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/data",
    ],
    [
      "azure-native:containerservice/v20260501:AgentPool",
      { resourceGroupName: "rg", resourceName: "aks", agentPoolName: "h100" },
      "/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/aks/agentPools/h100",
    ],
  ])("of %s", (token, inputs, expected) => {
    expect(armId(token, inputs, subscription)).toBe(`/subscriptions/${subscription}${expected}`);
  });

  it("hangs a role assignment on its scope", () => {
    const token = "azure-native:authorization:RoleAssignment";
    const scope = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net";
    const own = "/providers/Microsoft.Authorization/roleAssignments/guid";
    expect(armId(token, { scope, roleAssignmentName: "guid" }, subscription)).toBe(scope + own);
    expect(armId(token, { scope: "/", roleAssignmentName: "guid" }, subscription)).toBe(own);
  });

  it("fails on what is missing, by name", () => {
    expect(() => armId("azure-native:network:Nonsense", {}, subscription)).toThrow(
      "no ARM type is known for azure-native:network:Nonsense",
    );
    expect(() =>
      armId("azure-native:network:Subnet", { resourceGroupName: "rg", subnetName: "a" }, subscription),
    ).toThrow("azure-native:network:Subnet has no virtualNetworkName");
  });
});

describe("parseArmId", () => {
  it("takes every ID apart into the names that it was made of", () => {
    const inputs = fc.constantFrom(...tokens).chain((token) => {
      const names = armTypes.get(token)?.names ?? [];
      return fc.tuple(fc.constant(token), fc.tuple(...names.map(() => name)));
    });
    fc.assert(
      fc.property(inputs, ([token, values]) => {
        const type = armTypes.get(token);
        // A few stand at the subscription itself.
        const inGroup = !/^\/subscriptions\/\{subscriptionId\}\/providers/.test(type?.path ?? "");
        const scope = `/subscriptions/${subscription}${inGroup ? `/resourceGroups/${values[0] ?? ""}` : ""}`;
        const given = Object.fromEntries(
          (type?.names ?? []).map((key, at) => [key, ["scope", "resourceUri"].includes(key) ? scope : values[at]]),
        );
        const parts = parseArmId(armId(token, given, subscription));
        expect(parts?.arm).toBe(type?.arm);
        expect(parts?.subscriptionId).toBe(subscription);
        expect(parts?.resourceGroupName).toBe(inGroup ? values[0] : null);
        const isGroup = type?.arm === "Microsoft.Resources/resourceGroups";
        expect(parts?.scope).toBe(isGroup ? `/subscriptions/${subscription}` : scope);
        const own = parts?.names.filter((it) => !Object.values(type?.fixedNames ?? {}).includes(it));
        expect(own).toEqual(isGroup || !inGroup ? values : values.slice(1));
      }),
    );
  });

  it("reads the fixed words in any case", () => {
    expect(parseArmId("/SUBSCRIPTIONS/s/resourcegroups/rg/PROVIDERS/Microsoft.Network/virtualNetworks/net")).toEqual({
      scope: "/SUBSCRIPTIONS/s/resourcegroups/rg",
      subscriptionId: "s",
      resourceGroupName: "rg",
      arm: "Microsoft.Network/virtualNetworks",
      names: ["net"],
    });
  });

  it("reads a built-in role, which has no subscription", () => {
    expect(parseArmId("/providers/Microsoft.Authorization/roleDefinitions/guid")).toEqual({
      scope: "/",
      subscriptionId: null,
      resourceGroupName: null,
      arm: "Microsoft.Authorization/roleDefinitions",
      names: ["guid"],
    });
  });

  it.each([
    "",
    "vnet",
    "/subscriptions/s",
    "/subscriptions/s/resourceGroups/rg/extra",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks",
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks//",
  ])("refuses %j", (text) => {
    expect(parseArmId(text)).toBeUndefined();
  });
});
