import type { AccountArgs } from "@pulumi/azure-native/netapp/account";
import type { BackupPolicyArgs } from "@pulumi/azure-native/netapp/backupPolicy";
import type { BackupVaultArgs } from "@pulumi/azure-native/netapp/backupVault";
import type { CapacityPoolArgs } from "@pulumi/azure-native/netapp/capacityPool";
import type { SnapshotPolicyArgs } from "@pulumi/azure-native/netapp/snapshotPolicy";
import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { bytesPerGiB, netAppLimits, netAppThroughputMiBps } from "../../../catalog/netapp-levels";
import type { Place } from "../../../catalog/place";
import { physicalName, roleOf } from "../../../core/names";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import type { NetAppRef } from "./netapp-ref";
import { netAppFilesShape, type NetAppFilesShape } from "./shape";
import { checkVolume } from "./volume-size";

type InGroup = "resourceGroupName" | "tags";
type InAccount = InGroup | "accountName";

/** A checked store: what to ask of Azure, and what it asks of the rest. */
export interface NetAppFilesPlan extends NetworkUser {
  readonly account: Omit<AccountArgs, InGroup> & { readonly accountName: string };
  readonly pool: Omit<CapacityPoolArgs, InAccount>;
  /** Null for none. */
  readonly snapshotPolicy: Omit<SnapshotPolicyArgs, InAccount> | null;
  /** Null for none. */
  readonly backup: {
    readonly policy: Omit<BackupPolicyArgs, InAccount>;
    readonly vault: Omit<BackupVaultArgs, InAccount>;
  } | null;
  /** What is plain of its reference; who may mount and what is in it beside volumes of teams is known later. */
  readonly ref: Omit<PlainOfNetApp, "clientRanges" | "otherVolumes">;
  readonly deleteLock: boolean;
}

/** What a reference says in plain values. */
type PlainOfNetApp = Pick<
  NetAppRef,
  | "location"
  | "serviceLevel"
  | "qos"
  | "sizeTiB"
  | "volumeGiB"
  | "volumeMiBps"
  | "otherVolumes"
  | "protocol"
  | "rootSquash"
  | "zone"
  | "coolAfterDays"
  | "clientRanges"
>;

/**
 * Addresses of the delegated subnet beside those that Azure keeps: what a /26 has, which Azure advises.
 * Source: MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-network-topologies.md (2023-07-24); a /28 is the least
 */
const addresses = 11;

/**
 * All decisions of one store.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planNetAppFiles(
  name: string,
  given: NetAppFilesShape,
  { location, names, zones }: Place,
): NetAppFilesPlan {
  const subject = `NetApp files '${name}'`;
  const shape = readShape(netAppFilesShape, given, subject);
  const { serviceLevel, sizeTiB, qos, volumes, protocol, rootSquash, zone, coolAfterDays, snapshots, backup } = shape;
  const problems = new Problems();
  const accountName = physicalName("anf", names, roleOf(name, "homes"));
  checkName("netapp:Account", accountName, problems);
  problems.requireWhole("sizeTiB", sizeTiB, netAppLimits.poolTiB);
  problems.require(zone === undefined || zones.includes(zone), "zone", zoneRule(zones), {
    got: zone,
    remedy: zones.length === 0 ? "Leave zone out" : `Write "${zones[0] ?? ""}" for example`,
  });
  if (coolAfterDays !== undefined) problems.requireWhole("coolAfterDays", coolAfterDays, netAppLimits.coolAfterDays);
  const paths = { size: "volumes.sizeGiB", throughput: "volumes.throughputMiBps" };
  checkVolume({ serviceLevel, qos, sizeTiB }, volumes, paths, problems);
  checkKept("snapshots", snapshots, netAppLimits.snapshotsPerVolume, problems);
  if (backup !== undefined) checkKept("backup", backup, netAppLimits.backupsPerVolume, problems);
  problems.throwIfAny(subject);

  return {
    deleteLock: shape.deleteLock,
    infiniband: false,
    subnets: [{ role: "netapp", addresses, what: "addresses of NetApp Files" }],
    account: { location, accountName },
    pool: {
      location,
      poolName: "homes",
      serviceLevel,
      size: sizeTiB * 1024 * bytesPerGiB,
      qosType: qos === "auto" ? "Auto" : "Manual",
      ...(coolAfterDays !== undefined && { coolAccess: true }),
    },
    snapshotPolicy: planSnapshots(snapshots, location),
    backup:
      backup === undefined
        ? null
        : {
            vault: { location, backupVaultName: "homes" },
            policy: {
              location,
              backupPolicyName: "homes",
              enabled: true,
              dailyBackupsToKeep: backup.daily,
              weeklyBackupsToKeep: backup.weekly,
              monthlyBackupsToKeep: backup.monthly,
            },
          },
    ref: {
      location,
      serviceLevel,
      qos,
      sizeTiB,
      volumeGiB: volumes.sizeGiB,
      ...(volumes.throughputMiBps !== undefined && { volumeMiBps: volumes.throughputMiBps }),
      protocol,
      rootSquash,
      ...(zone !== undefined && { zone }),
      ...(coolAfterDays !== undefined && { coolAfterDays }),
    },
  };
}

/** Throughput of all volumes of a pool together, in MiB/s. */
export function poolMiBps({ serviceLevel, sizeTiB }: Pick<NetAppRef, "serviceLevel" | "sizeTiB">): number {
  return netAppThroughputMiBps(serviceLevel, sizeTiB);
}

function zoneRule(zones: readonly string[]): string {
  return zones.length === 0 ? "must be left out: the region has no zones" : `must be one of ${zones.join(", ")}`;
}

/** Numbers that Azure bounds together. */
function checkKept(path: string, kept: Readonly<Record<string, number>>, most: number, problems: Problems): void {
  const sum = Object.values(kept).reduce((total, it) => total + it, 0);
  problems.require(sum <= most, path, `must be at most ${most} together`, { got: sum, remedy: "Keep fewer" });
}

type Snapshots = z.output<typeof netAppFilesShape>["snapshots"];

function planSnapshots(
  { hourly, daily, weekly, monthly }: Snapshots,
  location: string,
): NetAppFilesPlan["snapshotPolicy"] {
  if (hourly + daily + weekly + monthly === 0) return null;
  const atMidnight = { hour: 0, minute: 0 };
  return {
    location,
    snapshotPolicyName: "homes",
    enabled: true,
    ...(hourly > 0 && { hourlySchedule: { minute: 0, snapshotsToKeep: hourly } }),
    ...(daily > 0 && { dailySchedule: { ...atMidnight, snapshotsToKeep: daily } }),
    ...(weekly > 0 && { weeklySchedule: { ...atMidnight, day: "Sunday", snapshotsToKeep: weekly } }),
    ...(monthly > 0 && { monthlySchedule: { ...atMidnight, daysOfMonth: "1", snapshotsToKeep: monthly } }),
  };
}
