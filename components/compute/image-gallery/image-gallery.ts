import { Gallery } from "@pulumi/azure-native/compute/gallery";
import { GalleryImage } from "@pulumi/azure-native/compute/galleryImage";
import { GalleryImageVersion } from "@pulumi/azure-native/compute/galleryImageVersion";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { VirtualMachineImageTemplate } from "@pulumi/azure-native/virtualmachineimages/virtualMachineImageTemplate";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { virtualmachineimages } from "../../../azure/virtualmachineimages";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import { RoleGrant } from "../../identity/role-grant";
import type { BuildPlan } from "./build";
import { type ImageGalleryPlan, type ImagePlan, planImageGallery } from "./plan";
import type { ImageGalleryShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type ImageGalleryArgs = Planned<ImageGalleryShape, ImageGalleryPlan> & { readonly scope: Scope };

/**
 * A Compute Gallery with images of the environment's own, and for each that is built a template of Azure Image Builder with an identity that
 * writes into this gallery and nothing else. A template builds when somebody runs it, never in an `up`. Give `protect` in the options.
 *
 * Gallery, definitions and templates cost nothing; versions bill what they store in each region, a build its machine while it runs.
 * @throws MisconfiguredError before anything is registered
 */
export class ImageGallery extends ComponentResource {
  /** ARM ID of the gallery. */
  public readonly resourceId: Output<string>;
  readonly #versions: ReadonlyMap<string, Output<string>>;

  public constructor(name: string, args: ImageGalleryArgs, opts?: ComponentResourceOptions) {
    const { scope, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planImageGallery(name, rest, placeOf(scope));
    claim("Compute Gallery", plan.gallery.galleryName);
    super("azure-gpu-cluster:compute:ImageGallery", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const gallery = new Gallery(name, { ...plan.gallery, resourceGroupName, tags }, { parent: this });
    this.resourceId = gallery.id;
    this.#versions = new Map(plan.images.flatMap((it) => [...this.#makeImage(name, it, gallery, scope)]));
    plan.readerGroupObjectIds.forEach((principalId, at) => {
      new RoleGrant(
        `${name}-reader-${at + 1}`,
        { scope: gallery.id, principalId, role: "Compute Gallery Image Reader", principalType: "Group" },
        { parent: this },
      );
    });
    this.registerOutputs({ resourceId: this.resourceId });
  }

  /** ARM ID of a version, known once it can be: one to be built is there after the first build and not before. */
  public versionResourceId(image: string, version: string): Output<string> {
    const id = this.#versions.get(`${image}/${version}`);
    if (id === undefined) throw new Error(`The gallery has no version ${version} of image ${image}.`);
    return id;
  }

  #makeImage(name: string, image: ImagePlan, gallery: Gallery, scope: Scope): Map<string, Output<string>> {
    const { resourceGroupName, tags } = scope;
    const child = `${name}-${image.name}`;
    const definition = new GalleryImage(
      child,
      { ...image.definition, resourceGroupName, galleryName: gallery.name, tags },
      { parent: this, replaceOnChanges: replaceOnChanges(compute.GalleryImage), deleteBeforeReplace: true },
    );
    const made = image.taken.map((version) => {
      const { galleryImageVersionName: number } = version;
      const { id } = new GalleryImageVersion(
        `${child}-${number}`,
        { ...version, resourceGroupName, galleryName: gallery.name, galleryImageName: definition.name, tags },
        {
          parent: this,
          replaceOnChanges: replaceOnChanges(compute.GalleryImageVersion),
          deleteBeforeReplace: true,
          customTimeouts: { create: "120m", update: "120m" },
        },
      );
      return [`${image.name}/${number}`, id] as const;
    });
    if (image.build === null) return new Map(made);
    const { version } = image.build;
    const built = interpolate`${definition.id}/versions/${version}`;
    this.#makeTemplate(`${child}-build`, image.build, { gallery, built, scope });
    return new Map([...made, [`${image.name}/${version}`, built]]);
  }

  #makeTemplate(
    name: string,
    build: BuildPlan,
    { gallery, built, scope }: { readonly gallery: Gallery; readonly built: Output<string>; readonly scope: Scope },
  ): void {
    const { resourceGroupName, tags } = scope;
    const identity = new UserAssignedIdentity(
      name,
      { ...build.identity, resourceGroupName, tags },
      // The next `up` makes it again.
      { parent: this, protect: false },
    );
    const grants = [
      { purpose: "gallery", scope: gallery.id, role: "Compute Gallery Artifacts Publisher" } as const,
      ...build.joins.map((subnet, at) => ({
        purpose: at === 0 ? "machines" : "containers",
        scope: subnet,
        role: "Network Contributor" as const,
      })),
      ...(build.networkResourceId === null
        ? []
        : [{ purpose: "network", scope: build.networkResourceId, role: "Reader" } as const]),
    ].map(
      ({ purpose, ...grant }) =>
        new RoleGrant(
          `${name}-${purpose}`,
          { ...grant, principalId: identity.principalId, principalType: "ServicePrincipal" },
          { parent: this, protect: false },
        ),
    );
    new VirtualMachineImageTemplate(
      name,
      {
        ...build.template,
        resourceGroupName,
        tags,
        managedResourceTags: tags,
        identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
        distribute: [
          {
            type: "SharedImage",
            galleryImageId: built,
            runOutputName: `v${build.version.replaceAll(".", "-")}`,
            // Machines name a version, never the newest.
            excludeFromLatest: true,
            targetRegions: build.regions.map(({ name: region, replicas, storageAccountType }) => ({
              name: region,
              replicaCount: replicas,
              storageAccountType,
            })),
          },
        ],
      },
      {
        parent: this,
        protect: false,
        // Azure looks whether the identity may, as the template is made.
        dependsOn: grants,
        replaceOnChanges: replaceOnChanges(virtualmachineimages.VirtualMachineImageTemplate),
        // The new template has the old one's name. What the old one built stays in the gallery.
        deleteBeforeReplace: true,
        customTimeouts: { create: "30m", delete: "60m" },
      },
    );
  }
}
