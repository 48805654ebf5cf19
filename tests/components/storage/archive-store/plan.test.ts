import { describe, expect, it } from "vitest";
import { planArchiveStore } from "../../../../components/storage/archive-store/plan";
import type { ArchiveStoreShape } from "../../../../components/storage/archive-store/shape";
import { place, problemsOf } from "../../../recorded";

const plan = (shape: ArchiveStoreShape = {}, zones = place.zones, location = place.location) =>
  planArchiveStore("archive", shape, { ...place, zones, location });

describe("planArchiveStore", () => {
  it.each([
    ["eastus", "GZRS"],
    ["westus3", "GRS"],
    ["spaincentral", "ZRS"],
    // Nobody knows: the preview says so.
    ["denmarkeast", "GRS"],
    // Where it is made may not be known yet.
    ["", "GZRS"],
  ] as const)("is copied in %s as %s", (location, redundancy) => {
    expect(plan({ redundancy }, place.zones, location).account.sku).toEqual({ name: `Standard_${redundancy}` });
  });

  it("is an account without folders and without keys that keeps versions", () => {
    const { account, blobService, managementPolicy, containerImmutability, containerName } = plan();
    expect(account).toEqual({
      location: "eastus",
      accountName: expect.stringMatching(/^stgpudevarchive[0-9a-f]{8}$/) as string,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      accessTier: "Hot",
      isHnsEnabled: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      sasPolicy: { sasExpirationPeriod: "1.00:00:00", expirationAction: "Block" },
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
    expect(blobService).toEqual({
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 30 },
      containerDeleteRetentionPolicy: { enabled: true, days: 30 },
    });
    const older = {
      tierToCool: { daysAfterCreationGreaterThan: 7 },
      delete: { daysAfterCreationGreaterThan: 365 },
    };
    expect(managementPolicy).toMatchObject({
      policy: {
        rules: [
          {
            definition: {
              actions: {
                baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 30 } },
                version: older,
                snapshot: older,
              },
            },
          },
        ],
      },
    });
    expect([containerName, containerImmutability]).toEqual(["records", null]);
  });

  it("goes back in time with all that this needs", () => {
    expect(plan({ restoreDays: 14 }).blobService).toMatchObject({
      changeFeed: { enabled: true, retentionInDays: 15 },
      restorePolicy: { enabled: true, days: 14 },
    });
    expect(plan({ restoreDays: 14, changeFeedDays: 90 }).blobService.changeFeed).toEqual({
      enabled: true,
      retentionInDays: 90,
    });
    expect(plan({ changeFeedDays: 90 }).blobService).not.toHaveProperty("restorePolicy");
  });

  it("keeps versions of the account as they are, locked only by the word", () => {
    const versions = { scope: "versions", days: 30 } as const;
    expect(plan({ immutability: versions }).account.immutableStorageWithVersioning).toEqual({
      enabled: true,
      immutabilityPolicy: {
        immutabilityPeriodSinceCreationInDays: 30,
        state: "Unlocked",
        allowProtectedAppendWrites: false,
      },
    });
    expect(
      plan({ immutability: { ...versions, state: "locked" } }).account.immutableStorageWithVersioning,
    ).toMatchObject({ immutabilityPolicy: { state: "Locked" } });
  });

  it("keeps what is in the container as it was written", () => {
    const { account, containerImmutability } = plan({ immutability: { scope: "container", days: 90, appends: true } });
    expect(account).not.toHaveProperty("immutableStorageWithVersioning");
    expect(containerImmutability).toEqual({
      immutabilityPolicyName: "default",
      immutabilityPeriodSinceCreationInDays: 90,
      allowProtectedAppendWrites: true,
    });
  });
});

