import { BlobContainer as AzureBlobContainer } from "@pulumi/azure-native/storage/blobContainer";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { checkName } from "../../azure/check-name";
import { Problems } from "../../core/problems";
import type { BlobStoreRef } from "./blob-store/blob-store-ref";

export interface BlobContainerArgs {
  /** Store that holds the container, ours or somebody else's. */
  readonly store: BlobStoreRef;
  /**
   * 3 to 63 lowercase letters, digits and single hyphens between them. Changing it replaces the container and loses what is
   * in it.
   */
  readonly containerName: string;
}

/**
 * One Blob container: the unit that a team owns and a role grant names. Costs what is stored. Give `protect` in the
 * options.
 * @throws MisconfiguredError before anything is registered
 */
export class BlobContainer extends ComponentResource {
  /** Name of the container, known when it is there. */
  public readonly containerName: Output<string>;
  /** ARM ID, the scope for role grants. */
  public readonly containerResourceId: Output<string>;

  public constructor(name: string, args: BlobContainerArgs, opts?: ComponentResourceOptions) {
    const { store, containerName } = args;
    const problems = new Problems();
    checkName("storage:BlobContainer", containerName, problems, "containerName");
    problems.throwIfAny(`Blob container '${name}'`);
    super("azure-gpu-cluster:storage:BlobContainer", name, {}, opts);

    const { resourceGroupName, accountName, accountResourceId } = store;
    const container = new AzureBlobContainer(
      name,
      { resourceGroupName, accountName, containerName, publicAccess: "None" },
      { parent: this },
    );
    this.containerName = container.name;
    this.containerResourceId = interpolate`${accountResourceId}/blobServices/default/containers/${container.name}`;
    this.registerOutputs({ containerName: this.containerName, containerResourceId: this.containerResourceId });
  }
}
