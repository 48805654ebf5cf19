import { expect, it } from "vitest";
import { ArchiveStore } from "../../../../components/storage/archive-store/archive-store";
import { planArchiveStore } from "../../../../components/storage/archive-store/plan";
import { tableOf } from "../../../../core/records";
import { idOf, only, place, recorded, refused, scope, tree } from "../../../recorded";

const immutability = { scope: "container", days: 30 } as const;

it("is an account with its settings and one container, whose data are protected and whose settings are not", async () => {
  const plan = await recorded(() => new ArchiveStore("archive", { scope, immutability }, { protect: true }));
  expect(tree(plan)).toEqual([
    "ArchiveStore archive",
    "StorageAccount archive < ArchiveStore archive",
    "BlobServiceProperties archive < ArchiveStore archive",
    "ManagementPolicy archive < ArchiveStore archive",
    "BlobContainer archive < ArchiveStore archive",
    "BlobContainerImmutabilityPolicy archive < ArchiveStore archive",
  ]);
  const protects = tableOf(
    plan.resources
      .filter((it) => it.custom)
      .map((it) => [it.type.split(":").at(-1) ?? "", it.options.protect === true] as const),
  );
  expect(protects).toEqual({
    StorageAccount: true,
    BlobServiceProperties: false,
    ManagementPolicy: false,
    BlobContainer: true,
    BlobContainerImmutabilityPolicy: false,
  });
  // Rules about versions are refused before there are versions.
  const service = only(plan, "azure-native:storage:BlobServiceProperties").urn;
  expect(only(plan, "azure-native:storage:ManagementPolicy").dependencies).toContain(service);
});

it("is locked against everybody once somebody types it", async () => {
  const plan = await recorded(() => new ArchiveStore("archive", { scope, deleteLock: true }));
  expect(only(plan, "azure-native:authorization:ManagementLockByScope").inputs).toMatchObject({
    scope: idOf(`Microsoft.Storage/storageAccounts/${planArchiveStore("archive", {}, place).account.accountName}`),
    level: "CanNotDelete",
  });
});

it("is told by a plan what it is told by a shape, and fails before anything is registered", async () => {
  const byPlan = await recorded(
    () => new ArchiveStore("archive", { scope, plan: planArchiveStore("archive", { immutability }, place) }),
  );
  const byShape = await recorded(() => new ArchiveStore("archive", { scope, immutability }));
  expect(byPlan.resources).toEqual(byShape.resources);
  const { made } = await refused(() => new ArchiveStore("archive", { scope, restoreDays: 40 }));
  expect(made).toEqual([]);
});
