import { unknownValue } from "../../../core/property-marks";
import { record } from "../../../core/property-tree";
import { cidrDisjoint } from "../../../policies/rules/network/cidr-disjoint";
import { nicNoPublicIp } from "../../../policies/rules/network/nic-no-public-ip";
import { nsgDeniesNetwork } from "../../../policies/rules/network/nsg-denies-network";
import { nsgNoAdminFromInternet } from "../../../policies/rules/network/nsg-no-admin-from-internet";
import { nsgNoAnyAny } from "../../../policies/rules/network/nsg-no-any-any";
import { subnetHasNsg } from "../../../policies/rules/network/subnet-has-nsg";
import { vnetNoInlineSubnets } from "../../../policies/rules/network/vnet-no-inline-subnets";
import { types } from "../../../policies/engine/types";
import { account, network, networkInterface, securityGroup, subnet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const rule = "securityRules[0]";
const from = (source: string, port: string): Record<string, unknown> => ({
  [`${rule}.sourceAddressPrefix`]: source,
  [`${rule}.destinationPortRange`]: port,
});
const admin = (port: number | string): string => `must be a network of yours while the rule allows port ${port}`;
const everyPort = "must be a network of yours while the rule allows every port";
const nodes = subnet("nodes", "10.64.0.0/20");
const endpoints = subnet("endpoints", "10.64.16.0/24");
const canonical = "be an IPv4 range with all host bits zero";

const denial = "securityRules[1]";
const lastRule = record(securityGroup.inputs, denial);
const emptyGroup = changed(securityGroup, { networkSecurityGroupName: "nodes", securityRules: [] });
const allIn = "so the whole network gets in; must deny inbound VirtualNetwork on every port";

/** Rules about networks. */
export const networkTables: readonly RuleCases[] = [
  table(nsgNoAdminFromInternet, securityGroup, {
    compliant: {
      "HTTPS from the internet": [from("Internet", "443")],
      "the ports beside Lustre's": [from("Internet", "989-1018,1024")],
      "a denial": [{ ...from("*", "22"), [`${rule}.access`]: "Deny" }],
      "a way out": [{ ...from("*", "22"), [`${rule}.direction`]: "Outbound" }],
      "words that only look like those of Azure": [{ ...from("*", "22"), [`${rule}.direction`]: "InboundOnly" }],
      "an access that there is not": [{ ...from("*", "22"), [`${rule}.access`]: "Disallow" }],
      "a range that is no port": [from("*", "ssh")],
      "a source that is no text": [{ ...from("*", "22"), [`${rule}.sourceAddressPrefix`]: 7 }],
    },
    broken: {
      "SSH from anywhere": [from("*", "22"), `${rule}.sourceAddressPrefix is "*"; ${admin(22)}`],
      "another letter case": [
        { ...from("INTERNET", "22"), [`${rule}.access`]: "allow", [`${rule}.direction`]: "inbound" },
        `${rule}.sourceAddressPrefix is "INTERNET"; ${admin(22)}`,
      ],
      "half of the internet": [from("0.0.0.0/1", "3389"), `${rule}.sourceAddressPrefix is "0.0.0.0/1"; ${admin(3389)}`],
      "a range of ports": [from("::/0", "2000-3000"), `${rule}.sourceAddressPrefix is "::/0"; ${admin(2049)}`],
      "a port that Lustre's servers call back on": [
        from("*", "1021"),
        `${rule}.sourceAddressPrefix is "*"; ${admin("1019-1023")}`,
      ],
      "a range that begins among Lustre's ports": [
        from("*", "1023-1100"),
        `${rule}.sourceAddressPrefix is "*"; ${admin("1019-1023")}`,
      ],
      "remote shells of Windows": [
        from("*", "5985-5986"),
        `${rule}.sourceAddressPrefix is "*"; ${admin("5985, 5986")}`,
      ],
      "the first of the two": [from("*", "5985"), `${rule}.sourceAddressPrefix is "*"; ${admin(5985)}`],
      "a port that is given as a number": [
        { ...from("*", ""), [`${rule}.destinationPortRange`]: 22 },
        `${rule}.sourceAddressPrefix is "*"; ${admin(22)}`,
      ],
      "the second of two rules": [
        {
          "securityRules[1]": {
            direction: "Inbound",
            access: "Allow",
            sourceAddressPrefix: "*",
            destinationPortRange: "22",
          },
        },
        `securityRules[1].sourceAddressPrefix is "*"; ${admin(22)}`,
      ],
      "the plural fields": [
        {
          [`${rule}.sourceAddressPrefix`]: undefined,
          [`${rule}.sourceAddressPrefixes`]: ["10.0.0.0/8", "any"],
          [`${rule}.destinationPortRange`]: undefined,
          [`${rule}.destinationPortRanges`]: ["80", "6443"],
        },
        `${rule}.sourceAddressPrefixes[1] is "any"; ${admin(6443)}`,
      ],
      "a rule of its own": [
        [
          resource(types.securityRule, {
            direction: "Inbound",
            access: "Allow",
            sourceAddressPrefix: "*",
            destinationPortRange: "988",
          }),
        ],
        `sourceAddressPrefix is "*"; ${admin(988)}`,
      ],
      "an admin rule that nobody can deny": [
        [
          resource(types.adminRule, {
            direction: "Inbound",
            access: "AlwaysAllow",
            sources: [{ addressPrefix: "0.0.0.0/0" }],
            destinationPortRanges: ["22"],
          }),
        ],
        `sources[0].addressPrefix is "0.0.0.0/0"; ${admin(22)}`,
      ],
    },
    absent: { "the rules": [{ securityRules: undefined }] },
    unknown: {
      "the source": [from(unknownValue, "22"), `?${rule}.sourceAddressPrefix`],
      "a rule": [{ securityRules: [unknownValue] }, `?${rule}`],
      "the direction": [{ ...from("*", "22"), [`${rule}.direction`]: unknownValue }, `?${rule}.direction`],
      "the access": [{ ...from("*", "22"), [`${rule}.access`]: unknownValue }, `?${rule}.access`],
      "the direction of a denial": [
        { ...from("*", "22"), [`${rule}.access`]: "Deny", [`${rule}.direction`]: unknownValue },
      ],
    },
    notApplicable: otherType,
  }),
  table(nsgNoAnyAny, securityGroup, {
    compliant: {
      "one port": [from("*", "443")],
      "every port but 0 and 1": [from("*", "2-65535")],
      "every port but the last": [from("*", "0-65534")],
    },
    broken: {
      "every port, as a star": [from("*", "*"), `${rule}.sourceAddressPrefix is "*"; ${everyPort}`],
      "every port but 0": [from("Internet", "1-65535"), `${rule}.sourceAddressPrefix is "Internet"; ${everyPort}`],
      "every port, as a range": [
        from("Internet", "0-65535"),
        `${rule}.sourceAddressPrefix is "Internet"; ${everyPort}`,
      ],
    },
    absent: { "the rules": [{ securityRules: undefined }] },
    unknown: { "the port": [from("*", unknownValue), `?${rule}.destinationPortRange`] },
    notApplicable: otherType,
  }),
  table(subnetHasNsg, nodes, {
    broken: {
      "a subnet whose name is written nowhere": [
        { subnetName: undefined, networkSecurityGroup: undefined },
        "networkSecurityGroup.id is absent; must be the ARM ID of a network security group",
      ],
      "an empty id": [
        { "networkSecurityGroup.id": "" },
        'networkSecurityGroup.id is ""; must be the ARM ID of a network security group',
      ],
    },
    absent: {
      "the group": [
        { networkSecurityGroup: undefined },
        "networkSecurityGroup.id is absent; must be the ARM ID of a network security group",
      ],
    },
    unknown: { "the id, which is there all the same": [{ "networkSecurityGroup.id": unknownValue }] },
    notApplicable: {
      "a subnet of Azure Bastion": [{ subnetName: "AzureBastionSubnet", networkSecurityGroup: undefined }],
      "a subnet of a gateway, in another letter case": [
        { subnetName: "gatewaysubnet", networkSecurityGroup: undefined },
      ],
      "a subnet of a gateway, by the name of templates": [
        { subnetName: undefined, name: "GatewaySubnet", networkSecurityGroup: undefined },
      ],
    },
  }),
  table(vnetNoInlineSubnets, network, {
    broken: {
      "a subnet": [{ subnets: [{ name: "nodes" }] }, "subnets is a list of 1; must be absent"],
      "an empty list": [{ subnets: [] }, "subnets is []; must be absent"],
    },
    absent: { "the list": [{ subnets: undefined }] },
    unknown: { "the list": [{ subnets: unknownValue }, "?subnets"] },
    notApplicable: otherType,
  }),
  table(cidrDisjoint, [network, nodes, endpoints], {
    compliant: {
      "ranges of IPv6": [
        [
          changed(network, { "addressSpace.addressPrefixes[1]": "fd00::/48" }),
          changed(nodes, { addressPrefix: undefined, addressPrefixes: ["10.64.0.0/20", "fd00::/64"] }),
        ],
      ],
      "one of two address spaces": [
        [
          changed(network, { "addressSpace.addressPrefixes": ["10.63.0.0/16", "10.64.0.0/16"] }),
          nodes,
          changed(endpoints, { addressPrefix: "10.63.0.0/24" }),
        ],
      ],
      "a subnet whose own ranges overlap, which Azure tells": [
        [network, changed(nodes, { addressPrefixes: ["10.64.0.0/20", "10.64.1.0/24"], addressPrefix: undefined })],
      ],
      "a network without an address space": [[changed(network, { addressSpace: undefined }), nodes]],
      "the same range in another network": [
        [
          network,
          nodes,
          { ...changed(network, { virtualNetworkName: "w" }), name: "other" },
          changed(nodes, { virtualNetworkName: "w" }),
        ],
      ],
    },
    broken: {
      "an overlap": [
        [network, nodes, changed(endpoints, { addressPrefix: "10.64.8.0/24" })],
        'addressPrefix is "10.64.8.0/24"; must not overlap 10.64.0.0/20 of nodes',
      ],
      "a subnet outside of two": [
        [
          changed(network, { "addressSpace.addressPrefixes": ["10.63.0.0/16", "10.64.0.0/16"] }),
          changed(nodes, { addressPrefix: "10.65.0.0/24" }),
        ],
        'addressPrefix is "10.65.0.0/24"; must be inside 10.63.0.0/16, 10.64.0.0/16, the address space of net',
      ],
      "host bits in the second of several ranges": [
        [network, changed(nodes, { addressPrefix: undefined, addressPrefixes: ["10.64.0.0/20", "10.64.32.1/24"] })],
        `addressPrefixes[1] is "10.64.32.1/24"; must ${canonical}`,
      ],
      "an overlap of one range of several": [
        [
          network,
          nodes,
          changed(endpoints, { addressPrefix: undefined, addressPrefixes: ["10.64.32.0/24", "10.64.8.0/24"] }),
        ],
        'addressPrefixes[1] is "10.64.8.0/24"; must not overlap 10.64.0.0/20 of nodes',
      ],
      "a range that is no text": [
        [network, changed(nodes, { addressPrefix: 7 })],
        `addressPrefix is 7; must ${canonical}`,
      ],
      "a subnet outside": [
        [network, changed(nodes, { addressPrefix: "10.65.0.0/24" })],
        'addressPrefix is "10.65.0.0/24"; must be inside 10.64.0.0/16, the address space of net',
      ],
      "a network that is not known yet, but is the only one": [
        [network, changed(nodes, { addressPrefix: "10.65.0.0/24", virtualNetworkName: unknownValue })],
        'addressPrefix is "10.65.0.0/24"; must be inside 10.64.0.0/16, the address space of net',
      ],
      "host bits": [
        [network, changed(nodes, { addressPrefix: "10.64.0.1/20" })],
        `addressPrefix is "10.64.0.1/20"; must ${canonical}`,
      ],
      "a range that AKS keeps": [
        [changed(network, { "addressSpace.addressPrefixes[0]": "172.31.0.0/16" })],
        'addressSpace.addressPrefixes[0] is "172.31.0.0/16"; must not overlap 172.31.0.0/16 (AKS reserves it)',
      ],
    },
    absent: {
      "the range": [[changed(nodes, { addressPrefix: undefined })], `addressPrefix is absent; must ${canonical}`],
    },
    unknown: {
      "the range": [[network, changed(nodes, { addressPrefix: unknownValue })], "?addressPrefix"],
      "the address space": [
        [changed(network, { addressSpace: unknownValue }), changed(nodes, { addressPrefix: "10.65.0.0/24" })],
        "?addressSpace",
      ],
    },
    notApplicable: otherType,
  }),
  table(nicNoPublicIp, networkInterface, {
    broken: {
      "a public address": [
        { "ipConfigurations[0].publicIPAddress": { id: "/ip" } },
        "ipConfigurations[0].publicIPAddress is an object; must be absent",
      ],
      forwarding: [{ enableIPForwarding: true }, "enableIPForwarding is true; must not be true"],
    },
    absent: { everything: [{ ipConfigurations: undefined, enableIPForwarding: undefined }] },
    unknown: {
      "the address": [{ "ipConfigurations[0].publicIPAddress": unknownValue }, "?ipConfigurations[0].publicIPAddress"],
    },
    notApplicable: otherType,
  }),
  table(nsgDeniesNetwork, securityGroup, {
    compliant: {
      "another letter case": [
        {
          [`${denial}.sourceAddressPrefix`]: "VIRTUALNETWORK",
          [`${denial}.direction`]: "inbound",
          [`${denial}.access`]: "DENY",
        },
      ],
      "the network denied as one of several sources": [
        {
          [`${denial}.sourceAddressPrefix`]: undefined,
          [`${denial}.sourceAddressPrefixes`]: ["10.0.0.0/8", "VirtualNetwork"],
        },
      ],
      "a rule of its own in a group of another stack": [[resource(types.securityRule, from("*", "22"))]],
      "a denial in a group that is written without a name": [
        [
          changed(emptyGroup, { networkSecurityGroupName: undefined }),
          resource(types.securityRule, { networkSecurityGroupName: "nodes", ...lastRule }),
        ],
      ],
      "a denial beside the group, whose name has other letter cases": [
        [emptyGroup, resource(types.securityRule, { networkSecurityGroupName: "NODES", ...lastRule })],
      ],
      "everybody denied": [{ [`${denial}.sourceAddressPrefix`]: "*" }],
      "every port but 0 denied": [{ [`${denial}.destinationPortRange`]: "1-65535" }],
      "every port denied, as the second of two ranges": [{ [`${denial}.destinationPortRange`]: "22,0-65535" }],
      "a denial beside the group": [
        [emptyGroup, resource(types.securityRule, { networkSecurityGroupName: "nodes", ...lastRule })],
      ],
      "a denial in a group whose name is not known yet": [
        [emptyGroup, resource(types.securityRule, { networkSecurityGroupName: unknownValue, ...lastRule })],
      ],
    },
    broken: {
      "an empty group": [{ securityRules: [] }, `securityRules is empty, ${allIn}`],
      "one protocol denied": [{ [`${denial}.protocol`]: "Tcp" }, `securityRules is without a denial, ${allIn}`],
      "some ports denied": [
        { [`${denial}.destinationPortRange`]: "22" },
        `securityRules is without a denial, ${allIn}`,
      ],
      "words that only look like those of Azure": [
        { [`${denial}.direction`]: "InboundOnly", [`${denial}.access`]: "Denying" },
        `securityRules is without a denial, ${allIn}`,
      ],
      ...Object.fromEntries(
        ["direction", "access", "protocol", "sourceAddressPrefix", "destinationPortRange"].map((path) => [
          `a denial without its ${path}`,
          [{ [`${denial}.${path}`]: undefined }, `securityRules is without a denial, ${allIn}`] as const,
        ]),
      ),
      "a source that is no text": [
        { [`${denial}.sourceAddressPrefix`]: 7 },
        `securityRules is without a denial, ${allIn}`,
      ],
      "another network denied": [
        { [`${denial}.sourceAddressPrefix`]: "VirtualNetworks" },
        `securityRules is without a denial, ${allIn}`,
      ],
      "one range denied": [
        { [`${denial}.sourceAddressPrefix`]: "10.64.0.0/16" },
        `securityRules is without a denial, ${allIn}`,
      ],
      "what goes out denied": [{ [`${denial}.direction`]: "Outbound" }, `securityRules is without a denial, ${allIn}`],
      "a denial beside another group": [
        [emptyGroup, resource(types.securityRule, { networkSecurityGroupName: "lustre", ...lastRule })],
        `securityRules is empty, ${allIn}`,
      ],
    },
    absent: { "the rules": [{ securityRules: undefined }, `securityRules is empty, ${allIn}`] },
    unknown: {
      "the rules": [{ securityRules: unknownValue }, "?securityRules"],
      "one rule": [{ [denial]: unknownValue }, `?${denial}`],
      ...Object.fromEntries(
        ["direction", "access", "protocol", "destinationPortRange"].map((path) => [
          `the ${path} of the denial`,
          [{ [`${denial}.${path}`]: unknownValue }, `?${denial}.${path}`] as const,
        ]),
      ),
      "whom it denies": [{ [`${denial}.sourceAddressPrefix`]: unknownValue }, `?${denial}.sourceAddressPrefix`],
      "whom a denial beside the group denies": [
        [
          emptyGroup,
          resource(types.securityRule, {
            ...lastRule,
            networkSecurityGroupName: "nodes",
            sourceAddressPrefix: unknownValue,
          }),
        ],
        "?sourceAddressPrefix",
      ],
    },
    notApplicable: otherType,
  }),
];
