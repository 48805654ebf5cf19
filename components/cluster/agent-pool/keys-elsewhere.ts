import type { KeyElsewhere } from "../../../core/keys-elsewhere";

const image: KeyElsewhere = {
  rule: "is not for pools of the cluster: AKS boots node images of its own alone",
  remedy:
    "Put the software into the image of the pods, hold an image of AKS by nodeImageSnapshotId, or boot an image of yours in scaleSets",
};

/**
 * What machines of `scaleSets` may be told, and nodes of AKS may not.
 * Source: Azure/bicep-types-az:generated/containerservice (2026-05-01): an agent pool has no image but a snapshot's, LinuxOSConfig no limits and
 * no huge pages
 */
export const poolKeysElsewhere: { readonly keysElsewhere: Readonly<Record<string, KeyElsewhere>> } = {
  keysElsewhere: {
    ownImage: image,
    imageVersion: image,
    imageVersionResourceId: image,
    ulimits: {
      rule: "is not for pools of the cluster: AKS has no such setting, and a pod has the limits that containerd gives it",
      remedy:
        "Call ulimit at the start of the container, up to its hard limit; locked memory is what memlock is for, and linuxOSConfig.sysctls bounds whole nodes. Machines of scaleSets have ulimits",
    },
    hugePages: {
      rule: "is not for pools of the cluster: AKS has no such setting",
      remedy: "Write linuxOSConfig: { transparentHugePageEnabled: always }, or use hugePages of scaleSets",
    },
  },
};
