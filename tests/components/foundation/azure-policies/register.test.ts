import { expect, it } from "vitest";
import { AzurePolicies } from "../../../../components/foundation/azure-policies/azure-policies";
import { planAzurePolicies } from "../../../../components/foundation/azure-policies/plan";
import { azurePolicies } from "../../../../catalog/azure-policies";
import { place, recorded, scope, tree } from "../../../recorded";

const groupResourceId = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg-test";

it("assigns each policy to the group of the environment, and its own definitions by their IDs", async () => {
  const shape = { sizes: ["Standard_D4ds_v5"], privateApiServer: true };
  const plan = await recorded(() => new AzurePolicies("policy", { scope, ...shape, groupResourceId }));
  const assignments = plan.resources.filter(({ type }) => type === "azure-native:authorization:PolicyAssignment");
  expect(assignments.map(({ inputs }) => inputs["scope"])).toEqual(assignments.map(() => groupResourceId));
  expect(assignments.map(({ name }) => name)).toEqual([
    ...Object.keys(azurePolicies).map((key) => `policy-${key}`),
    "policy-sizes",
  ]);
  const definitions = plan.resources.filter(({ type }) => type === "azure-native:authorization:PolicyDefinition");
  expect(definitions.map(({ inputs }) => inputs["policyDefinitionName"])).toEqual(["policy-gpu-dev-eastus-sizes"]);
  expect(assignments.at(-1)?.inputs["policyDefinitionId"]).toMatch(
    /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/policyDefinitions\/policy-gpu-dev-eastus-sizes$/,
  );
});

it("makes the same by its plan and by its shape", async () => {
  const shape = { effect: "audit", maxNodes: 8 } as const;
  const [byShape, byPlan] = [
    await recorded(() => new AzurePolicies("policy", { scope, ...shape, groupResourceId })),
    await recorded(() => {
      new AzurePolicies("policy", { scope, plan: planAzurePolicies("policy", shape, place), groupResourceId });
    }),
  ];
  expect(tree(byPlan)).toEqual(tree(byShape));
  expect(byPlan.resources.map(({ inputs }) => inputs)).toEqual(byShape.resources.map(({ inputs }) => inputs));
});
