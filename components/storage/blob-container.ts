import { BlobContainer as AzureBlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, type Output } from "@pulumi/pulumi";

export interface BlobContainerArgs {
  readonly resourceGroupName: Input<string>;
  readonly accountName: Input<string>;
  readonly accountResourceId: Input<string>;
  /** 3 to 63 lowercase letters, digits and hyphens. Changing it replaces the container and loses what is in it. */
  readonly containerName: string;
  /** Whether `destroy` is refused until protection is taken off. */
  readonly protect: boolean;
}

/** One Blob container: the unit that a team owns and a role grant names. Costs what is stored. */
export class BlobContainer extends ComponentResource {
  public readonly containerName: Output<string>;
  /** ARM ID, the scope for role grants. */
  public readonly containerResourceId: Output<string>;

  public constructor(name: string, args: BlobContainerArgs, opts?: ComponentResourceOptions) {
    super("azure-gpu-cluster:storage:BlobContainer", name, {}, opts);
    const { resourceGroupName, accountName, containerName } = args;
    const container = new AzureBlobContainer(
      name,
      { resourceGroupName, accountName, containerName, publicAccess: "None" },
      { parent: this, protect: args.protect },
    );
    this.containerName = container.name;
    this.containerResourceId = interpolate`${args.accountResourceId}/blobServices/default/containers/${container.name}`;
    this.registerOutputs({ containerName: this.containerName, containerResourceId: this.containerResourceId });
  }
}
