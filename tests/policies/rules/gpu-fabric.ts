import { unknownValue } from "../../../core/property-marks";
import { gpuKnownSize } from "../../../policies/rules/gpu/gpu-known-size";
import { sizeInCatalogue } from "../../../policies/rules/gpu/size-in-catalogue";
import { hpcFaultDomainOne } from "../../../policies/rules/gpu/hpc-fault-domain-one";
import { hpcNoAutoOsUpgrade } from "../../../policies/rules/gpu/hpc-no-auto-os-upgrade";
import { hpcOverprovisionOff } from "../../../policies/rules/gpu/hpc-overprovision-off";
import { ibDomainUnique } from "../../../policies/rules/gpu/ib-domain-unique";
import { ibGroupCapacity } from "../../../policies/rules/gpu/ib-group-capacity";
import { ibNoSizeMix } from "../../../policies/rules/gpu/ib-no-size-mix";
import { ibSinglePlacementGroup } from "../../../policies/rules/gpu/ib-single-placement-group";
import { ibSingleZone } from "../../../policies/rules/gpu/ib-single-zone";
import { cluster, nodePool, scaleSet, sizes } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const twin = { ...changed(nodePool, { vmSize: sizes.gpu }), name: "other", urn: "urn:other" };

/** Tags that declare a size of eight GPUs behind InfiniBand. */
const declared = "Standard_ND128isr_B300_v7";
const declaring = {
  "vmSize.vcpus": "128",
  "vmSize.memoryGiB": "3800",
  "vmSize.quotaFamily": "standardNDSB300v7Family",
  "vmSize.gpu": '{"vendor":"nvidia","count":8}',
  "vmSize.infiniband": '{"hcas":8,"gbitsPerSecondPerHca":800}',
};

