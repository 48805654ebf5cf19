import { z } from "zod";
import { ArchiveStore } from "../../components/storage/archive-store/archive-store";
import { archiveStoreShape } from "../../components/storage/archive-store/shape";
import { BlobContainer } from "../../components/storage/blob-container";
import { BlobIntegration } from "../../components/storage/blob-integration/blob-integration";
import { planJob } from "../../components/storage/blob-integration/job";
import type { LustreBlob } from "../../components/storage/blob-integration/lustre-blob";
import { blobIntegrationShape } from "../../components/storage/blob-integration/shape";
import { BlobStore } from "../../components/storage/blob-store/blob-store";
import { blobStoreShape } from "../../components/storage/blob-store/shape";
import {
  LustreFileSystem,
  type LustreFileSystemArgs,
} from "../../components/storage/lustre-file-system/lustre-file-system";
import { lustreFileSystemShape } from "../../components/storage/lustre-file-system/shape";
import { StateAccount } from "../../components/storage/state-account/state-account";
import { stateAccountShape } from "../../components/storage/state-account/shape";
import { Problems } from "../../core/problems";
import { dependenciesOf, makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { archiveStoreReference, blobStoreReference, ownKeyReference } from "../reference-shapes";
import { scopeShape, scopeWires } from "../shared-shapes";
import { named } from "../type-names";
import { wiredObject } from "../wires";

/** Without the keys that it has only to say that they belong elsewhere. */
const containersShape = blobStoreShape.omit({ versioning: true, immutability: true });
const ownKey = ownKeyReference.exactOptional();
const storeWires = [...scopeWires, wiredObject("ownKey", ownKeyReference)];
const lustreJob = named("storage:LustreJob", blobIntegrationShape.shape.job.unwrap());

/** Where a file system imports from, as other languages say it: its job in the words of the integration. */
type BlobOfLustre = Omit<LustreBlob, "job" | "after"> & { readonly job?: z.output<typeof lustreJob> };

/** Where data lie. */
export const storageRows: PackagedComponents = {
  "azure-gpu-cluster:storage:LustreFileSystem": {
    what: "Lustre file system",
    inputs: z.strictObject({
      scope: scopeShape,
      ...lustreFileSystemShape.shape,
      subnetResourceId: z.string(),
      nodeRanges: z.array(z.string()).exactOptional(),
      blob: named(
        "storage:BlobOfLustre",
        z.strictObject({
          containerResourceId: z.string(),
          logContainerResourceId: z.string(),
          importPrefix: z.string(),
          job: lustreJob.describe("The one job of the file system. Default: none.").exactOptional(),
        }),
      ).exactOptional(),
      ownKey,
    }),
    wires: [...storeWires, "subnetResourceId", "blob.containerResourceId", "blob.logContainerResourceId"],
    outputs: z.object({
      mgsAddress: z.string().describe("Address of the management service, which clients mount from."),
      sizeTiB: z.int().describe("Capacity in TiB."),
      resourceId: z.string(),
    }),
    make: (name, inputs: Omit<LustreFileSystemArgs, "blob"> & { readonly blob?: BlobOfLustre }, opts) => {
      const { blob, ...rest } = inputs;
      const problems = new Problems();
      const planned = blob && {
        ...blob,
        job: problems.attempt("blob", () => planJob(blob.job, problems)) ?? null,
        after: dependenciesOf(opts),
      };
      problems.throwIfAny(`Lustre file system '${name}'`);
      const args = { ...rest, ...(planned && { blob: planned }) } as LustreFileSystemArgs;
      const component = new LustreFileSystem(name, args, opts);
      const { mgsAddress, sizeTiB } = component.ref;
      return { component, outputs: { mgsAddress, sizeTiB, resourceId: component.resourceId } };
    },
  },
  "azure-gpu-cluster:storage:BlobStore": {
    what: "Blob store",
    inputs: z.strictObject({ scope: scopeShape, ...containersShape.shape, ownKey }),
    wires: storeWires,
    outputs: z.object({
      ref: blobStoreReference.describe("What a container is given as `store`, and a team's volume as `blob`."),
    }),
    make: makerOf(BlobStore, ({ ref }) => ({ ref })),
  },
  "azure-gpu-cluster:storage:BlobContainer": {
    what: "Blob container",
    inputs: z.strictObject({ store: blobStoreReference, containerName: z.string() }),
    wires: [wiredObject("store", blobStoreReference)],
    outputs: z.object({ containerName: z.string(), containerResourceId: z.string() }),
    make: makerOf(BlobContainer, ({ containerName, containerResourceId }) => ({ containerName, containerResourceId })),
  },
  "azure-gpu-cluster:storage:ArchiveStore": {
    what: "Archive store",
    inputs: z.strictObject({ scope: scopeShape, ...archiveStoreShape.shape, ownKey }),
    wires: storeWires,
    outputs: z.object({ ref: archiveStoreReference.describe("What a team's volume is given as `archive`.") }),
    make: makerOf(ArchiveStore, ({ ref }) => ({ ref })),
  },
  "azure-gpu-cluster:storage:BlobIntegration": {
    what: "Blob integration",
    inputs: z.strictObject({ scope: scopeShape, ...blobIntegrationShape.shape, ownKey }),
    wires: storeWires,
    outputs: z.object({
      accountResourceId: z.string(),
      containerResourceId: z.string().describe("ARM ID of the container with the data."),
      logContainerResourceId: z.string().describe("ARM ID of the container with the log."),
    }),
    make: makerOf(BlobIntegration, ({ accountResourceId, lustreBlob }) => {
      const { containerResourceId, logContainerResourceId } = lustreBlob;
      return { accountResourceId, containerResourceId, logContainerResourceId };
    }),
  },
  "azure-gpu-cluster:storage:StateAccount": {
    what: "State account",
    inputs: z.strictObject({ scope: scopeShape, ...stateAccountShape.shape }),
    wires: scopeWires,
    outputs: z.object({ accountResourceId: z.string(), containerResourceId: z.string() }),
    make: makerOf(StateAccount, ({ accountResourceId, containerResourceId }) => ({
      ...{ accountResourceId, containerResourceId },
    })),
  },
};
