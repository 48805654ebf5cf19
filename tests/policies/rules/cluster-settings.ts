import type { MaintenanceConfigurationArgs } from "@pulumi/azure-native/containerservice/maintenanceConfiguration";
import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { aksNetworkPolicyNotNpm } from "../../../policies/rules/cluster/aks-network-policy-not-npm";
import { aksCni } from "../../../policies/rules/cluster/aks-cni";
import { aksCidrVsVnet } from "../../../policies/rules/cluster/aks-cidr-vs-vnet";
import { aksOutboundExplicit } from "../../../policies/rules/cluster/aks-outbound-explicit";
import { aksLbStandard } from "../../../policies/rules/cluster/aks-lb-standard";
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
import { account, cluster, network, nodePool } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const net = "networkProfile";
const pool = "agentPoolProfiles[0]";
const pods = `${net}.podCidr`;
const channel = "autoUpgradeProfile.nodeOSUpgradeChannel";
const upgrades = "autoUpgradeProfile.upgradeChannel";
const rotation = "addonProfiles.azureKeyvaultSecretsProvider";
const metrics = "azureMonitorProfile.metrics.enabled";
const locked = "nodeResourceGroupProfile.restrictionLevel";
const noRun = "apiServerAccessProfile.disableRunCommand";
const taint = "CriticalAddonsOnly=true:NoSchedule";
const nat = "be a NAT gateway, a route or none";

/** The cluster with the settings that these rules want. */
const settled = changed(cluster, {
  ...({
    sku: { name: "Base", tier: "Standard" },
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    azureMonitorProfile: { metrics: { enabled: true } },
    dnsPrefix: "gpu-prod",
    podIdentityProfile: { enabled: false },
    addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: "true" } } },
  } satisfies Partial<ManagedClusterArgs>),
  [`${net}.outboundType`]: "userAssignedNATGateway",
  [`${net}.loadBalancerSku`]: "standard",
  [noRun]: true,
  [`${pool}.nodeTaints`]: [taint],
  [`${pool}.availabilityZones`]: ["1", "2", "3"],
});
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
const peer = resource(
  types.peering,
  { resourceGroupName: "g", virtualNetworkName: "v", remoteAddressSpace: { addressPrefixes: ["10.128.0.0/16"] } },
  "hub",
);

