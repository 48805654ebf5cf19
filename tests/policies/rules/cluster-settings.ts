import type { MaintenanceConfigurationArgs } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { aksNoPodIdentityV1 } from "../../../policies/rules/cluster/aks-no-pod-identity-v1";
import { aksNoRunCommand } from "../../../policies/rules/cluster/aks-no-run-command";
import { aksCsiSecretRotation } from "../../../policies/rules/cluster/aks-csi-secret-rotation";
import { aksNoHttpAppRouting } from "../../../policies/rules/cluster/aks-no-http-app-routing";
import { aksPaidTier } from "../../../policies/rules/cluster/aks-paid-tier";
import { aksLtsNeedsPremium } from "../../../policies/rules/cluster/aks-lts-needs-premium";
import { aksMaintenanceWindow } from "../../../policies/rules/cluster/aks-maintenance-window";
import { aksNodeRgLocked } from "../../../policies/rules/cluster/aks-node-rg-locked";
import { aksSystemPoolShape } from "../../../policies/rules/cluster/aks-system-pool-shape";
import { aksMetrics } from "../../../policies/rules/cluster/aks-metrics";
import { aksNameShape } from "../../../policies/rules/cluster/aks-name-shape";
import { settled } from "../cluster-fixtures";
import { account, nodePool } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const pool = "agentPoolProfiles[0]";
const channel = "autoUpgradeProfile.nodeOSUpgradeChannel";
const upgrades = "autoUpgradeProfile.upgradeChannel";
const rotation = "addonProfiles.azureKeyvaultSecretsProvider";
const metrics = "azureMonitorProfile.metrics.enabled";
const locked = "nodeResourceGroupProfile.restrictionLevel";
const noRun = "apiServerAccessProfile.disableRunCommand";
const taint = "CriticalAddonsOnly=true:NoSchedule";

const nodeWindow = resource(types.maintenance, {
  resourceGroupName: "g",
  resourceName: "aks-1",
  configName: "aksManagedNodeOSUpgradeSchedule",
  maintenanceWindow: {
    durationHours: 8,
    startTime: "22:00",
    schedule: { weekly: { dayOfWeek: "Saturday", intervalWeeks: 1 } },
  },
} satisfies MaintenanceConfigurationArgs);

const upgraded = changed(settled, { [channel]: "NodeImage" });
const watched = resource(types.prometheusRules, { resourceGroupName: "g", clusterName: "aks-1", rules: [] });

