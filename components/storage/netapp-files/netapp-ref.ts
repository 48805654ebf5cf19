import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import type { Wired } from "../../../core/wired";

/** A capacity pool of Azure NetApp Files, ours or somebody else's, and how a volume is made in it. */
export const netAppRef = z.object({
  /** Resource group of the account. */
  resourceGroupName: z.string(),
  /** Name of the account. */
  accountName: z.string(),
  /** Name of the pool. */
  poolName: z.string(),
  /** ARM ID of the subnet that is delegated to Microsoft.NetApp/volumes. */
  subnetResourceId: z.string(),
  /** ARM ID of the snapshot policy of volumes. Absent: there is none. */
  snapshotPolicyId: z.string().exactOptional(),
  /** ARM ID of the backup policy of volumes. Absent: nothing is backed up. */
  backupPolicyId: z.string().exactOptional(),
  /** ARM ID of the vault that holds the backups. Absent: nothing is backed up. */
  backupVaultId: z.string().exactOptional(),
  /** Azure region. */
  location: z.string(),
  /** Service level of the pool. */
  serviceLevel: z.enum(["Standard", "Premium", "Ultra"]),
  /** Who says how fast a volume is: its size, or a number at each. */
  qos: z.enum(["auto", "manual"]),
  /** Capacity of the pool in TiB. */
  sizeTiB: z.int(),
  /** GiB of a volume for whom nobody said another number. */
  volumeGiB: z.int(),
  /** MiB/s of a volume. Absent: its size decides. */
  volumeMiBps: z.int().exactOptional(),
  /** Volumes in the pool that are no team's. */
  otherVolumes: z.int(),
  /** Version of NFS. */
  protocol: z.enum(["NFSv3", "NFSv4.1"]),
  /** Whose root is nobody on a volume. */
  rootSquash: z.enum(["none", "root-only"]),
  /** Zone of the volumes. Absent: Azure chooses. */
  zone: z.string().exactOptional(),
  /** Days without use after which a block moves to the cool tier. Absent: none does. */
  coolAfterDays: z.int().exactOptional(),
  /** Ranges whose machines may mount a volume. */
  clientRanges: z.array(z.string()),
});
type Policy = "snapshotPolicyId" | "backupPolicyId" | "backupVaultId";
export type NetAppRef = Wired<
  Omit<z.output<typeof netAppRef>, Policy>,
  "resourceGroupName" | "accountName" | "poolName" | "subnetResourceId"
> & { readonly [P in Policy]?: Input<string> };
