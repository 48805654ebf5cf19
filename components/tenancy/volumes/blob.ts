import { blobEndpoints, type BlobStoreRef } from "../../storage/blob-store/blob-store-ref";
import { blockCacheOptions } from "./block-cache-options";
import type { VolumeKind } from "./volume-kind";

/**
 * A Blob container, mounted with the team's own identity and without a key.
 * Source: kubernetes-sigs/blob-csi-driver docs/driver-parameters.md (2026-08-22).
 */
export const blob: VolumeKind<BlobStoreRef> = {
  partOf: (namespace) => namespace,
  need: (store, containerName) => ({ make: "container", store, containerName, role: "Storage Blob Data Contributor" }),
  privateEndpoints: blobEndpoints,
  architectures: null,
  measuredThrough: "the cache of its mount",
  unmeasured: null,
  volume: ({ accountName, resourceGroupName }, { part, identityClientId }) => ({
    // A container has no size: its claim says one PiB, and nothing enforces it.
    claimTiB: 1024,
    readOnly: false,
    source: {
      csi: {
        driver: "blob.csi.azure.com",
        volumeAttributes: {
          protocol: "fuse2",
          isHnsEnabled: "true",
          storageAccount: accountName,
          containerName: part,
          resourceGroup: resourceGroupName,
          clientID: identityClientId,
          mountWithWorkloadIdentityToken: "true",
        },
      },
    },
    mountOptions: [
      "-o allow_other",
      "--use-attr-cache=true",
      "--attr-timeout=120",
      "--entry-timeout=120",
      ...blockCacheOptions,
    ],
  }),
};
