import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { finBudgetCoversIdle } from "../../../policies/rules/cost/fin-budget-covers-idle";
import { finMonthlyCeiling } from "../../../policies/rules/cost/fin-monthly-ceiling";
import { finRequiredTags } from "../../../policies/rules/cost/fin-required-tags";
import { account, roleAssignment, scaleSet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;

const twoNodes = resource(types.nodePool, {
  agentPoolName: "p",
  location: "eastus",
  vmSize: "Standard_D8ds_v5",
  osDiskType: "Ephemeral",
  count: 2,
});

const natGateway = resource("azure-native:network:NatGateway", { natGatewayName: "g", location: "eastus" });
const registry = resource(types.registry, { registryName: "r", location: "eastus", sku: { name: "Standard" } });
const budget = resource(types.budget, { budgetName: "b", timeGrain: "Monthly", amount: 700 });

/** Rules about who pays, and how much in a month. */
export const monthlyCostTables: readonly RuleCases[] = [
  table(finRequiredTags, scaleSet, {
    compliant: { "a cell of the environment": [{ "tags.environment": "prod-eastus-1" }] },
    broken: {
      "an empty owner": [{ "tags.owner": " " }, 'tags.owner is " "; must be set'],
      "another environment": [
        { "tags.environment": "dev" },
        'tags.environment is "dev"; must name the stack or the prod environment',
      ],
    },
    absent: {
      "all tags": [
        { tags: undefined },
        "tags.owner is absent; must be set",
        "tags.costCenter is absent; must be set",
        "tags.environment is absent; must name the stack or the prod environment",
        "tags.project is absent; must be set",
        "tags.managedBy is absent; must be set",
      ],
    },
    unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable: { "a type without tags": [[roleAssignment]] },
  }),
  table(
    finRequiredTags,
    changed(scaleSet, { "tags.dataClass": "internal" }),
    {
      broken: {
        "another word": [
          { "tags.dataClass": "internal, mostly" },
          'tags.dataClass is "internal, mostly"; must match public|internal, as tagPatterns has it',
        ],
      },
      absent: {
        "the tag": [
          { "tags.dataClass": undefined },
          "tags.dataClass is absent; must match public|internal, as tagPatterns has it",
        ],
      },
      unknown: { "the tag": [{ "tags.dataClass": unknownValue }, "?tags.dataClass"] },
      notApplicable: { "a type without tags": [[roleAssignment]] },
    },
    { settings: { tagPatterns: { dataClass: "public|internal" } } },
  ),
  table(
    finRequiredTags,
    scaleSet,
    {
      compliant: { "a cell of the environment": [{ "tags.environment": "dev-anna" }] },
      broken: {
        "a part of the name of the stack": [
          { "tags.environment": "prod-2" },
          'tags.environment is "prod-2"; must name the stack or the dev environment',
        ],
      },
      absent: { "the owner": [{ "tags.owner": undefined }, "tags.owner is absent; must be set"] },
      unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
      notApplicable: { "a type without tags": [[roleAssignment]] },
    },
    { environment: "dev" },
  ),
  // Two nodes at USD 0.452 and 730 hours.
  table(
    finMonthlyCeiling,
    twoNodes,
    {
      compliant: { "one node": [{ count: 1 }] },
      broken: {
        "a node more": [{ count: 3 }, "the full month of the stack is 989.88 USD; must be at most 700 USD"],
        "nodes that come later": [
          { enableAutoScaling: true, minCount: 0, maxCount: 3 },
          "the full month of the stack is 989.88 USD; must be at most 700 USD",
        ],
      },
      absent: { "the count, of which there is none then": [{ count: undefined }] },
      unknown: { "the count, which no bill has": [{ count: unknownValue }] },
      notApplicable: { "nothing that bills": [[roleAssignment]] },
    },
    { settings: { monthlyCeilingUsd: 700 } },
  ),
  table(
    finMonthlyCeiling,
    { ...twoNodes, inputs: { ...twoNodes.inputs, count: 25 } },
    {
      broken: {
        "one node more": [{ count: 26 }, "the full month of the stack is 8578.96 USD; must be at most 8249 USD"],
      },
      absent: { "everything that bills": [[]] },
      unknown: { "the count": [{ count: unknownValue }] },
      notApplicable: otherType,
    },
    { settings: { monthlyCeilingUsd: 8249 } },
  ),
  table(
    finMonthlyCeiling,
    [changed(twoNodes, { location: undefined, count: 1 }), changed(natGateway, { location: "westeurope" })],
    {
      broken: {
        "the prices of the region that another resource names": [
          { count: 3 },
          "the full month of the stack is 1224.21 USD; must be at most 600 USD",
        ],
      },
      absent: {
        "the region of all": [
          [changed(twoNodes, { location: undefined })],
          "the full month of the stack is 659.92 USD; must be at most 600 USD",
        ],
      },
      unknown: { "the count": [{ count: unknownValue }] },
      notApplicable: otherType,
    },
    { settings: { monthlyCeilingUsd: 600 } },
  ),
  table(
    finMonthlyCeiling,
    [{ ...twoNodes, inputs: { ...twoNodes.inputs, count: 1 } }, natGateway],
    {
      broken: {
        "use that is expected": [{ count: 2 }, "the full month of the stack is 1142.77 USD; must be at most 900 USD"],
        "what has a price, beside what has none": [
          [twoNodes, natGateway, registry],
          "the full month of the stack is 1142.77 USD without what has no price here (container registry Standard, images beyond what the registry includes); must be at most 900 USD",
        ],
      },
      absent: { "the gateway, so that nothing bills by it": [[twoNodes]] },
      unknown: { "the count": [{ count: unknownValue }] },
      notApplicable: otherType,
    },
    { settings: { monthlyCeilingUsd: 900, expectedUse: { natGB: 10_000 } } },
  ),
  table(
    finMonthlyCeiling,
    { ...twoNodes, inputs: { ...twoNodes.inputs, count: 1000 } },
    {
      broken: {},
      absent: {},
      unknown: {},
      notApplicable: otherType,
    },
  ),
  table(finBudgetCoversIdle, [budget, twoNodes], {
    compliant: {
      "one of a year, which an idle month says nothing of": [{ timeGrain: "Annually", amount: 1 }],
      "nodes that need not run": [
        [changed(budget, { amount: 1 }), changed(twoNodes, { enableAutoScaling: true, minCount: 0, maxCount: 9 })],
      ],
    },
    broken: {
      "one that idle nodes use up": [
        { amount: 600 },
        "amount is 600; must be at least 659.92, what an idle month costs",
      ],
      "each that is too small": [
        [
          budget,
          changed(budget, { amount: 1 }),
          changed(budget, { amount: 659.91 }),
          changed(budget, { amount: 659.92 }),
          twoNodes,
        ],
        "amount is 1; must be at least 659.92, what an idle month costs",
        "amount is 659.91; must be at least 659.92, what an idle month costs",
      ],
    },
    absent: { "the amount": [{ amount: undefined }, "amount is 0; must be at least 659.92, what an idle month costs"] },
    unknown: { "the amount": [{ amount: unknownValue }, "?amount"] },
    notApplicable: { "a plan without a budget": [[twoNodes]] },
  }),
];
