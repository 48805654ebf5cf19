import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { all, ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { type Scope, withTags } from "../../../core/scope";
import type { OwnKey } from "../../identity/customer-managed-keys/own-key-ref";
import { encryptedWith } from "../encrypted-with";
import { lockData } from "../delete-lock";
import type { LustreBlob } from "./lustre-blob";
import { planBlobIntegration, type BlobIntegrationPlan } from "./plan";
import type { BlobIntegrationShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type BlobIntegrationArgs = Planned<BlobIntegrationShape, BlobIntegrationPlan> & {
  readonly scope: Scope;
  /** Key that the data are encrypted with where the shape names none. Changed in place. @default Microsoft's */
  readonly ownKey?: OwnKey;
};

/**
 * The account that Managed Lustre imports from and exports to, with its two containers. Its keys are allowed, which Lustre asks for: nothing
 * else lies in it, and it has no public endpoint. Before the file system is made, the service principal of Lustre needs the roles Storage
 * Account Contributor and Storage Blob Data Contributor on it, and the account a private endpoint for `blob`. Give `protect` in the options.
 *
 * Costs what is stored, and operations; the change feed of an auto-import job besides.
 * @throws MisconfiguredError before anything is registered
 */
export class BlobIntegration extends ComponentResource {
  /** ARM ID of the account, the scope for the roles. */
  public readonly accountResourceId: Output<string>;
  /** What a file system has to know, but for what it waits for. */
  public readonly lustreBlob: Omit<LustreBlob, "after">;

  public constructor(name: string, args: BlobIntegrationArgs, opts?: ComponentResourceOptions) {
    const { scope, ownKey, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planBlobIntegration(name, rest, placeOf(scope));
    claim("Storage account", plan.account.accountName);
    super("azure-gpu-cluster:storage:BlobIntegration", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const account = new StorageAccount(
      name,
      { ...encryptedWith(ownKey, plan.account), resourceGroupName, tags: withTags(tags, plan.tags) },
      { parent: this },
    );
    const inAccount = { resourceGroupName, accountName: account.name };
    const service = new BlobServiceProperties(
      name,
      { ...plan.blobService, ...inAccount },
      { parent: this, protect: false },
    );
    const containerId = (role: "data" | "log"): Output<string> => {
      const { name: containerName } = new BlobContainer(
        `${name}-${role}`,
        { ...inAccount, containerName: plan.containers[role], publicAccess: "None" },
        // A log holds nothing that somebody would miss.
        { parent: this, ...(role === "log" && { protect: false }) },
      );
      return interpolate`${account.id}/blobServices/default/containers/${containerName}`;
    };
    const [containerResourceId, logContainerResourceId] = [containerId("data"), containerId("log")];
    if (plan.deleteLock) lockData(name, account.id, this);
    this.accountResourceId = all([account.id, service.id]).apply(([id]) => id);
    const { importPrefix, job } = plan;
    this.lustreBlob = { containerResourceId, logContainerResourceId, importPrefix, job };
    this.registerOutputs({ accountResourceId: this.accountResourceId });
  }
}
