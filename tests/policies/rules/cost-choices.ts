import type { BudgetArgs } from "@pulumi/azure-native/consumption/budget";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { finBudgetExists } from "../../../policies/rules/cost/fin-budget-exists";
import { finExpensiveTypes } from "../../../policies/rules/cost/fin-expensive-types";
import { finScaleToZeroDev } from "../../../policies/rules/cost/fin-scale-to-zero-dev";
import { finSpotInDev } from "../../../policies/rules/cost/fin-spot-in-dev";
import { nodePool, registry, scaleSet, sizes, subnet, virtualMachine } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[subnet("nodes", "10.64.0.0/20")]] } as const;
const dev = { environment: "dev" } as const;

const gpuPool = changed(nodePool, { vmSize: sizes.gpu, minCount: 0 });
const always = changed(gpuPool, { minCount: 1 });
const gpuSet = changed(scaleSet, { "sku.name": sizes.gpu, "virtualMachineProfile.priority": "Spot" });
const must = "be Spot in dev, unless tags.spotExempt says why not";

const budget = resource(types.budget, {
  scope: "/subscriptions/s",
  amount: 1000,
  category: "Cost",
  timeGrain: "Monthly",
  timePeriod: { startDate: "2026-09-01T00:00:00Z" },
  notifications: {
    early: { enabled: true, operator: "GreaterThanOrEqualTo", threshold: 80, contactEmails: ["a@example.com"] },
    forecast: {
      enabled: true,
      operator: "GreaterThanOrEqualTo",
      threshold: 100,
      thresholdType: "Forecasted",
      contactEmails: ["a@example.com"],
    },
  },
} satisfies BudgetArgs);
const [early, forecast] = ["hold one for 80 % or less of what was spent", "hold one with thresholdType Forecasted"];

