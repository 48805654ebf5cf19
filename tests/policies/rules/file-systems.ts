import type { CapacityPoolArgs } from "@pulumi/azure-native/netapp/capacityPool";
import { unknownValue } from "../../../core/property-marks";
import { amlfsMaintenanceWindow } from "../../../policies/rules/storage/amlfs-maintenance-window";
import { amlfsRootSquash } from "../../../policies/rules/storage/amlfs-root-squash";
import { anfProtocol } from "../../../policies/rules/storage/anf-protocol";
import { anfRootAccess } from "../../../policies/rules/storage/anf-root-access";
import { anfServiceLevel } from "../../../policies/rules/storage/anf-service-level";
import { anfSnapshots } from "../../../policies/rules/storage/anf-snapshots";
import { lustre, subnet, volume } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const other = subnet("nodes", "10.64.0.0/20");
const notApplicable = { "another type": [[other]] } as const;

const squashed = changed(lustre, {
  rootSquashSettings: {
    mode: "RootOnly",
    squashUID: 1000,
    squashGID: 1000,
    noSquashNidLists: "10.64.0.4@tcp;10.64.0.[5-9]@tcp",
  },
});

const closedVolume = changed(volume, {
  "exportPolicy.rules[0].hasRootAccess": false,
  "exportPolicy.rules[0].nfsv3": true,
  "exportPolicy.rules[0].nfsv41": false,
  protocolTypes: ["NFSv3"],
  dataProtection: { snapshot: { snapshotPolicyId: "/subscriptions/s/policy" } },
});

const capacityPool = resource("azure-native:netapp:CapacityPool", {
  accountName: "a",
  resourceGroupName: "g",
  serviceLevel: "Premium",
  size: 2 ** 40,
} satisfies CapacityPoolArgs);

