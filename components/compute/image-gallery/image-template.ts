import { VirtualMachineImageTemplate } from "@pulumi/azure-native/virtualmachineimages/virtualMachineImageTemplate";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { virtualmachineimages } from "../../../azure/virtualmachineimages";
import { claim } from "../../../core/claim";
import type { Scope } from "../../../core/scope";
import type { ImageBuilder } from "./image-builder";

export interface ImageTemplateArgs {
  readonly scope: Scope;
  /** What is built, and by whom: one of a gallery's `builders`. */
  readonly builder: ImageBuilder;
}

/**
 * A template of Azure Image Builder for one version. It builds when somebody runs it (`az image builder run`), never in an `up`. Let it depend
 * on the rights of its identity, which Azure looks for as it is made.
 *
 * Costs next to nothing by itself: Azure keeps a group with a storage account for it. A build bills its machine while it runs.
 */
export class ImageTemplate extends ComponentResource {
  /** ARM ID of the template. */
  public readonly resourceId: Output<string>;

  public constructor(name: string, { scope, builder }: ImageTemplateArgs, opts?: ComponentResourceOptions) {
    const { plan } = builder;
    claim("Image template", plan.template.imageTemplateName);
    super("azure-gpu-cluster:compute:ImageTemplate", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const template = new VirtualMachineImageTemplate(
      name,
      {
        ...plan.template,
        resourceGroupName,
        tags,
        // Of the group that Azure makes for it, and of the machines there.
        managedResourceTags: tags,
        identity: { type: "UserAssigned", userAssignedIdentities: [builder.identityResourceId] },
        distribute: [
          {
            type: "SharedImage",
            galleryImageId: builder.versionResourceId,
            runOutputName: `v${plan.version.replaceAll(".", "-")}`,
            // Machines name a version, never the newest.
            excludeFromLatest: true,
            targetRegions: plan.regions.map(({ name: region, replicas, storageAccountType }) => ({
              name: region,
              replicaCount: replicas,
              storageAccountType,
            })),
          },
        ],
      },
      {
        parent: this,
        replaceOnChanges: replaceOnChanges(virtualmachineimages.VirtualMachineImageTemplate),
        // The new template has the old one's name. What the old one built stays in the gallery.
        deleteBeforeReplace: true,
        customTimeouts: { create: "30m", delete: "60m" },
      },
    );
    this.resourceId = template.id;
    this.registerOutputs({ resourceId: this.resourceId });
  }
}
