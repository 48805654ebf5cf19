import type { FlowLogArgs } from "@pulumi/azure-native/network/flowLog";
import type { PublicIPAddressArgs } from "@pulumi/azure-native/network/publicIPAddress";
import type { VirtualNetworkPeeringArgs } from "@pulumi/azure-native/network/virtualNetworkPeering";
import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { types } from "../../../policies/engine/types";
import { subnetPrivateOutbound } from "../../../policies/rules/network/subnet-private-outbound";
import { subnetDelegationAnf } from "../../../policies/rules/network/subnet-delegation-anf";
import { subnetSizeAmlfs } from "../../../policies/rules/network/subnet-size-amlfs";
import { publicIpAllowlist } from "../../../policies/rules/network/public-ip-allowlist";
import { publicIpStandard } from "../../../policies/rules/network/public-ip-standard";
import { privateEndpointPolicies } from "../../../policies/rules/network/private-endpoint-policies";
import { flowLogs } from "../../../policies/rules/network/flow-logs";
import { peeringNoTransitDefault } from "../../../policies/rules/network/peering-no-transit-default";
import { account, lustre, subnet, volume } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;

const closed = changed(subnet("nodes", "10.64.0.0/20"), {
  defaultOutboundAccess: false,
  privateEndpointNetworkPolicies: "Enabled",
});

const gateway = changed(subnet("GatewaySubnet", "10.64.40.0/24"), {});

const netApp = changed(subnet("nodes", "10.64.32.0/28"), {
  delegations: [{ name: "owner", serviceName: "Microsoft.NetApp/volumes" }],
});

/** A subnet of no NetApp volume. */
const wrong = subnet("nodes", "10.64.32.0/28");
const inHub = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes";
const lustreSubnet = subnet("nodes", "10.64.32.0/27");

/** A second subnet, of a NetApp volume. */
const netApp2 = { ...changed(netApp, { addressPrefix: "10.64.33.0/28" }), name: "anf", urn: `${netApp.urn}-2` };

/** A resource one of whose properties is what Azure will answer of these. */
const hanging = (it: Subject, property: string, ...on: readonly Subject[]): Subject => ({
  ...changed(it, { [property]: unknownValue }),
  propertyDependencies: { [property]: on.map(({ urn }) => urn) },
});

const other = { ...lustre, name: "scratch", urn: `${lustre.urn}-2` };
const purposes = "be one of publicAddressPurposes: nat, firewall, bastion, gateway";

const address = resource(types.publicAddress, {
  resourceGroupName: "g",
  sku: { name: "Standard" },
  publicIPAllocationMethod: "Static",
  tags: { purpose: "nat" },
} satisfies PublicIPAddressArgs);

const flowLog = resource(types.flowLog, {
  resourceGroupName: "g",
  networkWatcherName: "w",
  storageId: "/subscriptions/s/st",
  targetResourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v",
  enabled: true,
  retentionPolicy: { enabled: true, days: 90 },
} satisfies FlowLogArgs);

const peering = resource(types.peering, {
  resourceGroupName: "g",
  virtualNetworkName: "v",
  allowForwardedTraffic: false,
  allowGatewayTransit: false,
  useRemoteGateways: false,
} satisfies VirtualNetworkPeeringArgs);

