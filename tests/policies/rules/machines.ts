import type { DiskArgs } from "@pulumi/azure-native/compute/disk";
import { unknownValue } from "../../../core/property-marks";
import { types } from "../../../policies/engine/types";
import { vmssSubnetRequired } from "../../../policies/rules/gpu/vmss-subnet-required";
import { vmssHostEncryption } from "../../../policies/rules/gpu/vmss-host-encryption";
import { vmssExtensionSecrets } from "../../../policies/rules/gpu/vmss-extension-secrets";
import { vmssImageAllowlist } from "../../../policies/rules/gpu/vmss-image-allowlist";
import { vmssSpotNotInProd } from "../../../policies/rules/gpu/vmss-spot-not-in-prod";
import { vmssIdentityUserAssigned } from "../../../policies/rules/gpu/vmss-identity-user-assigned";
import { vmssNoAutoRepairOnIb } from "../../../policies/rules/gpu/vmss-no-auto-repair-on-ib";
import { vmssTerminateNotice } from "../../../policies/rules/gpu/vmss-terminate-notice";
import { vmssTrustedLaunch } from "../../../policies/rules/gpu/vmss-trusted-launch";
import { vmssNameShape } from "../../../policies/rules/gpu/vmss-name-shape";
import { diskNoPublic } from "../../../policies/rules/gpu/disk-no-public";
import { account, scaleSet, sizes, virtualMachine } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const profile = "virtualMachineProfile";
const nicSubnet = `${profile}.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0].subnet`;
const settings = `${profile}.extensionProfile.extensions[0].settings`;
const publisher = `${profile}.storageProfile.imageReference.publisher`;
const security = `${profile}.securityProfile`;
const notice = `${profile}.scheduledEventsProfile.terminateNotificationProfile.enable`;
const otherType = { "another type": [[account]] } as const;
const trusted = "Standard_HB176rs_v4";

const privateDisk = resource(types.disk, {
  resourceGroupName: "g",
  creationData: { createOption: "Empty" },
  publicNetworkAccess: "Disabled",
  networkAccessPolicy: "DenyAll",
} satisfies DiskArgs);

const encrypted = `${security}.encryptionAtHost`;

