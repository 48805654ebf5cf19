import type { GalleryArgs } from "@pulumi/azure-native/compute/gallery";
import type { GalleryImageArgs } from "@pulumi/azure-native/compute/galleryImage";
import type { GalleryImageVersionArgs } from "@pulumi/azure-native/compute/galleryImageVersion";
import { parseArmId } from "../../../azure/arm-id";
import { checkName } from "../../../azure/check-name";
import type { Place } from "../../../catalog/place";
import { findRegion } from "../../../catalog/regions";
import { sizeHint } from "../../../catalog/size-hint";
import type { VmSize } from "../../../catalog/vm-size";
import { isUuid, physicalName, roleOf } from "../../../core/names";
import { joinPath, Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { type BuildPlan, type Copies, planBuild } from "./build";
import { imageGalleryShape, type ImageGalleryShape, type ReadImage } from "./shape";
import { checkVersionNumber } from "./version-number";

/** An image, decided. */
export interface ImagePlan {
  readonly name: string;
  /** Size that it is for. */
  readonly size: VmSize;
  /** Numbers of its versions, those to be built among them. */
  readonly versions: readonly string[];
  /** The whole definition but for the group, the gallery and the tags. */
  readonly definition: Omit<GalleryImageArgs, "resourceGroupName" | "galleryName" | "tags"> & {
    readonly galleryImageName: string;
  };
  /** Versions made of something that is there, but for where they go. */
  readonly taken: readonly (Omit<
    GalleryImageVersionArgs,
    "resourceGroupName" | "galleryName" | "galleryImageName" | "tags"
  > & {
    readonly galleryImageVersionName: string;
  })[];
  /** How a version is built, `null` where none is. */
  readonly build: BuildPlan | null;
}

/** A checked gallery: what to ask of Azure. */
export interface ImageGalleryPlan extends NetworkUser {
  readonly gallery: Omit<GalleryArgs, "resourceGroupName" | "tags"> & { readonly galleryName: string };
  readonly images: readonly ImagePlan[];
  readonly readerGroupObjectIds: readonly string[];
}

/**
 * All decisions about images of an environment's own.
 * @throws MisconfiguredError
 */
export function planImageGallery(name: string, given: ImageGalleryShape, place: Place): ImageGalleryPlan {
  const subject = `Image gallery '${name}'`;
  const shape = readShape(imageGalleryShape, given, subject);
  const problems = new Problems();
  // A gallery may have no hyphen in its name.
  // Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/create-gallery.md (2023-03-23)
  const galleryName = physicalName("gal", place.names, roleOf(name, "images")).replaceAll("-", "_");
  checkName("compute:Gallery", galleryName, problems);
  const entries = Object.entries(shape.images);
  problems.require(entries.length > 0, "images", "must have an image", {
    remedy: "Name one, or leave imageGallery out",
  });
  const images = entries.flatMap(([image, it]) => planImage(image, it, place, problems) ?? []);
  shape.readerGroupObjectIds.forEach((id, at) => {
    problems.require(
      isUuid(id),
      `readerGroupObjectIds[${at}]`,
      "must be the object ID of an Entra group, which is a UUID",
      { got: id, remedy: "az ad group show --group <name> --query id says it" },
    );
  });
  problems.requireDistinct("readerGroupObjectIds", shape.readerGroupObjectIds, "Leave one out");
  problems.throwIfAny(subject);
  return {
    gallery: { location: place.location, galleryName, description: "Images of machines without Kubernetes" },
    images,
    readerGroupObjectIds: shape.readerGroupObjectIds,
    infiniband: false,
    // A build brings its own network, or is put into somebody else's.
    subnets: [],
  };
}

function planImage(name: string, image: ReadImage, place: Place, problems: Problems): ImagePlan | undefined {
  const path = joinPath("images", name);
  problems.require(/^[a-z][a-z0-9-]{0,39}$/.test(name), path, "must be 1 to 40 lowercase letters, digits or hyphens", {
    got: name,
    remedy: "Choose a name such as hpc",
  });
  const size = place.sizes.get(image.size);
  const { endOfLife } = image;
  if (endOfLife !== undefined) checkDay(endOfLife, `${path}.endOfLife`, place.today, problems);
  for (const [at, region] of image.replicaRegions.entries()) {
    problems.require(
      findRegion(region)?.name === region,
      `${path}.replicaRegions[${at}]`,
      "must be an Azure region by its short name",
      { got: region, remedy: "az account list-locations --query [].name prints them" },
    );
  }
  problems.requireDistinct(
    `${path}.replicaRegions`,
    [place.location, ...image.replicaRegions],
    "Leave one out: that of the environment always has a copy",
  );
  const { versions, build } = image;
  problems.require(
    Object.keys(versions).length > 0 || build !== undefined,
    path,
    "must have versions or a build: no machine boots a definition alone",
    { remedy: "Write build, or versions" },
  );
  const taken = Object.entries(versions).map(([version, { sourceResourceId }]) => {
    const at = joinPath(`${path}.versions`, version);
    checkVersionNumber(version, at, problems);
    checkSource(sourceResourceId, `${at}.sourceResourceId`, problems);
    return takenVersion(version, sourceResourceId, image, place);
  });
  if (size === undefined) {
    problems.require(false, `${path}.size`, "must be a size of the catalogue (docs/sizes.md)", {
      got: image.size,
      remedy: sizeHint(image.size, place.sizes, () => true),
    });
    return undefined;
  }
  const built =
    build && planBuild(`${path}.build`, { name, build, size, regions: copiesOf(image, place) }, place, problems);
  problems.require(
    build === undefined || !(build.version in versions),
    `${path}.build.version`,
    "must not be among versions: a version is made once",
    { got: build?.version, remedy: "Count one up" },
  );
  return {
    name,
    size,
    versions: [...Object.keys(versions), ...(build === undefined ? [] : [build.version])],
    definition: {
      location: place.location,
      galleryImageName: name,
      identifier: { publisher: place.names.workload, offer: place.names.environment, sku: name },
      osType: "Linux",
      osState: "Generalized",
      hyperVGeneration: "V2",
      architecture: size.architecture === "arm64" ? "Arm64" : "x64",
      features: [
        // For machines with and without it. Azure refuses Trusted Launch of a definition that does not say so.
        // Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/trusted-launch.md (2026-07-27)
        ...(size.trustedLaunch === false ? [] : [{ name: "SecurityType", value: "TrustedLaunchSupported" }]),
        { name: "IsAcceleratedNetworkSupported", value: "True" },
        // Of the newer sizes some have no other controller than NVMe.
        // Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machines/nvme-overview.md (2024-07-31)
        { name: "DiskControllerTypes", value: "SCSI, NVMe" },
      ],
    },
    taken,
    build: built ?? null,
  };
}

/** The region of the environment, and those beside it. */
function copiesOf({ replicaRegions, replicas }: ReadImage, { location }: Place): readonly Copies[] {
  return [location, ...replicaRegions].map((name) => ({
    name,
    replicas,
    storageAccountType: (findRegion(name)?.zones.length ?? 0) > 0 ? "Standard_ZRS" : "Standard_LRS",
  }));
}

function takenVersion(
  version: string,
  sourceResourceId: string,
  image: ReadImage,
  place: Place,
): ImagePlan["taken"][number] {
  const machine = parseArmId(sourceResourceId)?.arm.toLowerCase() === "microsoft.compute/virtualmachines";
  return {
    location: place.location,
    galleryImageVersionName: version,
    publishingProfile: {
      // Machines name a version, never the newest.
      excludeFromLatest: true,
      ...(image.endOfLife !== undefined && { endOfLifeDate: `${image.endOfLife}T00:00:00Z` }),
      targetRegions: copiesOf(image, place).map(({ name, replicas, storageAccountType }) => ({
        name,
        regionalReplicaCount: replicas,
        storageAccountType,
      })),
    },
    storageProfile: {
      source: machine ? { virtualMachineId: sourceResourceId } : { id: sourceResourceId },
    },
  };
}

const sources = [
  "microsoft.compute/virtualmachines",
  "microsoft.compute/images",
  "microsoft.compute/galleries/images/versions",
];

function checkSource(id: string, path: string, problems: Problems): void {
  const said = parseArmId(id);
  const fits = said !== undefined && sources.includes(said.arm.toLowerCase()) && isUuid(said.subscriptionId ?? "");
  problems.require(
    fits,
    path,
    "must be the ARM ID of a virtual machine, of a managed image or of a version in a gallery",
    {
      got: id,
      remedy: "az image list and az sig image-version list print IDs",
    },
  );
}

function checkDay(day: string, path: string, today: string | null, problems: Problems): void {
  const time = Date.parse(day);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  problems.require(real && (today === null || day > today), path, "must be a day to come, such as 2027-06-30", {
    got: day,
    remedy: "Write another day, or leave it out",
  });
}
