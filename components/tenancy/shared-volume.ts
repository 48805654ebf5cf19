import type * as k8s from "@pulumi/kubernetes/types/input";
import type { Input } from "@pulumi/pulumi";

/** A file system that all pods of a namespace mount, backed by storage that exists already. */
export type SharedVolume = LustreVolume | BlobVolume;

/** A directory of the Managed Lustre file system. */
export interface LustreVolume {
  readonly name: "lustre";
  readonly mgsAddress: Input<string>;
  readonly sizeTiB: number;
  /** Directory of the team, below the root of the file system. */
  readonly directory: string;
}

/** A Blob container, mounted with the team's own identity. */
export interface BlobVolume {
  readonly name: "blob";
  readonly accountName: Input<string>;
  readonly containerName: Input<string>;
  readonly resourceGroupName: Input<string>;
  readonly identityClientId: Input<string>;
}

/** What the claim of a volume asks for, in TiB. A container has no size: its claim says one PiB, and nothing enforces it. */
export function claimTiB(volume: SharedVolume): number {
  return volume.name === "lustre" ? volume.sizeTiB : 1024;
}

/**
 * The volume and its claim. Static on purpose: a claim must never be able to create, resize or delete the storage, and
 * `Retain` keeps the data when the namespace goes.
 */
export function volumeManifests(
  namespace: string,
  volume: SharedVolume,
): { persistentVolume: k8s.core.v1.PersistentVolume; claim: k8s.core.v1.PersistentVolumeClaimSpec } {
  const accessModes = ["ReadWriteMany"];
  const tib = claimTiB(volume);
  // In the largest unit, the way Kubernetes shows it.
  const storage = tib % 1024 === 0 ? `${tib / 1024}Pi` : `${tib}Ti`;
  return {
    persistentVolume: {
      metadata: { name: `${namespace}-${volume.name}` },
      spec: {
        capacity: { storage },
        accessModes,
        persistentVolumeReclaimPolicy: "Retain",
        storageClassName: "",
        claimRef: { namespace, name: volume.name },
        ...(volume.name === "lustre" ? lustreSource(namespace, volume) : blobSource(namespace, volume)),
      },
    },
    claim: { accessModes, storageClassName: "", resources: { requests: { storage } } },
  };
}

/** Source: kubernetes-sigs/azurelustre-csi-driver docs (2026-05-14). */
function lustreSource(namespace: string, volume: LustreVolume): Partial<k8s.core.v1.PersistentVolumeSpec> {
  return {
    mountOptions: ["noatime", "flock"],
    csi: {
      driver: "azurelustre.csi.azure.com",
      volumeHandle: `${namespace}-lustre`,
      volumeAttributes: { "fs-name": "lustrefs", "mgs-ip-address": volume.mgsAddress, "sub-dir": volume.directory },
    },
  };
}

/** Source: kubernetes-sigs/blob-csi-driver docs/driver-parameters.md (2026-08-22). */
function blobSource(namespace: string, volume: BlobVolume): Partial<k8s.core.v1.PersistentVolumeSpec> {
  return {
    mountOptions: ["-o allow_other", "--use-attr-cache=true", "--attr-timeout=120", "--entry-timeout=120"],
    csi: {
      driver: "blob.csi.azure.com",
      volumeHandle: `${namespace}-blob`,
      volumeAttributes: {
        protocol: "fuse2",
        isHnsEnabled: "true",
        storageAccount: volume.accountName,
        containerName: volume.containerName,
        resourceGroup: volume.resourceGroupName,
        clientID: volume.identityClientId,
        mountWithWorkloadIdentityToken: "true",
      },
    },
  };
}
