import { unknownValue } from "../../../core/property-marks";
import { amlfsCapacityStep } from "../../../policies/rules/storage/amlfs-capacity-step";
import { amlfsHsmContainers } from "../../../policies/rules/storage/amlfs-hsm-containers";
import { amlfsProtected } from "../../../policies/rules/storage/amlfs-protected";
import { amlfsSingleZone } from "../../../policies/rules/storage/amlfs-single-zone";
import { anfExportNotOpen } from "../../../policies/rules/storage/anf-export-not-open";
import { anfSize } from "../../../policies/rules/storage/anf-size";
import { stCopyScope } from "../../../policies/rules/storage/st-copy-scope";
import { stSasPolicy } from "../../../policies/rules/storage/st-sas-policy";
import { stHttpsOnly } from "../../../policies/rules/storage/st-https-only";
import { stNetworkDeny } from "../../../policies/rules/storage/st-network-deny";
import { stNoAnonymous } from "../../../policies/rules/storage/st-no-anonymous";
import { stNoSharedKey } from "../../../policies/rules/storage/st-no-shared-key";
import { stPublicOff } from "../../../policies/rules/storage/st-public-off";
import { stTls12 } from "../../../policies/rules/storage/st-tls12";
import { stVersionsFlat } from "../../../policies/rules/storage/st-versions-flat";
import { types } from "../../../policies/engine/types";
import { account, lustre, network, volume } from "../fixtures";
import { resource, table, type RuleCases } from "../harness";

const otherType = { "another type": [[network]] } as const;
const tiers =
  "AMLFS-Durable-Premium-40, AMLFS-Durable-Premium-125, AMLFS-Durable-Premium-250, AMLFS-Durable-Premium-500";
const step = "be a multiple of 8 from 8 to 2048 in tier AMLFS-Durable-Premium-250";
const deny = 'be "Deny" while publicNetworkAccess is not Disabled';
const words = "hold only None, AzureServices, Logging, Metrics";

const gib = "be whole GiB in bytes, from 50 to 102400 GiB";
const week = "be days.hours:minutes:seconds, at most 7.00:00:00";