/** Rules about the settings of whole clusters. */
export const clusterSettingTables: readonly RuleCases[] = [
  table(aksNetworkPolicyNotNpm, settled, {
    compliant: { Calico: [{ [`${net}.networkPolicy`]: "calico" }] },
    broken: {
      "Azure's own": [{ [`${net}.networkPolicy`]: "azure" }, `${net}.networkPolicy is "azure"; must not be azure`],
    },
    absent: { "an engine, which aks-network-policy tells": [{ [`${net}.networkPolicy`]: undefined }] },
    unknown: { "the profile": [{ [net]: unknownValue }, `?${net}`] },
    notApplicable: otherType,
  }),
  table(aksCni, settled, {
    broken: {
      kubenet: [{ [`${net}.networkPlugin`]: "kubenet" }, `${net}.networkPlugin is "kubenet"; must be azure`],
    },
    absent: {
      "the mode: it is flat": [
        { [`${net}.networkPluginMode`]: undefined },
        `${net}.networkPluginMode is absent; must be overlay`,
      ],
    },
    unknown: { "the mode": [{ [`${net}.networkPluginMode`]: unknownValue }, `?${net}.networkPluginMode`] },
    notApplicable: otherType,
  }),
  table(
    aksCni,
    settled,
    {
      compliant: { "a flat network that is allowed": [{ [`${net}.networkPluginMode`]: undefined }] },
      broken: {
        kubenet: [{ [`${net}.networkPlugin`]: "kubenet" }, `${net}.networkPlugin is "kubenet"; must be azure`],
      },
      absent: {
        "the plugin": [{ [`${net}.networkPlugin`]: undefined }, `${net}.networkPlugin is absent; must be azure`],
      },
      unknown: { "the plugin": [{ [`${net}.networkPlugin`]: unknownValue }, `?${net}.networkPlugin`] },
      notApplicable: otherType,
    },
    { settings: { allowFlatCni: true } },
  ),
  table(
    aksCni,
    settled,
    {
      broken: {
        "a setting that is neither yes nor no counts as none": [
          { [`${net}.networkPluginMode`]: undefined },
          `${net}.networkPluginMode is absent; must be overlay`,
        ],
      },
      absent: {},
      unknown: {},
      notApplicable: otherType,
    },
    { settings: { allowFlatCni: "yes" } },
  ),
  table(aksCidrVsVnet, [settled, network], {
    compliant: {
      "what is no range, which aks-cidr-sane tells": [{ [pods]: "ours", [`${net}.podCidrs`]: [7] }],
    },
    broken: {
      "pods inside the network": [
        { [pods]: "10.64.128.0/17" },
        `${pods} is "10.64.128.0/17"; must not overlap 10.64.0.0/16 of net`,
      ],
      "services around it": [
        { [`${net}.serviceCidr`]: "10.64.0.0/12" },
        `${net}.serviceCidr is "10.64.0.0/12"; must not overlap 10.64.0.0/16 of net`,
      ],
      "a second range of pods": [
        { [`${net}.podCidrs`]: ["10.200.0.0/16", "10.64.0.0/24"] },
        `${net}.podCidrs[1] is "10.64.0.0/24"; must not overlap 10.64.0.0/16 of net`,
      ],
      "pods at the addresses of a peer": [
        [settled, network, peer],
        `${pods} is "10.128.0.0/12"; must not overlap 10.128.0.0/16 of hub`,
      ],
      "a second range of services": [
        { [`${net}.serviceCidrs`]: ["10.201.0.0/16", "10.64.1.0/24"] },
        `${net}.serviceCidrs[1] is "10.64.1.0/24"; must not overlap 10.64.0.0/16 of net`,
      ],
      "pods at the second addresses of a peer": [
        [
          settled,
          changed(peer, {
            remoteAddressSpace: undefined,
            remoteVirtualNetworkAddressSpace: { addressPrefixes: ["192.168.0.0/24", "10.130.0.0/16"] },
          }),
        ],
        `${pods} is "10.128.0.0/12"; must not overlap 10.130.0.0/16 of hub`,
      ],
      "pods around two ranges of the network": [
        [settled, changed(network, { "addressSpace.addressPrefixes": ["10.129.0.0/16", "10.131.0.0/16"] })],
        `${pods} is "10.128.0.0/12"; must not overlap 10.129.0.0/16 of net`,
        `${pods} is "10.128.0.0/12"; must not overlap 10.131.0.0/16 of net`,
      ],
    },
    absent: { "ranges, which aks-cidr-sane tells": [{ [pods]: undefined, [`${net}.serviceCidr`]: undefined }] },
    unknown: {
      "the range of pods": [{ [pods]: unknownValue }, `?${pods}`],
      "the whole profile, told once": [{ [net]: unknownValue }, `?${net}`],
      "one of the ranges of pods": [{ [`${net}.podCidrs`]: ["10.200.0.0/16", unknownValue] }, `?${net}.podCidrs[1]`],
    },
    notApplicable: { "a cluster in a network of another stack": [[changed(settled, { [pods]: "10.64.0.0/16" })]] },
  }),
  table(aksOutboundExplicit, settled, {
    compliant: {
      "a firewall": [{ [`${net}.outboundType`]: "userDefinedRouting" }],
      ...Object.fromEntries(
        ["managedNATGateway", "managedNATGatewayV2", "none", "block"].map((it) => [
          it,
          [{ [`${net}.outboundType`]: it }],
        ]),
      ),
    },
    broken: {
      "the balancer": [
        { [`${net}.outboundType`]: "loadBalancer" },
        `${net}.outboundType is "loadBalancer"; must ${nat}`,
      ],
    },
    absent: {
      "the type: it is a balancer": [
        { [`${net}.outboundType`]: undefined },
        `${net}.outboundType is absent; must ${nat}`,
      ],
    },
    unknown: { "the type": [{ [`${net}.outboundType`]: unknownValue }, `?${net}.outboundType`] },
    notApplicable: otherType,
  }),
  table(aksLbStandard, settled, {
    compliant: { "another letter case": [{ [`${net}.loadBalancerSku`]: "Standard" }] },
    broken: {
      basic: [{ [`${net}.loadBalancerSku`]: "basic" }, `${net}.loadBalancerSku is "basic"; must be absent or standard`],
      "a SKU that is no text": [
        { [`${net}.loadBalancerSku`]: 1 },
        `${net}.loadBalancerSku is 1; must be absent or standard`,
      ],
    },
    absent: { "the SKU: it is standard": [{ [`${net}.loadBalancerSku`]: undefined }] },
    unknown: { "the SKU": [{ [`${net}.loadBalancerSku`]: unknownValue }, `?${net}.loadBalancerSku`] },
    notApplicable: otherType,
  }),
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
