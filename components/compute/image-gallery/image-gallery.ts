import { Gallery } from "@pulumi/azure-native/compute/gallery";
import { GalleryImage } from "@pulumi/azure-native/compute/galleryImage";
import { GalleryImageVersion } from "@pulumi/azure-native/compute/galleryImageVersion";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { placeOf } from "../../../catalog/place";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import type { Scope } from "../../../core/scope";
import type { ImageBuilder } from "./image-builder";
import { type ImageGalleryPlan, type ImagePlan, planImageGallery } from "./plan";
import type { ImageGalleryShape } from "./shape";

/** Its shape, or the plan of it, and where it goes. */
export type ImageGalleryArgs = Planned<ImageGalleryShape, ImageGalleryPlan> & { readonly scope: Scope };

interface MadeImage {
  /** ARM IDs of versions, by image and number. */
  readonly versions: (readonly [string, Output<string>])[];
  readonly builder: ImageBuilder | null;
}

/**
 * A Compute Gallery with images of the environment's own, and for each that is built an identity that builds as: give it its rights, and make
 * an `ImageTemplate` of it. Give `protect` in the options.
 *
 * Gallery and definitions cost nothing; versions bill what they store in each region.
 * @throws MisconfiguredError before anything is registered
 */
export class ImageGallery extends ComponentResource {
  /** ARM ID of the gallery. */
  public readonly resourceId: Output<string>;
  /** Who builds what, in the order of the images. */
  public readonly builders: readonly ImageBuilder[];
  readonly #versions: ReadonlyMap<string, Output<string>>;

  public constructor(name: string, args: ImageGalleryArgs, opts?: ComponentResourceOptions) {
    const { scope, ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planImageGallery(name, rest, placeOf(scope));
    claim("Compute Gallery", plan.gallery.galleryName);
    super("azure-gpu-cluster:compute:ImageGallery", name, {}, opts);

    const { resourceGroupName, tags } = scope;
    const gallery = new Gallery(name, { ...plan.gallery, resourceGroupName, tags }, { parent: this });
    this.resourceId = gallery.id;
    const images = plan.images.map((it) => this.#makeImage(name, it, gallery, scope));
    this.builders = images.flatMap(({ builder }) => builder ?? []);
    this.#versions = new Map(images.flatMap(({ versions }) => versions));
    this.registerOutputs({ resourceId: this.resourceId });
  }

  /** ARM ID of a version, known once it can be: one to be built is there after the first build and not before. */
  public versionResourceId(image: string, version: string): Output<string> {
    const id = this.#versions.get(`${image}/${version}`);
    if (id === undefined) throw new Error(`The gallery has no version ${version} of image ${image}.`);
    return id;
  }

  #makeImage(name: string, image: ImagePlan, gallery: Gallery, scope: Scope): MadeImage {
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
    if (image.build === null) return { versions: made, builder: null };
    const { version, identity } = image.build;
    const versionResourceId = interpolate`${definition.id}/versions/${version}`;
    const identityOfBuilder = new UserAssignedIdentity(
      `${child}-build`,
      { ...identity, resourceGroupName, tags },
      // The next `up` makes it again.
      { parent: this, protect: false },
    );
    const builder = {
      name: `${child}-build`,
      plan: image.build,
      versionResourceId,
      identityResourceId: identityOfBuilder.id,
      principalId: identityOfBuilder.principalId,
    };
    return { versions: [...made, [`${image.name}/${version}`, versionResourceId]], builder };
  }
}