/** Rules about InfiniBand fabrics and the nodes that run jobs. */
export const gpuFabricTables: readonly RuleCases[] = [
  table(gpuKnownSize, scaleSet, {
    compliant: {
      "a node pool": [[nodePool]],
      "a cluster with a general size": [[cluster]],
      "a size that its tags declare": [{ "sku.name": declared, tags: declaring }],
      "a pool inside a cluster whose own tags declare it": [
        [changed(cluster, { "agentPoolProfiles[0].vmSize": declared, "agentPoolProfiles[0].tags": declaring })],
      ],
      "a size that is known, whatever its tags will be": [{ tags: unknownValue }],
    },
    broken: {
      "tags that contradict the name": [
        { "sku.name": declared, tags: { ...declaring, "vmSize.vcpus": "64" } },
        `sku.name is "${declared}"; must be a size of the catalogue, letter case included, or one that its tags declare`,
      ],
      "a letter too few": [
        { "sku.name": "Standard_ND96is_H100_v5" },
        'sku.name is "Standard_ND96is_H100_v5"; must be a size of the catalogue, letter case included, or one that its tags declare',
      ],
      "another letter case": [
        { "sku.name": "standard_nd96isr_h100_v5" },
        'sku.name is "standard_nd96isr_h100_v5"; must be a size of the catalogue, letter case included, or one that its tags declare',
      ],
      "a pool inside a cluster": [
        [changed(cluster, { "agentPoolProfiles[0].vmSize": "Standard_NC6" })],
        'agentPoolProfiles[0].vmSize is "Standard_NC6"; must be a size of the catalogue, letter case included, or one that its tags declare',
      ],
      "a versioned token": [
        [resource("azure-native:compute/v20250401:VirtualMachine", { hardwareProfile: { vmSize: "Standard_HB1" } })],
        'hardwareProfile.vmSize is "Standard_HB1"; must be a size of the catalogue, letter case included, or one that its tags declare',
      ],
    },
    absent: { "no size, which Azure refuses": [{ "sku.name": undefined }] },
    unknown: {
      "the size": [{ "sku.name": unknownValue }, "?sku.name"],
      "the tags of a size that nobody knows": [{ "sku.name": declared, tags: unknownValue }, "?tags"],
    },
    notApplicable: {
      "a size without GPU": [{ "sku.name": "Standard_E4s_v5" }],
      "a size that nobody knows, of a family without GPUs": [{ "sku.name": "Standard_M416ms_v2" }],
    },
  }),
  table(sizeInCatalogue, scaleSet, {
    broken: {
      "a declared size": [
        { "sku.name": declared, tags: declaring },
        `sku.name is "${declared}"; must be a size of the catalogue`,
      ],
      "one of a pool": [
        [changed(nodePool, { vmSize: declared, tags: declaring })],
        `vmSize is "${declared}"; must be a size of the catalogue`,
      ],
      "one in a pool of a cluster": [
        [changed(cluster, { "agentPoolProfiles[0].vmSize": declared, "agentPoolProfiles[0].tags": declaring })],
        `agentPoolProfiles[0].vmSize is "${declared}"; must be a size of the catalogue`,
      ],
    },
    absent: { "no size, which Azure refuses": [{ "sku.name": undefined }] },
    unknown: { "the size, which a declared one cannot be": [{ "sku.name": unknownValue }] },
    notApplicable: { "a size that nobody knows: gpu-known-size tells": [{ "sku.name": declared }] },
  }),
  table(ibSinglePlacementGroup, scaleSet, {
    broken: {
      "a declared size": [
        { "sku.name": declared, tags: declaring, singlePlacementGroup: false },
        "singlePlacementGroup is false; must be true",
      ],
      "several groups": [{ singlePlacementGroup: false }, "singlePlacementGroup is false; must be true"],
    },
    absent: { "the flag": [{ singlePlacementGroup: undefined }, "singlePlacementGroup is absent; must be true"] },
    unknown: {
      "the flag": [{ singlePlacementGroup: unknownValue }, "?singlePlacementGroup"],
      "the size": [{ "sku.name": unknownValue, singlePlacementGroup: false }, "?sku.name"],
    },
    notApplicable: { "GPUs without InfiniBand": [{ "sku.name": sizes.gpu, singlePlacementGroup: false }] },
  }),
  table(ibGroupCapacity, scaleSet, {
    compliant: { "exactly the limit": [{ "sku.capacity": 100 }] },
    broken: {
      "one too many": [{ "sku.capacity": 101 }, "sku.capacity is 101; must be a whole number from 0 to 100"],
      "a fraction": [{ "sku.capacity": 1.5 }, "sku.capacity is 1.5; must be a whole number from 0 to 100"],
    },
    absent: {
      "the capacity": [{ "sku.capacity": undefined }, "sku.capacity is absent; must be a whole number from 0 to 100"],
    },
    unknown: { "the capacity": [{ "sku.capacity": unknownValue }, "?sku.capacity"] },
    notApplicable: { "GPUs without InfiniBand": [{ "sku.name": sizes.gpu, "sku.capacity": 500 }] },
  }),
  table(
    ibGroupCapacity,
    changed(scaleSet, { "sku.capacity": 200 }),
    {
      broken: {
        "above the raised limit": [
          { "sku.capacity": 300 },
          "sku.capacity is 300; must be a whole number from 0 to 200",
        ],
      },
      absent: {
        "the capacity": [{ "sku.capacity": undefined }, "sku.capacity is absent; must be a whole number from 0 to 200"],
      },
      unknown: { "the capacity": [{ "sku.capacity": unknownValue }, "?sku.capacity"] },
      notApplicable: { "a node pool": [[nodePool]] },
    },
    { settings: { infiniBandGroupLimit: 200 } },
  ),
  table(ibNoSizeMix, scaleSet, {
    broken: { "a mix": [{ skuProfile: { vmSizes: [] } }, "skuProfile is an object; must be absent"] },
    absent: { "the mix": [{ skuProfile: undefined }] },
    unknown: { "the mix": [{ skuProfile: unknownValue }, "?skuProfile"] },
    notApplicable: { "GPUs without InfiniBand": [{ "sku.name": sizes.gpu, skuProfile: {} }] },
  }),
  table(ibDomainUnique, [scaleSet, changed(twin, { "tags.ibDomain": "h200" })], {
    broken: {
      "two owners": [
        [scaleSet, twin],
        'tags.ibDomain is "h100"; must differ from the tag of other',
        'tags.ibDomain is "h100"; must differ from the tag of it',
      ],
      "three owners": [
        [scaleSet, twin, { ...twin, name: "third", urn: "urn:third" }],
        'tags.ibDomain is "h100"; must differ from the tag of other, third',
        'tags.ibDomain is "h100"; must differ from the tag of it, third',
        'tags.ibDomain is "h100"; must differ from the tag of it, other',
      ],
    },
    absent: {
      "the tag": [[changed(scaleSet, { "tags.ibDomain": undefined }), twin]],
      "the tags of both": [[changed(scaleSet, { tags: undefined }), changed(twin, { tags: undefined })]],
    },
    unknown: { "the tags": [[changed(scaleSet, { tags: unknownValue }), twin], "?tags.ibDomain"] },
    notApplicable: { "other types": [[cluster]] },
  }),
  table(hpcOverprovisionOff, scaleSet, {
    broken: { "extra VMs": [{ overprovision: true }, "overprovision is true; must be false"] },
    absent: {
      "Azure's default is on": [{ overprovision: undefined }, "overprovision is absent; must be false"],
      "the flag of a Flexible set, which starts no more than it keeps": [
        { orchestrationMode: "Flexible", overprovision: undefined },
      ],
    },
    unknown: { "the flag": [{ overprovision: unknownValue }, "?overprovision"] },
    notApplicable: { "a general size": [{ "sku.name": sizes.general, overprovision: true }] },
  }),
  table(hpcFaultDomainOne, scaleSet, {
    broken: { "a spread": [{ platformFaultDomainCount: 5 }, "platformFaultDomainCount is 5; must be 1"] },
    absent: { "the count": [{ platformFaultDomainCount: undefined }, "platformFaultDomainCount is absent; must be 1"] },
    unknown: { "the count": [{ platformFaultDomainCount: unknownValue }, "?platformFaultDomainCount"] },
    notApplicable: { "GPUs without InfiniBand": [{ "sku.name": sizes.gpu, platformFaultDomainCount: 5 }] },
  }),
  table(ibSingleZone, scaleSet, {
    broken: {
      "two zones": [{ zones: ["1", "2"] }, 'zones is ["1","2"]; must be absent or hold one zone'],
      "a balance over zones": [{ zoneBalance: true }, "zoneBalance is true; must not be true"],
    },
    absent: { both: [{ zones: undefined, zoneBalance: undefined }] },
    unknown: { "the zones": [{ zones: unknownValue }, "?zones"] },
    notApplicable: { "GPUs without InfiniBand": [{ "sku.name": sizes.gpu, zones: ["1", "2"] }] },
  }),
  table(hpcNoAutoOsUpgrade, scaleSet, {
    broken: {
      "rolling upgrades": [{ "upgradePolicy.mode": "Rolling" }, 'upgradePolicy.mode is "Rolling"; must be "Manual"'],
      "automatic images": [
        { "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade": true },
        "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade is true; must not be true",
      ],
    },
    absent: { "the policy": [{ upgradePolicy: undefined }, 'upgradePolicy.mode is absent; must be "Manual"'] },
    unknown: { "the policy": [{ upgradePolicy: unknownValue }, "?upgradePolicy"] },
    notApplicable: { "a general size": [{ "sku.name": sizes.general, "upgradePolicy.mode": "Rolling" }] },
  }),
];
