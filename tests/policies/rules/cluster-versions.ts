import { unknownValue } from "../../../core/property-marks";
import { aksNodeOsChannel } from "../../../policies/rules/cluster/aks-node-os-channel";
import { aksUpgradeChannel } from "../../../policies/rules/cluster/aks-upgrade-channel";
import { aksVersionPinned } from "../../../policies/rules/cluster/aks-version-pinned";
import { cluster, nodePool, sizes } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const upgrades = "autoUpgradeProfile.upgradeChannel";
const channel = "autoUpgradeProfile.nodeOSUpgradeChannel";
const otherType = { "another type": [[nodePool]] } as const;

/** Rules about versions of clusters, and how they are renewed. */
export const clusterVersionTables: readonly RuleCases[] = [
  table(aksVersionPinned, cluster, {
    compliant: {
      "a patch": [{ kubernetesVersion: "1.36.2" }],
      "long-term support": [{ kubernetesVersion: "1.33", supportPlan: "AKSLongTermSupport" }],
      "a version of the community under long-term support": [{ supportPlan: "AKSLongTermSupport" }],
      "no plan": [{ supportPlan: undefined }],
    },
    broken: {
      "a leading v": [
        { kubernetesVersion: "v1.36" },
        'kubernetesVersion is "v1.36"; must be major.minor or major.minor.patch',
      ],
      "a leading zero, which AKS refuses": [
        { kubernetesVersion: "1.036" },
        'kubernetesVersion is "1.036"; must be major.minor or major.minor.patch',
      ],
      "out of support": [
        { kubernetesVersion: "1.33" },
        'kubernetesVersion is "1.33"; must be in support on 2026-09-01 (support plan KubernetesOfficial)',
      ],
      "out of support, with no plan": [
        { kubernetesVersion: "1.33", supportPlan: undefined },
        'kubernetesVersion is "1.33"; must be in support on 2026-09-01 (support plan KubernetesOfficial)',
      ],
      "out of long-term support, too": [
        { kubernetesVersion: "1.20", supportPlan: "AKSLongTermSupport" },
        'kubernetesVersion is "1.20"; must be in support on 2026-09-01 (support plan AKSLongTermSupport)',
      ],
      "a number": [{ kubernetesVersion: 1.36 }, "kubernetesVersion is 1.36; must be major.minor or major.minor.patch"],
    },
    absent: {
      "the version": [
        { kubernetesVersion: undefined },
        "kubernetesVersion is absent; must be major.minor or major.minor.patch",
      ],
    },
    unknown: { "the version": [{ kubernetesVersion: unknownValue }, "?kubernetesVersion"] },
    notApplicable: otherType,
  }),
  table(aksNodeOsChannel, [cluster, nodePool], {
    compliant: {
      "no InfiniBand": [[changed(cluster, { [channel]: "NodeImage" }), changed(nodePool, { vmSize: sizes.gpu })]],
      "the InfiniBand pool of another cluster": [
        [changed(cluster, { [channel]: "NodeImage" }), changed(nodePool, { resourceName: "aks-2" })],
      ],
      "after the update, when pools name their cluster in their id": [
        [cluster, changed(nodePool, { resourceName: undefined, id: "/x/managedClusters/aks-1/agentPools/h100" })],
      ],
      "no InfiniBand in sizes that nobody knows": [
        [changed(cluster, { [channel]: "NodeImage" }), changed(nodePool, { vmSize: "Standard_X1" })],
      ],
    },
    broken: {
      "images while a pool uses InfiniBand": [
        { [channel]: "NodeImage" },
        `${channel} is "NodeImage"; must be "None" while a pool uses InfiniBand`,
      ],
      "a pool whose cluster is not known yet": [
        [changed(cluster, { [channel]: "NodeImage" }), changed(nodePool, { resourceName: unknownValue })],
        `${channel} is "NodeImage"; must be "None" while a pool uses InfiniBand`,
      ],
      "a pool inside that uses InfiniBand": [
        [changed(cluster, { [channel]: "NodeImage", "agentPoolProfiles[0].vmSize": sizes.infiniband })],
        `${channel} is "NodeImage"; must be "None" while a pool uses InfiniBand`,
      ],
      "a pool of several that uses InfiniBand": [
        [changed(cluster, { [channel]: "NodeImage" }), changed(nodePool, { vmSize: sizes.gpu }), nodePool],
        `${channel} is "NodeImage"; must be "None" while a pool uses InfiniBand`,
      ],
      "an empty channel": [[changed(cluster, { [channel]: "" })], `${channel} is ""; must be set`],
      "a channel that is no text": [[changed(cluster, { [channel]: 1 })], `${channel} is 1; must be set`],
    },
    absent: { "the channel": [[changed(cluster, { [channel]: undefined })], `${channel} is absent; must be set`] },
    unknown: { "the channel": [{ [channel]: unknownValue }, `?${channel}`] },
    notApplicable: otherType,
  }),
  table(aksUpgradeChannel, [cluster, nodePool], {
    compliant: {
      none: [{ [upgrades]: "none" }],
      "no InfiniBand": [[changed(cluster, { [upgrades]: "rapid" }), changed(nodePool, { vmSize: sizes.gpu })]],
      "the InfiniBand pool of another cluster": [
        [changed(cluster, { [upgrades]: "stable" }), changed(nodePool, { resourceName: "aks-2" })],
      ],
    },
    broken: Object.fromEntries(
      ["patch", "stable", "rapid", "node-image"].map((it) => [
        `${it} while a pool uses InfiniBand`,
        [
          [changed(cluster, { [upgrades]: it }), nodePool],
          `${upgrades} is "${it}"; must be "none" while a pool uses InfiniBand`,
        ],
      ]),
    ),
    absent: { "the channel: it is none": [[changed(cluster, { [upgrades]: undefined }), nodePool]] },
    unknown: { "the channel": [[changed(cluster, { [upgrades]: unknownValue }), nodePool], `?${upgrades}`] },
    notApplicable: otherType,
  }),
];
