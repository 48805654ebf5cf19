import { output } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { planLustreFileSystem } from "../../../../components/storage/lustre-file-system/plan";
import {
  LustreFileSystem,
  type LustreFileSystemArgs,
} from "../../../../components/storage/lustre-file-system/lustre-file-system";
import { allOf, idOf, only, place, problemsOf, recorded, refused, scope, tree } from "../../../recorded";

const args = {
  scope,
  subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-lustre"),
  tier: "AMLFS-Durable-Premium-250",
  sizeTiB: 16,
  zone: "1",
} satisfies LustreFileSystemArgs;

describe("LustreFileSystem", () => {
  it.each([true, false])(
    "is one file system that lets the CSI driver make the first directory; protect %s",
    async (protect) => {
      const seen: string[] = [];
      const plan = await recorded(() =>
        output(new LustreFileSystem("lustre", args, { protect }).ref.mgsAddress).apply((it) => seen.push(it)),
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

  it("is locked against everybody once somebody types it", async () => {
    const plan = await recorded(() => new LustreFileSystem("lustre", { ...args, deleteLock: true }));
    expect(only(plan, "azure-native:authorization:ManagementLockByScope").inputs).toMatchObject({
      scope: idOf("Microsoft.StorageCache/amlFilesystems/amlfs-gpu-dev-eastus"),
      level: "CanNotDelete",
    });
  });

  it("makes root nobody but on the nodes, whose driver makes directories, and on machines that are named", async () => {
    const squashed = { ...args, rootSquash: "root-only", nodeRanges: ["10.80.0.0/22"] } as const;
    const settings = async (more: object): Promise<unknown> => {
      const plan = await recorded(() => new LustreFileSystem("lustre", { ...squashed, ...more }));
      return only(plan, "azure-native:storagecache:AmlFilesystem").inputs["rootSquashSettings"];
    };
    const nodes = "10.80.0.[0-255]@tcp;10.80.1.[0-255]@tcp;10.80.2.[0-255]@tcp;10.80.3.[0-255]@tcp";
    const on = { mode: "RootOnly", squashUID: 65534, squashGID: 65534 };
    expect(await settings({})).toEqual({ ...on, noSquashNidLists: nodes });
    expect(await settings({ trustedRanges: ["10.80.128.4/32", "10.80.2.0/24"] })).toEqual({
      ...on,
      noSquashNidLists: `${nodes};10.80.128.4@tcp`,
    });
    expect(await settings({ nodeRanges: [], trustedRanges: ["10.80.128.4/32"] })).toEqual({
      ...on,
      noSquashNidLists: "10.80.128.4@tcp",
    });
    expect(await settings({ rootSquash: "none" })).toEqual({ mode: "None" });
  });

  it("is refused where nobody would keep root: no team would get a directory", async () => {
    const { scope, subnetResourceId, ...shape } = args;
    const squashed = { ...shape, rootSquash: "root-only" } as const;
    const nobody = { scope, subnetResourceId, ...squashed };
    const problem =
      'rootSquash: must be none where neither nodeRanges nor trustedRanges name anybody: no one could make a directory in the file system; got "root-only". Give the ranges of the nodes on which the CSI driver runs';
    const planned = { scope, subnetResourceId, plan: planLustreFileSystem("lustre", squashed, place) };
    for (const given of [nobody, planned]) {
      expect(await refused(() => new LustreFileSystem("lustre", given))).toEqual({ problems: [problem], made: [] });
    }
    expect(await refused(() => new LustreFileSystem("lustre", { ...nobody, nodeRanges: ["10.80.0.1/22"] }))).toEqual({
      problems: [
        'nodeRanges[0]: must be an IPv4 range such as 10.64.0.0/16, with all host bits zero; got "10.80.0.1/22". 10.80.0.0/22 would be one',
      ],
      made: [],
    });
  });

  it("fails before anything is registered", async () => {
    expect(await refused(() => new LustreFileSystem("lustre", { ...args, zone: "4" }))).toEqual({
      problems: ['zone: must be one of 1, 2, 3; got "4". Write "1" for example'],
      made: [],
    });
  });

  it("refuses a second one with its name, and takes one with another", async () => {
    const made = recorded(() => {
      new LustreFileSystem("lustre", args);
      new LustreFileSystem("scratch", args);
      expect(problemsOf(() => new LustreFileSystem("lustre", args))).toEqual([
        'name: must be one that no other of this kind has; got "amlfs-gpu-dev-eastus". Give the component another name',
      ]);
    });
    expect(
      allOf(await made, "azure-native:storagecache:AmlFilesystem").map((it) => it.inputs["amlFilesystemName"]),
    ).toEqual(["amlfs-gpu-dev-eastus", "amlfs-gpu-dev-eastus-scratch"]);
  });

  it("is told by a plan what it is told by a shape", async () => {
    const { tier, sizeTiB, zone, ...wires } = args;
    const plan = planLustreFileSystem("lustre", { tier, sizeTiB, zone }, place);
    const byPlan = await recorded(() => new LustreFileSystem("lustre", { ...wires, plan }));
    const byShape = await recorded(() => new LustreFileSystem("lustre", args));
    expect(byPlan.resources).toEqual(byShape.resources);
  });
});