/** Rules about machines: scale sets, single VMs, and what belongs to them. */
export const machineTables: readonly RuleCases[] = [
  table(vmssSubnetRequired, scaleSet, {
    compliant: { "a subnet that is not made yet": [{ [`${nicSubnet}.id`]: unknownValue }] },
    broken: { empty: [{ [`${nicSubnet}.id`]: "" }, `${nicSubnet}.id is ""; must be the ARM ID of a subnet`] },
    absent: { "the subnet": [{ [nicSubnet]: undefined }, `${nicSubnet}.id is absent; must be the ARM ID of a subnet`] },
    unknown: { "the subnet: it is there all the same": [{ [nicSubnet]: unknownValue }] },
    notApplicable: otherType,
  }),
  table(vmssHostEncryption, scaleSet, {
    compliant: { "a single VM": [[virtualMachine]] },
    broken: { off: [{ [encrypted]: false }, `${encrypted} is false; must be true`] },
    absent: { "the profile": [{ [security]: undefined }, `${encrypted} is absent; must be true`] },
    unknown: { "the profile": [{ [security]: unknownValue }, `?${security}`] },
    notApplicable: { "a Flexible set that describes no VM": [{ orchestrationMode: "Flexible", [profile]: undefined }] },
  }),
  table(vmssExtensionSecrets, scaleSet, {
    compliant: {
      "where a secret is": [{ [settings]: { secretName: "token-name", keyVaultUrl: "https://kv.vault.azure.net" } }],
      "an empty password": [{ [settings]: { password: "" } }],
      "an object under such a name": [{ [settings]: { sharedKey: { minutes: 5 }, token: 5 } }],
      "a secret where secrets belong": [
        [resource(types.scaleSetExtension, { settings: {}, protectedSettings: { storageAccountKey: "abc" } })],
      ],
      "names that only begin like those of secrets": [
        {
          [settings]: {
            passwordPolicy: "strict",
            storageKeyName: "main",
            secretName: "a",
            tokenLifetime: "1h",
          },
        },
      ],
      "a name of a secret outside of the settings": [{ "tags.deployToken": "blue" }],
    },
    broken: {
      "a password by its name, which is not shown": [
        { [settings]: { inner: [{ adminPassword: "hunter2" }] } },
        `${settings}.inner[0].adminPassword is set; must be in protectedSettings`,
      ],
      "a token inside a command": [
        { [settings]: { commandToExecute: `curl -H x hf_${"a".repeat(30)}` } },
        `${settings}.commandToExecute is text with a Hugging Face token; must hold no secret`,
      ],
      "an extension of its own": [
        [resource(types.scaleSetExtension, { settings: { storageAccountKey: "abc" } })],
        "settings.storageAccountKey is set; must be in protectedSettings",
      ],
      "an extension of a single VM": [
        [resource(types.machineExtension, { settings: { sasToken: "sv=1" } })],
        "settings.sasToken is set; must be in protectedSettings",
      ],
      ...Object.fromEntries(
        [
          "password",
          "db_connectionString",
          "my_storage_key",
          "privateKey",
          "client_secret",
          "secret",
          "token",
          "access_token",
          "hf-token",
        ].map((it) => [
          `the name ${it}`,
          [{ [settings]: { [it]: "abc" } }, `${settings}.${it} is set; must be in protectedSettings`],
        ]),
      ),
    },
    absent: { "the settings": [{ [settings]: undefined }] },
    unknown: {
      "the settings": [{ [settings]: unknownValue }, `?${settings}`],
      "one setting": [{ [settings]: { script: unknownValue } }, `?${settings}.script`],
    },
    notApplicable: otherType,
  }),
  table(vmssImageAllowlist, scaleSet, {
    compliant: {
      "Ubuntu in another letter case": [{ [publisher]: "canonical" }],
      "a gallery image": [{ [`${profile}.storageProfile.imageReference`]: { id: "/galleries/g" } }],
    },
    broken: {
      "a look-alike": [
        { [publisher]: "cannonical" },
        `${publisher} is "cannonical"; must be one of imagePublishers: microsoft-dsvm, Canonical`,
      ],
    },
    absent: { "the publisher": [{ [publisher]: undefined }] },
    unknown: { "the publisher": [{ [publisher]: unknownValue }, `?${publisher}`] },
    notApplicable: otherType,
  }),
  table(
    vmssImageAllowlist,
    changed(scaleSet, { [publisher]: "ours" }),
    {
      compliant: { "the second": [{ [publisher]: "Theirs" }] },
      broken: {
        "one of the default, which the setting replaces": [
          { [publisher]: "Canonical" },
          `${publisher} is "Canonical"; must be one of imagePublishers: ours, theirs`,
        ],
      },
      absent: {},
      unknown: {},
      notApplicable: otherType,
    },
    { settings: { imagePublishers: ["ours", "theirs"] } },
  ),
  table(
    vmssImageAllowlist,
    scaleSet,
    {
      broken: {
        "a setting that is no list of names counts as none": [
          { [publisher]: "ours" },
          `${publisher} is "ours"; must be one of imagePublishers: microsoft-dsvm, Canonical`,
        ],
      },
      absent: {},
      unknown: {},
      notApplicable: otherType,
    },
    { settings: { imagePublishers: [1, "ours"] } },
  ),
  table(vmssSpotNotInProd, scaleSet, {
    broken: {
      spot: [{ [`${profile}.priority`]: "Spot" }, `${profile}.priority is "Spot"; must not be Spot in production`],
      "spot without InfiniBand": [
        { "sku.name": sizes.gpu, [`${profile}.priority`]: "Spot" },
        `${profile}.priority is "Spot"; must not be Spot in production`,
      ],
    },
    absent: { "the priority: it is Regular": [{ [`${profile}.priority`]: undefined }] },
    unknown: { "the priority": [{ [`${profile}.priority`]: unknownValue }, `?${profile}.priority`] },
    notApplicable: otherType,
  }),
  table(
    vmssSpotNotInProd,
    scaleSet,
    {
      compliant: { "spot without InfiniBand": [{ "sku.name": sizes.gpu, [`${profile}.priority`]: "Spot" }] },
      broken: {
        "an InfiniBand node": [
          { [`${profile}.priority`]: "Spot" },
          `${profile}.priority is "Spot"; must not be Spot on InfiniBand`,
        ],
      },
      absent: { "the priority": [{ [`${profile}.priority`]: undefined }] },
      unknown: { "the priority": [{ [`${profile}.priority`]: unknownValue }, `?${profile}.priority`] },
      notApplicable: otherType,
    },
    { environment: "staging" },
  ),
  table(
    vmssSpotNotInProd,
    changed(scaleSet, { [`${profile}.priority`]: "Spot" }),
    { broken: {}, absent: {}, unknown: {}, notApplicable: otherType },
    { environment: "dev" },
  ),
  table(vmssIdentityUserAssigned, scaleSet, {
    compliant: { both: [{ "identity.type": "SystemAssigned, UserAssigned" }], none: [{ "identity.type": "None" }] },
    broken: {
      "the machine's own": [
        { "identity.type": "SystemAssigned" },
        'identity.type is "SystemAssigned"; must name UserAssigned',
      ],
    },
    absent: { "an identity": [{ identity: undefined }] },
    unknown: { "the identity": [{ identity: unknownValue }, "?identity"] },
    notApplicable: otherType,
  }),
  table(vmssNoAutoRepairOnIb, scaleSet, {
    broken: {
      on: [{ "automaticRepairsPolicy.enabled": true }, "automaticRepairsPolicy.enabled is true; must not be true"],
    },
    absent: { "the policy": [{ automaticRepairsPolicy: undefined }] },
    unknown: { "the policy": [{ automaticRepairsPolicy: unknownValue }, "?automaticRepairsPolicy"] },
    notApplicable: { "no InfiniBand": [{ "sku.name": sizes.gpu, "automaticRepairsPolicy.enabled": true }] },
  }),
  table(vmssTerminateNotice, changed(scaleSet, { [`${profile}.priority`]: "Spot", [notice]: true }), {
    broken: { off: [{ [notice]: false }, `${notice} is false; must be true`] },
    absent: { "the notice": [{ [notice]: undefined }, `${notice} is absent; must be true`] },
    unknown: {
      "the notice": [{ [notice]: unknownValue }, `?${notice}`],
      "the priority": [{ [`${profile}.priority`]: unknownValue }, `?${profile}.priority`],
    },
    notApplicable: { "on demand": [[scaleSet]] },
  }),
  table(vmssTrustedLaunch, changed(scaleSet, { "sku.name": trusted }), {
    compliant: {
      "none where the size has none": [{ "sku.name": "Standard_ND96asr_v4", [security]: { encryptionAtHost: true } }],
      "a confidential VM, which has more": [{ [`${security}.securityType`]: "ConfidentialVM" }],
      "the word for none where the size has none": [
        { "sku.name": "Standard_ND96asr_v4", [`${security}.securityType`]: "Standard" },
      ],
      "either where no source tells of the size": [{ "sku.name": sizes.gpu, [security]: undefined }],
      "trusted launch where no source tells of the size": [{ "sku.name": sizes.gpu }],
    },
    broken: {
      off: [
        { [`${security}.securityType`]: "Standard" },
        `${security}.securityType is "Standard"; must be TrustedLaunch on ${trusted}`,
      ],
      "no virtual TPM": [
        { [`${security}.uefiSettings.vTpmEnabled`]: false },
        `${security}.uefiSettings.vTpmEnabled is false; must be true`,
      ],
      "where the size has none": [
        { "sku.name": "Standard_ND96asr_v4" },
        `${security}.securityType is "TrustedLaunch"; must be absent or Standard: Standard_ND96asr_v4 has no trusted launch`,
      ],
    },
    absent: {
      "the profile": [
        { [security]: undefined },
        `${security}.securityType is absent; must be TrustedLaunch on ${trusted}`,
        `${security}.uefiSettings.vTpmEnabled is absent; must be true`,
      ],
    },
    unknown: { "the type": [{ [`${security}.securityType`]: unknownValue }, `?${security}.securityType`] },
    notApplicable: { "a Flexible set that describes no VM": [{ orchestrationMode: "Flexible", [profile]: undefined }] },
  }),
  table(vmssNameShape, scaleSet, {
    compliant: {
      "one letter": [{ vmScaleSetName: "a", [`${profile}.osProfile.computerNamePrefix`]: "a" }],
      "the longest": [{ vmScaleSetName: "a".repeat(64), [`${profile}.osProfile.computerNamePrefix`]: "a".repeat(58) }],
    },
    broken: {
      "a hyphen at the end": [
        { vmScaleSetName: "vmss-" },
        'vmScaleSetName is "vmss-"; must be 1 to 64 letters, digits, dots, hyphens or underscores, with a letter or digit first',
      ],
      "a prefix of 59": [
        { [`${profile}.osProfile.computerNamePrefix`]: "a".repeat(59) },
        `${profile}.osProfile.computerNamePrefix is "${"a".repeat(59)}"; must be 1 to 58 letters, digits or hyphens, with a letter or digit first`,
      ],
      "a VM with a space": [
        [changed(virtualMachine, { vmName: "a b" })],
        'vmName is "a b"; must be 1 to 64 letters, digits, dots, hyphens or underscores, with a letter or digit first',
      ],
      "a computer with an underscore": [
        [changed(virtualMachine, { "osProfile.computerName": "a_b" })],
        'osProfile.computerName is "a_b"; must be 1 to 64 letters, digits or hyphens, with a letter or digit first',
      ],
      "a name of 65": [
        { vmScaleSetName: "a".repeat(65) },
        `vmScaleSetName is "${"a".repeat(65)}"; must be 1 to 64 letters, digits, dots, hyphens or underscores, with a letter or digit first`,
      ],
    },
    absent: { "the name: Pulumi gives one": [{ vmScaleSetName: undefined, [`${profile}.osProfile`]: undefined }] },
    unknown: { "the name": [{ vmScaleSetName: unknownValue }, "?vmScaleSetName"] },
    notApplicable: otherType,
  }),
  table(diskNoPublic, privateDisk, {
    compliant: { "a disk access": [{ networkAccessPolicy: "AllowPrivate" }] },
    broken: {
      "a public snapshot": [
        [resource(types.snapshot, { publicNetworkAccess: "Enabled", networkAccessPolicy: "DenyAll" })],
        'publicNetworkAccess is "Enabled"; must be Disabled',
      ],
      "export for everybody": [
        { networkAccessPolicy: "AllowAll" },
        'networkAccessPolicy is "AllowAll"; must be DenyAll or AllowPrivate',
      ],
    },
    absent: {
      "both: Azure's default is open": [
        { publicNetworkAccess: undefined, networkAccessPolicy: undefined },
        "publicNetworkAccess is absent; must be Disabled",
        "networkAccessPolicy is absent; must be DenyAll or AllowPrivate",
      ],
    },
    unknown: { "the access": [{ publicNetworkAccess: unknownValue }, "?publicNetworkAccess"] },
    notApplicable: otherType,
  }),
];
