import { z } from "zod";

const replicasRule = "must be a whole number from 1 to 100";
const timeoutRule = "must be a whole number of minutes from 6 to 960";
const diskRule = "must be a whole number of GiB from 64 to 2048";

/** Commands of a shell, or a script that lies somewhere. */
const step = z.strictObject({
  /** What it does, as the log of a build shows it. */
  name: z.string().min(1, "must say what the step does"),
  /** Commands of one shell, in their order, that may use `sudo`. Whoever reads the template reads them: no secret belongs here. */
  commands: z.array(z.string().min(1, "must be a command")).min(1, "must have a command").exactOptional(),
  /** Address of a script, https and without a token in it. Instead of `commands`. */
  script: z.string().exactOptional(),
  /** SHA-256 of the script, 64 hexadecimal digits. Azure refuses another content. */
  sha256: z.string().exactOptional(),
});
export type Step = z.output<typeof step>;

/** How Azure Image Builder makes a version out of the HPC marketplace image of the size. */
const buildShape = z.strictObject({
  /** Version that the build makes: three numbers. Changing it makes a new template; the old version stays in the gallery. */
  version: z.string(),
  /** Exact version of the HPC marketplace image that it starts from. */
  baseVersion: z.string(),
  /** What is done to it, in this order. The first step that fails ends the build. */
  steps: z.array(step).min(1, "must have a step: without one the marketplace image is the image"),
  /** What must hold of the result on a machine of its own. Where one fails, nothing is put into the gallery. */
  checks: z.array(step).default([]),
  /**
   * VM size of the machine that builds, of the architecture of the image. It bills while a build runs. Without GPUs `nvidia-smi` finds none.
   * Default: a general size of 8 vCPUs, on Arm64 the size that the image is for.
   */
  builderSize: z.string().exactOptional(),
  /** Disk of the machine that builds in GiB, and so the least of the machines that boot the image. Default: that of the base image. */
  osDiskGiB: z.int().min(64, diskRule).max(2048, diskRule).exactOptional(),
  /** Minutes until Azure gives a build up, 6 to 960. */
  timeoutMinutes: z.int().min(6, timeoutRule).max(960, timeoutRule).default(240),
  /**
   * ARM IDs of two subnets of one network of yours: `machines` for the machine that builds, `containers`, delegated to
   * Microsoft.ContainerInstance/containerGroups, for what drives it. Default: a network that Azure makes for the build, without a public
   * address, from which packages are reached.
   */
  subnets: z
    .strictObject({
      /** ARM ID of the subnet of the machine that builds. */
      machines: z.string(),
      /** ARM ID of the subnet of what drives it. */
      containers: z.string(),
    })
    .exactOptional(),
});

/** An image of the environment's own: what it is for, and the versions of it. */
const imageShape = z.strictObject({
  /**
   * VM size that it is for: from it come architecture, disk controllers, Trusted Launch and the HPC marketplace image that a build starts
   * from. Other sizes of the same kind boot it, too. Changing it replaces the definition, which Azure refuses while it has versions.
   */
  size: z.string(),
  /** Regions beside that of the environment in which versions lie. Each copy bills. */
  replicaRegions: z.array(z.string()).default([]),
  /**
   * Copies in each region, 1 to 100: one for every 50 machines that start at the same time, and one for every scale set.
   * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/azure-compute-gallery.md (2023-09-20)
   */
  replicas: z.int().min(1, replicasRule).max(100, replicasRule).default(1),
  /** Day on which versions count as out of date, as 2027-06-30. Azure goes on handing them out. Default: none. */
  endOfLife: z.string().exactOptional(),
  /** Versions made of something that is there, by number: nothing is built. A version is fixed. */
  versions: z
    .record(
      z.string(),
      z.strictObject({
        /** ARM ID of a machine that was generalised, of a managed image, or of a version in another gallery. */
        sourceResourceId: z.string(),
      }),
    )
    .default({}),
  /** A template that builds a version when somebody runs it: `az image builder run`. Default: none. */
  build: buildShape.exactOptional(),
});
export type ReadImage = z.output<typeof imageShape>;

/** A Compute Gallery with images of the environment's own for machines without Kubernetes. */
export const imageGalleryShape = z.strictObject({
  /** Images by name: 1 to 40 lowercase letters, digits or hyphens. */
  images: z.record(z.string(), imageShape),
  /** Object IDs of Entra groups that read the images, such as one of pipelines in another subscription. Default: nobody. */
  readerGroupObjectIds: z.array(z.string()).default([]),
});
export type ImageGalleryShape = z.input<typeof imageGalleryShape>;
