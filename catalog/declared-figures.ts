import { z } from "zod";
import { keysOf } from "../core/records";
import { hpcImages } from "./hpc-images";

/**
 * Figures of a VM size that the catalogue does not have. Azure tells them, in the region where the size is wanted:
 * `az vm list-skus --location <region> --size <name>`. A whole rack (GB200, GB300) cannot be declared: what its fabric needs is more
 * than figures.
 */
export const declaredFigures = z.strictObject({
  /** vCPUs of one VM, as its name says. Quota counts them. */
  vcpus: z.int().min(1).max(2048),
  /** Host memory in GiB, not in GB: shares of teams follow from it, and what is too much never schedules. */
  memoryGiB: z.number().positive("must be more than 0").max(32_768),
  /** Processor: x64 or arm64. */
  architecture: z.enum(["x64", "arm64"]).default("x64"),
  /** Name of its vCPU quota family, as `az vm list-usage` returns it: `standardNDSH100v5Family`. */
  quotaFamily: z.string(),
  /** GPUs of one VM. Left out, the size has none. */
  gpu: z
    .strictObject({
      /** Who made them: nvidia or amd. Resource name, taint and owner of the driver follow from it. */
      vendor: z.enum(["nvidia", "amd"]),
      /** Whole GPUs in one VM. Either this or fraction. */
      count: z.int().min(1).max(64).exactOptional(),
      /** Part of one GPU when the VM gets a slice: 0.5 is a half. */
      fraction: z
        .number()
        .gt(0, "must be more than 0 and less than 1")
        .lt(1, "must be more than 0 and less than 1")
        .exactOptional(),
      /** Board power of one GPU in watts. Left out, the size is missing in the estimate of energy. */
      boardPowerW: z.number().min(10).max(5000).exactOptional(),
    })
    .exactOptional(),
  /** InfiniBand of one VM: then a pool or scale set is one domain of at most 100 nodes. Left out, the size has none. */
  infiniband: z
    .strictObject({
      /** Host channel adapters in one VM. Kubernetes hands them out one by one. */
      hcas: z.int().min(1).max(16),
      /** Rate of one adapter in Gb/s. */
      gbitsPerSecondPerHca: z.int().min(50).max(3200),
    })
    .exactOptional(),
  /** Raw local NVMe disks: scratch. Left out, the size has none. */
  nvme: z
    .strictObject({
      /** Disks in one VM. */
      disks: z.int().min(1).max(64),
      /** All of them together, in GiB. */
      totalGiB: z.number().positive("must be more than 0").max(1_000_000),
    })
    .exactOptional(),
  /** Temporary disk in GiB. Left out, the size has none. */
  tempDiskGiB: z.number().positive("must be more than 0").max(100_000).exactOptional(),
  /** Whether the OS disk may lie on a local disk (`EphemeralOSDiskSupported`). */
  ephemeralOsDisk: z.boolean().default(false),
  /** Whether the size has accelerated networking (`AcceleratedNetworkingEnabled`): every current size has. */
  acceleratedNetworking: z.boolean().default(true),
  /** Whether the size can start with Trusted Launch. Left out, nothing is known, and the size is treated like others of that kind. */
  trustedLaunch: z.boolean().exactOptional(),
  /** Image that brings its driver to a scale set, by name in `catalog/hpc-images.ts`. Left out, a scale set cannot have the size. */
  hpcImage: z.enum(keysOf(hpcImages)).exactOptional(),
  /** List price, pay as you go, Linux, in the region of the environment. Left out, the size is not priced. */
  price: z
    .strictObject({
      /** USD for one VM and hour. */
      usdPerHour: z.number().positive("must be more than 0").max(10_000),
      /** Day on which it was looked up, in quotes: "2026-09-30". */
      asOf: z.iso.date('must be a date such as "2026-09-30"'),
    })
    .exactOptional(),
});

/** Figures with their defaults. */
export type DeclaredFigures = Readonly<z.output<typeof declaredFigures>>;

/** Figures as people write them, by exact Azure name of the size. */
export type DeclaredSizes = Readonly<Record<string, z.input<typeof declaredFigures>>>;