/** Rules about the settings of whole clusters. */
export const clusterSettingTables: readonly RuleCases[] = [
  table(aksNoPodIdentityV1, settled, {
    broken: {
      on: [{ "podIdentityProfile.enabled": true }, "podIdentityProfile.enabled is true; must not be true"],
    },
    absent: { "the profile": [{ podIdentityProfile: undefined }] },
    unknown: { "the profile": [{ podIdentityProfile: unknownValue }, "?podIdentityProfile"] },
    notApplicable: otherType,
  }),
  table(aksNoRunCommand, settled, {
    broken: { allowed: [{ [noRun]: false }, `${noRun} is false; must be true`] },
    absent: { "Azure's default allows it": [{ [noRun]: undefined }, `${noRun} is absent; must be true`] },
    unknown: { "the flag": [{ [noRun]: unknownValue }, `?${noRun}`] },
    notApplicable: otherType,
  }),
  table(aksCsiSecretRotation, settled, {
    broken: {
      off: [
        { [`${rotation}.config.enableSecretRotation`]: "false" },
        `${rotation}.config.enableSecretRotation is "false"; must be "true"`,
      ],
    },
    absent: {
      "the setting: it is off": [
        { [`${rotation}.config`]: undefined },
        `${rotation}.config.enableSecretRotation is absent; must be "true"`,
      ],
    },
    unknown: { "the add-on": [{ [`${rotation}.enabled`]: unknownValue }, `?${rotation}.enabled`] },
    notApplicable: {
      "no add-on": [{ addonProfiles: undefined }],
      "one that is off": [{ [`${rotation}.enabled`]: false }],
    },
  }),
  table(aksNoHttpAppRouting, settled, {
    broken: {
      on: [
        { "addonProfiles.httpApplicationRouting": { enabled: true } },
        "addonProfiles.httpApplicationRouting.enabled is true; must not be true",
      ],
      "the name in lowercase": [
        { "addonProfiles.httpapplicationrouting": { enabled: true } },
        "addonProfiles.httpapplicationrouting.enabled is true; must not be true",
      ],
    },
    absent: { "all add-ons": [{ addonProfiles: undefined }] },
    unknown: {
      "the add-on": [{ "addonProfiles.httpApplicationRouting": unknownValue }, "?addonProfiles.httpApplicationRouting"],
    },
    notApplicable: otherType,
  }),
  table(aksPaidTier, settled, {
    compliant: { premium: [{ "sku.tier": "Premium" }] },
    broken: { free: [{ "sku.tier": "Free" }, 'sku.tier is "Free"; must be Standard or Premium'] },
    absent: { "the SKU: it is free": [{ sku: undefined }, "sku.tier is absent; must be Standard or Premium"] },
    unknown: { "the tier": [{ "sku.tier": unknownValue }, "?sku.tier"] },
    notApplicable: otherType,
  }),
  table(aksLtsNeedsPremium, changed(settled, { supportPlan: "AKSLongTermSupport", "sku.tier": "Premium" }), {
    broken: {
      standard: [{ "sku.tier": "Standard" }, 'sku.tier is "Standard"; must be Premium with AKSLongTermSupport'],
    },
    absent: { "the tier": [{ sku: undefined }, "sku.tier is absent; must be Premium with AKSLongTermSupport"] },
    unknown: {
      "the plan": [{ supportPlan: unknownValue }, "?supportPlan"],
      "the tier": [{ "sku.tier": unknownValue }, "?sku.tier"],
    },
    notApplicable: { "the usual support": [[settled]] },
  }),
  table(aksMaintenanceWindow, [upgraded, nodeWindow], {
    compliant: {
      "no channel, no window": [[settled]],
      "a distribution that patches itself": [[changed(settled, { [channel]: "Unmanaged" })]],
      "no channel, in another letter case": [[changed(settled, { [upgrades]: "NONE", [channel]: "UNMANAGED" })]],
      "a channel that is no text, which Azure refuses": [[changed(settled, { [upgrades]: 1 })]],
      "a window whose name is not known yet": [[upgraded, changed(nodeWindow, { configName: unknownValue })]],
      "a window in another letter case": [
        [upgraded, changed(nodeWindow, { configName: "aksmanagednodeosupgradeschedule" })],
      ],
      "a window among others": [[upgraded, changed(nodeWindow, { configName: "default" }), nodeWindow]],
      "a window for each channel": [
        [
          changed(upgraded, { [upgrades]: "patch" }),
          nodeWindow,
          changed(nodeWindow, { configName: "aksManagedAutoUpgradeSchedule" }),
        ],
      ],
    },
    broken: {
      "a window for the other channel": [
        { [upgrades]: "patch" },
        `${upgrades} is "patch"; must have a window: a MaintenanceConfiguration aksManagedAutoUpgradeSchedule`,
      ],
      "a window of another cluster": [
        [upgraded, changed(nodeWindow, { resourceName: "aks-2" })],
        `${channel} is "NodeImage"; must have a window: a MaintenanceConfiguration aksManagedNodeOSUpgradeSchedule`,
      ],
      "a window without a schedule": [
        [upgraded, changed(nodeWindow, { maintenanceWindow: undefined })],
        `${channel} is "NodeImage"; must have a window: a MaintenanceConfiguration aksManagedNodeOSUpgradeSchedule`,
      ],
      "a window without a name": [
        [upgraded, changed(nodeWindow, { configName: undefined })],
        `${channel} is "NodeImage"; must have a window: a MaintenanceConfiguration aksManagedNodeOSUpgradeSchedule`,
      ],
    },
    absent: {
      "the window": [
        [upgraded],
        `${channel} is "NodeImage"; must have a window: a MaintenanceConfiguration aksManagedNodeOSUpgradeSchedule`,
      ],
    },
    unknown: { "the channel": [{ [channel]: unknownValue }, `?${channel}`] },
    notApplicable: { "a window alone": [[nodeWindow]] },
  }),
  table(aksNodeRgLocked, settled, {
    broken: { open: [{ [locked]: "Unrestricted" }, `${locked} is "Unrestricted"; must be ReadOnly`] },
    absent: {
      "Azure's default is open": [{ nodeResourceGroupProfile: undefined }, `${locked} is absent; must be ReadOnly`],
    },
    unknown: { "the level": [{ [locked]: unknownValue }, `?${locked}`] },
    notApplicable: otherType,
  }),
  table(aksSystemPoolShape, settled, {
    compliant: {
      "a pool that grows from three": [{ [`${pool}.enableAutoScaling`]: true, [`${pool}.minCount`]: 3 }],
      "the most nodes, in two zones": [{ [`${pool}.count`]: 1000, [`${pool}.availabilityZones`]: ["1", "2"] }],
      "a taint that is not known yet beside another": [{ [`${pool}.nodeTaints`]: ["a=b:NoSchedule", unknownValue] }],
      "the taint beside another": [{ [`${pool}.nodeTaints`]: ["a=b:NoSchedule", taint] }],
    },
    broken: {
      "two nodes": [{ [`${pool}.count`]: 2 }, `${pool}.count is 2; must be 3 or more in production`],
      "a pool that shrinks to one": [
        { [`${pool}.enableAutoScaling`]: true, [`${pool}.minCount`]: 1 },
        `${pool}.minCount is 1; must be 3 or more in production`,
      ],
      "one zone": [
        { [`${pool}.availabilityZones`]: ["1"] },
        `${pool}.availabilityZones is ["1"]; must hold 2 zones or more in production`,
      ],
      "another taint": [
        { [`${pool}.nodeTaints`]: ["a=b:NoSchedule"] },
        `${pool}.nodeTaints is ["a=b:NoSchedule"]; must hold ${taint}`,
      ],
      "more nodes than a pool has": [
        { [`${pool}.count`]: 1001 },
        `${pool}.count is 1001; must be 3 or more in production`,
      ],
      "zones that are no list": [
        { [`${pool}.availabilityZones`]: "12" },
        `${pool}.availabilityZones is "12"; must hold 2 zones or more in production`,
      ],
      "a taint that is no list": [
        { [`${pool}.nodeTaints`]: taint },
        `${pool}.nodeTaints is "${taint}"; must hold ${taint}`,
      ],
      "a second system pool": [
        { "agentPoolProfiles[1]": { mode: "System", count: 3, availabilityZones: ["1", "2"] } },
        `agentPoolProfiles[1].nodeTaints is absent; must hold ${taint}`,
      ],
    },
    absent: {
      "the taint": [{ [`${pool}.nodeTaints`]: undefined }, `${pool}.nodeTaints is absent; must hold ${taint}`],
    },
    unknown: { "the pool": [{ [pool]: unknownValue }, `?${pool}`] },
    notApplicable: { "a user pool": [{ [`${pool}.mode`]: "User", [`${pool}.nodeTaints`]: undefined }] },
  }),
  table(
    aksSystemPoolShape,
    changed(settled, { [`${pool}.count`]: 1, [`${pool}.availabilityZones`]: undefined }),
    {
      broken: {
        "no taint": [{ [`${pool}.nodeTaints`]: [] }, `${pool}.nodeTaints is []; must hold ${taint}`],
      },
      absent: { "all pools": [{ agentPoolProfiles: undefined }] },
      unknown: { "the taints": [{ [`${pool}.nodeTaints`]: unknownValue }, `?${pool}.nodeTaints`] },
      notApplicable: otherType,
    },
    { environment: "dev" },
  ),
  table(
    aksSystemPoolShape,
    changed(settled, { [`${pool}.count`]: 1, [`${pool}.availabilityZones`]: undefined }),
    { broken: {}, absent: {}, unknown: {}, notApplicable: otherType },
    { environment: "staging" },
  ),
  table(aksMetrics, [settled, watched], {
    compliant: {
      "rules of another cluster": [
        [changed(settled, { [metrics]: false }), changed(watched, { clusterName: "aks-2" })],
      ],
    },
    broken: {
      off: [{ [metrics]: false }, `${metrics} is false; must be true`],
      "rules of every cluster": [
        [changed(settled, { [metrics]: false }), changed(watched, { clusterName: undefined })],
        `${metrics} is false; must be true`,
      ],
      "rules of the cluster in another letter case": [
        [changed(settled, { [metrics]: false }), changed(watched, { clusterName: "AKS-1" })],
        `${metrics} is false; must be true`,
      ],
      "a cluster whose name Azure makes up": [
        [changed(settled, { [metrics]: false, resourceName: undefined }), watched],
        `${metrics} is false; must be true`,
      ],
      "rules of two clusters": [
        [changed(settled, { [metrics]: false }), changed(watched, { clusterName: "aks-2" }), watched],
        `${metrics} is false; must be true`,
      ],
    },
    absent: { "the profile": [{ azureMonitorProfile: undefined }, `${metrics} is absent; must be true`] },
    unknown: { "the profile": [{ azureMonitorProfile: unknownValue }, "?azureMonitorProfile"] },
    notApplicable: { "no rules": [[changed(settled, { [metrics]: false })]] },
  }),
  table(aksNameShape, settled, {
    compliant: {
      "one letter": [{ resourceName: "a", dnsPrefix: "a" }],
      "the longest": [{ resourceName: `a${"_".repeat(61)}b`, dnsPrefix: `a${"-".repeat(52)}b` }],
    },
    broken: {
      "a hyphen at the end": [
        { resourceName: "aks-" },
        'resourceName is "aks-"; must be 1 to 63 letters, digits, hyphens or underscores, with a letter or digit at both ends',
      ],
      "a prefix of 55": [
        { dnsPrefix: "a".repeat(55) },
        `dnsPrefix is "${"a".repeat(55)}"; must be 1 to 54 letters, digits or hyphens, with a letter or digit at both ends`,
      ],
      "a name of 64": [
        { resourceName: "a".repeat(64) },
        `resourceName is "${"a".repeat(64)}"; must be 1 to 63 letters, digits, hyphens or underscores, with a letter or digit at both ends`,
      ],
      "a hyphen first": [
        { resourceName: "-aks", dnsPrefix: "-aks" },
        'resourceName is "-aks"; must be 1 to 63 letters, digits, hyphens or underscores, with a letter or digit at both ends',
        'dnsPrefix is "-aks"; must be 1 to 54 letters, digits or hyphens, with a letter or digit at both ends',
      ],
      "a hyphen last, and an underscore": [
        { dnsPrefix: "aks-" },
        'dnsPrefix is "aks-"; must be 1 to 54 letters, digits or hyphens, with a letter or digit at both ends',
      ],
      "an underscore in what becomes a domain": [
        { dnsPrefix: "aks_1" },
        'dnsPrefix is "aks_1"; must be 1 to 54 letters, digits or hyphens, with a letter or digit at both ends',
      ],
    },
    absent: { "both: Pulumi and Azure give them": [{ resourceName: undefined, dnsPrefix: undefined }] },
    unknown: { "the prefix": [{ dnsPrefix: unknownValue }, "?dnsPrefix"] },
    notApplicable: { "another type": [[nodePool]] },
  }),
];
