import { describe, expect, it } from "vitest";
import { mostUse, uses } from "../../catalog/prices/uses";
import { keysOf } from "../../core/records";
import { monthlyUse } from "../../policies/rules/cost/monthly-ceiling";
import { record } from "../../preview/record";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const environment = { kind: "dev", owner: "ml-platform", costCenter: "research" } as const;
const budget = { usdPerMonth: 9000, contacts: ["ml@example.com"] };
const around = {
  environment,
  network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  cluster: {
    kubernetesVersion: "1.36",
    apiServer: { authorizedIpRanges: ["198.51.100.0/28"] },
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
} satisfies SectionsInput;

function read(sections: object): Environment {
  const values = Object.fromEntries(
    Object.entries({ ...around, ...sections }).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  const config = { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values };
  return readEnvironment({ stack: "lab", values: config, today });
}

describe("environment.budget", () => {
  it("makes one budget over the environment's group and that of the nodes", async () => {
    const plan = await record({
      stack: "lab",
      program: () => deploy(read({ environment: { ...environment, budget } })),
    });
    const { nodeResourceGroup } = only(plan, "azure-native:containerservice:ManagedCluster").inputs;
    const { amount, filter } = only(plan, "azure-native:consumption:Budget").inputs;
    expect([amount, filter]).toEqual([
      9000,
      {
        dimensions: {
          name: "ResourceGroupName",
          operator: "In",
          values: [only(plan, "azure-native:resources:ResourceGroup").inputs["resourceGroupName"], nodeResourceGroup],
        },
      },
    ]);
  });

  it("makes none where nobody asks for one", async () => {
    const plan = await record({ stack: "lab", program: () => deploy(read({})) });
    expect(allOf(plan, "azure-native:consumption:Budget")).toEqual([]);
  });

  it("is refused in a stack whose costs another one has, and for what it cannot be", () => {
    const values = {
      layers: ["tenants"],
      handover: "organization/azure-gpu-cluster/dev",
      environment: { ...environment, budget },
      network: undefined,
      cluster: undefined,
    };
    expect(problemsOf(() => read(JSON.parse(JSON.stringify({ ...around, ...values })) as object))).toContainEqual(
      expect.stringMatching(/^environment\.budget: /),
    );
    expect(problemsOf(() => read({ environment: { ...environment, budget: { ...budget, contacts: [] } } }))).toEqual([
      expect.stringMatching(/^environment\.budget\.contacts: must name at least one address/),
    ]);
  });
});

describe("environment.expectedUse", () => {
  it.each(keysOf(uses))("of %s is bounded, in a stack file as in the policy pack", (use) => {
    const expectedUse = { [use]: 1e300 };
    expect(problemsOf(() => read({ environment: { ...environment, expectedUse } }))).toEqual([
      `environment.expectedUse.${use}: must be at most 1000000000; got 1e+300. Use 1000000000 or less`,
    ]);
    expect([1e300, mostUse, -1].map((amount) => monthlyUse.accepts({ [use]: amount }))).toEqual([false, true, false]);
    expect(read({ environment: { ...environment, expectedUse: { [use]: mostUse } } }).expectedUse).toEqual({
      [use]: mostUse,
    });
  });
});
