import { expect, it } from "vitest";
import { BlobIntegration } from "../../../../components/storage/blob-integration/blob-integration";
import { planBlobIntegration } from "../../../../components/storage/blob-integration/plan";
import { LustreFileSystem } from "../../../../components/storage/lustre-file-system/lustre-file-system";
import { allOf, idOf, only, place, recorded, scope, tree } from "../../../recorded";

const shape = {
  accountKeys: { allowedBecause: "checkpoints are exported" },
  providerObjectId: "77777777-7777-4777-8777-777777777777",
  job: { autoExport: { prefix: "/checkpoints" } },
};

it("is an account with two containers, of which the log is no data", async () => {
  const plan = await recorded(() => new BlobIntegration("lustre-blob", { scope, ...shape }, { protect: true }));
  expect(tree(plan)).toEqual([
    "BlobIntegration lustre-blob",
    "StorageAccount lustre-blob < BlobIntegration lustre-blob",
    "BlobServiceProperties lustre-blob < BlobIntegration lustre-blob",
    "BlobContainer lustre-blob-data < BlobIntegration lustre-blob",
    "BlobContainer lustre-blob-log < BlobIntegration lustre-blob",
  ]);
  expect(only(plan, "azure-native:storage:StorageAccount").inputs["tags"]).toEqual({
    ...(scope.tags as object),
    accountKeys: "checkpoints are exported",
  });
  const containers = allOf(plan, "azure-native:storage:BlobContainer");
  expect(containers.map((it) => [it.inputs["containerName"], it.options.protect === true])).toEqual([
    ["lustre", true],
    ["lustre-log", false],
  ]);
});

it("stands behind a file system, whose one job is made anew where it would change", async () => {
  const plan = await recorded(() => {
    const integration = new BlobIntegration("lustre-blob", { scope, ...shape });
    new LustreFileSystem("lustre", {
      ...{ scope, tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" },
      subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-lustre"),
      blob: { ...integration.lustreBlob, after: [integration] },
    });
  });
  const { accountName } = planBlobIntegration("lustre-blob", shape, place).account;
  const container = (name: string): string =>
    idOf(`Microsoft.Storage/storageAccounts/${accountName}/blobServices/default/containers/${name}`);
  const fileSystem = only(plan, "azure-native:storagecache:AmlFilesystem");
  expect(fileSystem.inputs["hsm"]).toEqual({
    settings: {
      container: container("lustre"),
      loggingContainer: container("lustre-log"),
      importPrefix: "/",
      importPrefixesInitial: ["/"],
    },
  });
  // What it waits for: all of the integration, and in a stack file the grants and the way there.
  expect(fileSystem.dependencies).toEqual(
    expect.arrayContaining([only(plan, "azure-native:storage:BlobServiceProperties").urn]),
  );
  const job = only(plan, "azure-native:storagecache:AutoExportJob");
  expect(job.inputs).toMatchObject({ amlFilesystemName: "amlfs-gpu-dev-eastus", autoExportPrefixes: ["/checkpoints"] });
  expect(job.options).toMatchObject({ replaceOnChanges: ["autoExportPrefixes"], deleteBeforeReplace: true });
});

it.each([
  [{ autoImport: {} }, "AutoImportJob"],
  [{ import: {} }, "ImportJob"],
] as const)("makes the job %j", async (job, type) => {
  const { job: planned } = planBlobIntegration("lustre-blob", { ...shape, job }, place);
  const plan = await recorded(
    () =>
      new LustreFileSystem("lustre", {
        ...{ scope, tier: "AMLFS-Durable-Premium-250", sizeTiB: 8, zone: "1" },
        subnetResourceId: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/snet-lustre"),
        blob: {
          containerResourceId: "/id/data",
          logContainerResourceId: "/id/log",
          importPrefix: "/",
          job: planned,
          after: [],
        },
      }),
  );
  expect(only(plan, `azure-native:storagecache:${type}`).inputs).toMatchObject(planned?.body ?? { never: true });
});

it("is told by a plan what it is told by a shape", async () => {
  const plan = planBlobIntegration("lustre-blob", shape, place);
  const byPlan = await recorded(() => new BlobIntegration("lustre-blob", { scope, plan }));
  const byShape = await recorded(() => new BlobIntegration("lustre-blob", { scope, ...shape }));
  expect(byPlan.resources).toEqual(byShape.resources);
});
