import { blobClientScript, type BlobMount, blobPath, blobSettings, blobSettingsPath } from "./blob-mount";
import { nfsMountOptions } from "../../catalog/netapp-levels";
import { type NodeFile, unit } from "./node-file";

/** Mount point of Managed Lustre. */
const lustrePath = "/lustre";

/** Mount point of the volume of NetApp Files. */
const nfsPath = "/homes";

/** A volume that machines mount. */
export interface NfsMount {
  /** Address of the server. */
  readonly server: string;
  /** What the server exports: a path with a slash first. */
  readonly exportPath: string;
  readonly protocol: keyof typeof nfsMountOptions;
}

/** What machines share, `null` where there is none. */
export interface Shared {
  /** Address that Lustre is mounted from. */
  readonly lustreMgsAddress: string | null;
  readonly blob: BlobMount | null;
  readonly nfs: NfsMount | null;
}

/** Nothing is shared. */
export const nothingShared: Shared = { lustreMgsAddress: null, blob: null, nfs: null };

/** Files that mount what machines share. */
export function sharedFiles({ lustreMgsAddress, blob, nfs }: Shared): readonly NodeFile[] {
  return [
    ...(lustreMgsAddress === null ? [] : [lustre(lustreMgsAddress)]),
    ...(nfs === null ? [] : [mountNfs(nfs)]),
    ...(blob === null ? [] : mountBlob(blob)),
  ];
}

/** Where it is mounted. */
export function mountPoints({ lustreMgsAddress, blob, nfs }: Shared): readonly string[] {
  return [
    ...(lustreMgsAddress === null ? [] : [lustrePath]),
    ...(nfs === null ? [] : [nfsPath]),
    ...(blob === null ? [] : [blobPath]),
  ];
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

/**
 * Mounts a volume with the NFS client of the image: its package is among those that the HPC image installs.
 * Source: Azure/azhpc-images:components/install_utils.sh (2026-07-29, nfs-common)
 */
function mountNfs({ server, exportPath, protocol }: NfsMount): NodeFile {
  return {
    path: "/etc/systemd/system/homes.service",
    content: unit("Mount shared files from NetApp Files", "network-online.target", [
      "Type=oneshot",
      "RemainAfterExit=yes",
      `ExecStartPre=/usr/bin/mkdir -p ${nfsPath}`,
      `ExecStart=/usr/bin/mount -t nfs -o ${nfsMountOptions[protocol].join(",")} ${server}:${exportPath} ${nfsPath}`,
      `ExecStop=/usr/bin/umount ${nfsPath}`,
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