/** Rules about file systems: Lustre and NetApp volumes. */
export const fileSystemTables: readonly RuleCases[] = [
  table(amlfsRootSquash, squashed, {
    compliant: {
      "said to be none": [{ rootSquashSettings: { mode: "None" } }],
      "nobody is trusted": [{ "rootSquashSettings.noSquashNidLists": undefined }],
      "all users squashed, to the highest number": [
        { "rootSquashSettings.mode": "All", "rootSquashSettings.squashUID": 2 ** 32 - 1 },
      ],
      "trust in one machine written as a range, with spaces and an end": [
        { "rootSquashSettings.noSquashNidLists": "100.64.0.[255]@tcp0; 10.64.0.[100-255] ;" },
      ],
      "trust in no machine of a network": [{ "rootSquashSettings.noSquashNidLists": "@tcp" }],
      "trust in machine 14": [{ "rootSquashSettings.noSquashNidLists": "10.64.0.14@tcp" }],
    },
    broken: {
      "squashed to root": [{ "rootSquashSettings.squashUID": 0 }, "rootSquashSettings.squashUID is 0; must be above 0"],
      "everybody is trusted": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.4@tcp;*@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.4@tcp;*@tcp"; must name machines, and no range of a whole network',
      ],
      "a network is trusted": [
        { "rootSquashSettings.noSquashNidLists": "10.64.[0-255].[0-255]@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.[0-255].[0-255]@tcp"; must name machines, and no range of a whole network',
      ],
      "a mode that does not exist": [
        { "rootSquashSettings.mode": "Some" },
        'rootSquashSettings.mode is "Some"; must be RootOnly, All or None',
      ],
      "a group that is root's": [
        { "rootSquashSettings.squashGID": 0 },
        "rootSquashSettings.squashGID is 0; must be above 0",
      ],
      "a number that no user has": [
        { "rootSquashSettings.squashUID": 2 ** 32 },
        "rootSquashSettings.squashUID is 4294967296; must be above 0",
      ],
      "trust in x10.64.0.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "x10.64.0.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "x10.64.0.4@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.0.4/8@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.4/8@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.4/8@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.0.[4-9].0@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.0.[4-9].0@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.0.[4-9].0@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 1000.64.0.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "1000.64.0.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "1000.64.0.4@tcp"; must name machines, and no range of a whole network',
      ],
      "trust in 10.64.4@tcp": [
        { "rootSquashSettings.noSquashNidLists": "10.64.4@tcp" },
        'rootSquashSettings.noSquashNidLists is "10.64.4@tcp"; must name machines, and no range of a whole network',
      ],
    },
    absent: {
      "the settings": [
        { rootSquashSettings: undefined },
        "rootSquashSettings.mode is absent; must be RootOnly, All or None",
      ],
    },
    unknown: {
      "the mode": [{ "rootSquashSettings.mode": unknownValue }, "?rootSquashSettings.mode"],
      "the mode, which may be none": [
        { rootSquashSettings: { mode: unknownValue, squashUID: 0 } },
        "?rootSquashSettings.mode",
      ],
    },
    notApplicable,
  }),
  table(amlfsMaintenanceWindow, lustre, {
    compliant: {
      "the first minute": [{ "maintenanceWindow.timeOfDayUTC": "00:00" }],
      "the last minute": [{ "maintenanceWindow.timeOfDayUTC": "23:59" }],
      "in the morning": [{ "maintenanceWindow.timeOfDayUTC": "19:05" }],
    },
    broken: {
      "no day": [
        { "maintenanceWindow.dayOfWeek": "Someday" },
        'maintenanceWindow.dayOfWeek is "Someday"; must be one of Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday',
      ],
      "no time": [
        { "maintenanceWindow.timeOfDayUTC": "24:00" },
        'maintenanceWindow.timeOfDayUTC is "24:00"; must be HH:MM',
      ],
      "the time 022:00": [
        { "maintenanceWindow.timeOfDayUTC": "022:00" },
        'maintenanceWindow.timeOfDayUTC is "022:00"; must be HH:MM',
      ],
      "the time 22:000": [
        { "maintenanceWindow.timeOfDayUTC": "22:000" },
        'maintenanceWindow.timeOfDayUTC is "22:000"; must be HH:MM',
      ],
      "the time 22:60": [
        { "maintenanceWindow.timeOfDayUTC": "22:60" },
        'maintenanceWindow.timeOfDayUTC is "22:60"; must be HH:MM',
      ],
      "the time 9:00": [
        { "maintenanceWindow.timeOfDayUTC": "9:00" },
        'maintenanceWindow.timeOfDayUTC is "9:00"; must be HH:MM',
      ],
    },
    absent: {
      "the time": [
        { "maintenanceWindow.timeOfDayUTC": undefined },
        "maintenanceWindow.timeOfDayUTC is absent; must be HH:MM",
      ],
    },
    unknown: { "the day": [{ "maintenanceWindow.dayOfWeek": unknownValue }, "?maintenanceWindow.dayOfWeek"] },
    notApplicable,
  }),
  table(anfRootAccess, closedVolume, {
    broken: {
      "root stays root": [
        { "exportPolicy.rules[0].hasRootAccess": true },
        "exportPolicy.rules[0].hasRootAccess is true; must be false",
      ],
    },
    absent: {
      "the word, which is true for Azure": [
        { "exportPolicy.rules[0].hasRootAccess": undefined },
        "exportPolicy.rules[0].hasRootAccess is absent; must be false",
      ],
    },
    unknown: {
      "the word": [{ "exportPolicy.rules[0].hasRootAccess": unknownValue }, "?exportPolicy.rules[0].hasRootAccess"],
    },
    notApplicable,
  }),
  table(
    anfServiceLevel,
    capacityPool,
    {
      broken: {
        "the dearest": [
          { serviceLevel: "Ultra" },
          'serviceLevel is "Ultra"; must be one of Standard, Premium, Flexible',
        ],
      },
      absent: {
        "the level": [
          { serviceLevel: undefined },
          "serviceLevel is absent; must be one of Standard, Premium, Flexible",
        ],
      },
      unknown: { "the level": [{ serviceLevel: unknownValue }, "?serviceLevel"] },
      notApplicable,
    },
    { environment: "staging" },
  ),
  table(anfServiceLevel, capacityPool, {
    compliant: { "the dearest, in production": [{ serviceLevel: "Ultra" }] },
    broken: {
      "a level that does not exist": [
        { serviceLevel: "Basic" },
        'serviceLevel is "Basic"; must be one of Standard, Premium, Flexible, Ultra',
      ],
    },
    absent: {},
    unknown: {},
    notApplicable,
  }),
  table(anfSnapshots, closedVolume, {
    compliant: {
      "nothing worth keeping": [{ dataProtection: undefined, "tags.purpose": "scratch" }],
      "a policy that is not there yet": [{ "dataProtection.snapshot.snapshotPolicyId": unknownValue }],
    },
    broken: {
      "an empty policy": [
        { "dataProtection.snapshot.snapshotPolicyId": "" },
        'dataProtection.snapshot.snapshotPolicyId is ""; must name a snapshot policy',
      ],
    },
    absent: {
      "the policy": [
        { dataProtection: undefined },
        "dataProtection.snapshot.snapshotPolicyId is absent; must name a snapshot policy",
      ],
    },
    unknown: { "all of it is wiring": [{ dataProtection: unknownValue }] },
    notApplicable,
  }),
  table(anfProtocol, closedVolume, {
    compliant: {
      "a volume of NFS 4.1": [
        {
          protocolTypes: ["NFSv4.1"],
          "exportPolicy.rules[0].nfsv3": false,
          "exportPolicy.rules[0].nfsv41": true,
        },
      ],
    },
    broken: {
      "a rule for a protocol that the volume lacks": [
        { "exportPolicy.rules[0].nfsv41": true },
        "exportPolicy.rules[0].nfsv41 is true; must not be true: protocolTypes lacks NFSv4.1",
      ],
      "a rule without that of the volume": [
        { "exportPolicy.rules[0].nfsv3": false },
        "exportPolicy.rules[0].nfsv3 is false; must not be false: protocolTypes has NFSv3",
      ],
      "a volume of NFS 4.1 with a rule of NFS 3 alone": [
        { protocolTypes: ["NFSv4.1"] },
        "exportPolicy.rules[0].nfsv3 is true; must not be true: protocolTypes lacks NFSv3",
        "exportPolicy.rules[0].nfsv41 is false; must not be false: protocolTypes has NFSv4.1",
      ],
    },
    absent: {
      "the protocols, which are NFS 3 for Azure": [{ protocolTypes: undefined }],
      "the protocols, beside a rule of NFS 4.1": [
        { protocolTypes: undefined, "exportPolicy.rules[0].nfsv41": true },
        "exportPolicy.rules[0].nfsv41 is true; must not be true: protocolTypes lacks NFSv4.1",
      ],
      "the words of the rule": [
        { "exportPolicy.rules[0].nfsv3": undefined, "exportPolicy.rules[0].nfsv41": undefined },
      ],
    },
    unknown: { "the protocols": [{ protocolTypes: unknownValue }, "?protocolTypes"] },
    notApplicable,
  }),
];
