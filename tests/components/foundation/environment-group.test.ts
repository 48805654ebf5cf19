import { expect, it } from "vitest";
import { EnvironmentGroup } from "../../../components/foundation/environment-group";
import type { Scope } from "../../../core/scope";
import { only, problemsOf, recorded, refused, scope, tree } from "../../recorded";

it.each([true, false])("makes one resource group and hands its scope on, protect %s", async (protect) => {
  let handed: Scope | undefined;
  const plan = await recorded(() => {
    handed = new EnvironmentGroup("env", { scope }, { protect }).scope;
  });
  expect(tree(plan)).toEqual(["EnvironmentGroup env", "ResourceGroup env < EnvironmentGroup env"]);
  const group = only(plan, "azure-native:resources:ResourceGroup");
  expect(group.inputs).toEqual({ resourceGroupName: "rg-gpu-dev-eastus", location: "eastus", tags: scope.tags });
  expect(group.options).toEqual(protect ? { protect: true } : {});
  expect({ ...handed, resourceGroupName: "" }).toEqual({ ...scope, resourceGroupName: "" });
});

it("puts what is made in its scope into the group, and after it", async () => {
  const plan = await recorded(() => {
    const outer = new EnvironmentGroup("env", { scope });
    new EnvironmentGroup("inner", { scope: outer.scope });
    expect(outer.scope.resourceGroupName).toBe(outer.groupName);
  });
  expect(tree(plan)).toHaveLength(4);
});

it("refuses a name that Azure would refuse, and a second group of its name, before anything is registered", async () => {
  const long = { ...scope, names: { ...scope.names, environment: "e".repeat(90) } };
  const { problems, made } = await refused(() => new EnvironmentGroup("env", { scope: long }));
  expect(problems).toEqual([
    expect.stringMatching(/^name: must lead to a name that Azure takes for resources:ResourceGroup: 1 to 90/),
  ]);
  expect(made).toEqual([]);
  await recorded(() => {
    new EnvironmentGroup("env", { scope });
    expect(problemsOf(() => new EnvironmentGroup("env", { scope }))).toEqual([
      'name: must be one that no other of this kind has; got "rg-gpu-dev-eastus". Give the component another name',
    ]);
  });
});
