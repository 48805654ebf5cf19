import { z } from "zod";
import { cpuPoolRef } from "../components/cluster/cpu-pool/cpu-pool-ref";
import { gpuPoolRef } from "../components/cluster/gpu-pool/gpu-pool-ref";
import { alertsRef } from "../components/monitoring/alerts/alerts-ref";
import { queuesRef } from "../components/platform/queues-ref";
import { platformRef } from "../components/platform/platform-ref";
import { archiveStoreRef } from "../components/storage/archive-store/archive-store-ref";
import { blobStoreRef } from "../components/storage/blob-store/blob-store-ref";
import { lustreRef } from "../components/storage/lustre-file-system/lustre-ref";
import { netAppRef } from "../components/storage/netapp-files/netapp-ref";
import { named } from "./type-names";

/** A key of ours, for what encrypts with it. */
export const ownKeyReference = named(
  "identity:OwnKey",
  z.strictObject({
    vaultUri: z.string(),
    keyName: z.string(),
    vaultResourceId: z.string(),
    keyUrl: z.string(),
    keyUrlWithVersion: z.string(),
    identityResourceId: z.string(),
    identityClientId: z.string(),
  }),
);

/** A GPU pool as teams and queues know it. Nothing is left out where other languages cannot tell nothing from absence. */
export const gpuPoolReference = named(
  "cluster:GpuPoolRef",
  gpuPoolRef
    .extend({
      memlock: gpuPoolRef.shape.memlock.default(null),
      rdmaResource: gpuPoolRef.shape.rdmaResource.default(null),
      migProfile: gpuPoolRef.shape.migProfile.default(null),
    })
    .strict(),
);

/** The same as components read it. */
export function gpuPoolOf<Pool extends object>(pool: Pool): Pool {
  return { memlock: null, rdmaResource: null, migProfile: null, ...pool };
}

/** A pool without GPUs as teams know it. */
export const cpuPoolReference = named("cluster:CpuPoolRef", cpuPoolRef.strict());

/** What the add-on `kueue` has for queues of teams. */
export const queuesReference = named("platform:Queues", queuesRef.strict());

/** The gateway that models are behind. */
export const modelGatewayReference = named("platform:ModelGateway", platformRef.shape.modelGateway.unwrap().strict());

/** Where alerts go. */
export const alertRouteReference = named("monitoring:AlertRoute", alertsRef.strict());

/** A store of containers of teams. */
export const blobStoreReference = named("storage:BlobStoreRef", blobStoreRef.strict());

/** A container that teams read. */
export const archiveStoreReference = named("storage:ArchiveStoreRef", archiveStoreRef.strict());

/** A Lustre file system as machines and teams mount it. */
export const lustreReference = named("storage:LustreRef", lustreRef.strict());

/** A pool of NetApp Files without the IDs, which stand beside it. */
export const netAppPoolReference = named(
  "storage:NetAppPool",
  netAppRef
    .omit({ subnetResourceId: true, snapshotPolicyId: true, backupPolicyId: true, backupVaultId: true })
    .strict(),
);
