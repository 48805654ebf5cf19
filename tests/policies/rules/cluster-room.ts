import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { aksDefender } from "../../../policies/rules/cluster/aks-defender";
import { npAddressFit } from "../../../policies/rules/cluster/np-address-fit";
import { amlfsZoneMatchesGpu } from "../../../policies/rules/storage/amlfs-zone-matches-gpu";
import { account, cluster, lustre, nodePool, scaleSet, sizes, subnet } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const notApplicable = { "another type": [[account]] } as const;

const workspace = "/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/log";
const watched = changed(cluster, {
  "securityProfile.defender": { securityMonitoring: { enabled: true }, logAnalyticsWorkspaceResourceId: workspace },
});
const [monitoring, place] = [
  "securityProfile.defender.securityMonitoring.enabled",
  "securityProfile.defender.logAnalyticsWorkspaceResourceId",
];

/** 32 nodes of the pool and 4 of the cluster, the fourth of which an upgrade brings: a /26 has 59 addresses. */
const nodes = subnet("nodes", "10.64.0.0/26");
const full = [nodes, cluster, nodePool];
const flat = changed(cluster, { "networkProfile.networkPluginMode": undefined });
const other = subnet("pods", "10.64.8.0/24");
const at = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets";

/** A pool whose subnet Azure has yet to give an ID. */
function placedOn(...urns: readonly string[]): Subject {
  const pool = changed(nodePool, { vnetSubnetID: unknownValue });
  return { ...pool, propertyDependencies: { vnetSubnetID: urns } };
}

