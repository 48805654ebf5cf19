import { expect, it } from "vitest";
import { planBlobIntegration } from "../../../../components/storage/blob-integration/plan";
import type { BlobIntegrationShape } from "../../../../components/storage/blob-integration/shape";
import { place, problemsOf } from "../../../recorded";

const shape: BlobIntegrationShape = {
  accountKeys: { allowedBecause: "checkpoints are exported" },
  providerObjectId: "77777777-7777-4777-8777-777777777777",
};
const plan = (more: Partial<BlobIntegrationShape> = {}, zones = place.zones) =>
  planBlobIntegration("lustre-blob", { ...shape, ...more }, { ...place, zones });

it("is an account of its own: keys allowed, no public endpoint, no folders, why it is so in a tag", () => {
  const { account, tags, blobService, containers, subnets, endpoints } = plan();
  expect({ tags, containers, subnets, endpoints }).toEqual({
    tags: { accountKeys: "checkpoints are exported" },
    containers: { data: "lustre", log: "lustre-log" },
    subnets: [{ role: "endpoints", addresses: 1, what: "private endpoints of Blob storage", opensTo: ["lustre"] }],
    endpoints: ["blob"],
  });
  expect(account).toEqual({
    location: "eastus",
    accountName: expect.stringMatching(/^stgpudevlustrebl[0-9a-f]{8}$/) as string,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    accessTier: "Hot",
    isHnsEnabled: false,
    allowSharedKeyAccess: true,
    defaultToOAuthAuthentication: true,
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    allowedCopyScope: "AAD",
    isLocalUserEnabled: false,
    isSftpEnabled: false,
    enableHttpsTrafficOnly: true,
    minimumTlsVersion: "TLS1_2",
    publicNetworkAccess: "Disabled",
    networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
  });
  expect(blobService).not.toHaveProperty("changeFeed");
});

it.each([
  [undefined, null, undefined],
  [
    { autoExport: {} },
    { kind: "autoExport", body: { autoExportJobName: "auto-export", autoExportPrefixes: ["/"] } },
    undefined,
  ],
  [
    { autoImport: { prefixes: ["/data", "/logs"], deletions: true } },
    {
      kind: "autoImport",
      body: {
        autoImportJobName: "auto-import",
        autoImportPrefixes: ["/data", "/logs"],
        conflictResolutionMode: "Skip",
        enableDeletions: true,
      },
    },
    // It reads the change feed, of at least seven days.
    { enabled: true, retentionInDays: 7 },
  ],
  [
    { import: { conflicts: "OverwriteAlways", maximumErrors: -1 } },
    {
      kind: "import",
      body: {
        importJobName: "import",
        importPrefixes: ["/"],
        conflictResolutionMode: "OverwriteAlways",
        maximumErrors: -1,
      },
    },
    undefined,
  ],
] as const)("plans the job %j", (job, planned, changeFeed) => {
  const made = plan(job === undefined ? {} : { job: job as NonNullable<BlobIntegrationShape["job"]> });
  expect([made.job, made.blobService.changeFeed]).toEqual([planned, changeFeed]);
});

it("tells everything that is wrong at once", () => {
  expect(
    problemsOf(() =>
      plan(
        {
          providerObjectId: "HPC Cache Resource Provider",
          redundancy: "ZRS",
          importPrefix: "data",
          job: { autoImport: { prefixes: ["logs", "/data2", "/data"] } },
        },
        [],
      ),
    ),
  ).toEqual([
    'providerObjectId: must be an object ID, which is a UUID; got "HPC Cache Resource Provider". az ad sp list --display-name "HPC Cache Resource Provider" --query "[].id" says it',
    'redundancy: must be LRS: the region has no zones; got "ZRS". Write redundancy: LRS',
    'importPrefix: must be a prefix with a slash first; got "data". Write /data',
    'job.autoImport.prefixes[0]: must be a prefix with a slash first; got "logs". Write /logs',
    'job.autoImport.prefixes[1]: must not begin like /data: Azure fails a job with both; got "/data2". Leave it out: /data has it already',
  ]);
});

it("is not made without the word, nor with two jobs", () => {
  const silent = { providerObjectId: shape.providerObjectId } as BlobIntegrationShape;
  expect(problemsOf(() => planBlobIntegration("lustre-blob", silent, place))).toEqual([
    expect.stringMatching(/^accountKeys: must be given/) as string,
  ]);
  const two = { autoExport: {}, autoImport: {} } as unknown as NonNullable<BlobIntegrationShape["job"]>;
  expect(problemsOf(() => plan({ job: two }))).toHaveLength(1);
  expect(
    problemsOf(() =>
      plan({ job: { autoImport: { prefixes: Array.from({ length: 101 }, (_, at) => `/${at + 1000}/`) } } }),
    ),
  ).toEqual(["job.autoImport.prefixes: must be at most 100; got 101. Name folders above them"]);
});