/** Rules about storage. */
export const storageTables: readonly RuleCases[] = [
  table(stHttpsOnly, account, {
    compliant: { "NFS on a closed network": [{ enableHttpsTrafficOnly: false, enableNfsV3: true }] },
    broken: {
      "plain HTTP": [{ enableHttpsTrafficOnly: false }, "enableHttpsTrafficOnly is false; must not be false"],
      "NFS on an open network": [
        { enableHttpsTrafficOnly: false, enableNfsV3: true, networkRuleSet: undefined },
        "enableHttpsTrafficOnly is false; must not be false",
      ],
    },
    absent: { "Azure's default is on": [{ enableHttpsTrafficOnly: undefined }] },
    unknown: { "the flag": [{ enableHttpsTrafficOnly: unknownValue }, "?enableHttpsTrafficOnly"] },
    notApplicable: otherType,
  }),
  table(stNoAnonymous, account, {
    compliant: { "a private container": [[resource(types.blobContainer, { publicAccess: "None" })]] },
    broken: {
      "an open account": [{ allowBlobPublicAccess: true }, "allowBlobPublicAccess is true; must be false"],
      "an open container": [
        [resource(types.blobContainer, { publicAccess: "Blob" })],
        'publicAccess is "Blob"; must be absent or "None"',
      ],
    },
    absent: {
      "the flag": [{ allowBlobPublicAccess: undefined }, "allowBlobPublicAccess is absent; must be false"],
      "the flag of a container": [[resource(types.blobContainer, {})]],
    },
    unknown: {
      "the flag": [{ allowBlobPublicAccess: unknownValue }, "?allowBlobPublicAccess"],
      "the flag of a container": [[resource(types.blobContainer, { publicAccess: unknownValue })], "?publicAccess"],
    },
    notApplicable: otherType,
  }),
  table(stNoSharedKey, account, {
    compliant: {
      "keys with a reason, behind a closed door": [
        { allowSharedKeyAccess: true, "tags.accountKeys": "Lustre asks for them" },
      ],
    },
    broken: {
      "keys with a reason, behind an open door": [
        { allowSharedKeyAccess: true, "tags.accountKeys": "Lustre asks for them", publicNetworkAccess: "Enabled" },
        "allowSharedKeyAccess is true; must be false",
      ],
      "keys with an empty reason": [
        { allowSharedKeyAccess: true, "tags.accountKeys": " " },
        "allowSharedKeyAccess is true; must be false",
      ],
      keys: [{ allowSharedKeyAccess: true }, "allowSharedKeyAccess is true; must be false"],
      "keys first in the portal": [
        { defaultToOAuthAuthentication: false },
        "defaultToOAuthAuthentication is false; must be true",
      ],
      "a reason that is no text": [
        { allowSharedKeyAccess: true, "tags.accountKeys": 1 },
        "allowSharedKeyAccess is true; must be false",
      ],
    },
    absent: {
      "Azure's default is keys": [{ allowSharedKeyAccess: undefined }, "allowSharedKeyAccess is absent; must be false"],
    },
    unknown: { "the flag": [{ allowSharedKeyAccess: unknownValue }, "?allowSharedKeyAccess"] },
    notApplicable: otherType,
  }),
  table(stTls12, account, {
    compliant: { "TLS 1.3": [{ minimumTlsVersion: "TLS1_3" }] },
    broken: { "TLS 1.0": [{ minimumTlsVersion: "TLS1_0" }, 'minimumTlsVersion is "TLS1_0"; must be TLS1_2 or TLS1_3'] },
    absent: {
      "the version": [{ minimumTlsVersion: undefined }, "minimumTlsVersion is absent; must be TLS1_2 or TLS1_3"],
    },
    unknown: { "the version": [{ minimumTlsVersion: unknownValue }, "?minimumTlsVersion"] },
    notApplicable: otherType,
  }),
  table(stNetworkDeny, account, {
    compliant: {
      "a firewall on a public endpoint": [{ publicNetworkAccess: "Enabled" }],
      "no public endpoint": [{ networkRuleSet: undefined }],
      "several bypasses": [{ "networkRuleSet.bypass": "Logging, Metrics,AzureServices" }],
      "no word of bypasses": [{ "networkRuleSet.bypass": undefined }],
    },
    broken: {
      "any network": [
        { publicNetworkAccess: "Enabled", "networkRuleSet.defaultAction": "Allow" },
        `networkRuleSet.defaultAction is "Allow"; must ${deny}`,
      ],
      "a bypass that does not exist": [
        { "networkRuleSet.bypass": "AzureServices, Everybody" },
        `networkRuleSet.bypass is "AzureServices, Everybody"; must ${words}`,
      ],
      "a bypass that is no text": [{ "networkRuleSet.bypass": 1 }, `networkRuleSet.bypass is 1; must ${words}`],
    },
    absent: {
      "all of it": [
        { publicNetworkAccess: undefined, networkRuleSet: undefined },
        `networkRuleSet.defaultAction is absent; must ${deny}`,
      ],
    },
    unknown: { "the rules": [{ publicNetworkAccess: "Enabled", networkRuleSet: unknownValue }, "?networkRuleSet"] },
    notApplicable: otherType,
  }),
  table(stPublicOff, account, {
    broken: {
      "a public endpoint": [{ publicNetworkAccess: "Enabled" }, 'publicNetworkAccess is "Enabled"; must be "Disabled"'],
    },
    absent: {
      "Azure's default is on": [
        { publicNetworkAccess: undefined },
        'publicNetworkAccess is absent; must be "Disabled"',
      ],
    },
    unknown: { "the flag": [{ publicNetworkAccess: unknownValue }, "?publicNetworkAccess"] },
    notApplicable: otherType,
  }),
  table(amlfsCapacityStep, lustre, {
    compliant: {
      "one step": [{ storageCapacityTiB: 8 }],
      "the most": [{ storageCapacityTiB: 2048 }],
    },
    broken: {
      "between two steps": [{ storageCapacityTiB: 12 }, `storageCapacityTiB is 12; must ${step}`],
      nothing: [{ storageCapacityTiB: 0 }, `storageCapacityTiB is 0; must ${step}`],
      "a tier that does not exist": [
        { "sku.name": "Premium-250" },
        `sku.name is "Premium-250"; must be one of ${tiers}`,
      ],
      "a step too many": [{ storageCapacityTiB: 2056 }, `storageCapacityTiB is 2056; must ${step}`],
      "a capacity in quotes": [{ storageCapacityTiB: "16" }, `storageCapacityTiB is "16"; must ${step}`],
    },
    absent: {
      "the capacity": [{ storageCapacityTiB: undefined }, `storageCapacityTiB is absent; must ${step}`],
      "the tier": [{ sku: undefined }, `sku.name is absent; must be one of ${tiers}`],
    },
    unknown: { "the tier": [{ "sku.name": unknownValue }, "?sku.name"] },
    notApplicable: otherType,
  }),
  table(amlfsSingleZone, lustre, {
    broken: {
      "two zones": [{ zones: ["1", "2"] }, 'zones is ["1","2"]; must hold exactly one zone'],
      "no zone": [{ zones: [] }, "zones is []; must hold exactly one zone"],
      "a zone that is no list": [{ zones: "1" }, 'zones is "1"; must hold exactly one zone'],
    },
    absent: { "the zone": [{ zones: undefined }, "zones is absent; must hold exactly one zone"] },
    unknown: { "the zone": [{ zones: unknownValue }, "?zones"] },
    notApplicable: otherType,
  }),
  table(amlfsProtected, lustre, {
    broken: {
      "not protected": [[{ ...lustre, options: {} }], "opts.protect is false; must be true"],
      "a volume that is not": [[resource(types.netAppVolume, {})], "opts.protect is false; must be true"],
    },
    absent: { "all properties": [[{ ...lustre, inputs: {} }]] },
    unknown: { "all properties": [[{ ...lustre, inputs: { zones: unknownValue } }]] },
    notApplicable: otherType,
  }),
  table(stCopyScope, account, {
    compliant: { "one network": [{ allowedCopyScope: "PrivateLink" }] },
    broken: {
      everybody: [{ allowedCopyScope: "All" }, 'allowedCopyScope is "All"; must be AAD or PrivateLink'],
    },
    absent: {
      "the scope": [{ allowedCopyScope: undefined }, "allowedCopyScope is absent; must be AAD or PrivateLink"],
    },
    unknown: { "the scope": [{ allowedCopyScope: unknownValue }, "?allowedCopyScope"] },
    notApplicable: otherType,
  }),
  table(stSasPolicy, account, {
    compliant: {
      "a week": [{ "sasPolicy.sasExpirationPeriod": "7.00:00:00" }],
      "a week, with a zero": [{ "sasPolicy.sasExpirationPeriod": "07.00:00:00" }],
      "an hour": [{ "sasPolicy.sasExpirationPeriod": "01:00:00" }],
      "six days and a bit, with zeros": [{ "sasPolicy.sasExpirationPeriod": "006.12:34:56" }],
      "a week, with zeros": [{ "sasPolicy.sasExpirationPeriod": "007.00:00:00" }],
      "a day with most of another": [{ "sasPolicy.sasExpirationPeriod": "23:59:59" }],
    },
    broken: {
      "more than a week": [
        { "sasPolicy.sasExpirationPeriod": "7.00:00:01" },
        `sasPolicy.sasExpirationPeriod is "7.00:00:01"; must ${week}`,
      ],
      "three weeks": [
        { "sasPolicy.sasExpirationPeriod": "21.00:00:00" },
        `sasPolicy.sasExpirationPeriod is "21.00:00:00"; must ${week}`,
      ],
      "a note in a log": [
        { "sasPolicy.expirationAction": "Log" },
        'sasPolicy.expirationAction is "Log"; must be Block',
      ],
      "seventeen days": [
        { "sasPolicy.sasExpirationPeriod": "17.00:00:00" },
        `sasPolicy.sasExpirationPeriod is "17.00:00:00"; must ${week}`,
      ],
      "parts of a second": [
        { "sasPolicy.sasExpirationPeriod": "1.00:00:00.5" },
        `sasPolicy.sasExpirationPeriod is "1.00:00:00.5"; must ${week}`,
      ],
      "a hundred hours": [
        { "sasPolicy.sasExpirationPeriod": "100:00:00" },
        `sasPolicy.sasExpirationPeriod is "100:00:00"; must ${week}`,
      ],
    },
    absent: {
      "the policy": [
        { sasPolicy: undefined },
        `sasPolicy.sasExpirationPeriod is absent; must ${week}`,
        "sasPolicy.expirationAction is absent; must be Block",
      ],
    },
    unknown: { "the policy": [{ sasPolicy: unknownValue }, "?sasPolicy"] },
    notApplicable: otherType,
  }),
  table(amlfsHsmContainers, lustre, {
    compliant: { "two containers": [{ hsm: { settings: { container: "/id/data", loggingContainer: "/id/log" } } }] },
    broken: {
      "one for both": [
        { hsm: { settings: { container: "/id/data", loggingContainer: "/id/data" } } },
        'hsm.settings.loggingContainer is "/id/data"; must be another container than that of the data',
      ],
    },
    absent: {
      "Blob behind it": [{ hsm: undefined }],
      "the log": [
        { hsm: { settings: { container: "/id/data" } } },
        "hsm.settings.loggingContainer is absent; must name a container",
      ],
      "the data": [
        { hsm: { settings: { loggingContainer: "/id/log" } } },
        "hsm.settings.container is absent; must name a container",
      ],
    },
    unknown: {
      "both, while they are made": [
        { hsm: { settings: { container: unknownValue, loggingContainer: unknownValue } } },
        "?hsm.settings.loggingContainer",
      ],
    },
    notApplicable: otherType,
  }),
  table(anfExportNotOpen, volume, {
    broken: {
      everybody: [
        { "exportPolicy.rules[0].allowedClients": "0.0.0.0/0" },
        'exportPolicy.rules[0].allowedClients is "0.0.0.0/0"; must name ranges, and not all addresses',
      ],
      "everybody behind a range": [
        { "exportPolicy.rules[0].allowedClients": "10.64.0.0/17, ::/0" },
        'exportPolicy.rules[0].allowedClients is "10.64.0.0/17, ::/0"; must name ranges, and not all addresses',
      ],
      "everybody before a range": [
        { "exportPolicy.rules[0].allowedClients": "0.0.0.0/0 ,10.64.0.0/17" },
        'exportPolicy.rules[0].allowedClients is "0.0.0.0/0 ,10.64.0.0/17"; must name ranges, and not all addresses',
      ],
      "nothing between two commas": [
        { "exportPolicy.rules[0].allowedClients": "10.64.0.0/17, ,10.64.128.0/18" },
        'exportPolicy.rules[0].allowedClients is "10.64.0.0/17, ,10.64.128.0/18"; must name ranges, and not all addresses',
      ],
    },
    absent: {
      "the clients of a rule": [
        { "exportPolicy.rules[0].allowedClients": undefined },
        "exportPolicy.rules[0].allowedClients is absent; must name ranges, and not all addresses",
      ],
    },
    unknown: {
      "the clients": [
        { "exportPolicy.rules[0].allowedClients": unknownValue },
        "?exportPolicy.rules[0].allowedClients",
      ],
    },
    notApplicable: otherType,
  }),
  table(anfSize, volume, {
    compliant: {
      "a large volume": [{ usageThreshold: 200 * 2 ** 40, isLargeVolume: true }],
      "the least": [{ usageThreshold: 50 * 2 ** 30 }],
      "the most": [{ usageThreshold: 102_400 * 2 ** 30 }],
    },
    broken: {
      "20 GiB": [{ usageThreshold: 20 * 2 ** 30 }, `usageThreshold is ${20 * 2 ** 30}; must ${gib}`],
      "half a GiB too much": [{ usageThreshold: 100.5 * 2 ** 30 }, `usageThreshold is ${100.5 * 2 ** 30}; must ${gib}`],
      "more than 100 TiB": [{ usageThreshold: 101 * 2 ** 40 }, `usageThreshold is ${101 * 2 ** 40}; must ${gib}`],
      "a size in quotes": [{ usageThreshold: String(2 ** 40) }, `usageThreshold is "${2 ** 40}"; must ${gib}`],
    },
    absent: { "the size": [{ usageThreshold: undefined }, `usageThreshold is absent; must ${gib}`] },
    unknown: { "the size": [{ usageThreshold: unknownValue }, "?usageThreshold"] },
    notApplicable: otherType,
  }),
  table(stVersionsFlat, account, {
    compliant: {
      "a flat account": [{ immutableStorageWithVersioning: { enabled: true } }],
      "a word for flat": [{ immutableStorageWithVersioning: { enabled: true }, isHnsEnabled: false }],
    },
    broken: {
      "with folders": [
        { immutableStorageWithVersioning: { enabled: true }, isHnsEnabled: true },
        "isHnsEnabled is true; must be absent or false beside immutable versions",
      ],
    },
    absent: { "the policy": [{ isHnsEnabled: true }] },
    unknown: {
      "the namespace": [
        { immutableStorageWithVersioning: { enabled: true }, isHnsEnabled: unknownValue },
        "?isHnsEnabled",
      ],
    },
    notApplicable: otherType,
  }),
];
