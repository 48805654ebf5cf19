import { describe, expect, it } from "vitest";
import { LustreFileSystem, type LustreFileSystemArgs } from "../../../components/storage/lustre-file-system";
import { idOf, only, recorded, refused, scope, tree } from "../../recorded";

const args: LustreFileSystemArgs = {
  scope,
  regionZones: ["1"],
  subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-lustre"),
  tier: "AMLFS-Durable-Premium-250",
  sizeTiB: 16,
  zone: "1",
  protect: false,
};

describe("LustreFileSystem", () => {
  it.each([true, false])(
    "is one file system that lets the CSI driver make the first directory; protect %s",
    async (protect) => {
      const seen: string[] = [];
      const plan = await recorded(() =>
        new LustreFileSystem("lustre", { ...args, protect }).mgsAddress.apply((it) => seen.push(it)),
      );
      expect(tree(plan)).toEqual(["LustreFileSystem lustre", "AmlFilesystem lustre < LustreFileSystem lustre"]);
      const made = only(plan, "azure-native:storagecache:AmlFilesystem");
      expect(made.inputs).toEqual({
        resourceGroupName: "rg-test",
        location: "eastus",
        tags: scope.tags,
        amlFilesystemName: "amlfs-gpu-dev-eastus",
        sku: { name: "AMLFS-Durable-Premium-250" },
        storageCapacityTiB: 16,
        zones: ["1"],
        filesystemSubnet: args.subnetResourceId,
        maintenanceWindow: { dayOfWeek: "Saturday", timeOfDayUTC: "22:00" },
        rootSquashSettings: { mode: "None" },
      });
      expect(made.options).toEqual({
        customTimeouts: { create: "90m", update: "60m", delete: "60m" },
        ...(protect && { protect: true }),
      });
      expect(seen).toEqual(["10.0.0.4"]);
    },
  );

  it("makes root of every client nobody once somebody types it", async () => {
    const plan = await recorded(() => new LustreFileSystem("lustre", { ...args, rootSquash: "root-only" }));
    expect(only(plan, "azure-native:storagecache:AmlFilesystem").inputs["rootSquashSettings"]).toEqual({
      mode: "RootOnly",
      squashUID: 65534,
      squashGID: 65534,
      noSquashNidLists: "",
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new LustreFileSystem("lustre", { ...args, zone: "2" }))).toEqual({
      problems: ['zone: must be one of 1; got "2"'],
      made: [],
    });
  });
});
