import { unknownValue } from "../../../core/property-marks";
import { npMigValid } from "../../../policies/rules/cluster/np-mig-valid";
import { npNoSsh } from "../../../policies/rules/cluster/np-no-ssh";
import { npVersionOfCluster } from "../../../policies/rules/cluster/np-version-of-cluster";
import { npAutoscaleBounds } from "../../../policies/rules/cluster/np-autoscale-bounds";
import { npDriverOwner } from "../../../policies/rules/cluster/np-driver-owner";
import { npGpuTaint } from "../../../policies/rules/cluster/np-gpu-taint";
import { npIbBounds } from "../../../policies/rules/cluster/np-ib-bounds";
import { npImageAge } from "../../../policies/rules/cluster/np-image-age";
import { npImageWorks } from "../../../policies/rules/cluster/np-image-works";
import { npIbZone } from "../../../policies/rules/cluster/np-ib-zone";
import { npModeExplicit } from "../../../policies/rules/cluster/np-mode-explicit";
import { npNameShape } from "../../../policies/rules/cluster/np-name-shape";
import { npNoPublicIp } from "../../../policies/rules/cluster/np-no-public-ip";
import { npSpotShape } from "../../../policies/rules/cluster/np-spot-shape";
import { npSubnetSet } from "../../../policies/rules/cluster/np-subnet-set";
import { npUpgradeSettings } from "../../../policies/rules/cluster/np-upgrade-settings";
import { account, cluster, nodePool, sizes } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const general = {
  "a general size": [
    {
      vmSize: sizes.general,
      nodeTaints: [],
      availabilityZones: ["1", "2"],
      maxCount: 500,
      gpuProfile: {},
      upgradeSettings: {},
    },
  ],
} as const;
const taint = "nvidia.com/gpu=present:NoSchedule";
const settings = "upgradeSettings";
const spot = changed(nodePool, {
  vmSize: sizes.gpu,
  scaleSetPriority: "Spot",
  scaleSetEvictionPolicy: "Delete",
  spotMaxPrice: 1.25,
});

const image = "AKSUbuntu-2404gen2containerd";
const a10 = "Standard_NV36ads_A10_v5";
const migSize = "Standard_NC24ads_A100_v4";
const mig = changed(nodePool, {
  vmSize: migSize,
  gpuInstanceProfile: "MIG1g",
  gpuProfile: { driver: "Install" },
  enableAutoScaling: false,
});

