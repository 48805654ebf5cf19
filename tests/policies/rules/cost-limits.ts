import type { ResourceGroupArgs } from "@pulumi/azure-native/resources/resourceGroup";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { finMaxGpus } from "../../../policies/rules/cost/fin-max-gpus";
import { finMaxHourlyCost } from "../../../policies/rules/cost/fin-max-hourly-cost";
import { finTtlDev } from "../../../policies/rules/cost/fin-ttl-dev";
import { govAllowedRegions } from "../../../policies/rules/cost/gov-allowed-regions";
import { govNoPreviewApi } from "../../../policies/rules/cost/gov-no-preview-api";
import { account, nodePool, scaleSet, sizes, subnet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const other = subnet("nodes", "10.64.0.0/20");
const notApplicable = { "another type": [[other]] } as const;
const generalPool = resource(types.nodePool, {
  location: "eastus",
  vmSize: sizes.general,
  osDiskType: "Ephemeral",
  count: 1,
});
const group = resource("azure-native:resources:ResourceGroup", {
  location: "eastus",
  tags: {},
} satisfies ResourceGroupArgs);
/** A size of the catalogue that nobody has told the price of. */
const unpriced = "Standard_ND128isr_GB300_v6";
const day = { environment: "dev", settings: { maxTtlDays: 14 } } as const;

/** Rules about what a stack may cost, how long it lives and where. */
export const costLimitTables: readonly RuleCases[] = [
  table(
    finMaxGpus,
    [scaleSet, nodePool],
    {
      compliant: {
        "a machine without GPUs": [[resource(types.virtualMachine, { hardwareProfile: { vmSize: sizes.general } })]],
        "spot nodes, which no upgrade adds": [
          [changed(nodePool, { scaleSetPriority: "Spot", maxCount: 48, upgradeSettings: undefined })],
        ],
      },
      broken: {
        "one node too many": [
          { "sku.capacity": 17 },
          "the number of GPUs of all full pools is 392; must be at most 384",
        ],
        "a machine of its own": [
          [
            scaleSet,
            nodePool,
            resource(types.virtualMachine, { hardwareProfile: { vmSize: "Standard_NC40ads_H100_v5" } }),
          ],
          "the number of GPUs of all full pools is 385; must be at most 384",
        ],
        "nodes that an upgrade brings": [
          [scaleSet, changed(nodePool, { "upgradeSettings.maxSurge": "2" })],
          "the number of GPUs of all full pools is 400; must be at most 384",
        ],
        "a part of a pool that an upgrade brings, as AKS does where nothing is said": [
          [scaleSet, changed(nodePool, { upgradeSettings: undefined })],
          "the number of GPUs of all full pools is 416; must be at most 384",
        ],
        "a pool that is too large, beside a scale set whose number of nodes is absent": [
          [changed(scaleSet, { "sku.capacity": undefined }), changed(nodePool, { maxCount: 49 })],
          "the number of GPUs of all full pools is 392; must be at most 384",
        ],
        "a fixed pool, whatever bounds it has": [
          [changed(nodePool, { enableAutoScaling: false, count: 49, maxCount: 2 })],
          "the number of GPUs of all full pools is 392; must be at most 384",
        ],
        "a pool inside of a cluster": [
          [
            resource(types.cluster, {
              agentPoolProfiles: [
                { vmSize: sizes.general, count: 99 },
                { vmSize: sizes.infiniband, count: 49, upgradeSettings: { maxSurge: "1" } },
              ],
            }),
          ],
          "the number of GPUs of all full pools is 400; must be at most 384",
        ],
        "a surge that is no number of nodes, which brings none": [
          [changed(nodePool, { maxCount: 49, "upgradeSettings.maxSurge": "a few or 50%" })],
          "the number of GPUs of all full pools is 392; must be at most 384",
        ],
        "a surge in another unit, which brings none": [
          [changed(nodePool, { maxCount: 49, "upgradeSettings.maxSurge": "5 nodes" })],
          "the number of GPUs of all full pools is 392; must be at most 384",
        ],
        "a size whose GPUs nobody knows": [
          [scaleSet, changed(nodePool, { vmSize: "Standard_ND999_v9" })],
          'vmSize is "Standard_ND999_v9"; must be a size whose GPUs are known: of the catalogue, or declared by tags',
        ],
      },
      absent: { "the number of nodes": [{ "sku.capacity": undefined }] },
      unknown: {
        "the number of nodes without GPUs": [[changed(nodePool, { vmSize: sizes.general, maxCount: unknownValue })]],
        "the nodes of an upgrade of a pool inside of a cluster": [
          [
            resource(types.cluster, {
              agentPoolProfiles: [{ vmSize: sizes.infiniband, count: 1, upgradeSettings: { maxSurge: unknownValue } }],
            }),
          ],
          "?agentPoolProfiles[0].upgradeSettings.maxSurge",
        ],
        "the size": [{ "sku.name": unknownValue }, "?sku.name"],
        "the number of nodes": [{ "sku.capacity": unknownValue }, "?sku.capacity"],
        "the nodes of an upgrade": [
          [scaleSet, changed(nodePool, { "upgradeSettings.maxSurge": unknownValue })],
          "?upgradeSettings.maxSurge",
        ],
      },
      notApplicable,
    },
    { settings: { maxGpus: 384 } },
  ),
  table(
    finMaxHourlyCost,
    changed(scaleSet, { "sku.capacity": 1 }),
    {
      broken: {
        "one node more": [
          { "sku.capacity": 2 },
          "the full hour of the stack is 196.64 USD without what has no price here (managed disks); must be at most 100 USD",
        ],
      },
      absent: { "the number of nodes": [{ "sku.capacity": undefined }] },
      unknown: { "the number of nodes, which is not counted": [{ "sku.capacity": unknownValue }] },
      notApplicable,
    },
    { settings: { maxHourlyUsd: 100 } },
  ),
  table(
    finMaxHourlyCost,
    changed(scaleSet, { "sku.name": unpriced, "sku.capacity": 1 }),
    {
      compliant: { "another size": [{ "sku.name": sizes.gpu }] },
      broken: {
        "more of them": [
          { "sku.capacity": 2 },
          "the full hour of the stack is 160 USD without what has no price here (managed disks); must be at most 100 USD",
        ],
      },
      absent: { "the number of nodes": [{ "sku.capacity": undefined }] },
      unknown: { "the size, which is not counted": [{ "sku.name": unknownValue }] },
      notApplicable,
    },
    { settings: { maxHourlyUsd: 100, priceOverrides: { [unpriced]: 80 } } },
  ),
  table(
    finMaxHourlyCost,
    nodePool,
    {
      broken: {
        "a size without a price": [
          { vmSize: unpriced },
          `vmSize is "${unpriced}"; must be a size with a price: of the catalogue, of its tags or of priceOverrides`,
        ],
        "one in a cluster": [
          [
            resource(types.cluster, {
              sku: { tier: "Free" },
              agentPoolProfiles: [
                { name: "a", vmSize: "Standard_D8ds_v5", count: 1 },
                { name: "b", vmSize: unpriced, count: 1 },
              ],
            }),
          ],
          `agentPoolProfiles[1].vmSize is "${unpriced}"; must be a size with a price: of the catalogue, of its tags or of priceOverrides`,
        ],
      },
      absent: { "the size": [{ vmSize: undefined }] },
      unknown: { "the size": [{ vmSize: unknownValue }] },
      notApplicable,
    },
    { settings: { maxHourlyUsd: 10_000 } },
  ),
  table(
    finTtlDev,
    changed(scaleSet, { "tags.expiresOn": "2026-09-10" }),
    {
      compliant: { "a pool": [[changed(nodePool, { "tags.expiresOn": "2026-09-15" })]] },
      broken: {
        "a day far away": [
          { "tags.expiresOn": "2027-01-01" },
          'tags.expiresOn is "2027-01-01"; must be a day from 2026-09-01 to 2026-09-15',
        ],
      },
      absent: {
        "the tag of a pool": [[nodePool], "tags.expiresOn is absent; must be a day from 2026-09-01 to 2026-09-15"],
      },
      unknown: { "the tag": [{ "tags.expiresOn": unknownValue }, "?tags.expiresOn"] },
      notApplicable,
    },
    day,
  ),
  table(
    finMaxHourlyCost,
    changed(scaleSet, { "sku.capacity": 1 }),
    {
      broken: {
        "two things without a price": [
          [scaleSet, resource(types.registry, { location: "eastus", sku: { name: "Standard" } })],
          "the full hour of the stack is 1573.12 USD without what has no price here (managed disks, container registry Standard, images beyond what the registry includes); must be at most 98.32 USD",
        ],
        "what all has a price": [
          [changed(generalPool, { count: 1000 })],
          "the full hour of the stack is 452 USD; must be at most 98.32 USD",
        ],
      },
      absent: { "everything that bills": [[]] },
      unknown: { "the number of nodes, which is not counted": [{ "sku.capacity": unknownValue }] },
      notApplicable,
    },
    { settings: { maxHourlyUsd: 98.32 } },
  ),
  table(finMaxHourlyCost, scaleSet, {
    broken: {},
    absent: { "the bound: nobody gave one": [[changed(scaleSet, { "sku.capacity": 1000 })]] },
    unknown: { "the number of nodes": [{ "sku.capacity": unknownValue }] },
    notApplicable,
  }),
  table(
    finTtlDev,
    changed(group, { "tags.expiresOn": "2026-09-10" }),
    {
      broken: {
        "a day that is over": [
          { "tags.expiresOn": "2026-08-31" },
          'tags.expiresOn is "2026-08-31"; must be a day from 2026-09-01 to 2026-09-15',
        ],
        "a day far away": [
          { "tags.expiresOn": "2027-01-01" },
          'tags.expiresOn is "2027-01-01"; must be a day from 2026-09-01 to 2026-09-15',
        ],
        "no day": [
          { "tags.expiresOn": "soon" },
          'tags.expiresOn is "soon"; must be a day from 2026-09-01 to 2026-09-15',
        ],
      },
      absent: {
        "the tag": [{ tags: undefined }, "tags.expiresOn is absent; must be a day from 2026-09-01 to 2026-09-15"],
      },
      unknown: { "the tag": [{ "tags.expiresOn": unknownValue }, "?tags.expiresOn"] },
      notApplicable,
    },
    day,
  ),
  table(finTtlDev, group, {
    broken: {
      "an end of production": [
        { "tags.expiresOn": "2026-09-10" },
        'tags.expiresOn is "2026-09-10"; must be absent in prod',
      ],
    },
    absent: { "all tags": [{ tags: undefined }] },
    unknown: { "all tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable,
  }),
  table(
    govAllowedRegions,
    changed(scaleSet, { location: "East US" }),
    {
      compliant: { "what has no region": [[changed(other, { location: "global" })]] },
      broken: {
        "another region": [{ location: "westus2" }, 'location is "westus2"; must be one of eastus, westeurope'],
        "a zone of a region without any": [
          [changed(account, { location: "canadaeast", zones: ["1"] })],
          'location is "canadaeast"; must be one of eastus, westeurope',
          'zones[0] is "1"; must be absent: canadaeast has no zones',
        ],
        "a zone of a pool in a cluster": [
          [resource(types.cluster, { location: "eastus", agentPoolProfiles: [{ availabilityZones: ["1", "4"] }] })],
          'agentPoolProfiles[0].availabilityZones[1] is "4"; must be a zone of eastus',
        ],
        "a zone that is not there": [{ zones: ["4"] }, 'zones[0] is "4"; must be a zone of eastus'],
      },
      absent: { "the region": [{ location: undefined }] },
      unknown: { "the region": [{ location: unknownValue }, "?location"] },
      notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
    },
    { settings: { allowedRegions: ["East US", "westeurope"] } },
  ),
  table(govNoPreviewApi, scaleSet, {
    broken: {
      "a preview of a package that was made for it": [
        [resource("azure-native_compute_v20260101preview:compute:VirtualMachineScaleSet", {})],
        'type is "azure-native_compute_v20260101preview:compute:VirtualMachineScaleSet"; must have a version that is no preview',
      ],
      "a preview for some": [
        [resource("azure-native:compute/v20260101privatepreview:Disk", {})],
        'type is "azure-native:compute/v20260101privatepreview:Disk"; must have a version that is no preview',
      ],
      "a preview": [
        [resource("azure-native:compute/v20260101preview:VirtualMachineScaleSet", {})],
        'type is "azure-native:compute/v20260101preview:VirtualMachineScaleSet"; must have a version that is no preview',
      ],
    },
    absent: { "the version": [[resource("azure-native:compute:Disk", {})]] },
    unknown: { "a property": [{ location: unknownValue }] },
    notApplicable: { "another provider": [[resource("kubernetes:core/v1:Pod", {})]] },
  }),
];
