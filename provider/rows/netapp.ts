import type { Input } from "@pulumi/pulumi";
import { z } from "zod";
import { placeOf } from "../../catalog/place";
import { NetAppFiles, type NetAppFilesArgs } from "../../components/storage/netapp-files/netapp-files";
import type { NetAppRef } from "../../components/storage/netapp-files/netapp-ref";
import { planNetAppFiles } from "../../components/storage/netapp-files/plan";
import { netAppFilesShape } from "../../components/storage/netapp-files/shape";
import { NetAppVolume, type NetAppVolumeArgs } from "../../components/storage/netapp-volume";
import type { PackagedComponents } from "../packaged-component";
import { netAppPoolReference } from "../reference-shapes";
import { scopeShape, scopeWires } from "../shared-shapes";

/** IDs of what a volume is made by, which a reference in TypeScript has in it. */
const policies = {
  snapshotPolicyId: z
    .string()
    .describe("ARM ID of the snapshot policy of volumes. Absent: there is none.")
    .exactOptional(),
  backupPolicyId: z
    .string()
    .describe("ARM ID of the backup policy of volumes. Absent: nothing is backed up.")
    .exactOptional(),
  backupVaultId: z.string().describe("ARM ID of the vault of backups. Absent: nothing is backed up.").exactOptional(),
};
type Beside = Pick<NetAppRef, "subnetResourceId" | keyof typeof policies>;

/** Volumes of NFS, and the pool that they are in. */
export const netAppRows: PackagedComponents = {
  "azure-gpu-cluster:storage:NetAppFiles": {
    what: "NetApp Files",
    inputs: z.strictObject({
      scope: scopeShape,
      ...netAppFilesShape.shape,
      subnetResourceId: z.string(),
      clientRanges: z.array(z.string()),
      otherVolumes: z.int().exactOptional(),
    }),
    wires: [...scopeWires, "subnetResourceId"],
    outputs: z.object({
      pool: netAppPoolReference.describe("What a volume is given as `pool`, with the IDs beside it."),
      resourceId: z.string(),
      ...policies,
    }),
    make: (name, inputs: Exclude<NetAppFilesArgs, { readonly plan: object }>, opts) => {
      const { scope, subnetResourceId, clientRanges, otherVolumes, ...shape } = inputs;
      const plan = planNetAppFiles(name, shape, placeOf(scope));
      const wiring = { subnetResourceId, clientRanges, ...(otherVolumes !== undefined && { otherVolumes }) };
      const component = new NetAppFiles(name, { scope, plan, ...wiring }, opts);
      const { snapshotPolicyId, backupPolicyId, backupVaultId, resourceGroupName } = component.ref;
      const pool = {
        ...plan.ref,
        clientRanges: [...clientRanges],
        otherVolumes: otherVolumes ?? 0,
        resourceGroupName,
        // As planned, so that all of it is known in a preview.
        accountName: component.urn.apply(() => plan.account.accountName),
        poolName: component.urn.apply(() => plan.pool.poolName),
      };
      const ids = { snapshotPolicyId, backupPolicyId, backupVaultId, resourceId: component.resourceId };
      return { component, outputs: { pool, ...ids } };
    },
  },
  "azure-gpu-cluster:storage:NetAppVolume": {
    what: "NetApp volume",
    inputs: z.strictObject({
      pool: netAppPoolReference,
      subnetResourceId: z.string().describe("ARM ID of the subnet that is delegated to Microsoft.NetApp/volumes."),
      snapshotPolicyId: policies.snapshotPolicyId.describe("ARM ID of the snapshot policy. Default: none."),
      backupPolicyId: policies.backupPolicyId.describe("ARM ID of the backup policy. Default: nothing is backed up."),
      backupVaultId: policies.backupVaultId.describe(
        "ARM ID of the vault of the backups. Default: nothing is backed up.",
      ),
      volumeName: z.string(),
      sizeGiB: z.int().exactOptional(),
      tags: z.record(z.string(), z.string()),
    }),
    wires: [
      ...["pool.resourceGroupName", "pool.accountName", "pool.poolName", "subnetResourceId"],
      ...["snapshotPolicyId", "backupPolicyId", "backupVaultId", "tags.*"],
    ],
    outputs: z.object({ server: z.string(), exportPath: z.string() }),
    make: (name, inputs: NetAppVolumeArgs & Beside & { readonly pool: Omit<NetAppRef, keyof Beside> }, opts) => {
      const { pool, subnetResourceId, snapshotPolicyId, backupPolicyId, backupVaultId, ...rest } = inputs;
      const ids: Record<string, Input<string> | undefined> = { snapshotPolicyId, backupPolicyId, backupVaultId };
      const given = Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined));
      const component = new NetAppVolume(name, { ...rest, pool: { ...pool, subnetResourceId, ...given } }, opts);
      return { component, outputs: { server: component.server, exportPath: component.exportPath } };
    },
  },
};
