import { unknownValue } from "../../../core/property-marks";
import { npMigValid } from "../../../policies/rules/cluster/np-mig-valid";
import { npVersionOfCluster } from "../../../policies/rules/cluster/np-version-of-cluster";
import { npDriverOwner } from "../../../policies/rules/cluster/np-driver-owner";
import { npImageAge } from "../../../policies/rules/cluster/np-image-age";
import { npImageWorks } from "../../../policies/rules/cluster/np-image-works";
import { npUpgradeSettings } from "../../../policies/rules/cluster/np-upgrade-settings";
import { general, spot } from "../cluster-fixtures";
import { account, cluster, nodePool, sizes } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const settings = "upgradeSettings";
const image = "AKSUbuntu-2404gen2containerd";
const a10 = "Standard_NV36ads_A10_v5";
const migSize = "Standard_NC24ads_A100_v4";

const mig = changed(nodePool, {
  vmSize: migSize,
  gpuInstanceProfile: "MIG1g",
  gpuProfile: { driver: "Install" },
  enableAutoScaling: false,
});

/** Rules about what the nodes of a pool run, and how it is renewed. */
export const nodeSoftwareTables: readonly RuleCases[] = [
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
];
