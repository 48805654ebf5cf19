import type { CapacityPoolArgs } from "@pulumi/azure-native/netapp/capacityPool";
import type { VirtualNetworkPeeringArgs } from "@pulumi/azure-native/network/virtualNetworkPeering";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { aksCidrSane } from "../../../policies/rules/cluster/aks-cidr-sane";
import { aksCidrVsVnet } from "../../../policies/rules/cluster/aks-cidr-vs-vnet";
import { k8sImagePinned } from "../../../policies/rules/kubernetes/k8s-image-pinned";
import { cidrDisjoint } from "../../../policies/rules/network/cidr-disjoint";
import { subnetDelegationAnf } from "../../../policies/rules/network/subnet-delegation-anf";
import { anfExportNotOpen } from "../../../policies/rules/storage/anf-export-not-open";
import { anfSize } from "../../../policies/rules/storage/anf-size";
import { account, cluster, network, nodePool, scaleSet, sizes, subnet, virtualMachine, volume } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const net = "networkProfile";
const clients = "exportPolicy.rules[0].allowedClients";
const nodes = subnet("nodes", "10.64.32.0/24");
const delegated = changed(nodes, { delegations: [{ name: "owner", serviceName: "Microsoft.NetApp/volumes" }] });
const gib = 2 ** 30;

const peering = resource(
  types.peering,
  {
    resourceGroupName: "g",
    virtualNetworkName: "v",
    remoteAddressSpace: { addressPrefixes: ["10.96.0.0/16"] },
  } satisfies VirtualNetworkPeeringArgs,
  "hub",
);

const nodeSet = resource("kubernetes:slinky.slurm.net/v1beta1:NodeSet", {
  metadata: { name: "h100", namespace: "slurm" },
  spec: { slurmd: { image: "ghcr.io/slinkyproject/slurmd:25.11-ubuntu24.04" }, template: { spec: {} } },
});

const pool = resource(
  types.netAppPool,
  {
    resourceGroupName: "g",
    accountName: "a",
    poolName: "p",
    serviceLevel: "Premium",
    size: 1024 * gib,
  } satisfies CapacityPoolArgs,
  "pool",
);
const second = { ...changed(volume, { usageThreshold: 600 * gib }), name: "data", urn: `${volume.urn}-2` };

