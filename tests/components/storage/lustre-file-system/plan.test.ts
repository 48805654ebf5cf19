import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lustreTiers } from "../../../../catalog/lustre-tiers";
import { MisconfiguredError } from "../../../../core/problems";
import {
  planLustreFileSystem,
  type LustreFileSystemPlan,
} from "../../../../components/storage/lustre-file-system/plan";
import type { LustreFileSystemShape } from "../../../../components/storage/lustre-file-system/shape";
import { place, problemsOf } from "../../../recorded";

const zones = ["1", "2"];
const plan = (shape: LustreFileSystemShape, zones: readonly string[]): LustreFileSystemPlan =>
  planLustreFileSystem("lustre", shape, { ...place, zones });
const shape: LustreFileSystemShape = { tier: "AMLFS-Durable-Premium-500", sizeTiB: 128, zone: "1" };

/** Step and largest size of each tier, as the documentation has them. */
const tiers = [
  ["AMLFS-Durable-Premium-40", 48, 12_800, 40],
  ["AMLFS-Durable-Premium-125", 16, 4096, 125],
  ["AMLFS-Durable-Premium-250", 8, 2048, 250],
  ["AMLFS-Durable-Premium-500", 4, 1024, 500],
] as const;

describe("planLustreFileSystem", () => {
  it("plans throughput and a quiet hour for maintenance", () => {
    expect(plan(shape, zones)).toEqual({
      sizeTiB: 128,
      throughputMBps: 64_000,
      offer: { tier: lustreTiers.at(-1), sizeTiB: 128, throughputMBps: 64_000 },
      wish: null,
      deleteLock: false,
      infiniband: false,
      subnets: [{ role: "lustre", addresses: 251, what: "addresses of 128 TiB of Lustre" }],
      squash: { on: false, trusted: [] },
      fileSystem: {
        location: "eastus",
        amlFilesystemName: "amlfs-gpu-dev-eastus",
        sku: { name: "AMLFS-Durable-Premium-500" },
        storageCapacityTiB: 128,
        zones: ["1"],
        maintenanceWindow: { dayOfWeek: "Saturday", timeOfDayUTC: "22:00" },
      },
    });
    const other = { maintenanceDay: "Monday", maintenanceTime: "00:00", zone: "2" } as const;
    expect(plan({ ...shape, ...other }, zones).fileSystem).toMatchObject({
      zones: ["2"],
      maintenanceWindow: { dayOfWeek: "Monday", timeOfDayUTC: "00:00" },
    });
  });

  it("names a second file system after itself", () => {
    expect(planLustreFileSystem("scratch", shape, place).fileSystem.amlFilesystemName).toBe(
      "amlfs-gpu-dev-eastus-scratch",
    );
  });

  it.each(tiers)("fits in %s exactly when it is a multiple of %i TiB, up to %i", (tier, step, most, perTiB) => {
    fc.assert(
      fc.property(fc.integer({ min: -step, max: most + 2 * step }), (sizeTiB) => {
        const decide = (): unknown => plan({ ...shape, tier, sizeTiB }, zones);
        if (sizeTiB > 0 && sizeTiB % step === 0 && sizeTiB <= Math.min(most, 400)) {
          expect(decide()).toMatchObject({ sizeTiB, throughputMBps: perTiB * sizeTiB });
        } else expect(decide).toThrow(MisconfiguredError);
      }),
    );
  });

  it.each(tiers)("proposes sizes of %s that fit", (tier, step, most) => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: Math.min(most, 400) - 2 * step }), (sizeTiB) => {
        if (sizeTiB > 0 && sizeTiB % step === 0) return;
        const [line = ""] = problemsOf(() => plan({ ...shape, tier, sizeTiB }, zones));
        const proposed = (/\. Use (.*)$/.exec(line)?.[1] ?? "").split(" or ").map(Number);
        expect(proposed.length).toBeGreaterThan(0);
        for (const fits of proposed) {
          expect(plan({ ...shape, tier, sizeTiB: fits }, zones).sizeTiB).toBe(fits);
          expect(Math.abs(fits - sizeTiB)).toBeLessThanOrEqual(step + 1);
        }
      }),
    );
  });
});

