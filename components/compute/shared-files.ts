import { blobClientScript, type BlobMount, blobPath, blobSettings, blobSettingsPath } from "./blob-mount";
import { type NodeFile, unit } from "./node-file";

/** Mount point of Managed Lustre. */
const lustrePath = "/lustre";

/** Files that mount what machines share, `null` where there is none. */
export function sharedFiles(lustreMgsAddress: string | null, blob: BlobMount | null): readonly NodeFile[] {
  return [...(lustreMgsAddress === null ? [] : [lustre(lustreMgsAddress)]), ...(blob === null ? [] : mountBlob(blob))];
}

/** Where they are mounted. */
export function mountPoints(lustreMgsAddress: string | null, blob: BlobMount | null): readonly string[] {
  return [...(lustreMgsAddress === null ? [] : [lustrePath]), ...(blob === null ? [] : [blobPath])];
}

/**
 * Mounts Managed Lustre with the client that the image brings for its own kernel, so nothing is installed. Tried again until
 * it succeeds; its log says what is missing.
 * Sources: Azure/azhpc-images components/install_lustre_client.sh, versions.json (2026-07-29: 2.17.0 in 24.04, 2.15.8 in 22.04);
 * https://learn.microsoft.com/azure/azure-managed-lustre/connect-clients
 */
function lustre(mgsAddress: string): NodeFile {
  return {
    path: "/etc/systemd/system/lustre.service",
    content: unit("Mount shared files from Managed Lustre", "network-online.target", [
      "Type=oneshot",
      "RemainAfterExit=yes",
      `ExecStartPre=/usr/bin/mkdir -p ${lustrePath}`,
      `ExecStart=/usr/bin/mount -t lustre -o noatime,flock ${mgsAddress}@tcp:/lustrefs ${lustrePath}`,
      `ExecStop=/usr/bin/umount ${lustrePath}`,
      "Restart=on-failure",
      "RestartSec=30",
    ]),
  };
}

/** Mounts a container with the node's identity. Tried again until the grant is known and the endpoint answers. */
function mountBlob(blob: BlobMount): readonly NodeFile[] {
  return [
    { path: blobSettingsPath, permissions: "0644", content: blobSettings(blob) },
    { path: "/usr/local/sbin/blob-client", permissions: "0755", content: blobClientScript },
    {
      path: "/etc/systemd/system/blob.service",
      content: unit("Mount shared files from Blob storage", "network-online.target", [
        "ExecStartPre=/usr/local/sbin/blob-client",
        `ExecStart=/usr/bin/blobfuse2 mount ${blobPath} --config-file=${blobSettingsPath} --foreground=true`,
        `ExecStopPost=-/usr/bin/umount --lazy ${blobPath}`,
        // The packages of the first boot, which others may be installing at the same time.
        "TimeoutStartSec=900",
        "Restart=always",
        "RestartSec=30",
      ]),
    },
  ];
}