/** Rules about the settings of networks, and of what lies in them. */
export const networkSettingTables: readonly RuleCases[] = [
  table(subnetPrivateOutbound, closed, {
    broken: {
      open: [{ defaultOutboundAccess: true }, "defaultOutboundAccess is true; must be false"],
      "open, without a name": [
        { subnetName: undefined, defaultOutboundAccess: true },
        "defaultOutboundAccess is true; must be false",
      ],
    },
    absent: {
      "Azure's default is open": [
        { defaultOutboundAccess: undefined },
        "defaultOutboundAccess is absent; must be false",
      ],
    },
    unknown: { "the flag": [{ defaultOutboundAccess: unknownValue }, "?defaultOutboundAccess"] },
    notApplicable: { "a gateway's subnet": [[gateway]] },
  }),
  table(subnetDelegationAnf, [netApp, volume], {
    compliant: {
      "a subnet of another stack": [[volume]],
      "a subnet of the same name in another network": [[changed(wrong, { virtualNetworkName: "w" }), volume]],
      "another subnet of the network": [[changed(wrong, { subnetName: "node" }), volume]],
      "a subnet that is named for the end of another": [
        [wrong, changed(volume, { subnetId: `${String(volume.inputs["subnetId"])}/of/another` })],
      ],
      "an ID that names no subnet, beside a subnet without a name": [
        [changed(wrong, { subnetName: undefined }), changed(volume, { subnetId: "/subscriptions/s" })],
      ],
      "no ID, beside a subnet with a name": [[wrong, changed(volume, { subnetId: undefined })]],
      "another letter case": [
        {
          "delegations[0].serviceName": "microsoft.netapp/Volumes",
          subnetName: "NODES",
          virtualNetworkName: "V",
        },
      ],
      "a delegation after another one": [
        {
          "delegations[0].serviceName": "Microsoft.Web/serverFarms",
          "delegations[1].serviceName": "Microsoft.NetApp/volumes",
        },
      ],
      "one range of several that is large enough": [
        { addressPrefix: undefined, addressPrefixes: ["10.64.32.0/29", "10.64.33.0/28"] },
      ],
      "several volumes in it, told once": [[netApp, volume, { ...volume, urn: `${volume.urn}-2` }]],
    },
    broken: {
      "a subnet that does not say its network": [
        [changed(wrong, { virtualNetworkName: undefined }), volume],
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "a subnet of a network with a longer name": [
        [changed(wrong, { virtualNetworkName: "hub" }), changed(volume, { subnetId: inHub })],
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "a subnet by the name of templates": [
        [changed(wrong, { subnetName: undefined, name: "nodes" }), volume],
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "a delegation to nobody": [
        { "delegations[0].serviceName": undefined },
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "the second subnet of two": [
        [wrong, netApp2, changed(volume, { subnetId: undefined }), volume],
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "another owner": [
        { "delegations[0].serviceName": "Microsoft.Web/serverFarms" },
        'delegations is ["Microsoft.Web/serverFarms"]; must hold Microsoft.NetApp/volumes',
      ],
      "eight addresses": [
        { addressPrefix: "10.64.32.0/29" },
        'addressPrefix is "10.64.32.0/29"; must be a /28 or larger',
      ],
      "small ranges alone, the largest told": [
        { addressPrefix: undefined, addressPrefixes: ["10.64.32.0/30", "10.64.33.0/29"] },
        'addressPrefixes[1] is "10.64.33.0/29"; must be a /28 or larger',
      ],
    },
    absent: {
      "the delegation": [{ delegations: undefined }, "delegations is []; must hold Microsoft.NetApp/volumes"],
    },
    unknown: {
      "the subnet of the volume": [[netApp, changed(volume, { subnetId: unknownValue })], "?subnetId"],
      "the ID of a subnet that fits": [[netApp, hanging(volume, "subnetId", netApp)]],
      "the ID of a subnet that does not": [
        [lustreSubnet, hanging(volume, "subnetId", lustreSubnet)],
        "delegations is []; must hold Microsoft.NetApp/volumes",
      ],
      "the delegation, which may be the one": [{ "delegations[0].serviceName": unknownValue }],
      "all delegations, one of which may be the one": [{ delegations: unknownValue }],
      "the ID, of which nothing is known": [
        [netApp, { ...changed(volume, { subnetId: unknownValue }), propertyDependencies: {} }],
        "?subnetId",
      ],
      "the ID, which hangs on something else": [[netApp, hanging(volume, "subnetId", lustre)], "?subnetId"],
    },
    notApplicable: { "a subnet without volumes": [[subnet("nodes", "10.64.32.0/29")]] },
  }),
  table(subnetSizeAmlfs, [lustreSubnet, lustre], {
    compliant: {
      "a subnet of another stack": [[lustre]],
      "two in subnets of another stack": [[lustre, changed(other, { filesystemSubnet: inHub })]],
      "two in subnets of their own": [
        [
          lustreSubnet,
          {
            ...changed(lustreSubnet, { virtualNetworkName: "hub", addressPrefix: "10.64.40.0/27" }),
            urn: "urn:second",
          },
          lustre,
          changed(other, { filesystemSubnet: inHub }),
        ],
      ],
      "two that say no subnet": [[lustre, other].map((it) => changed(it, { filesystemSubnet: undefined }))],
      "two of which the second alone says its subnet": [
        [changed(lustre, { filesystemSubnet: undefined }), changed(other, { filesystemSubnet: inHub })],
      ],
      "an empty list of delegations": [{ delegations: [] }],
      "a capacity that is not known yet": [
        [
          changed(lustreSubnet, { addressPrefix: "10.64.32.0/29" }),
          changed(lustre, { storageCapacityTiB: unknownValue }),
        ],
      ],
    },
    broken: {
      "shared, of another stack, in another letter case": [
        [lustre, changed(other, { filesystemSubnet: String(lustre.inputs["filesystemSubnet"]).toUpperCase() })],
        `filesystemSubnet is ${JSON.stringify(String(lustre.inputs["filesystemSubnet"]).toUpperCase())}; must not be the subnet of lustre`,
      ],
      "delegations that are no list": [{ delegations: "none" }, 'delegations is "none"; must be absent'],
      "too small": [
        { addressPrefix: "10.64.32.0/28" },
        'addressPrefix is "10.64.32.0/28"; must be a /27 or larger for 16 TiB',
      ],
      "too small in the plural": [
        { addressPrefix: undefined, addressPrefixes: ["10.64.32.0/28"] },
        'addressPrefixes[0] is "10.64.32.0/28"; must be a /27 or larger for 16 TiB',
      ],
      "too small for more": [
        [lustreSubnet, changed(lustre, { storageCapacityTiB: 128 })],
        'addressPrefix is "10.64.32.0/27"; must be a /24 or larger for 128 TiB',
      ],
      delegated: [
        { delegations: [{ name: "owner", serviceName: "Microsoft.NetApp/volumes" }] },
        "delegations is a list of 1; must be absent",
      ],
      shared: [
        [lustreSubnet, lustre, other],
        `filesystemSubnet is ${JSON.stringify(lustre.inputs["filesystemSubnet"])}; must not be the subnet of lustre`,
      ],
    },
    absent: { "the range, which cidr-disjoint tells": [{ addressPrefix: undefined }] },
    unknown: {
      "the subnet": [[lustreSubnet, changed(lustre, { filesystemSubnet: unknownValue })], "?filesystemSubnet"],
      "the subnet, that it hangs on with another": [
        [lustreSubnet, netApp2, hanging(lustre, "filesystemSubnet", lustreSubnet, netApp2)],
        "?filesystemSubnet",
      ],
      "the ID of a subnet that fits": [[lustreSubnet, netApp2, hanging(lustre, "filesystemSubnet", lustreSubnet)]],
      "the ID of a subnet that does not": [
        [lustreSubnet, netApp2, hanging(lustre, "filesystemSubnet", netApp2)],
        "delegations is a list of 1; must be absent",
        'addressPrefix is "10.64.33.0/28"; must be a /27 or larger for 16 TiB',
      ],
      "the ID of a subnet that two have": [
        [lustreSubnet, ...[lustre, other].map((it) => hanging(it, "filesystemSubnet", lustreSubnet))],
        'filesystemSubnet is "nodes"; must not be the subnet of lustre',
      ],
      "the delegations": [{ delegations: unknownValue }, "?delegations"],
    },
    notApplicable: { "a subnet without a file system": [[netApp]] },
  }),
  table(publicIpAllowlist, address, {
    compliant: { "a prefix": [[resource(types.publicPrefix, { tags: { purpose: "firewall" } })]] },
    broken: {
      "somebody's test": [{ "tags.purpose": "test" }, `tags.purpose is "test"; must ${purposes}`],
    },
    absent: { "the tags": [{ tags: undefined }, `tags.purpose is absent; must ${purposes}`] },
    unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable: otherType,
  }),
  table(
    publicIpAllowlist,
    changed(address, { "tags.purpose": "api" }),
    {
      broken: {
        "what was the default": [
          { "tags.purpose": "nat" },
          'tags.purpose is "nat"; must be one of publicAddressPurposes: api',
        ],
      },
      absent: {
        "the purpose": [
          { "tags.purpose": undefined },
          "tags.purpose is absent; must be one of publicAddressPurposes: api",
        ],
      },
      unknown: { "the purpose": [{ "tags.purpose": unknownValue }, "?tags.purpose"] },
      notApplicable: otherType,
    },
    { settings: { publicAddressPurposes: ["api"] } },
  ),
  table(publicIpStandard, address, {
    compliant: { "the second version": [{ "sku.name": "StandardV2" }] },
    broken: {
      basic: [{ "sku.name": "Basic" }, 'sku.name is "Basic"; must be Standard'],
      moving: [{ publicIPAllocationMethod: "Dynamic" }, 'publicIPAllocationMethod is "Dynamic"; must be Static'],
    },
    absent: {
      "both: Azure's default is basic and moving": [
        { sku: undefined, publicIPAllocationMethod: undefined },
        "sku.name is absent; must be Standard",
        "publicIPAllocationMethod is absent; must be Static",
      ],
    },
    unknown: { "the SKU": [{ sku: unknownValue }, "?sku"] },
    notApplicable: otherType,
  }),
  table(privateEndpointPolicies, closed, {
    compliant: { "security groups alone": [{ privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled" }] },
    broken: {
      "off, without a name": [
        { subnetName: undefined, privateEndpointNetworkPolicies: "Disabled" },
        'privateEndpointNetworkPolicies is "Disabled"; must be Enabled or NetworkSecurityGroupEnabled',
      ],
      off: [
        { privateEndpointNetworkPolicies: "Disabled" },
        'privateEndpointNetworkPolicies is "Disabled"; must be Enabled or NetworkSecurityGroupEnabled',
      ],
    },
    absent: {
      "the policies: the provider turns them off": [
        { privateEndpointNetworkPolicies: undefined },
        "privateEndpointNetworkPolicies is absent; must be Enabled or NetworkSecurityGroupEnabled",
      ],
    },
    unknown: { "the policies": [{ privateEndpointNetworkPolicies: unknownValue }, "?privateEndpointNetworkPolicies"] },
    notApplicable: { "a gateway's subnet": [[gateway]] },
  }),
  table(flowLogs, flowLog, {
    compliant: { "kept for ever": [{ "retentionPolicy.days": 0 }] },
    broken: {
      off: [{ enabled: false }, "enabled is false; must be true"],
      "a security group": [
        { targetResourceId: "/g/providers/Microsoft.Network/networkSecurityGroups/n" },
        'targetResourceId is "/g/providers/Microsoft.Network/networkSecurityGroups/n"; must be the ARM ID of a VNet, a subnet or an interface',
      ],
      "a day less than there must be": [
        { "retentionPolicy.days": 89 },
        "retentionPolicy.days is 89; must be 90 or more, or 0 for ever",
      ],
      "a month": [{ "retentionPolicy.days": 30 }, "retentionPolicy.days is 30; must be 90 or more, or 0 for ever"],
    },
    absent: {
      "the retention": [
        { retentionPolicy: undefined },
        "retentionPolicy.enabled is absent; must be true",
        "retentionPolicy.days is absent; must be 90 or more, or 0 for ever",
      ],
    },
    unknown: { "the target": [{ targetResourceId: unknownValue }, "?targetResourceId"] },
    notApplicable: otherType,
  }),
  table(peeringNoTransitDefault, peering, {
    compliant: { "transit that somebody wants": [{ allowGatewayTransit: true }] },
    broken: { nonsense: [{ useRemoteGateways: "no" }, 'useRemoteGateways is "no"; must be true or false'] },
    absent: {
      "all flags": [
        { allowForwardedTraffic: undefined, allowGatewayTransit: undefined, useRemoteGateways: undefined },
        "allowForwardedTraffic is absent; must be true or false",
        "allowGatewayTransit is absent; must be true or false",
        "useRemoteGateways is absent; must be true or false",
      ],
    },
    unknown: { "a flag": [{ allowForwardedTraffic: unknownValue }, "?allowForwardedTraffic"] },
    notApplicable: otherType,
  }),
];
