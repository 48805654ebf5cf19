import { z } from "zod";
import { slurmShape } from "../slurm/shape";
import { nodeSettingsShape } from "./node-settings";

const osDiskRule = "must be a whole number from 64 to 2048";

/** Bare VMs for Slurm, Ray or plain MPI: one scale set without Kubernetes. */
export const gpuScaleSetShape = z.strictObject({
  /** Azure VM size, with GPUs or InfiniBand (docs/sizes.md). Changing it replaces the scale set. */
  size: z.string(),
  /** Nodes, fixed: they bill from the first minute. With InfiniBand at most 100, or `domainLimit`. */
  nodes: z.int(),
  /**
   * Exact version of the HPC marketplace image. `latest` would change kernel, fabric and GPU driver in one night. Exactly one of this,
   * `ownImage` and `imageVersionResourceId` must be there; going from this to one of those replaces the scale set. Another version does not:
   * nodes that run keep theirs until they are reimaged.
   */
  imageVersion: z.string().exactOptional(),
  /**
   * Instead: an image of `imageGallery`, by its name there and an exact version that is built or taken over by now. It must be an Ubuntu with
   * what the HPC image has: drivers, fabric tools, cloud-init.
   */
  ownImage: z
    .strictObject({
      /** Name of the image in the gallery. */
      name: z.string(),
      /** Exact version of it. */
      version: z.string(),
    })
    .exactOptional(),
  /**
   * Instead: ARM ID of an exact version in a gallery of somebody else's, of any subscription of the tenant, with a copy in the region. Whoever
   * runs `up` must be allowed to read it. Of a definition without `TrustedLaunchSupported` Azure boots nothing but `securityType: standard`.
   */
  imageVersionResourceId: z.string().exactOptional(),
  /** Public SSH keys of the administrator. Never a private key. */
  sshPublicKeys: z.array(z.string()),
  /** Login of the administrator. Changing it replaces the scale set. */
  adminUsername: z.string().default("azureuser"),
  /**
   * `managed` survives a reallocation; `ephemeral` reimages faster and narrows placement. Changing it replaces the scale
   * set.
   */
  osDisk: z.enum(["managed", "ephemeral"]).default("managed"),
  /** OS disk in GiB, 64 to 2048. */
  osDiskGiB: z.int().min(64, osDiskRule).max(2048, osDiskRule).default(256),
  /**
   * `local-nvme` stripes the local disks; their data is lost with the node. An ephemeral OS disk that is too large for the
   * temporary disk takes one of them. Without a word it is `local-nvme` where a disk is left for it.
   */
  scratch: z.enum(["local-nvme", "none"]).exactOptional(),
  /**
   * `trusted-launch` measures the boot and leaves Secure Boot off, which would refuse the unsigned fabric and GPU modules of
   * the HPC image. `standard` does without; Azure takes the word only from a subscription with the feature
   * Microsoft.Compute/UseStandardSecurityType. Without a word it is `trusted-launch` where the size can. Changing it replaces
   * the scale set.
   */
  securityType: z.enum(["trusted-launch", "standard"]).exactOptional(),
  /** Availability zone, in quotes: "1". Each constraint costs capacity. Changing it replaces the scale set. */
  zone: z.string().exactOptional(),
  /**
   * ARM ID of a disk encryption set in the region, whose key of yours encrypts the OS disks. For the first `up`: no source
   * says that Azure takes it later. Default: Microsoft's keys.
   */
  diskEncryptionSetResourceId: z.string().exactOptional(),
  /** Nodes that one InfiniBand domain may have, when Azure support has raised it from 100. */
  domainLimit: z.int().exactOptional(),
  /**
   * Slurm, ready to take jobs: one more machine as the head, and nodes that join it. Needs `storage.blob`, where the key of the cluster
   * lies. Without a word there is no scheduler.
   */
  slurm: slurmShape.exactOptional(),
  ...nodeSettingsShape.shape,
});
export type GpuScaleSetShape = z.input<typeof gpuScaleSetShape>;

/** The shape with its defaults. */
export type ReadShape = z.output<typeof gpuScaleSetShape>;