/** Rules about what a cluster has room for, and what it lies near to. */
export const clusterRoomTables: readonly RuleCases[] = [
  table(aksDefender, watched, {
    compliant: {
      "a cluster without it": [[cluster]],
      "a workspace that Azure has yet to make": [{ [place]: unknownValue }],
    },
    broken: {
      "a profile that watches nothing": [{ [monitoring]: false }, `${monitoring} is false; must be true`],
    },
    absent: {
      "the workspace": [{ [place]: undefined }, `${place} is absent; must be the ARM ID of a workspace`],
      "what it watches": [
        { "securityProfile.defender.securityMonitoring": undefined },
        `${monitoring} is absent; must be true`,
      ],
    },
    unknown: { "whether it watches": [{ [monitoring]: unknownValue }, `?${monitoring}`] },
    notApplicable,
  }),
  table(
    aksDefender,
    watched,
    {
      broken: { "a profile that watches nothing": [{ [monitoring]: false }, `${monitoring} is false; must be true`] },
      absent: {
        "all of it, which somebody asked for": [
          [cluster],
          `${monitoring} is absent; must be true`,
          `${place} is absent; must be the ARM ID of a workspace`,
        ],
      },
      unknown: {
        "the profile": [{ "securityProfile.defender": unknownValue }, "?securityProfile.defender"],
      },
      notApplicable,
    },
    { settings: { requireDefender: true } },
  ),
  table(
    aksDefender,
    cluster,
    {
      compliant: { "a setting that is neither yes nor no counts as none": [[cluster]] },
      broken: {},
      absent: {},
      unknown: {},
      notApplicable,
    },
    { settings: { requireDefender: "yes" } },
  ),
  table(npAddressFit, full, {
    compliant: {
      "a subnet that is filled to its last address": [[nodes, cluster, changed(nodePool, { maxCount: 55 })]],
      "two ranges together": [
        [
          changed(nodes, { addressPrefix: undefined, addressPrefixes: ["10.64.0.0/26", "10.64.1.0/26"] }),
          cluster,
          changed(nodePool, { maxCount: 100 }),
        ],
      ],
      "pods that have a subnet of their own": [
        [nodes, flat, changed(nodePool, { podSubnetID: "/subnets/pods" })].map((it) =>
          it === flat ? changed(flat, { "agentPoolProfiles[0].podSubnetID": "/subnets/pods" }) : it,
        ),
      ],
      "a subnet of somebody else": [
        [cluster, changed(nodePool, { maxCount: 1000, vnetSubnetID: "/subnets/theirs" })].map((it) =>
          it === cluster ? changed(cluster, { "networkProfile.podCidr": "10.0.0.0/8" }) : it,
        ),
      ],
      "a subnet whose size is of IPv6": [[changed(nodes, { addressPrefix: "fd00::/64" }), cluster, nodePool]],
      "spot nodes, to which an upgrade adds none": [
        [
          nodes,
          cluster,
          changed(nodePool, { maxCount: 55, scaleSetPriority: "Spot", "upgradeSettings.maxSurge": "50%" }),
        ],
      ],
      "pools in subnets of their own": [
        [
          nodes,
          changed(other, { addressPrefix: "10.64.8.0/26" }),
          changed(cluster, { "agentPoolProfiles[0].vnetSubnetID": `${at}/pods` }),
          changed(nodePool, { maxCount: 59 }),
        ],
      ],
      "another plugin, whose pods take no addresses of the subnet": [
        [nodes, changed(flat, { "networkProfile.networkPlugin": "kubenet" }), changed(nodePool, { maxCount: 55 })],
      ],
      "a range of pods that is filled to its last node": [
        [nodes, changed(cluster, { "networkProfile.podCidr": "10.128.0.0/19" }), changed(nodePool, { maxCount: 28 })],
      ],
      "a range of pods beside a pool of another cluster": [
        [
          nodes,
          changed(cluster, { "networkProfile.podCidr": "10.128.0.0/19" }),
          changed(nodePool, { resourceName: "aks-2" }),
        ],
      ],
      "a range of pods that is none, which aks-cidr-sane tells": [
        [nodes, changed(cluster, { "networkProfile.podCidr": "ours" }), nodePool],
      ],
      "a range of pods on a flat network, which uses none": [
        [subnet("nodes", "10.64.0.0/18"), changed(flat, { "networkProfile.podCidr": "10.128.0.0/24" }), nodePool],
      ],
    },
    broken: {
      "one node too many": [
        [nodes, cluster, changed(nodePool, { maxCount: 56 })],
        'addressPrefix is "10.64.0.0/26"; must have 60 addresses for aks, it when full, and has 59',
      ],
      "nodes that an upgrade brings": [
        [nodes, cluster, changed(nodePool, { maxCount: 54, "upgradeSettings.maxSurge": "2" })],
        'addressPrefix is "10.64.0.0/26"; must have 60 addresses for aks, it when full, and has 59',
      ],
      "a fixed pool": [
        [nodes, cluster, changed(nodePool, { enableAutoScaling: false, count: 60 })],
        'addressPrefix is "10.64.0.0/26"; must have 64 addresses for aks, it when full, and has 59',
      ],
      "a pool in a subnet that Azure has yet to make": [
        [nodes, other, cluster, changed(placedOn(nodes.urn, cluster.urn), { maxCount: 56 })],
        'addressPrefix is "10.64.0.0/26"; must have 60 addresses for aks, it when full, and has 59',
      ],
      "pods on a flat network, as many as Azure says": [
        [nodes, flat, changed(nodePool, { maxCount: 2, maxPods: 50 })],
        // 4 nodes with 30 pods each, and 2 with 50.
        'addressPrefix is "10.64.0.0/26"; must have 226 addresses for aks, it when full, and has 59',
      ],
      "a range of pods that is too small": [
        [nodes, changed(cluster, { "networkProfile.podCidr": "10.128.0.0/19" }), nodePool],
        'networkProfile.podCidr is "10.128.0.0/19"; must hold a /24 for each of 36 nodes, and holds 32',
      ],
      "a subnet that Azure takes whole": [
        [changed(nodes, { addressPrefix: "10.64.0.0/30" }), cluster],
        'addressPrefix is "10.64.0.0/30"; must have 4 addresses for aks when full, and has 0',
      ],
      "a second range that does not help": [
        [
          changed(nodes, { addressPrefix: undefined, addressPrefixes: ["10.64.0.0/28", "10.64.1.0/28"] }),
          cluster,
          nodePool,
        ],
        'addressPrefixes[0] is "10.64.0.0/28"; must have 36 addresses for aks, it when full, and has 27',
      ],
      "a pool beside pods that have a subnet of their own": [
        [
          nodes,
          changed(flat, { "agentPoolProfiles[0].podSubnetID": "/subnets/pods" }),
          changed(nodePool, { maxCount: 2 }),
        ],
        // 4 nodes without pods, and 2 with 30 each.
        'addressPrefix is "10.64.0.0/26"; must have 66 addresses for aks, it when full, and has 59',
      ],
    },
    absent: {
      "the number of nodes": [[nodes, cluster, changed(nodePool, { maxCount: undefined })]],
      "the subnet": [[nodes, cluster, changed(nodePool, { vnetSubnetID: undefined, maxCount: 200 })]],
      "the cluster": [
        [nodes, changed(nodePool, { maxCount: 60 })],
        'addressPrefix is "10.64.0.0/26"; must have 60 addresses for it when full, and has 59',
      ],
      "the range of pods": [[nodes, changed(cluster, { "networkProfile.podCidr": undefined }), nodePool]],
    },
    unknown: {
      "the number of nodes": [[nodes, cluster, changed(nodePool, { maxCount: unknownValue })], "?maxCount"],
      "what an upgrade brings": [
        [nodes, cluster, changed(nodePool, { "upgradeSettings.maxSurge": unknownValue })],
        "?upgradeSettings.maxSurge",
      ],
      "which of two subnets": [[nodes, other, cluster, placedOn(nodes.urn, other.urn)], "?vnetSubnetID"],
      "the subnet of the pool inside the cluster": [
        [nodes, changed(cluster, { "agentPoolProfiles[0].vnetSubnetID": unknownValue })],
        "?agentPoolProfiles[0].vnetSubnetID",
      ],
      "the range of pods": [
        [nodes, changed(cluster, { "networkProfile.podCidr": unknownValue }), changed(nodePool, { maxCount: 40 })],
      ],
    },
    notApplicable,
  }),
  table(amlfsZoneMatchesGpu, [lustre, scaleSet, nodePool], {
    compliant: {
      "nodes in any zone": [[lustre, changed(nodePool, { availabilityZones: undefined })]],
      "nodes without GPUs": [[lustre, changed(nodePool, { vmSize: sizes.general, availabilityZones: ["2"] })]],
      "another file system in their zone": [
        [lustre, changed(lustre, { zones: ["2"] }), changed(nodePool, { availabilityZones: ["2"] })],
      ],
      "no file system at all": [[changed(nodePool, { availabilityZones: ["2"] })]],
      "nodes in the zone and in another": [[lustre, changed(nodePool, { availabilityZones: ["2", "1"] })]],
    },
    broken: {
      "a pool in another zone": [
        [lustre, changed(nodePool, { availabilityZones: ["2"] })],
        'availabilityZones is ["2"]; must hold a zone of a Lustre file system: 1',
      ],
      "a scale set in other zones": [
        [lustre, changed(scaleSet, { zones: ["2", "3"] })],
        'zones is ["2","3"]; must hold a zone of a Lustre file system: 1',
      ],
      "a pool inside the cluster": [
        [
          lustre,
          changed(cluster, {
            "agentPoolProfiles[0].vmSize": sizes.gpu,
            "agentPoolProfiles[0].availabilityZones": ["3"],
          }),
        ],
        'agentPoolProfiles[0].availabilityZones is ["3"]; must hold a zone of a Lustre file system: 1',
      ],
      "a pool in neither zone of two": [
        [lustre, changed(lustre, { zones: ["3"] }), changed(nodePool, { availabilityZones: ["2"] })],
        'availabilityZones is ["2"]; must hold a zone of a Lustre file system: 1, 3',
      ],
    },
    absent: { "the size": [[lustre, changed(nodePool, { vmSize: undefined, availabilityZones: ["2"] })]] },
    unknown: {
      "the zone of the nodes": [
        [lustre, changed(nodePool, { availabilityZones: [unknownValue] })],
        "?availabilityZones",
      ],
      "the zone of the file system": [
        [changed(lustre, { zones: [unknownValue] }), changed(nodePool, { availabilityZones: ["2"] })],
        "?zones",
      ],
      "one zone of the file system, beside a known one": [
        [changed(lustre, { zones: ["1", unknownValue] }), changed(nodePool, { availabilityZones: ["2"] })],
        "?zones",
      ],
      "one zone of the nodes, beside a known one": [
        [lustre, changed(nodePool, { availabilityZones: ["2", unknownValue] })],
        "?availabilityZones",
      ],
    },
    notApplicable,
  }),
];