describe("planArchiveStore refuses what Azure refuses, or takes and does not do", () => {
  it.each<[string, ArchiveStoreShape, string[]]>([
    [
      "a restore of what is gone",
      { softDeleteDays: 7, restoreDays: 7 },
      [
        "restoreDays: must be fewer than softDeleteDays (7): what is gone for good cannot be set back; got 7. Use 6, or softDeleteDays: 8",
      ],
    ],
    [
      "a record too short for the restore",
      { restoreDays: 14, changeFeedDays: 14 },
      [
        "changeFeedDays: must be more than restoreDays (14), which reads that record; got 14. Leave it out: it follows restoreDays",
      ],
    ],
    [
      "a restore past what nobody can change",
      { restoreDays: 7, immutability: { scope: "versions", days: 30 } },
      [
        "restoreDays: must be left out beside immutability: a restore passes by what is kept, and leaves a state that never was; got 7. Leave one of the two out: versions are a way back for each blob",
      ],
    ],
    [
      "a restore out of the archive tier",
      { restoreDays: 7, archiveAfterDays: 90 },
      [
        "archiveAfterDays: must be left out beside restoreDays: no restore brings a blob back from the archive tier; got 90. Leave one of the two out",
      ],
    ],
    [
      "an archive tier over zones",
      { redundancy: "GZRS", archiveAfterDays: 90 },
      [
        "archiveAfterDays: is not possible with copies over zones: Azure has no archive tier there; got 90. Leave it out, or write redundancy: GRS",
      ],
    ],
    [
      "an archive before it is cool",
      { archiveAfterDays: 30 },
      ["archiveAfterDays: must be a whole number of days from 31 to 99999; got 30. Use 31"],
    ],
    [
      "versions that are deleted while they are kept",
      { immutability: { scope: "versions", days: 400 } },
      [
        "versions.deleteAfterDays: must be a whole number of days from 400 to 99999: before, immutability.days keeps them; got 365. Use 400",
      ],
    ],
    [
      "a container that up should lock",
      { immutability: { scope: "container", days: 30, state: "locked" } },
      [
        'immutability.state: must be unlocked for a container: its lock is a call of its own that Pulumi does not make; got "locked". Lock it by hand after up: az storage container immutability-policy lock; or write scope: versions',
      ],
    ],
    [
      "somebody who is nobody, and twice",
      { writerGroupObjectIds: ["publishers", "publishers"] },
      [
        'writerGroupObjectIds[0]: must be the object ID of an Entra group, which is a UUID; got "publishers". az ad group show --group <name> --query id says it',
        'writerGroupObjectIds[1]: must be the object ID of an Entra group, which is a UUID; got "publishers". az ad group show --group <name> --query id says it',
        'writerGroupObjectIds[1]: must not be there twice; got "publishers". Leave one out',
      ],
    ],
  ])("%s", (_, shape, problems) => {
    expect(problemsOf(() => plan(shape))).toEqual(problems);
  });

  it("copies over zones where there are none", () => {
    expect(problemsOf(() => plan({ redundancy: "GZRS" }, []))).toEqual([
      'redundancy: must be GRS: the region has no zones; got "GZRS". Write redundancy: GRS',
    ]);
  });

  const noPair = "the region has no pair, and Azure copies to no other region than that of a pair";
  it.each([
    ["spaincentral", "GRS", ["1"], `must be ZRS or LRS: ${noPair}; got "GRS". Write redundancy: ZRS or LRS`],
    ["polandcentral", "GZRS", ["1"], `must be ZRS or LRS: ${noPair}; got "GZRS". Write redundancy: ZRS or LRS`],
    ["polandcentral", "GRS", [], `must be LRS: ${noPair}; got "GRS". Write redundancy: LRS`],
    [
      "polandcentral",
      "GZRS",
      [],
      `must be LRS: ${noPair.replace("no pair", "no zones and no pair")}; got "GZRS". Write redundancy: LRS`,
    ],
  ] as const)("copies to a second region from %s, which has none: %s", (location, redundancy, zones, problem) => {
    expect(problemsOf(() => plan({ redundancy }, zones, location))).toEqual([`redundancy: ${problem}`]);
  });

  it("never advises what it refuses", () => {
    expect(problemsOf(() => plan({ redundancy: "GZRS", archiveAfterDays: 90 }, ["1"], "polandcentral"))).toEqual([
      `redundancy: must be ZRS or LRS: ${noPair}; got "GZRS". Write redundancy: ZRS or LRS`,
      "archiveAfterDays: is not possible with copies over zones: Azure has no archive tier there; got 90. Leave it out, or write redundancy: LRS",
    ]);
  });
});
