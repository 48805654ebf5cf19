import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { type Scope, withTags } from "../../../core/scope";
import { planStateAccount, type StateAccountPlan, stateTags } from "./plan";
import type { StateAccountShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type StateAccountArgs = Planned<StateAccountShape, StateAccountPlan> & { readonly scope: Scope };

/**
 * A storage account for the state of Pulumi stacks: Entra ID alone, no public address or listed ranges, every version of every state kept
 * for a time. Give `protect` in the options: it holds for the account and the container.
 *
 * Costs by the gigabyte, of every version, and operation.
 * @throws MisconfiguredError before anything is registered
 */
export class StateAccount extends ComponentResource {
  /** ARM ID, for private endpoints. */
  public readonly accountResourceId: Output<string>;
  /** ARM ID of the container, the scope for role grants. */
  public readonly containerResourceId: Output<string>;

  public constructor(name: string, args: StateAccountArgs, opts?: ComponentResourceOptions) {
    const { scope, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planStateAccount(name, rest, placeOf(scope));
    claim("Storage account", plan.account.accountName);
    super("azure-gpu-cluster:storage:StateAccount", name, {}, opts);

    const { resourceGroupName } = scope;
    const tags = withTags(scope.tags, stateTags);
    const account = new StorageAccount(name, { ...plan.account, resourceGroupName, tags }, { parent: this });
    const inAccount = { resourceGroupName, accountName: account.name };
    // Settings, which the next `up` makes again.
    const settings = { parent: this, protect: false };
    const service = new BlobServiceProperties(name, { ...plan.blobService, ...inAccount }, settings);
    // Rules about versions are refused before there are versions.
    new ManagementPolicy(name, { ...plan.managementPolicy, ...inAccount }, { ...settings, dependsOn: service });
    const container = new BlobContainer(
      name,
      { ...inAccount, containerName: plan.containerName, publicAccess: "None" },
      // The first state that is written has a version already.
      { parent: this, dependsOn: service },
    );
    this.accountResourceId = account.id;
    this.containerResourceId = interpolate`${account.id}/blobServices/default/containers/${container.name}`;
    this.registerOutputs({ accountResourceId: account.id });
  }
}
