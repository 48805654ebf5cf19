import { expect, it } from "vitest";
import { EnvironmentGroup } from "../../../components/foundation/environment-group";
import type { Scope } from "../../../core/scope";
import { only, recorded, scope, tree } from "../../recorded";

it.each([true, false])("makes one resource group and hands its scope on, protect %s", async (protect) => {
  let handed: Scope | undefined;
  const plan = await recorded(() => {
    handed = new EnvironmentGroup("env", { scope, protect }).scope;
  });
  expect(tree(plan)).toEqual(["EnvironmentGroup env", "ResourceGroup env < EnvironmentGroup env"]);
  const group = only(plan, "azure-native:resources:ResourceGroup");
  expect(group.inputs).toEqual({ resourceGroupName: "rg-gpu-dev-eastus", location: "eastus", tags: scope.tags });
  expect(group.options).toEqual(protect ? { protect: true } : {});
  expect({ ...handed, resourceGroupName: "" }).toEqual({ ...scope, resourceGroupName: "" });
});

it("puts what is made in its scope into the group, and after it", async () => {
  const plan = await recorded(() => {
    const outer = new EnvironmentGroup("env", { scope, protect: false });
    new EnvironmentGroup("inner", { scope: outer.scope, protect: false });
    expect(outer.scope.resourceGroupName).toBe(outer.groupName);
  });
  expect(tree(plan)).toHaveLength(4);
});
