import { archiveEndpoints, type ArchiveStoreRef } from "../../storage/archive-store/archive-store-ref";
import { blockCacheOptions } from "./block-cache-options";
import type { VolumeKind } from "./volume-kind";

/**
 * The one container of an archive, which all teams mount with their own identities, and none can write: neither the mount nor the role lets
 * it. Source: kubernetes-sigs/blob-csi-driver docs/driver-parameters.md (2026-08-22).
 */
export const archive: VolumeKind<ArchiveStoreRef> = {
  partOf: () => "records",
  need: ({ containerResourceId }) => ({
    make: "nothing",
    scope: containerResourceId,
    role: "Storage Blob Data Reader",
  }),
  privateEndpoints: archiveEndpoints,
  architectures: null,
  measuredThrough: null,
  unmeasured: "teams only read it, and a measure would have to write first",
  volume: ({ accountName, resourceGroupName, containerName }, { identityClientId }) => ({
    // A container has no size: its claim says one GiB, so that a quota is not used up by what nobody can fill.
    claimTiB: 1 / 1024,
    readOnly: true,
    source: {
      csi: {
        driver: "blob.csi.azure.com",
        readOnly: true,
        volumeAttributes: {
          protocol: "fuse2",
          isHnsEnabled: "false",
          storageAccount: accountName,
          containerName,
          resourceGroup: resourceGroupName,
          clientID: identityClientId,
          mountWithWorkloadIdentityToken: "true",
        },
      },
    },
    mountOptions: [
      "-o allow_other",
      "--read-only=true",
      "--use-attr-cache=true",
      "--virtual-directory=true",
      ...blockCacheOptions,
    ],
  }),
};
