import { expect, it } from "vitest";
import { sdkType } from "../../azure/sdk-type";

it("reads inputs, outputs, required properties and API version apart", () => {
  const pool = sdkType("azure-native:containerservice:AgentPool");
  expect(pool?.inputs).toEqual(expect.arrayContaining(["vmSize", "gatewayProfile", "type"]));
  expect(pool?.inputs).not.toContain("provisioningState");
  expect(pool?.outputs).toEqual(expect.arrayContaining(["provisioningState", "name"]));
  expect(pool?.required).toEqual(["resourceGroupName", "resourceName"]);
  expect(pool?.apiVersion).toMatch(/^20\d\d-\d\d-\d\d(-preview)?$/);
});

it("knows no type that the SDK lacks", () => {
  expect(sdkType("azure-native:network:NoSuchThing")).toBeUndefined();
  expect(sdkType("kubernetes:core/v1:Pod")).toBeUndefined();
});
