import { AmlFilesystem, type AmlFilesystemArgs } from "@pulumi/azure-native/storagecache/amlFilesystem";
import { AutoExportJob } from "@pulumi/azure-native/storagecache/autoExportJob";
import { AutoImportJob } from "@pulumi/azure-native/storagecache/autoImportJob";
import { ImportJob } from "@pulumi/azure-native/storagecache/importJob";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { storagecache } from "../../../azure/storagecache";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope, Tags } from "../../../core/scope";
import type { PlannedJob } from "../blob-integration/job";
import type { LustreBlob } from "../blob-integration/lustre-blob";
import type { OwnKey } from "../../identity/customer-managed-keys/own-key-ref";
import { lockData } from "../delete-lock";
import type { LustreRef } from "./lustre-ref";
import { planLustreFileSystem, type LustreFileSystemPlan } from "./plan";
import { squashSettings } from "./root-squash";
import type { LustreFileSystemShape } from "./shape";

/** Its shape, or the plan of it, and what connects it. */
export type LustreFileSystemArgs = Planned<LustreFileSystemShape, LustreFileSystemPlan> & {
  readonly scope: Scope;
  /** ARM ID of a subnet of its own, not delegated. Fixed at creation. */
  readonly subnetResourceId: Input<string>;
  /**
   * Ranges of the nodes on which the CSI driver runs, which makes directories as root: they keep it where `rootSquash` takes others' away.
   * @default none: then `rootSquash: "root-only"` needs `trustedRanges`
   */
  readonly nodeRanges?: readonly string[];
  /** Blob storage that it imports from and exports to. Fixed at creation. @default none */
  readonly blob?: LustreBlob;
  /** Key that the data are encrypted with where the shape names none. Fixed at creation. @default Microsoft's */
  readonly ownKey?: OwnKey;
};

/**
 * Azure Managed Lustre for training data and checkpoints. There is no undelete: give `protect` in the options.
 *
 * Costs its whole capacity by the hour from creation on, used or not.
 * @throws MisconfiguredError before anything is registered
 */
export class LustreFileSystem extends ComponentResource {
  /** What a volume has to know of the file system. */
  public readonly ref: LustreRef;
  /** ARM ID of the file system. */
  public readonly resourceId: Output<string>;

  public constructor(name: string, args: LustreFileSystemArgs, opts?: ComponentResourceOptions) {
    const { scope, subnetResourceId, nodeRanges = [], blob, ownKey, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planLustreFileSystem(name, rest, placeOf(scope));
    const rootSquashSettings = squashSettings(`Lustre file system '${name}'`, plan.squash, nodeRanges);
    claim("Lustre file system", plan.fileSystem.amlFilesystemName);
    super("azure-gpu-cluster:storage:LustreFileSystem", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const fileSystem = new AmlFilesystem(
      name,
      {
        ...plan.fileSystem,
        rootSquashSettings,
        resourceGroupName,
        tags,
        filesystemSubnet: subnetResourceId,
        ...(ownKey !== undefined && plan.fileSystem.encryptionSettings === undefined && encryptedWith(ownKey)),
        ...(blob !== undefined && {
          hsm: {
            settings: {
              container: blob.containerResourceId,
              loggingContainer: blob.logContainerResourceId,
              // Both: where the first is left out the provider writes a slash, whatever the second says.
              importPrefix: blob.importPrefix,
              importPrefixesInitial: [blob.importPrefix],
            },
          },
        }),
      },
      {
        parent: this,
        customTimeouts: { create: "90m", update: "60m", delete: "60m" },
        ...(blob !== undefined && { dependsOn: [...blob.after] }),
      },
    );
    if (blob !== undefined && blob.job !== null) {
      const { location } = plan.fileSystem;
      const placed = { resourceGroupName, amlFilesystemName: fileSystem.name, tags, ...(location && { location }) };
      makeJob(name, blob.job, placed, this);
    }
    if (plan.deleteLock) lockData(name, fileSystem.id, this);
    const mgsAddress = fileSystem.clientInfo.apply((it) => it.mgsAddress);
    this.ref = { mgsAddress, sizeTiB: plan.sizeTiB };
    this.resourceId = fileSystem.id;
    this.registerOutputs({ mgsAddress, resourceId: this.resourceId });
  }
}

/** With a version: Lustre follows no new one by itself. */
function encryptedWith(key: OwnKey): Pick<AmlFilesystemArgs, "identity" | "encryptionSettings"> {
  return {
    identity: { type: "UserAssigned", userAssignedIdentities: [key.identityResourceId] },
    encryptionSettings: {
      keyEncryptionKey: { keyUrl: key.keyUrlWithVersion, sourceVault: { id: key.vaultResourceId } },
    },
  };
}

/** A job holds nothing: what cannot be changed in one is a new one in its place, the old one gone before, for there is room for one. */
function makeJob(
  name: string,
  { kind, body }: PlannedJob,
  placed: {
    readonly resourceGroupName: Input<string>;
    readonly amlFilesystemName: Input<string>;
    readonly location?: Input<string | undefined>;
    readonly tags: Tags;
  },
  parent: LustreFileSystem,
): void {
  const again = { parent, protect: false, deleteBeforeReplace: true };
  switch (kind) {
    case "autoExport": {
      const replace = replaceOnChanges(storagecache.AutoExportJob);
      new AutoExportJob(`${name}-auto-export`, { ...body, ...placed }, { ...again, replaceOnChanges: replace });
      return;
    }
    case "autoImport": {
      const replace = replaceOnChanges(storagecache.AutoImportJob);
      new AutoImportJob(`${name}-auto-import`, { ...body, ...placed }, { ...again, replaceOnChanges: replace });
      return;
    }
    case "import": {
      const replace = replaceOnChanges(storagecache.ImportJob);
      new ImportJob(`${name}-import`, { ...body, ...placed }, { ...again, replaceOnChanges: replace });
    }
  }
}
