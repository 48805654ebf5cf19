/** A marketplace image with drivers, fabric and tools for HPC. */
export interface HpcImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** Release of Ubuntu in the notation that begins each version of the image: the image of another release is another one. */
  readonly release: string;
  /** One version that public code pins, to show the form. Whoever deploys gives the version. `null` without a source. */
  readonly versionKnown: string | null;
  readonly source: string;
}

const image = { publisher: "microsoft-dsvm", offer: "ubuntu-hpc" } as const;
const readme = "Azure/azhpc-images:README.md (2026-07-29)";

/** HPC images by the hardware that they are built for. */
export const hpcImages = {
  /** NVIDIA GPUs from A100 on, and HPC sizes without GPU: Ubuntu 24.04. */
  nvidia: {
    ...image,
    sku: "2404",
    release: "24.04",
    versionKnown: "24.04.2026072901",
    source: `${readme}; version pinned by public deployments, September 2026`,
  },
  /** AMD MI300X: Ubuntu 24.04 with ROCm. */
  amd: {
    ...image,
    sku: "2404-rocm",
    release: "24.04",
    versionKnown: "24.04.2026072801",
    source: `${readme}; version pinned by public deployments, September 2026`,
  },
  /** V100: the last driver branch that knows it, Ubuntu 22.04. */
  v100: { ...image, sku: "2204-v100", release: "22.04", versionKnown: null, source: readme },
  /** Grace-Blackwell, Arm64. Named by a maintainer, not in the README. */
  graceBlackwell: {
    ...image,
    sku: "2404-gb",
    release: "24.04",
    versionKnown: null,
    source: "https://github.com/Azure/azhpc-images/issues/603 (maintainer, 2026-08-27)",
  },
} as const satisfies Readonly<Record<string, HpcImage>>;

/**
 * Whether a version can be one of the image: it begins with the release of the image, and is not known as a version of another
 * one. The marketplace would only say so when a scale set is made. An SKU that the catalogue does not know fits nothing.
 * Source: Azure/azhpc-images, tags of 2024 to 2026: each image has versions of its own; issues 398 and 603
 */
export function imageVersionFits(sku: string, version: string): boolean {
  const images: readonly HpcImage[] = Object.values(hpcImages);
  const release = images.find((it) => it.sku === sku)?.release;
  const others = images.filter((it) => it.sku !== sku).map((it) => it.versionKnown);
  return release !== undefined && version.startsWith(`${release}.`) && !others.includes(version);
}

/** A size that no image of `hpcImages` fits. */
export interface NoHpcImage {
  /** Why, as a clause that follows "has no HPC marketplace image with its driver: ". */
  readonly because: string;
  /** Whether an image of one's own that has the driver boots it as a plain VM. */
  readonly ownImage: boolean;
}

/** Slices of a GPU, and whole GPUs that are sold with them: A10, RTX PRO 6000. */
export const vgpuHasNoImage: NoHpcImage = {
  because: "vGPU sizes need the GRID driver that AKS installs",
  ownImage: true,
};
