import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { aksNetworkPolicyNotNpm } from "../../../policies/rules/cluster/aks-network-policy-not-npm";
import { aksCni } from "../../../policies/rules/cluster/aks-cni";
import { aksCidrVsVnet } from "../../../policies/rules/cluster/aks-cidr-vs-vnet";
import { aksOutboundExplicit } from "../../../policies/rules/cluster/aks-outbound-explicit";
import { aksLbStandard } from "../../../policies/rules/cluster/aks-lb-standard";
import { settled } from "../cluster-fixtures";
import { account, network } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const net = "networkProfile";
const pods = `${net}.podCidr`;
const nat = "be a NAT gateway, a route or none";

const peer = resource(
  types.peering,
  { resourceGroupName: "g", virtualNetworkName: "v", remoteAddressSpace: { addressPrefixes: ["10.128.0.0/16"] } },
  "hub",
);

/** Rules about how a cluster is wired: its plugin, its ranges, and its way out. */
export const clusterNetworkingTables: readonly RuleCases[] = [
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
];