/** Rules about node pools. */
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
  table(npDriverOwner, nodePool, {
    compliant: {
      "either, on a size that AKS says nothing of": [
        { vmSize: "Standard_NCC40ads_H100_v5", "gpuProfile.driver": "Install" },
      ],
      "no driver of AKS, on a size that AKS says nothing of": [{ vmSize: "Standard_NCC40ads_H100_v5" }],
    },
    broken: {
      "a driver of AKS where only an operator's works": [
        { vmSize: "Standard_ND96asr_v4", "gpuProfile.driver": "Install" },
        'gpuProfile.driver is "Install"; must be None on Standard_ND96asr_v4',
      ],
      nonsense: [
        { vmSize: sizes.gpu, "gpuProfile.driver": "Operator" },
        `gpuProfile.driver is "Operator"; must be None or Install on ${sizes.gpu}`,
      ],
    },
    absent: {
      "the profile": [
        { vmSize: sizes.gpu, gpuProfile: undefined },
        `gpuProfile.driver is absent; must be None or Install on ${sizes.gpu}`,
      ],
    },
    unknown: { "the profile": [{ gpuProfile: unknownValue }, "?gpuProfile"] },
    notApplicable: general,
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
  table(npUpgradeSettings, nodePool, {
    compliant: {
      "one extra node": [{ [`${settings}.maxSurge`]: "1", [`${settings}.maxUnavailable`]: undefined }],
      "a share of extra nodes": [{ [`${settings}.maxSurge`]: "10%", [`${settings}.maxUnavailable`]: undefined }],
      "a share of missing ones": [{ [`${settings}.maxUnavailable`]: "5%" }],
      "the least time, and the most nodes": [
        { [`${settings}.drainTimeoutInMinutes`]: 30, [`${settings}.maxSurge`]: "1000" },
      ],
      "a rack that misses one": [{ vmSize: "Standard_ND128isr_GB300_v6" }],
      "GPUs without InfiniBand": [{ vmSize: sizes.gpu }],
    },
    broken: {
      "neither extra nodes nor missing ones": [
        { [`${settings}.maxUnavailable`]: "0" },
        `${settings}.maxUnavailable is "0"; must be at least "1" while maxSurge is "0"`,
      ],
      "a rack with a nineteenth node": [
        { vmSize: "Standard_ND128isr_GB300_v6", [`${settings}.maxSurge`]: "1" },
        `${settings}.maxSurge is "1"; must be "0": a rack has exactly 18 nodes`,
      ],
      "no time for a checkpoint": [
        { [`${settings}.drainTimeoutInMinutes`]: 5 },
        `${settings}.drainTimeoutInMinutes is 5; must be at least 30`,
      ],
      "a schedule that stops": [
        { [`${settings}.undrainableNodeBehavior`]: "Schedule" },
        `${settings}.undrainableNodeBehavior is "Schedule"; must be "Cordon"`,
      ],
      "a number that is no text": [
        { [`${settings}.maxSurge`]: 1 },
        `${settings}.maxSurge is 1; must be a number or a percentage, as text`,
      ],
      "words around a number": [
        { [`${settings}.maxSurge`]: "about 1" },
        `${settings}.maxSurge is "about 1"; must be a number or a percentage, as text`,
      ],
      "words behind a number": [
        { [`${settings}.maxSurge`]: "1 node" },
        `${settings}.maxSurge is "1 node"; must be a number or a percentage, as text`,
      ],
      "no share of missing nodes": [
        { [`${settings}.maxUnavailable`]: "0%" },
        `${settings}.maxUnavailable is "0%"; must be at least "1" while maxSurge is "0"`,
      ],
      "a time in quotes": [
        { [`${settings}.drainTimeoutInMinutes`]: "60" },
        `${settings}.drainTimeoutInMinutes is "60"; must be at least 30`,
      ],
      "a minute too few": [
        { [`${settings}.drainTimeoutInMinutes`]: 29 },
        `${settings}.drainTimeoutInMinutes is 29; must be at least 30`,
      ],
    },
    absent: {
      "all of it": [
        { [settings]: undefined },
        `${settings}.maxSurge is absent; must be a number or a percentage, as text`,
        `${settings}.drainTimeoutInMinutes is absent; must be at least 30`,
        `${settings}.undrainableNodeBehavior is absent; must be "Cordon"`,
      ],
      "the missing nodes while none are added": [
        { [`${settings}.maxUnavailable`]: undefined },
        `${settings}.maxUnavailable is absent; must be at least "1" while maxSurge is "0"`,
      ],
    },
    unknown: {
      "all of it": [{ [settings]: unknownValue }, `?${settings}`],
      "the priority": [{ scaleSetPriority: unknownValue }, "?scaleSetPriority"],
    },
    notApplicable: {
      ...general,
      "a spot pool, which has none": [[changed(spot, { [settings]: undefined })]],
    },
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
  table(npMigValid, mig, {
    compliant: {
      "the driver that AKS installs unasked": [{ gpuProfile: undefined }],
      "whole GPUs": [[nodePool]],
    },
    broken: {
      "a driver that AKS does not install": [
        { "gpuProfile.driver": "None" },
        'gpuProfile.driver is "None"; must be Install with MIG',
      ],
      "a number of nodes that changes by itself": [
        { enableAutoScaling: true },
        "enableAutoScaling is true; must not be true with MIG",
      ],
      "a size that cannot be cut": [
        { vmSize: "Standard_NV36ads_A10_v5" },
        'gpuInstanceProfile is "MIG1g"; must be absent on Standard_NV36ads_A10_v5',
      ],
      "a profile that does not exist": [
        { gpuInstanceProfile: "MIG5g" },
        `gpuInstanceProfile is "MIG5g"; must be MIG1g, MIG2g, MIG3g, MIG4g, MIG7g on ${migSize}`,
      ],
      "a pool inside a cluster": [
        [
          changed(cluster, {
            "agentPoolProfiles[0].vmSize": migSize,
            "agentPoolProfiles[0].gpuInstanceProfile": "MIG1g",
            "agentPoolProfiles[0].gpuProfile.driver": "None",
          }),
        ],
        'agentPoolProfiles[0].gpuProfile.driver is "None"; must be Install with MIG',
      ],
      "a size that AKS says nothing of": [
        { vmSize: "Standard_D4s_v5" },
        'gpuInstanceProfile is "MIG1g"; must be absent on Standard_D4s_v5',
      ],
      "a size without a row of AKS": [
        { vmSize: "Standard_HB176rs_v4" },
        'gpuInstanceProfile is "MIG1g"; must be absent on Standard_HB176rs_v4',
      ],
    },
    absent: { "the profile": [{ gpuInstanceProfile: undefined, "gpuProfile.driver": "None" }] },
    unknown: {
      "the profile": [{ gpuInstanceProfile: unknownValue }, "?gpuInstanceProfile"],
      "the driver": [{ "gpuProfile.driver": unknownValue }, "?gpuProfile.driver"],
      "the size": [{ vmSize: unknownValue }, "?vmSize"],
      "the profile, which may be none": [
        { gpuInstanceProfile: unknownValue, "gpuProfile.driver": "None" },
        "?gpuInstanceProfile",
      ],
    },
    notApplicable: otherType,
  }),
  table(npImageAge, [cluster, changed(nodePool, { nodeImageVersion: `${image}-202608.01.0` })], {
    compliant: {
      "a patch of nodes that run an old image": [
        [changed(nodePool, { nodeImageVersion: `${image}-202605.15.0-2026.08.01` })],
      ],
      "a version of another form": [[changed(nodePool, { nodeImageVersion: "newest" })]],
      "an image of 90 days ago": [[changed(nodePool, { nodeImageVersion: `${image}-202606.03.0` })]],
      "an image that is no text": [[changed(nodePool, { nodeImageVersion: 202_601 })]],
    },
    broken: {
      "an old image": [
        [changed(nodePool, { nodeImageVersion: `${image}-202605.15.0` })],
        `nodeImageVersion is "${image}-202605.15.0"; must have fixes of the last 90 days on 2026-09-01`,
      ],
      "an old image of the pool in the cluster": [
        { "agentPoolProfiles[0].nodeImageVersion": `${image}-202601.15.0` },
        `agentPoolProfiles[0].nodeImageVersion is "${image}-202601.15.0"; must have fixes of the last 90 days on 2026-09-01`,
      ],
      "an image of 91 days ago": [
        [changed(nodePool, { nodeImageVersion: `${image}-202606.02.0` })],
        `nodeImageVersion is "${image}-202606.02.0"; must have fixes of the last 90 days on 2026-09-01`,
      ],
    },
    absent: { "the image, which only Azure tells": [[nodePool]] },
    unknown: { "the image: the pool is not there yet": [[changed(nodePool, { nodeImageVersion: unknownValue })]] },
    notApplicable: otherType,
  }),
  table(npImageWorks, [changed(nodePool, { vmSize: a10, nodeImageVersion: `${image}-202608.01.0` })], {
    compliant: {
      "a size without such limits": [{ vmSize: sizes.gpu, nodeImageVersion: `${image}-202601.01.0` }],
      "a size that nobody knows": [{ vmSize: "Standard_X1", nodeImageVersion: `${image}-202601.01.0` }],
      "a version of another form": [{ nodeImageVersion: "newest" }],
      "a version that is no text": [{ nodeImageVersion: 202_601 }],
      "a size that AKS says nothing of": [
        { vmSize: "Standard_NCC40ads_H100_v5", nodeImageVersion: `${image}-202601.01.0` },
      ],
    },
    broken: {
      "an image that its GPUs do not work with": [
        { nodeImageVersion: `${image}-202606.01.0` },
        `nodeImageVersion is "${image}-202606.01.0"; must be 202606.08.1 or newer, and not 202607.02.0`,
      ],
      "an image of the pool inside a cluster": [
        [
          changed(cluster, {
            "agentPoolProfiles[0].vmSize": a10,
            "agentPoolProfiles[0].nodeImageVersion": `${image}-202607.02.0`,
          }),
        ],
        `agentPoolProfiles[0].nodeImageVersion is "${image}-202607.02.0"; must be 202606.08.1 or newer, and not 202607.02.0`,
      ],
    },
    absent: { "the image, which only Azure tells": [{ nodeImageVersion: undefined }] },
    unknown: { "the image": [{ nodeImageVersion: unknownValue }], "the size": [{ vmSize: unknownValue }] },
    notApplicable: otherType,
  }),
  table(npVersionOfCluster, [cluster, changed(nodePool, { orchestratorVersion: "1.36" })], {
    compliant: {
      "a patch of the version": [[cluster, changed(nodePool, { orchestratorVersion: "1.36.4" })]],
      "a cluster that names a patch": [
        [changed(cluster, { kubernetesVersion: "1.36.4" }), changed(nodePool, { orchestratorVersion: "1.36" })],
      ],
      "a pool of another cluster": [
        [cluster, changed(nodePool, { resourceName: "aks-2", orchestratorVersion: "1.34" })],
      ],
    },
    broken: {
      "a pool in the cluster that was left behind": [
        { "agentPoolProfiles[0].orchestratorVersion": "1.32" },
        'agentPoolProfiles[0].orchestratorVersion is "1.32"; must be 1.36, the version of the cluster',
      ],
      "a pool that was left behind": [
        [cluster, changed(nodePool, { orchestratorVersion: "1.35.2" })],
        'orchestratorVersion is "1.35.2"; must be 1.36, the version of the cluster',
      ],
      "a pool that begins alike": [
        [changed(cluster, { kubernetesVersion: "1.3" }), changed(nodePool, { orchestratorVersion: "1.36" })],
        'orchestratorVersion is "1.36"; must be 1.3, the version of the cluster',
      ],
      "another patch": [
        [changed(cluster, { kubernetesVersion: "1.36.4" }), changed(nodePool, { orchestratorVersion: "1.36.1" })],
        'orchestratorVersion is "1.36.1"; must be 1.36.4, the version of the cluster',
      ],
      "a number": [
        [cluster, changed(nodePool, { orchestratorVersion: 1.36 })],
        "orchestratorVersion is 1.36; must be 1.36, the version of the cluster",
      ],
    },
    absent: {
      "the version of the pool": [[cluster, nodePool]],
      "the version of the cluster": [{ kubernetesVersion: undefined }],
    },
    unknown: {
      "the version of the pool": [
        [cluster, changed(nodePool, { orchestratorVersion: unknownValue })],
        "?orchestratorVersion",
      ],
      "the version of the cluster": [{ kubernetesVersion: unknownValue }, "?orchestratorVersion"],
    },
    notApplicable: { "a pool without its cluster": [[changed(nodePool, { orchestratorVersion: "1.32" })]] },
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