/** Rules about what somebody who pays chose. */
export const costChoiceTables: readonly RuleCases[] = [
  table(
    finSpotInDev,
    gpuSet,
    {
      compliant: {
        "a pool that is empty while nobody uses it": [[gpuPool]],
        "InfiniBand, which is never spot": [[scaleSet]],
        "nodes without GPUs": [[changed(always, { vmSize: sizes.general })]],
        "nodes in a reservation": [[changed(always, { capacityReservationGroupID: "/subscriptions/s/crg" })]],
        "somebody who says why": [[changed(always, { "tags.spotExempt": "demo on Friday" })]],
        "a pool at spot priority": [[changed(always, { scaleSetPriority: "Spot" })]],
      },
      broken: {
        "a scale set that always runs": [
          { "virtualMachineProfile.priority": "Regular" },
          `virtualMachineProfile.priority is "Regular"; must ${must}`,
        ],
        "a reason that says nothing": [
          { "virtualMachineProfile.priority": "Regular", "tags.spotExempt": "" },
          `virtualMachineProfile.priority is "Regular"; must ${must}`,
        ],
        "a pool that always has a node": [[always], `scaleSetPriority is absent; must ${must}`],
        "a fixed pool": [[changed(gpuPool, { enableAutoScaling: false })], `scaleSetPriority is absent; must ${must}`],
        "a single machine": [
          [changed(virtualMachine, { "hardwareProfile.vmSize": sizes.gpu })],
          `priority is "Regular"; must ${must}`,
        ],
      },
      absent: {
        "the priority": [
          { "virtualMachineProfile.priority": undefined },
          `virtualMachineProfile.priority is absent; must ${must}`,
        ],
      },
      unknown: {
        "the size": [{ "sku.name": unknownValue }, "?sku.name"],
        "the priority": [{ "virtualMachineProfile.priority": unknownValue }, "?virtualMachineProfile.priority"],
        "the reason": [{ "virtualMachineProfile.priority": "Regular", "tags.spotExempt": unknownValue }],
      },
      notApplicable,
    },
    dev,
  ),
  table(
    finScaleToZeroDev,
    gpuPool,
    {
      compliant: {
        "InfiniBand, whose growth from nothing nobody has shown": [[nodePool]],
        "nodes in a reservation": [{ minCount: 4, capacityReservationGroupID: "/subscriptions/s/crg" }],
        "nodes without GPUs": [{ vmSize: sizes.general, minCount: 2 }],
      },
      broken: {
        "a fixed pool": [
          { enableAutoScaling: false, minCount: undefined },
          "enableAutoScaling is false; must be true in dev",
          "minCount is absent; must be 0 in dev",
        ],
        "a pool that always has a node": [{ minCount: 1 }, "minCount is 1; must be 0 in dev"],
      },
      absent: {
        "the autoscaler": [{ enableAutoScaling: undefined }, "enableAutoScaling is absent; must be true in dev"],
      },
      unknown: { "the fewest nodes": [{ minCount: unknownValue }, "?minCount"] },
      notApplicable,
    },
    dev,
  ),
  table(finBudgetExists, budget, {
    compliant: {
      "the other service of the same": [[resource("azure-native:costmanagement:Budget", budget.inputs)]],
      "a stack without one, which nobody asked for": [[scaleSet]],
    },
    broken: {
      "all too late": [
        { "notifications.early.threshold": 90 },
        `notifications is "2 enabled"; must ${early}`.replaceAll('"', ""),
      ],
      "what is off": [{ "notifications.early.enabled": false }, `notifications is 1 enabled; must ${early}`],
      "no forecast": [
        { "notifications.forecast.thresholdType": "Actual" },
        `notifications is 2 enabled; must ${forecast}`,
      ],
      "a forecast alone": [
        { "notifications.early": undefined, "notifications.forecast.threshold": 80 },
        `notifications is 1 enabled; must ${early}`,
      ],
    },
    absent: {
      notifications: [
        { notifications: undefined },
        `notifications is 0 enabled; must ${early}`,
        `notifications is 0 enabled; must ${forecast}`,
      ],
      "the threshold": [{ "notifications.early.threshold": undefined }, `notifications is 2 enabled; must ${early}`],
    },
    unknown: {
      notifications: [{ notifications: unknownValue }, "?notifications"],
      "one of them": [{ "notifications.early": unknownValue }, "?notifications"],
    },
    notApplicable,
  }),
  table(
    finBudgetExists,
    [budget, scaleSet],
    {
      broken: {
        "none in a stack that must have one": [[scaleSet], "the budget of the stack is absent; must be there"],
      },
      absent: { "everything that bills": [[]] },
      unknown: { "a price": [[budget, changed(scaleSet, { "sku.capacity": unknownValue })]] },
      notApplicable,
    },
    { settings: { requireBudget: true } },
  ),
  table(
    finExpensiveTypes,
    registry,
    {
      compliant: { "a smaller registry": [[changed(registry, { "sku.name": "Basic" })]] },
      broken: {
        "a firewall": [
          [resource("azure-native:network:AzureFirewall", {})],
          'type is "azure-native:network:AzureFirewall"; must be one of allowedExpensive: azure-native:containerregistry:Registry',
        ],
        "a reservation of another version": [
          [resource("azure-native:compute/v20240301:CapacityReservation", {})],
          'type is "azure-native:compute/v20240301:CapacityReservation"; must be one of allowedExpensive: azure-native:containerregistry:Registry',
        ],
      },
      absent: {
        "all properties": [
          [resource("azure-native:network:BastionHost", {})],
          'type is "azure-native:network:BastionHost"; must be one of allowedExpensive: azure-native:containerregistry:Registry',
        ],
      },
      unknown: { "the tier, where it does not matter": [{ "sku.name": unknownValue }] },
      notApplicable,
    },
    { settings: { allowedExpensive: ["azure-native:containerregistry:Registry"] } },
  ),
  table(
    finExpensiveTypes,
    changed(registry, { "sku.name": "Standard" }),
    {
      broken: {
        "a registry with all there is": [
          { "sku.name": "Premium" },
          'type is "azure-native:containerregistry:Registry"; must be one of allowedExpensive: none',
        ],
      },
      absent: { "the tier": [{ sku: undefined }] },
      unknown: { "the tier": [{ "sku.name": unknownValue }, "?sku.name"] },
      notApplicable,
    },
    { settings: { allowedExpensive: [] } },
  ),
  table(finExpensiveTypes, registry, {
    broken: {},
    absent: { "the list: nobody gave one": [[resource("azure-native:network:AzureFirewall", {})]] },
    unknown: { "the tier": [{ "sku.name": unknownValue }] },
    notApplicable,
  }),
];
