import { type Input, output } from "@pulumi/pulumi";
import { z } from "zod";
import { nfsMountOptions } from "../../catalog/netapp-levels";
import { placeOf } from "../../catalog/place";
import { GpuScaleSet, type GpuScaleSetArgs } from "../../components/compute/gpu-scale-set/gpu-scale-set";
import { gpuScaleSetShape } from "../../components/compute/gpu-scale-set/shape";
import { ImageGallery, type ImageGalleryArgs } from "../../components/compute/image-gallery/image-gallery";
import { ImageTemplate, type ImageTemplateArgs } from "../../components/compute/image-gallery/image-template";
import { planImageGallery } from "../../components/compute/image-gallery/plan";
import { imageGalleryShape, type ImageGalleryShape } from "../../components/compute/image-gallery/shape";
import { Runner } from "../../components/compute/runner/runner";
import { runnerShape } from "../../components/compute/runner/shape";
import { Problems } from "../../core/problems";
import { keysOf, tableOf } from "../../core/records";
import { makerOf } from "../maker-of";
import type { PackagedComponents } from "../packaged-component";
import { lustreReference } from "../reference-shapes";
import { resourceIds, scopeShape, scopeWires, vmSizesShape } from "../shared-shapes";
import { named } from "../type-names";
import { wiredObject } from "../wires";

const container = named("compute:Container", z.strictObject({ accountName: z.string(), containerName: z.string() }));
const placed = {
  scope: scopeShape,
  subnetResourceId: z.string(),
  diskEncryptionSetResourceId: z.string().exactOptional(),
  vmSizes: vmSizesShape,
};
const placedWires = [...scopeWires, "subnetResourceId", "diskEncryptionSetResourceId"];

/** What an image template is made of in other languages: the gallery again, and which of its images. */
interface TemplateInputs extends Pick<ImageTemplateArgs, "scope"> {
  readonly gallery: ImageGalleryShape;
  readonly image: string;
  readonly versionResourceId: Input<string>;
  readonly identityResourceId: Input<string>;
}

/** Machines without Kubernetes. */
export const computeRows: PackagedComponents = {
  "azure-gpu-cluster:compute:GpuScaleSet": {
    what: "GPU scale set",
    inputs: z.strictObject({
      ...placed,
      ...gpuScaleSetShape.shape,
      lustre: lustreReference.exactOptional(),
      nfs: named(
        "compute:Nfs",
        z.strictObject({ server: z.string(), exportPath: z.string(), protocol: z.enum(keysOf(nfsMountOptions)) }),
      ).exactOptional(),
      blob: container.exactOptional(),
      slurmKey: container.exactOptional(),
      ownImageResourceId: z.string().exactOptional(),
    }),
    wires: [
      ...[...placedWires, "lustre.mgsAddress", "nfs.server", "nfs.exportPath", "ownImageResourceId"],
      ...[wiredObject("blob", container), wiredObject("slurmKey", container)],
    ],
    outputs: z.object({
      scaleSetResourceId: z.string(),
      principalId: z.string(),
      headResourceId: z.string().exactOptional(),
    }),
    make: makerOf<GpuScaleSetArgs, GpuScaleSet>(GpuScaleSet, (component) => {
      const { scaleSetResourceId, principalId, headResourceId } = component;
      return { scaleSetResourceId, principalId, headResourceId };
    }),
  },
  "azure-gpu-cluster:compute:ImageGallery": {
    what: "Image gallery",
    inputs: z.strictObject({ scope: scopeShape, ...imageGalleryShape.shape }),
    wires: scopeWires,
    outputs: z.object({
      resourceId: z.string(),
      versionResourceIds: resourceIds.describe("ARM IDs of the versions, by `image/version`."),
      builderIdentityResourceIds: resourceIds.describe("ARM IDs of the identities that build, by image."),
      builderPrincipalIds: resourceIds.describe("Object IDs of the identities that build, by image, for their rights."),
    }),
    make: (name, inputs: Extract<ImageGalleryArgs, { readonly plan?: never }>, opts) => {
      const { scope, ...shape } = inputs;
      const plan = planImageGallery(name, shape, placeOf(scope));
      const component = new ImageGallery(name, { scope, plan }, opts);
      const versions = plan.images.flatMap(({ name: image, versions: numbers }) =>
        numbers.map((it) => [`${image}/${it}`, component.versionResourceId(image, it)] as const),
      );
      const built = plan.images.filter(({ build }) => build !== null);
      const of = <Value>(value: (at: number) => Value): Readonly<Record<string, Value>> =>
        tableOf(built.map(({ name: image }, at) => [image, value(at)]));
      return {
        component,
        outputs: {
          resourceId: component.resourceId,
          versionResourceIds: tableOf(versions),
          builderIdentityResourceIds: of((at) => component.builders[at]?.identityResourceId),
          builderPrincipalIds: of((at) => component.builders[at]?.principalId),
        },
      };
    },
  },
  "azure-gpu-cluster:compute:ImageTemplate": {
    what: "Image template",
    inputs: z.strictObject({
      scope: scopeShape,
      gallery: named("compute:Gallery", imageGalleryShape).describe("What the gallery was given."),
      galleryName: z.string().describe("Name of the gallery's resource in the program."),
      image: z.string().describe("Image of the gallery that is built."),
      versionResourceId: z.string().describe("ARM ID that the version gets: of the gallery's `versionResourceIds`."),
      identityResourceId: z.string().describe("ARM ID of who builds: of the gallery's `builderIdentityResourceIds`."),
    }),
    wires: [...scopeWires, "versionResourceId", "identityResourceId"],
    outputs: z.object({ resourceId: z.string() }),
    make: (name, inputs: TemplateInputs & { readonly galleryName: string }, opts) => {
      const { scope, gallery, galleryName, image, versionResourceId, identityResourceId } = inputs;
      const problems = new Problems();
      const planned = problems.attempt("gallery", () => planImageGallery(galleryName, gallery, placeOf(scope)));
      const images = planned?.images ?? [];
      const plan = images.find((it) => it.name === image)?.build ?? null;
      const buildable = images.filter(({ build }) => build !== null).map((it) => it.name);
      problems.require(
        planned === undefined || plan !== null,
        "image",
        "must be an image of the gallery that is built",
        {
          got: image,
          remedy: buildable.length === 0 ? "Say how one is built" : `Use ${buildable.join(" or ")}`,
        },
      );
      problems.throwIfAny(`Image template '${name}'`);
      if (plan === null) throw new Error("An image that is not built is a problem.");
      const ids = { versionResourceId: output(versionResourceId), identityResourceId: output(identityResourceId) };
      const builder = { name, plan, ...ids, principalId: output("") };
      const component = new ImageTemplate(name, { scope, builder }, opts);
      return { component, outputs: { resourceId: component.resourceId } };
    },
  },
  "azure-gpu-cluster:compute:Runner": {
    what: "Runner",
    inputs: z.strictObject({ ...placed, ...runnerShape.shape }),
    wires: placedWires,
    outputs: z.object({
      resourceId: z.string().describe("ARM ID of its scale set, the scope for logins."),
      identityClientId: z.string().describe("Client ID of its identity."),
      identityPrincipalId: z.string().describe("Object ID of its identity, for role grants."),
    }),
    make: makerOf(Runner, ({ ref: { resourceId, identityClientId, identityPrincipalId } }) => ({
      ...{ resourceId, identityClientId, identityPrincipalId },
    })),
  },
};