/** Rules that judge a resource by what stands beside it. */
export const widerReachTables: readonly RuleCases[] = [
  table(aksCidrSane, changed(cluster, { [`${net}.podCidrs`]: ["10.128.0.0/12", "fd00::/48"] }), {
    compliant: {
      "lists alone": [
        {
          [`${net}.podCidr`]: undefined,
          [`${net}.serviceCidr`]: undefined,
          [`${net}.serviceCidrs`]: ["10.100.0.0/16"],
        },
      ],
    },
    broken: {
      "a range of the list that AKS keeps": [
        { [`${net}.podCidrs[0]`]: "169.254.0.0/17" },
        `${net}.podCidrs[0] is "169.254.0.0/17"; must not overlap 169.254.0.0/16 (AKS reserves it (link-local addresses))`,
      ],
      "one that services have": [
        { [`${net}.podCidrs[0]`]: "10.100.0.0/14" },
        `${net}.serviceCidr is "10.100.0.0/16"; must not overlap ${net}.podCidrs[0] (10.100.0.0/14)`,
      ],
      "no range": [
        { [`${net}.podCidrs[0]`]: "pods" },
        `${net}.podCidrs[0] is "pods"; must be an IPv4 range with all host bits zero`,
      ],
    },
    absent: { "the lists": [{ [`${net}.podCidrs`]: undefined }] },
    unknown: { "the list": [{ [`${net}.podCidrs`]: unknownValue }, `?${net}.podCidrs`] },
    notApplicable: otherType,
  }),
  table(aksCidrVsVnet, [changed(cluster, { [`${net}.podCidr`]: "172.16.0.0/14" }), network], {
    broken: {
      "pods at the addresses of InfiniBand": [
        [changed(cluster, { [`${net}.podCidr`]: "172.16.0.0/14" }), nodePool],
        `${net}.podCidr is "172.16.0.0/14"; must not overlap 172.16.0.0/16 (InfiniBand uses it for IP over InfiniBand)`,
      ],
    },
    absent: { "the range of pods": [{ [`${net}.podCidr`]: undefined }] },
    unknown: { "the range of pods": [{ [`${net}.podCidr`]: unknownValue }, `?${net}.podCidr`] },
    notApplicable: { "pools of another cluster": [[nodePool]] },
  }),
  table(cidrDisjoint, [network, peering], {
    compliant: {
      "the peer of another network": [
        [network, changed(peering, { virtualNetworkName: "w", remoteAddressSpace: network.inputs["addressSpace"] })],
      ],
    },
    broken: {
      "the range of a peer": [
        [network, changed(peering, { "remoteAddressSpace.addressPrefixes[0]": "10.64.128.0/17" })],
        'addressSpace.addressPrefixes[0] is "10.64.0.0/16"; must not overlap 10.64.128.0/17 beyond the peering hub',
      ],
      "the range of InfiniBand": [
        [changed(network, { "addressSpace.addressPrefixes[0]": "172.16.0.0/20" }), nodePool],
        'addressSpace.addressPrefixes[0] is "172.16.0.0/20"; must not overlap 172.16.0.0/16 (InfiniBand uses it for IP over InfiniBand)',
      ],
      "the range of containers on machines that AKS does not make": [
        [changed(network, { "addressSpace.addressPrefixes[0]": "172.17.0.0/20" }), virtualMachine],
        'addressSpace.addressPrefixes[0] is "172.17.0.0/20"; must not overlap 172.17.0.0/16 (Docker, which the HPC image starts, has its bridge there, and bare nodes would reach nothing else in it)',
      ],
    },
    absent: { "the space of the peer": [[network, changed(peering, { remoteAddressSpace: undefined })]] },
    unknown: { "the space of the peer": [[network, changed(peering, { remoteAddressSpace: unknownValue })]] },
    notApplicable: {
      "machines without such ranges": [
        [
          changed(network, { "addressSpace.addressPrefixes[0]": "172.16.0.0/15" }),
          changed(nodePool, { vmSize: sizes.gpu }),
        ],
      ],
    },
  }),
  table(subnetDelegationAnf, [delegated, volume], {
    broken: {
      "nodes in it": [
        [delegated, volume, nodePool],
        'vnetSubnetID is "nodes"; must be another subnet: NetApp volumes have it to themselves',
      ],
      "nodes of a pool in a cluster, and of a scale set": [
        [delegated, volume, cluster, scaleSet],
        'agentPoolProfiles[0].vnetSubnetID is "nodes"; must be another subnet: NetApp volumes have it to themselves',
        'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0].subnet.id is "nodes"; must be another subnet: NetApp volumes have it to themselves',
      ],
    },
    absent: { "the subnet of the nodes": [[delegated, volume, changed(nodePool, { vnetSubnetID: undefined })]] },
    unknown: { "the subnet of the nodes": [[delegated, volume, changed(nodePool, { vnetSubnetID: unknownValue })]] },
    notApplicable: { "nodes in a subnet without volumes": [[nodes, nodePool]] },
  }),
  table(anfExportNotOpen, [volume, nodes, network], {
    compliant: {
      "machines of a peer": [[changed(volume, { [clients]: "10.96.1.0/24" }), nodes, network, peering]],
      "a name, which the volume looks up": [{ [clients]: "login.example.com" }],
      "a peer that does not say its addresses": [
        [
          changed(volume, { [clients]: "10.200.0.0/24" }),
          nodes,
          network,
          changed(peering, { remoteAddressSpace: unknownValue }),
        ],
      ],
    },
    broken: {
      "machines elsewhere": [
        { [clients]: "10.64.0.0/17,10.96.1.4" },
        `${clients} is "10.64.0.0/17,10.96.1.4"; must be inside 10.64.0.0/16, the network of the volume and its peers`,
      ],
      "half of all addresses": [
        { [clients]: "128.0.0.0/1" },
        `${clients} is "128.0.0.0/1"; must name ranges, and not all addresses`,
      ],
    },
    absent: { "rules, and so clients": [{ exportPolicy: undefined }] },
    unknown: { "the clients": [{ [clients]: unknownValue }, `?${clients}`] },
    notApplicable: { "a network of another stack": [[changed(volume, { [clients]: "10.200.0.0/24" })]] },
  }),
  table(k8sImagePinned, nodeSet, {
    broken: {
      "the daemon that Slurm puts into each pod": [
        { "spec.slurmd.image": "ghcr.io/slinkyproject/slurmd:latest" },
        'spec.slurmd.image is "ghcr.io/slinkyproject/slurmd:latest"; must have a tag other than latest, or a digest',
      ],
      "what reads its log": [
        { "spec.logfile.image": "docker.io/library/alpine" },
        'spec.logfile.image is "docker.io/library/alpine"; must have a tag other than latest, or a digest',
      ],
    },
    absent: { "the image, which its chart knows": [{ "spec.slurmd.image": undefined }] },
    unknown: { "the image": [{ "spec.slurmd.image": unknownValue }, "?spec.slurmd.image"] },
    notApplicable: otherType,
  }),
  table(anfSize, [pool, volume], {
    broken: {
      "more than the pool has": [
        [pool, volume, second],
        `size is ${1024 * gib}; must be at least ${1112 * gib} for homes, data`,
      ],
      "the older name of the kind": [
        [{ ...changed(volume, { usageThreshold: 20 * gib }), type: "azure-native:netapp/v20220901:Volume" }],
        `usageThreshold is ${20 * gib}; must be whole GiB in bytes, from 50 to 102400 GiB`,
      ],
    },
    absent: {
      "the size of the pool": [{ size: undefined }, `size is absent; must be at least ${512 * gib} for homes`],
    },
    unknown: {
      "the size of the pool": [{ size: unknownValue }, "?size"],
      "the pool of a volume": [[pool, volume, changed(second, { poolName: unknownValue })]],
    },
    notApplicable: { "volumes of another pool": [[changed(pool, { poolName: "q", size: gib }), volume]] },
  }),
];
