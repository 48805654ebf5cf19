import { written } from "../catalog/drift";
import { netAppLimits, netAppThroughputMiBps } from "../catalog/netapp-levels";
import { number, text } from "../core/property-tree";
import type { ArmRow, LimitedUse, Props, Store } from "./arm-row";
import { netAppBackupCharges, netAppPoolCharges } from "./charges/netapp";
import { refused, replaced } from "./fixed-property";

const specification = "Azure/azure-rest-api-specs:specification/netapp (x-ms-mutability [create, read])";
const levels =
  "MicrosoftDocs/azure-docs:articles/azure-netapp-files/dynamic-change-volume-service-level.md (2022-04-05: another pool, not another level)";

/** Types of `azure-native:netapp`. */
export const netapp = {
  Account: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: "capacityPools",
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 30, update: 10, delete: 30 },
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  CapacityPool: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [...replaced(specification, "encryptionType"), ...refused(levels, "serviceLevel")],
    inUse: null,
    mustBeEmpty: "volumes",
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 120, update: 60, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    bills: netAppPoolCharges,
    stores: pool,
    computes: null,
    limits: regionalCapacity,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "All volumes in it are gone" },
      paths: [
        ...written({ more: "cost", less: "capacity" }, "A larger pool bills more", "size"),
        ...written("cost", "It bills at another level of service", "serviceLevel", "qosType", "coolAccess"),
      ],
    },
  },
  CapacityPoolVolume: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [...replaced(specification, "creationToken", "subnetId", "protocolTypes", "zones")],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 300, update: 60, delete: 120 },
    answers: ({ creationToken }, id) => ({
      mountTargets: [
        { fileSystemId: id, mountTargetId: `${id}/mountTargets/${String(creationToken)}`, ipAddress: "10.0.0.5" },
      ],
    }),
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "All data in it are gone" },
      paths: [
        ...written(
          { more: "cost", less: "capacity" },
          "A larger volume takes more of its pool",
          "usageThreshold",
          "throughputMibps",
        ),
        ...written(
          "security",
          "Who may mount it is not what was reviewed",
          "exportPolicy",
          "snapshotDirectoryVisible",
          "protocolTypes",
        ),
        ...written("capacity", "It is not saved as planned", "dataProtection"),
      ],
    },
  },
  SnapshotPolicy: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: "SnapshotPolicyInUse",
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  BackupPolicy: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: "BackupPolicyInUse",
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  BackupVault: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: "backups",
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: true,
    bills: netAppBackupCharges,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

const bytesPerTiB = 2 ** 40;

function pool(inputs: Props): Store {
  const sizeTiB = number(inputs, "size") / bytesPerTiB;
  const mibps = netAppThroughputMiBps(text(inputs, "serviceLevel") ?? "", sizeTiB);
  return {
    name: text(inputs, "accountName") ?? "",
    kind: "NetApp Files",
    sizeTiB,
    throughputMBps: Math.round((mibps * 2 ** 20) / 1e6),
    // Its volumes lie in one, each in its own.
    zone: null,
  };
}

function regionalCapacity(inputs: Props): readonly LimitedUse[] {
  const used = number(inputs, "size") / bytesPerTiB;
  return [
    { what: "TiB of NetApp Files in the region, all pools of the subscription", used, limit: netAppLimits.regionalTiB },
  ];
}
