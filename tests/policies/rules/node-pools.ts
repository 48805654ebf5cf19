import { unknownValue } from "../../../core/property-marks";
import { npNoSsh } from "../../../policies/rules/cluster/np-no-ssh";
import { npAutoscaleBounds } from "../../../policies/rules/cluster/np-autoscale-bounds";
import { npGpuTaint } from "../../../policies/rules/cluster/np-gpu-taint";
import { npIbBounds } from "../../../policies/rules/cluster/np-ib-bounds";
import { npIbZone } from "../../../policies/rules/cluster/np-ib-zone";
import { npModeExplicit } from "../../../policies/rules/cluster/np-mode-explicit";
import { npNameShape } from "../../../policies/rules/cluster/np-name-shape";
import { npNoPublicIp } from "../../../policies/rules/cluster/np-no-public-ip";
import { npSpotShape } from "../../../policies/rules/cluster/np-spot-shape";
import { npSubnetSet } from "../../../policies/rules/cluster/np-subnet-set";
import { general, spot } from "../cluster-fixtures";
import { account, cluster, nodePool, sizes } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const taint = "nvidia.com/gpu=present:NoSchedule";

/** Rules about node pools: where they stand, how they grow and who reaches them. */
export const nodePoolTables: readonly RuleCases[] = [
  table(npGpuTaint, nodePool, {
    compliant: {
      "an AMD taint on an AMD size": [
        { vmSize: "Standard_ND96isr_MI300X_v5", nodeTaints: ["amd.com/gpu=present:NoSchedule"] },
      ],
      "a cluster with a general pool": [[cluster]],
      "the taint behind another": [{ nodeTaints: ["team=vision:NoSchedule", taint] }],
      "a taint that is not known yet behind another": [{ nodeTaints: ["team=vision:NoSchedule", unknownValue] }],
    },
    broken: {
      "another taint": [
        { nodeTaints: ["sku=gpu:NoSchedule"] },
        `nodeTaints is ["sku=gpu:NoSchedule"]; must hold ${taint}`,
      ],
      "the wrong vendor": [
        { vmSize: "Standard_ND96isr_MI300X_v5" },
        `nodeTaints is ["${taint}"]; must hold amd.com/gpu=present:NoSchedule`,
      ],
      "a GPU pool inside a cluster": [
        [changed(cluster, { "agentPoolProfiles[0].vmSize": sizes.gpu })],
        `agentPoolProfiles[0].nodeTaints is ["CriticalAddonsOnly=true:NoSchedule"]; must hold ${taint}`,
      ],
      "a taint that is no list": [{ nodeTaints: taint }, `nodeTaints is "${taint}"; must hold ${taint}`],
    },
    absent: { "the taints": [{ nodeTaints: undefined }, `nodeTaints is absent; must hold ${taint}`] },
    unknown: {
      "the taints": [{ nodeTaints: unknownValue }, "?nodeTaints"],
      "one taint, which may be the one": [{ nodeTaints: [unknownValue] }],
    },
    notApplicable: general,
  }),
  table(npModeExplicit, nodePool, {
    compliant: {
      "a second system pool": [{ vmSize: sizes.general, mode: "System" }],
      "a spot pool of users": [{ vmSize: sizes.general, scaleSetPriority: "Spot" }],
      "a size that nobody knows": [{ vmSize: "Standard_X1", mode: "System" }],
      "a pool of users": [{ vmSize: sizes.general }],
    },
    broken: {
      "system pods on GPU nodes": [{ mode: "System" }, 'mode is "System"; must be "User" on a GPU pool'],
      "system pods on spot nodes": [
        { vmSize: sizes.general, scaleSetPriority: "Spot", mode: "System" },
        'mode is "System"; must be "User" on a spot pool',
      ],
    },
    absent: { "the mode": [{ vmSize: sizes.general, mode: undefined }, "mode is absent; must be User or System"] },
    unknown: { "the mode": [{ mode: unknownValue }, "?mode"] },
    notApplicable: otherType,
  }),
  table(npNoPublicIp, nodePool, {
    broken: {
      "public nodes": [{ enableNodePublicIP: true }, "enableNodePublicIP is true; must not be true"],
      "public system nodes": [
        [changed(cluster, { "agentPoolProfiles[0].enableNodePublicIP": true })],
        "agentPoolProfiles[0].enableNodePublicIP is true; must not be true",
      ],
    },
    absent: { "the flag": [{ enableNodePublicIP: undefined }] },
    unknown: { "the flag": [{ enableNodePublicIP: unknownValue }, "?enableNodePublicIP"] },
    notApplicable: otherType,
  }),
  table(npIbZone, nodePool, {
    compliant: {
      "no zone": [{ availabilityZones: [] }],
    },
    broken: {
      "two zones": [
        { availabilityZones: ["1", "2"] },
        'availabilityZones is ["1","2"]; must be absent or hold one zone',
      ],
      "a zone that is no list": [
        { availabilityZones: "1" },
        'availabilityZones is "1"; must be absent or hold one zone',
      ],
    },
    absent: { "the zones": [{ availabilityZones: undefined }] },
    unknown: { "the zones": [{ availabilityZones: unknownValue }, "?availabilityZones"] },
    notApplicable: general,
  }),
  table(npIbBounds, nodePool, {
    compliant: { "exactly the limit": [{ maxCount: 100 }], none: [{ count: 0, maxCount: 0 }] },
    broken: {
      "an upper bound above it": [{ maxCount: 101 }, "maxCount is 101; must be a whole number from 0 to 100"],
      "a fixed pool above it": [
        { count: 200, maxCount: undefined },
        "count is 200; must be a whole number from 0 to 100",
      ],
      "half a node": [{ count: 1.5 }, "count is 1.5; must be a whole number from 0 to 100"],
      "less than none": [{ count: -1 }, "count is -1; must be a whole number from 0 to 100"],
    },
    absent: { both: [{ count: undefined, maxCount: undefined }] },
    unknown: { "the bound": [{ maxCount: unknownValue }, "?maxCount"] },
    notApplicable: general,
  }),
  table(npAutoscaleBounds, nodePool, {
    compliant: {
      "a fixed pool": [{ enableAutoScaling: false, minCount: undefined, maxCount: undefined }],
      "none to the most that AKS has": [{ minCount: 0, maxCount: 1000, count: undefined }],
      "a start at the lower bound": [{ count: 2 }],
      "a start at the upper bound": [{ count: 32 }],
      "one number alone": [{ minCount: 3, maxCount: 3, count: 3 }],
    },
    broken: {
      "bounds in the wrong order": [{ minCount: 40 }, "minCount is 40; must be a whole number from 0 to maxCount (32)"],
      "more nodes than AKS has in a pool": [
        { maxCount: 2000 },
        "maxCount is 2000; must be a whole number from 0 to 1000",
      ],
      "a start outside the bounds": [{ count: 33 }, "count is 33; must be a whole number from 2 to 32"],
      "bounds of a fixed pool": [
        { enableAutoScaling: false },
        "minCount is 2; must be absent while enableAutoScaling is not true",
        "maxCount is 32; must be absent while enableAutoScaling is not true",
      ],
      "a start below the bounds": [{ count: 1 }, "count is 1; must be a whole number from 2 to 32"],
      "one more than AKS has": [{ maxCount: 1001 }, "maxCount is 1001; must be a whole number from 0 to 1000"],
      "less than none": [{ minCount: -1, count: 0 }, "minCount is -1; must be a whole number from 0 to maxCount (32)"],
      "half a node": [{ maxCount: 2.5 }, "maxCount is 2.5; must be a whole number from 0 to 1000"],
    },
    absent: {
      "the upper bound": [{ maxCount: undefined }, "maxCount is absent; must be a whole number from 0 to 1000"],
      "the lower bound": [
        { minCount: undefined, count: 0 },
        "minCount is absent; must be a whole number from 0 to maxCount (32)",
      ],
      "the flag": [
        { enableAutoScaling: undefined, minCount: undefined },
        "maxCount is 32; must be absent while enableAutoScaling is not true",
      ],
    },
    unknown: {
      "the flag": [{ enableAutoScaling: unknownValue }, "?enableAutoScaling"],
      "the upper bound": [{ maxCount: unknownValue }, "?maxCount"],
    },
    notApplicable: otherType,
  }),
  table(
    npAutoscaleBounds,
    changed(nodePool, { maxCount: 8 }),
    {
      broken: {
        "more nodes than the environment may have": [
          { maxCount: 9 },
          "maxCount is 9; must be a whole number from 0 to 8",
        ],
      },
      absent: { "the flag": [{ enableAutoScaling: undefined, minCount: undefined, maxCount: undefined }] },
      unknown: { "the flag": [{ enableAutoScaling: unknownValue }, "?enableAutoScaling"] },
      notApplicable: otherType,
    },
    { settings: { maxPoolNodes: 8 } },
  ),
  table(
    npSpotShape,
    spot,
    {
      compliant: {
        "the on-demand price": [{ spotMaxPrice: -1 }],
        "five decimals": [{ spotMaxPrice: 1.00001 }],
        "a size that nobody knows": [{ vmSize: "Standard_X1" }],
      },
      broken: {
        "nodes that stay as empty shells": [
          { scaleSetEvictionPolicy: "Deallocate" },
          'scaleSetEvictionPolicy is "Deallocate"; must be "Delete"',
        ],
        "six decimals": [
          { spotMaxPrice: 1.000001 },
          "spotMaxPrice is 1.000001; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price",
        ],
        "more than nodes on demand cost": [
          { spotMaxPrice: 10.2 },
          "spotMaxPrice is 10.2; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price",
        ],
        InfiniBand: [
          { vmSize: sizes.infiniband },
          `scaleSetPriority is "Spot"; must not be Spot on ${sizes.infiniband}, which has InfiniBand`,
        ],
        "no price": [
          { spotMaxPrice: 0 },
          "spotMaxPrice is 0; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price",
        ],
        "another negative price": [
          { spotMaxPrice: -2 },
          "spotMaxPrice is -2; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price",
        ],
        "a price in quotes": [
          { spotMaxPrice: "1" },
          'spotMaxPrice is "1"; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price',
        ],
      },
      absent: {
        "the price": [
          { spotMaxPrice: undefined },
          "spotMaxPrice is absent; must be -1, or more than 0 with at most 5 decimals and at most 10.121, the on-demand price",
        ],
      },
      unknown: { "the priority": [{ scaleSetPriority: unknownValue }, "?scaleSetPriority"] },
      notApplicable: { "on demand": [[nodePool]] },
    },
    { environment: "staging" },
  ),
  table(npSpotShape, nodePool, {
    broken: {
      production: [[spot], 'scaleSetPriority is "Spot"; must not be Spot in production'],
      "InfiniBand in production": [
        [changed(spot, { vmSize: sizes.infiniband })],
        `scaleSetPriority is "Spot"; must not be Spot on ${sizes.infiniband}, which has InfiniBand`,
        'scaleSetPriority is "Spot"; must not be Spot in production',
      ],
    },
    absent: { "the priority": [{ scaleSetPriority: undefined }] },
    unknown: { "the priority": [{ scaleSetPriority: unknownValue }, "?scaleSetPriority"] },
    notApplicable: otherType,
  }),
  table(npSubnetSet, nodePool, {
    broken: { "an empty id": [{ vnetSubnetID: "" }, 'vnetSubnetID is ""; must be the ARM ID of a subnet'] },
    absent: {
      "the id": [{ vnetSubnetID: undefined }, "vnetSubnetID is absent; must be the ARM ID of a subnet"],
      "the id of the system pool": [
        [changed(cluster, { "agentPoolProfiles[0].vnetSubnetID": undefined })],
        "agentPoolProfiles[0].vnetSubnetID is absent; must be the ARM ID of a subnet",
      ],
    },
    unknown: { "the id, which is there all the same": [{ vnetSubnetID: unknownValue }] },
    notApplicable: otherType,
  }),
  table(npNameShape, nodePool, {
    compliant: {
      "the longest": [{ agentPoolName: "a23456789012" }],
      "the longest of Windows": [{ osType: "Windows", agentPoolName: "win456" }],
      "the shortest of Windows": [{ osType: "Windows", agentPoolName: "w" }],
    },
    broken: {
      "a hyphen": [
        { agentPoolName: "h100-a" },
        'agentPoolName is "h100-a"; must be 1 to 12 lowercase letters or digits and start with a letter',
      ],
      "too long for Windows": [
        { osType: "Windows", agentPoolName: "windows1" },
        'agentPoolName is "windows1"; must be 1 to 6 lowercase letters or digits and start with a letter',
      ],
      "a letter too many": [
        { agentPoolName: "a234567890123" },
        'agentPoolName is "a234567890123"; must be 1 to 12 lowercase letters or digits and start with a letter',
      ],
      "a letter too many of Windows": [
        { osType: "Windows", agentPoolName: "win4567" },
        'agentPoolName is "win4567"; must be 1 to 6 lowercase letters or digits and start with a letter',
      ],
      "a digit first": [
        { osType: "Windows", agentPoolName: "1win" },
        'agentPoolName is "1win"; must be 1 to 6 lowercase letters or digits and start with a letter',
      ],
    },
    absent: {
      "the name": [
        { agentPoolName: undefined },
        "agentPoolName is absent; must be 1 to 12 lowercase letters or digits and start with a letter",
      ],
    },
    unknown: { "the name": [{ agentPoolName: unknownValue }, "?agentPoolName"] },
    notApplicable: otherType,
  }),
  table(npNoSsh, nodePool, {
    compliant: { "a cluster whose own pool is closed": [[cluster]] },
    broken: {
      "a key for everybody": [
        { "securityProfile.sshAccess": "LocalUser" },
        'securityProfile.sshAccess is "LocalUser"; must be Disabled',
      ],
      "the pool in the cluster": [
        [changed(cluster, { "agentPoolProfiles[0].securityProfile": undefined })],
        "agentPoolProfiles[0].securityProfile.sshAccess is absent; must be Disabled",
      ],
    },
    absent: {
      "the profile": [{ securityProfile: undefined }, "securityProfile.sshAccess is absent; must be Disabled"],
    },
    unknown: { "the profile": [{ securityProfile: unknownValue }, "?securityProfile"] },
    notApplicable: otherType,
  }),
];
