import { describe, expect, it } from "vitest";
import { planNetAppFiles } from "../../../../components/storage/netapp-files/plan";
import type { NetAppFilesShape } from "../../../../components/storage/netapp-files/shape";
import { place, problemsOf } from "../../../recorded";

const plan = (shape: NetAppFilesShape, zones = place.zones) => planNetAppFiles("homes", shape, { ...place, zones });

describe("planNetAppFiles", () => {
  it("is an account with one pool, and snapshots of a week and a month", () => {
    expect(plan({ sizeTiB: 4 })).toEqual({
      deleteLock: false,
      infiniband: false,
      subnets: [{ role: "netapp", addresses: 11, what: "addresses of NetApp Files" }],
      account: { location: "eastus", accountName: "anf-gpu-dev-eastus" },
      pool: {
        location: "eastus",
        poolName: "homes",
        serviceLevel: "Premium",
        size: 4 * 2 ** 40,
        qosType: "Auto",
      },
      snapshotPolicy: {
        location: "eastus",
        snapshotPolicyName: "homes",
        enabled: true,
        dailySchedule: { hour: 0, minute: 0, snapshotsToKeep: 7 },
        weeklySchedule: { hour: 0, minute: 0, day: "Sunday", snapshotsToKeep: 4 },
      },
      backup: null,
      ref: {
        location: "eastus",
        serviceLevel: "Premium",
        qos: "auto",
        sizeTiB: 4,
        volumeGiB: 512,
        protocol: "NFSv3",
        rootSquash: "root-only",
      },
    });
  });

  it("says all that somebody asked for, and hands it to the volumes", () => {
    const asked = plan({
      ...{ sizeTiB: 2, serviceLevel: "Ultra", qos: "manual", protocol: "NFSv4.1", rootSquash: "none", zone: "2" },
      volumes: { sizeGiB: 1024, throughputMiBps: 64 },
      coolAfterDays: 31,
      snapshots: { hourly: 24, daily: 0, weekly: 0, monthly: 3 },
      backup: { daily: 14, monthly: 6 },
    });
    expect(asked.pool).toMatchObject({ serviceLevel: "Ultra", qosType: "Manual", coolAccess: true });
    expect(asked.snapshotPolicy).toMatchObject({
      hourlySchedule: { minute: 0, snapshotsToKeep: 24 },
      monthlySchedule: { daysOfMonth: "1", hour: 0, minute: 0, snapshotsToKeep: 3 },
    });
    expect(asked.snapshotPolicy).not.toHaveProperty("dailySchedule");
    expect(asked.backup).toMatchObject({
      policy: { enabled: true, dailyBackupsToKeep: 14, weeklyBackupsToKeep: 4, monthlyBackupsToKeep: 6 },
      vault: { backupVaultName: "homes" },
    });
    expect(asked.ref).toMatchObject({
      volumeMiBps: 64,
      protocol: "NFSv4.1",
      rootSquash: "none",
      zone: "2",
      coolAfterDays: 31,
    });
  });

  it("takes no snapshot where none is kept", () => {
    expect(plan({ sizeTiB: 1, snapshots: { daily: 0, weekly: 0 } }).snapshotPolicy).toBeNull();
  });
});

describe("planNetAppFiles refuses", () => {
  it.each<[string, NetAppFilesShape, string[]]>([
    [
      "no capacity",
      { sizeTiB: 0, volumes: { sizeGiB: 50 } },
      [
        "sizeTiB: must be a whole number from 1 to 2048; got 0. Use 1",
        "volumes.sizeGiB: must be at most the size of the pool, 0 GiB; got 50. Use less, or sizeTiB: 1",
      ],
    ],
    [
      "a volume of 20 GiB",
      { sizeTiB: 1, volumes: { sizeGiB: 20 } },
      ["volumes.sizeGiB: must be a whole number from 50 to 102400; got 20. Use 50"],
    ],
    [
      "a volume larger than its pool",
      { sizeTiB: 1, volumes: { sizeGiB: 2000 } },
      ["volumes.sizeGiB: must be at most the size of the pool, 1024 GiB; got 2000. Use less, or sizeTiB: 2"],
    ],
    [
      "a volume faster than its pool",
      { sizeTiB: 1, qos: "manual", volumes: { throughputMiBps: 65 } },
      [
        "volumes.throughputMiBps: must be at most what the pool gives: 1 TiB of Premium are 64 MiB/s; got 65. Use less, a larger pool or a higher serviceLevel",
      ],
    ],
    [
      "manual without a number",
      { sizeTiB: 1, qos: "manual" },
      ["volumes.throughputMiBps: must be given with qos: manual; got nothing. Write 64 for example"],
    ],
    [
      "a number that does nothing",
      { sizeTiB: 1, volumes: { throughputMiBps: 16 } },
      [
        "volumes.throughputMiBps: must be left out with qos: auto: the size of a volume decides; got 16. Leave it out, or write qos: manual",
      ],
    ],
    [
      "a zone that is not there",
      { sizeTiB: 1, zone: "4" },
      ['zone: must be one of 1, 2, 3; got "4". Write "1" for example'],
    ],
    [
      "a block that cools at once",
      { sizeTiB: 1, coolAfterDays: 1 },
      ["coolAfterDays: must be a whole number from 2 to 183; got 1. Use 2"],
    ],
    [
      "more snapshots than a volume has",
      { sizeTiB: 1, snapshots: { hourly: 240, daily: 30 } },
      ["snapshots: must be at most 255 together; got 274. Keep fewer"],
    ],
    [
      "one daily backup",
      { sizeTiB: 1, backup: { daily: 1 } },
      ["backup.daily: must be a whole number from 2; got 1. Use 2 or more"],
    ],
  ])("%s", (_, shape, problems) => {
    expect(problemsOf(() => plan(shape))).toEqual(problems);
  });

  it("a zone where the region has none", () => {
    expect(problemsOf(() => plan({ sizeTiB: 1, zone: "1" }, []))).toEqual([
      'zone: must be left out: the region has no zones; got "1". Leave zone out',
    ]);
  });
});
