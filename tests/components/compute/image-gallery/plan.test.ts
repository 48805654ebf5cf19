import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planImageGallery, type ImageGalleryPlan } from "../../../../components/compute/image-gallery/plan";
import type { ImageGalleryShape } from "../../../../components/compute/image-gallery/shape";
import { checkVersionNumber } from "../../../../components/compute/image-gallery/version-number";
import { Problems } from "../../../../core/problems";
import { place, problemsOf } from "../../../recorded";

const subscription = "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11";
const network = `${subscription}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;
type Image = ImageGalleryShape["images"][string];
const build = {
  version: "1.0.0",
  baseVersion: "24.04.2026072901",
  steps: [{ name: "tools", commands: ["sudo apt-get update", "sudo apt-get install -y pdsh"] }],
};
const image: Image = { size: "Standard_ND96isr_H100_v5", build };
const unbuilt = { size: image.size };
const plan = (more: object = {}, beside: object = {}): ImageGalleryPlan =>
  planImageGallery("images", { images: { hpc: { ...image, ...more } }, ...beside }, place);
const only = (more: object = {}) => {
  const [it] = plan(more).images;
  if (it === undefined) throw new Error("There is no image.");
  return it;
};

describe("planImageGallery", () => {
  it("names the gallery without a hyphen, and says of an image what machines of its size need", () => {
    const { gallery, images } = plan();
    expect(gallery).toEqual({
      location: "eastus",
      galleryName: "gal_gpu_dev_eastus",
      description: "Images of machines without Kubernetes",
    });
    expect(images[0]?.versions).toEqual(["1.0.0"]);
    expect(images[0]?.definition).toEqual({
      location: "eastus",
      galleryImageName: "hpc",
      identifier: { publisher: "gpu", offer: "dev", sku: "hpc" },
      osType: "Linux",
      osState: "Generalized",
      hyperVGeneration: "V2",
      architecture: "x64",
      features: [
        { name: "SecurityType", value: "TrustedLaunchSupported" },
        { name: "IsAcceleratedNetworkSupported", value: "True" },
        { name: "DiskControllerTypes", value: "SCSI, NVMe" },
      ],
    });
  });

  it("builds from the HPC image of the size, without a public network and without the machine of a build that failed", () => {
    expect(only().build).toEqual({
      version: "1.0.0",
      identity: { location: "eastus", resourceName: "id-gpu-dev-eastus-it-hpc" },
      subnets: null,
      regions: [{ name: "eastus", replicas: 1, storageAccountType: "Standard_ZRS" }],
      template: {
        location: "eastus",
        imageTemplateName: "it-gpu-dev-eastus-hpc",
        source: {
          type: "PlatformImage",
          publisher: "microsoft-dsvm",
          offer: "ubuntu-hpc",
          sku: "2404",
          version: "24.04.2026072901",
        },
        customize: [{ type: "Shell", name: "tools", inline: ["sudo apt-get update", "sudo apt-get install -y pdsh"] }],
        errorHandling: { onCustomizerError: "cleanup", onValidationError: "cleanup" },
        buildTimeoutInMinutes: 240,
        vmProfile: { vmSize: "Standard_D8ds_v5" },
      },
    });
  });

  it("builds in two subnets of a network of somebody's, and keeps the result only where its checks hold", () => {
    const sha256 = "0".repeat(64);
    const { template, subnets } =
      only({
        build: {
          ...build,
          osDiskGiB: 128,
          checks: [{ name: "driver", script: "https://example.com/check.sh", sha256 }],
          subnets: { machines: `${network}/subnets/build`, containers: `${network}/subnets/aci` },
        },
      }).build ?? {};
    expect(subnets).toMatchObject({ networkResourceId: network });
    expect(template).toMatchObject({
      validate: {
        continueDistributeOnFailure: false,
        inVMValidations: [
          { type: "Shell", name: "driver", scriptUri: "https://example.com/check.sh", sha256Checksum: sha256 },
        ],
      },
      vmProfile: {
        osDiskSizeGB: 128,
        vnetConfig: { subnetId: `${network}/subnets/build`, containerInstanceSubnetId: `${network}/subnets/aci` },
      },
    });
  });

  it.each([
    ["virtualMachines/golden", { virtualMachineId: expect.stringContaining("golden") as unknown }],
    ["images/golden", { id: expect.stringContaining("golden") as unknown }],
    ["galleries/g/images/golden/versions/1.0.0", { id: expect.stringContaining("golden") as unknown }],
  ])("takes a version over from %s into each region, in zones where there are some", (path, source) => {
    const sourceResourceId = `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/${path}`;
    const [it] = plan(
      {},
      {
        images: {
          hpc: {
            ...unbuilt,
            versions: { "2.0.0": { sourceResourceId } },
            replicaRegions: ["northcentralus"],
            replicas: 3,
            endOfLife: "2027-06-30",
          },
        },
      },
    ).images;
    expect(it?.build).toBeNull();
    expect(it?.taken).toEqual([
      {
        location: "eastus",
        galleryImageVersionName: "2.0.0",
        publishingProfile: {
          excludeFromLatest: true,
          endOfLifeDate: "2027-06-30T00:00:00Z",
          targetRegions: [
            { name: "eastus", regionalReplicaCount: 3, storageAccountType: "Standard_ZRS" },
            { name: "northcentralus", regionalReplicaCount: 3, storageAccountType: "Standard_LRS" },
          ],
        },
        storageProfile: { source },
      },
    ]);
  });

  it("is for Arm64 where the size is, and builds on that size: no other of its kind is in the catalogue by default", () => {
    const rack = only({ size: "Standard_ND128isr_NDR_GB200_v6", build: { ...build, baseVersion: "24.04.2026080101" } });
    expect(rack.definition.architecture).toBe("Arm64");
    expect(rack.build?.template.vmProfile).toEqual({ vmSize: "Standard_ND128isr_NDR_GB200_v6" });
  });
});

describe("planImageGallery refuses", () => {
  it.each<[string, object, string[]]>([
    ["a size that nobody knows", { size: "Standard_ND96isr_H100" }, ["images.hpc.size: must be a size"]],
    [
      "a base of another image",
      { build: { ...build, baseVersion: "22.04.2026072901" } },
      ["images.hpc.build.baseVersion: must be an exact version of image 2404"],
    ],
    [
      "a size without a base",
      { size: "Standard_NV36ads_A10_v5" },
      ["images.hpc.build: has no HPC marketplace image to start from: vGPU"],
    ],
    [
      "a builder of another architecture",
      { build: { ...build, builderSize: "Standard_D8ps_v5" } },
      ["images.hpc.build.builderSize: must be a size of the catalogue for x64"],
    ],
    [
      "commands that ask for a GPU where there is none",
      { build: { ...build, checks: [{ name: "driver", commands: ["true", "sudo nvidia-smi -L"] }] } },
      ["images.hpc.build.checks[0].commands[1]: must not ask for a GPU by nvidia-smi"],
    ],
    [
      "a script without its sum, and one with a token in its address",
      {
        build: {
          ...build,
          steps: [
            { name: "a", script: "https://example.com/a.sh" },
            { name: "b", script: "https://st.blob.core.windows.net/s/b.sh?sig=topsecret", sha256: "A" },
          ],
        },
      },
      [
        "images.hpc.build.steps[0].sha256: must be there with script",
        "images.hpc.build.steps[1].sha256: must be 64 hexadecimal digits",
        "images.hpc.build.steps[1].script: must be an https address without",
      ],
    ],
    [
      "a step that does nothing",
      { build: { ...build, steps: [{ name: "a" }] } },
      ["images.hpc.build.steps[0]: must have commands or script"],
    ],
    [
      "subnets of two networks",
      {
        build: {
          ...build,
          subnets: { machines: `${network}/subnets/build`, containers: `${network}2/subnets/aci` },
        },
      },
      ["images.hpc.build.subnets.containers: must be another subnet of the same network"],
    ],
    [
      "a version that is there and is built",
      {
        versions: {
          "1.0.0": { sourceResourceId: `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/images/i` },
        },
      },
      ["images.hpc.build.version: must not be among versions"],
    ],
    [
      "a disk as a source",
      {
        versions: {
          "2.0": { sourceResourceId: `${subscription}/resourceGroups/rg/providers/Microsoft.Compute/disks/d` },
        },
      },
      [
        "images.hpc.versions.2.0: must be an exact version",
        "images.hpc.versions.2.0.sourceResourceId: must be the ARM ID",
      ],
    ],
    ["an end that is over", { endOfLife: "2026-02-30" }, ["images.hpc.endOfLife: must be a day to come"]],
    [
      "regions that nobody knows, or that of the environment again",
      { replicaRegions: ["East US 2", "eastus"] },
      [
        "images.hpc.replicaRegions[0]: must be an Azure region",
        "images.hpc.replicaRegions[2]: must not be there twice",
      ],
    ],
  ])("%s", (_, more, lines) => {
    expect(problemsOf(() => plan(more))).toEqual(lines.map((it) => expect.stringContaining(it) as string));
  });

  it("an image without a version", () => {
    expect(problemsOf(() => plan({}, { images: { hpc: unbuilt } }))).toEqual([
      expect.stringContaining("images.hpc: must have versions or a build"),
    ]);
  });

  it("never shows a token", () => {
    const steps = [
      { name: "b", script: "https://st.blob.core.windows.net/s/b.sh?sig=topsecret", sha256: "0".repeat(64) },
    ];
    expect(problemsOf(() => plan({ build: { ...build, steps } })).join()).not.toContain("topsecret");
  });

  it("no image at all, and readers that are no groups", () => {
    expect(problemsOf(() => planImageGallery("images", { images: {}, readerGroupObjectIds: ["me"] }, place))).toEqual([
      expect.stringContaining("images: must have an image"),
      expect.stringContaining("readerGroupObjectIds[0]: must be the object ID"),
    ]);
  });
});

describe("checkVersionNumber", () => {
  const fits = (version: string): boolean => {
    const problems = new Problems();
    checkVersionNumber(version, "version", problems);
    return problems.list.length === 0;
  };

  it("takes every version of a gallery, and nothing with a word in it", () => {
    const part = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    fc.assert(fc.property(part, part, part, (a, b, c) => fits(`${a}.${b}.${c}`)));
    for (const it of ["latest", "1.0", "1.0.0.0", "01.0.0", "1.0.2147483648", "v1.0.0", ""])
      expect(fits(it)).toBe(false);
  });
});