describe("planLustreFileSystem fails", () => {
  it("under one subject", () => {
    expect(() => plan({ ...shape, sizeTiB: 130 }, zones)).toThrow(
      "Lustre file system 'lustre' is misconfigured:\n  sizeTiB: must be a multiple of 4 TiB in tier AMLFS-Durable-Premium-500; got 130. Use 128 or 132",
    );
  });

  const multiple = "sizeTiB: must be a multiple of 4 TiB in tier AMLFS-Durable-Premium-500";
  const most =
    "sizeTiB: must be at most 1024 TiB in tier AMLFS-Durable-Premium-500 (above 128 TiB Azure asks for a request)";
  it.each([
    [
      "with a tier that does not exist",
      { tier: "AMLFS-Durable-Premium-20" },
      zones,
      [
        'tier: must be one of AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125, AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-500; got "AMLFS-Durable-Premium-20". Closest: AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125',
      ],
    ],
    ["with nothing", { sizeTiB: 0 }, zones, [`${multiple}; got 0. Use 4`]],
    ["with less than nothing", { sizeTiB: -4 }, zones, [`${multiple}; got -4. Use 4`]],
    ["with part of a step", { sizeTiB: 6 }, zones, [`${multiple}; got 6. Use 4 or 8`]],
    ["with part of a TiB", { sizeTiB: 8.5 }, zones, ["sizeTiB: must be a whole number; got 8.5 (number). Use 8 or 9"]],
    [
      "with no number",
      { sizeTiB: Number.NaN },
      zones,
      ["sizeTiB: must be a whole number; got NaN (number). Write for example 1"],
    ],
    [
      "with more than any known subnet holds",
      { sizeTiB: 404 },
      zones,
      [
        "sizeTiB: has no subnet that is known to fit: no source says how many addresses 404 TiB of Lustre take; got 404. Ask Azure's getRequiredAmlFSSubnetsSize, and split the data over environments",
      ],
    ],
    [
      "with more than Azure makes",
      { sizeTiB: 1028 },
      zones,
      [`${most}; got 1028. Use 1024 or less, or a tier that holds more`],
    ],
    [
      "with a zone that is not there",
      { zone: "3" },
      zones,
      ['zone: must be one of 1, 2; got "3". Write "1" for example'],
    ],
    [
      "where there are no zones",
      {},
      [],
      [
        'zone: is not possible: Managed Lustre needs a zone, and the catalogue knows none of this region; got "1". Leave storage.lustre out',
      ],
    ],
    [
      "with a time of day that is none",
      { maintenanceTime: "9:00" },
      zones,
      ['maintenanceTime: must be HH:MM in UTC, 00:00 to 23:59; got "9:00". For example 09:00'],
    ],
    [
      "with several problems at once",
      { tier: "fast", zone: "x" },
      zones,
      [
        'tier: must be one of AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125, AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-500; got "fast". Write AMLFS-Durable-Premium-40 for example',
        'zone: must be one of 1, 2; got "x". Write "1" for example',
      ],
    ],
  ] satisfies [string, Partial<LustreFileSystemShape>, string[], string[]][])("%s", (_, more, regionZones, lines) => {
    expect(problemsOf(() => plan({ ...shape, ...more }, regionZones))).toEqual(lines);
  });
});

describe("planLustreFileSystem with a key of yours", () => {
  const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/keys/providers";
  const identityResourceId = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/lustre`;
  const vaultResourceId = `${group}/Microsoft.KeyVault/vaults/kv-ml`;
  const keyUrl = `https://kv-ml.vault.azure.net/keys/data/${"a".repeat(32)}`;
  const own = { keyUrl, identityResourceId, vaultResourceId };

  it("names key, vault and identity", () => {
    expect(plan({ ...shape, customerManagedKey: own }, zones).fileSystem).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: [identityResourceId] },
      encryptionSettings: { keyEncryptionKey: { keyUrl, sourceVault: { id: vaultResourceId } } },
    });
    expect(plan(shape, zones).fileSystem).not.toHaveProperty("encryptionSettings");
  });

  it.each([
    [
      "without a version",
      { keyUrl: "https://kv-ml.vault.azure.net/keys/data" },
      /^customerManagedKey\.keyUrl: must name a version/,
    ],
    [
      "in another vault",
      { vaultResourceId: `${group}/Microsoft.KeyVault/vaults/other` },
      /vaultResourceId: must be the vault that keyUrl/,
    ],
    [
      "in a managed HSM",
      { keyUrl: keyUrl.replace("vault", "managedhsm") },
      /vaultResourceId: must be the vault that keyUrl leads to/,
    ],
    [
      "of something else",
      { vaultResourceId: identityResourceId.replace("lustre", "kv-ml") },
      /vaultResourceId: must be the ARM ID of a Key Vault/,
    ],
  ])("fails for one %s", (_, wrong, line) => {
    const customerManagedKey = { ...own, ...wrong };
    expect(problemsOf(() => plan({ ...shape, customerManagedKey }, zones))).toEqual([expect.stringMatching(line)]);
  });
});
