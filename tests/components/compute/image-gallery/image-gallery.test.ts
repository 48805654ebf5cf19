import { describe, expect, it } from "vitest";
import { ImageGallery } from "../../../../components/compute/image-gallery/image-gallery";
import { ImageTemplate } from "../../../../components/compute/image-gallery/image-template";
import type { ImageGalleryShape } from "../../../../components/compute/image-gallery/shape";
import { idOf, only, recorded, refused, scope, tree } from "../../../recorded";

const size = "Standard_ND96isr_H100_v5";
const shape: ImageGalleryShape = {
  images: {
    hpc: {
      size,
      versions: {
        "0.9.0": {
          sourceResourceId:
            "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/rg/providers/Microsoft.Compute/images/old",
        },
      },
      build: {
        version: "1.0.0",
        baseVersion: "24.04.2026072901",
        steps: [{ name: "tools", commands: ["sudo apt-get install -y pdsh"] }],
      },
    },
  },
};

describe("ImageGallery and ImageTemplate", () => {
  it("make a gallery, its image, what is taken over and what builds the rest", async () => {
    const plan = await recorded(() => {
      const gallery = new ImageGallery("images", { scope, ...shape }, { protect: true });
      for (const builder of gallery.builders) new ImageTemplate(builder.name, { scope, builder });
    });
    expect(tree(plan)).toEqual([
      "ImageGallery images",
      "Gallery images < ImageGallery images",
      "GalleryImage images-hpc < ImageGallery images",
      "GalleryImageVersion images-hpc-0.9.0 < ImageGallery images",
      "UserAssignedIdentity images-hpc-build < ImageGallery images",
      "ImageTemplate images-hpc-build",
      "VirtualMachineImageTemplate images-hpc-build < ImageTemplate images-hpc-build",
    ]);
    expect(only(plan, "azure-native:compute:Gallery").options.protect).toBe(true);
    expect(only(plan, "azure-native:virtualmachineimages:VirtualMachineImageTemplate").inputs).toMatchObject({
      resourceGroupName: scope.resourceGroupName,
      tags: scope.tags,
      managedResourceTags: scope.tags,
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: [idOf("Microsoft.ManagedIdentity/userAssignedIdentities/id-gpu-dev-eastus-it-hpc")],
      },
      distribute: [
        {
          type: "SharedImage",
          galleryImageId: idOf("Microsoft.Compute/galleries/gal_gpu_dev_eastus/images/hpc/versions/1.0.0"),
          runOutputName: "v1-0-0",
          excludeFromLatest: true,
          targetRegions: [{ name: "eastus", replicaCount: 1, storageAccountType: "Standard_ZRS" }],
        },
      ],
    });
  });

  it("says the ID of a version that it has, and of no other", async () => {
    const said: string[] = [];
    await recorded(() => {
      const gallery = new ImageGallery("images", { scope, ...shape });
      for (const version of ["0.9.0", "1.0.0"]) gallery.versionResourceId("hpc", version).apply((it) => said.push(it));
      expect(() => gallery.versionResourceId("hpc", "2.0.0")).toThrow("no version 2.0.0 of image hpc");
    });
    expect(said.sort()).toEqual(
      ["0.9.0", "1.0.0"].map((it) => idOf(`Microsoft.Compute/galleries/gal_gpu_dev_eastus/images/hpc/versions/${it}`)),
    );
  });

  it("register nothing of a wrong shape", async () => {
    const { made, problems } = await refused(() => new ImageGallery("images", { scope, images: {} }));
    expect([made, problems]).toEqual([[], [expect.stringContaining("images")]]);
  });
});
