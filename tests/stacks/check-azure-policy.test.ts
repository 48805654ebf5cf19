import { expect, it, test } from "vitest";
import { planAzurePolicies } from "../../components/foundation/azure-policies/plan";
import type { AzurePoliciesShape } from "../../components/foundation/azure-policies/shape";
import { Problems } from "../../core/problems";
import { checkAzurePolicy, type JudgedByPolicy } from "../../stacks/check-azure-policy";

const own: JudgedByPolicy = {
  ...{ privateApiServer: false, accountKeys: false },
  sizes: [{ path: "gpuPools.h100", size: "Standard_ND96isr_H100_v5" }],
  nodes: [{ path: "gpuPools.h100", most: 8 }],
};

function told(shape: AzurePoliciesShape, judged: Partial<JudgedByPolicy> = {}): string[] {
  const problems = new Problems();
  const names = { workload: "gpu", environment: "dev", location: "eastus", suffix: "abc123" };
  checkAzurePolicy(planAzurePolicies("policy", shape, { names }), { ...own, ...judged }, problems);
  return problems.list.map(({ path }) => path);
}

test.each<readonly [string, AzurePoliciesShape, Partial<JudgedByPolicy>, string[]]>([
  ["nothing that it refuses", {}, {}, []],
  ["a public API server", { privateApiServer: true }, {}, ["azurePolicy.privateApiServer"]],
  ["a private one", { privateApiServer: true }, { privateApiServer: true }, []],
  ["keys", {}, { accountKeys: true }, ["azurePolicy.auditOnly.accountKeys"]],
  ["keys that are audited", { auditOnly: { accountKeys: "Lustre needs them" } }, { accountKeys: true }, []],
  ["keys where all is audited", { effect: "audit" }, { accountKeys: true }, []],
  ["a size that is not listed", { sizes: ["Standard_D4ds_v5"] }, {}, ["azurePolicy.sizes"]],
  ["a listed size", { sizes: ["Standard_ND96isr_H100_v5"] }, {}, []],
  ["more nodes", { maxNodes: 7 }, {}, ["azurePolicy.maxNodes"]],
  ["as many nodes", { maxNodes: 8 }, {}, []],
])("an environment with %s", (_, shape, judged, paths) => {
  expect(told(shape, judged)).toEqual(paths);
});

it("tells each place that is refused, at once", () => {
  const sizes = ["gpuPools.a", "scaleSets.b"].map((path) => ({ path, size: "Standard_D8ds_v5" }));
  const problems = new Problems();
  const names = { workload: "gpu", environment: "dev", location: "eastus", suffix: "abc123" };
  const plan = planAzurePolicies("policy", { sizes: ["Standard_D4ds_v5"], maxNodes: 1 }, { names });
  checkAzurePolicy(plan, { ...own, sizes }, problems);
  expect(problems.list.map(({ rule }) => rule)).toEqual([
    "must have the size of gpuPools.a",
    "must have the size of scaleSets.b",
    "must be at least the nodes of gpuPools.h100",
  ]);
});
