import { findVmSize } from "../../../catalog/vm-sizes";
import { unknownValue } from "../../../core/property-marks";
import { gpuReservationNotSpot } from "../../../policies/rules/gpu/gpu-reservation-not-spot";
import { gpuReservationSize } from "../../../policies/rules/gpu/gpu-reservation-size";
import { vmssAcceleratedNetworking } from "../../../policies/rules/gpu/vmss-accelerated-networking";
import { vmssEphemeralShape } from "../../../policies/rules/gpu/vmss-ephemeral-shape";
import { vmssImageAge } from "../../../policies/rules/gpu/vmss-image-age";
import { vmssImageLine } from "../../../policies/rules/gpu/vmss-image-line";
import { vmssImagePinned } from "../../../policies/rules/gpu/vmss-image-pinned";
import { vmssNoIpForwarding } from "../../../policies/rules/gpu/vmss-no-ip-forwarding";
import { vmssNoPassword } from "../../../policies/rules/gpu/vmss-no-password";
import { vmssNoPublicIp } from "../../../policies/rules/gpu/vmss-no-public-ip";
import { vmssNoSecretInUserdata } from "../../../policies/rules/gpu/vmss-no-secret-in-userdata";
import { vmssSpotShape } from "../../../policies/rules/gpu/vmss-spot-shape";
import { vmssSshKeyShape } from "../../../policies/rules/gpu/vmss-ssh-key-shape";
import { types } from "../../../policies/engine/types";
import { cluster, nodePool, scaleSet, sizes } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const nic = "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0]";
const os = "virtualMachineProfile.osProfile";
const linux = `${os}.linuxConfiguration`;
const key = `${linux}.ssh.publicKeys[0].keyData`;
const image = "virtualMachineProfile.storageProfile.imageReference";
const disk = "virtualMachineProfile.storageProfile.osDisk";
const priority = "virtualMachineProfile.priority";
const price = "virtualMachineProfile.billingProfile.maxPrice";
const eviction = "virtualMachineProfile.evictionPolicy";
const group = "virtualMachineProfile.capacityReservation.capacityReservationGroup.id";
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const privateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc";
const ephemeral = changed(scaleSet, {
  "sku.name": sizes.gpu,
  [disk]: {
    createOption: "FromImage",
    caching: "ReadOnly",
    diffDiskSettings: { option: "Local", placement: "ResourceDisk" },
  },
});
const spot = changed(scaleSet, { "sku.name": sizes.gpu, [priority]: "Spot", [eviction]: "Delete", [price]: -1 });
const onDemand = findVmSize(sizes.gpu)?.price?.maxUsdPerHour ?? 0;
const pinned = "be an exact version";

/** Rules about the VMs of scale sets. */
export const gpuNodeTables: readonly RuleCases[] = [
  table(vmssAcceleratedNetworking, scaleSet, {
    compliant: {
      "a size that has none": [
        { "sku.name": "Standard_NCC40ads_H100_v5", [`${nic}.enableAcceleratedNetworking`]: false },
      ],
    },
    broken: {
      off: [
        { [`${nic}.enableAcceleratedNetworking`]: false },
        `${nic}.enableAcceleratedNetworking is false; must be true`,
      ],
      "off, on a size that nobody knows": [
        { "sku.name": "Standard_M416ms_v2", [`${nic}.enableAcceleratedNetworking`]: false },
        `${nic}.enableAcceleratedNetworking is false; must be true`,
      ],
    },
    absent: {
      "the flag": [
        { [`${nic}.enableAcceleratedNetworking`]: undefined },
        `${nic}.enableAcceleratedNetworking is absent; must be true`,
      ],
    },
    unknown: { "the interface": [{ [nic]: unknownValue }, `?${nic}`] },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssNoPublicIp, scaleSet, {
    broken: {
      "a public address": [
        { [`${nic}.ipConfigurations[0].publicIPAddressConfiguration`]: { name: "public" } },
        `${nic}.ipConfigurations[0].publicIPAddressConfiguration is an object; must be absent`,
      ],
    },
    absent: { "the network profile": [{ "virtualMachineProfile.networkProfile": undefined }] },
    unknown: {
      "the address": [
        { [`${nic}.ipConfigurations[0].publicIPAddressConfiguration`]: unknownValue },
        `?${nic}.ipConfigurations[0].publicIPAddressConfiguration`,
      ],
    },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssNoIpForwarding, scaleSet, {
    broken: { on: [{ [`${nic}.enableIPForwarding`]: true }, `${nic}.enableIPForwarding is true; must not be true`] },
    absent: { "the flag": [{ [`${nic}.enableIPForwarding`]: undefined }] },
    unknown: { "the flag": [{ [`${nic}.enableIPForwarding`]: unknownValue }, `?${nic}.enableIPForwarding`] },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssNoPassword, scaleSet, {
    broken: {
      "passwords allowed": [
        { [`${linux}.disablePasswordAuthentication`]: false },
        `${linux}.disablePasswordAuthentication is false; must be true`,
      ],
      "a password, which is not shown": [
        { [`${os}.adminPassword`]: "hunter2" },
        `${os}.adminPassword is set; must be absent`,
      ],
    },
    absent: {
      "the flag": [
        { [`${linux}.disablePasswordAuthentication`]: undefined },
        `${linux}.disablePasswordAuthentication is absent; must be true`,
      ],
      "the OS profile: no credentials at all": [{ [os]: undefined }],
    },
    unknown: {
      "the flag": [
        { [`${linux}.disablePasswordAuthentication`]: unknownValue },
        `?${linux}.disablePasswordAuthentication`,
      ],
    },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssSshKeyShape, scaleSet, {
    compliant: {
      "a key without a comment": [{ [key]: `ssh-rsa ${"A".repeat(60)}` }],
      "a line that ends": [{ [key]: `ssh-ed25519 ${"A".repeat(68)} ops\n` }],
      "a line that ends with nothing more": [{ [key]: `ssh-ed25519 ${"A".repeat(68)}==\n` }],
    },
    broken: {
      "a private key, which is not shown": [
        { [key]: privateKey },
        `${key} is set; must be one line of a public key file`,
      ],
      "an old type": [{ [key]: `ssh-dss ${"A".repeat(80)}` }, `${key} is set; must be one line of a public key file`],
      "an empty list": [{ [`${linux}.ssh.publicKeys`]: [] }, `${linux}.ssh.publicKeys is set; must hold a key`],
      "options before a key": [
        { [key]: `no-pty ssh-rsa ${"A".repeat(60)}` },
        `${key} is set; must be one line of a public key file`,
      ],
      "two lines": [
        { [key]: `ssh-rsa ${"A".repeat(60)} a\nssh-rsa ${"A".repeat(60)} b` },
        `${key} is set; must be one line of a public key file`,
      ],
    },
    absent: { "the keys": [{ [`${linux}.ssh`]: undefined }, `${linux}.ssh.publicKeys is absent; must hold a key`] },
    unknown: {
      "a key": [{ [key]: unknownValue }, `?${key}`],
      "the list": [{ [`${linux}.ssh.publicKeys`]: unknownValue }, `?${linux}.ssh.publicKeys`],
    },
    notApplicable: { "a specialised image": [{ [os]: undefined }] },
  }),
  table(vmssNoSecretInUserdata, scaleSet, {
    broken: {
      "a key in the start script": [
        { [`${os}.customData`]: encoded(privateKey) },
        `${os}.customData is text with a private key; must hold no secret`,
      ],
      "a signature that is not even encoded": [
        { "virtualMachineProfile.userData": "https://st.blob.core.windows.net/c?sv=1&sig=abcdefghijklmnopqrstuvwx" },
        "virtualMachineProfile.userData is text with a shared access signature; must hold no secret",
      ],
      "a single VM": [
        [resource(types.virtualMachine, { userData: encoded(`AccountKey=${"a".repeat(40)}`) })],
        "userData is text with a storage account key; must hold no secret",
      ],
    },
    absent: { "the script": [{ [`${os}.customData`]: undefined }] },
    unknown: { "the script": [{ [`${os}.customData`]: unknownValue }, `?${os}.customData`] },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssImagePinned, scaleSet, {
    compliant: {
      "a gallery version": [{ [image]: { id: "/subscriptions/s/galleries/g/images/hpc/versions/1.2.3" } }],
      "a disk that has its system already": [{ [`${disk}.createOption`]: "Attach", [image]: undefined }],
      "a gallery version that is a day": [
        { [image]: { id: "/subscriptions/s/galleries/g/images/hpc/versions/2026.09.1234" } },
      ],
    },
    broken: {
      latest: [{ [`${image}.version`]: "latest" }, `${image}.version is "latest"; must ${pinned}`],
      "a gallery image without version": [
        { [image]: { id: "/galleries/g/images/hpc" } },
        `${image}.id is "/galleries/g/images/hpc"; must end with an exact version`,
      ],
      "a version with a letter before it": [
        { [`${image}.version`]: "v24.04.1" },
        `${image}.version is "v24.04.1"; must ${pinned}`,
      ],
      "a version with a word behind it": [
        { [`${image}.version`]: "24.04.1-rc" },
        `${image}.version is "24.04.1-rc"; must ${pinned}`,
      ],
      "what lies below a gallery version": [
        { [image]: { id: "/images/hpc/versions/1.2.3/replicas" } },
        `${image}.id is "/images/hpc/versions/1.2.3/replicas"; must end with an exact version`,
      ],
    },
    absent: { "the image": [{ [image]: undefined }, `${image}.version is absent; must ${pinned}`] },
    unknown: {
      "the version": [{ [`${image}.version`]: unknownValue }, `?${image}.version`],
      "the gallery image": [{ [image]: { id: unknownValue } }, `?${image}.id`],
    },
    notApplicable: { "a scale set without a profile": [{ virtualMachineProfile: undefined }] },
  }),
  table(vmssEphemeralShape, ephemeral, {
    compliant: {
      "a disk in the cache": [{ [`${disk}.diffDiskSettings.placement`]: "CacheDisk" }],
      "a disk on NVMe": [{ [`${disk}.diffDiskSettings.placement`]: "NvmeDisk" }],
    },
    broken: {
      "a placement that does not exist": [
        { [`${disk}.diffDiskSettings.placement`]: "TempDisk" },
        `${disk}.diffDiskSettings.placement is "TempDisk"; must be CacheDisk, ResourceDisk or NvmeDisk`,
      ],
      "a cache that writes": [
        { [`${disk}.caching`]: "ReadWrite" },
        `${disk}.caching is "ReadWrite"; must be "ReadOnly"`,
      ],
      "no option": [
        { [`${disk}.diffDiskSettings.option`]: undefined },
        `${disk}.diffDiskSettings.option is absent; must be "Local"`,
      ],
      "a size without room": [
        { "sku.name": "Standard_D4s_v5" },
        'sku.name is "Standard_D4s_v5"; must be a size with room for an ephemeral OS disk (diffDiskSettings is set)',
      ],
    },
    absent: { "the placement": [{ [`${disk}.diffDiskSettings.placement`]: undefined }] },
    unknown: { "the cache": [{ [`${disk}.caching`]: unknownValue }, `?${disk}.caching`] },
    notApplicable: { "a managed disk": [[scaleSet]] },
  }),
  table(vmssSpotShape, spot, {
    compliant: {
      "a price below on-demand": [{ [price]: 1.5 }],
      "exactly the on-demand price": [{ [price]: onDemand }],
      "a disk that stays": [{ [eviction]: "Deallocate" }],
      "any price of a size that nobody knows": [{ "sku.name": "Standard_M416ms_v2", [price]: 100_000 }],
      "any price of a size without one in the list": [{ "sku.name": "Standard_ND128isr_GB300_v6", [price]: 100_000 }],
    },
    broken: {
      "a price above on-demand": [
        { [price]: 100_000 },
        `${price} is 100000; must be -1, or more than 0 and at most ${onDemand}, the on-demand price`,
      ],
      "an eviction policy that does not exist": [
        { [eviction]: "Keep" },
        `${eviction} is "Keep"; must be Delete or Deallocate`,
      ],
      "no price": [
        { [price]: 0 },
        `${price} is 0; must be -1, or more than 0 and at most ${onDemand}, the on-demand price`,
      ],
      "another negative price": [
        { [price]: -2 },
        `${price} is -2; must be -1, or more than 0 and at most ${onDemand}, the on-demand price`,
      ],
      "a price in quotes": [
        { [price]: "1.5" },
        `${price} is "1.5"; must be -1, or more than 0 and at most ${onDemand}, the on-demand price`,
      ],
      "no price for a size that nobody knows": [
        { "sku.name": "Standard_M416ms_v2", [price]: 0 },
        `${price} is 0; must be -1, or more than 0`,
      ],
    },
    absent: {
      "the eviction policy": [{ [eviction]: undefined }, `${eviction} is absent; must be Delete or Deallocate`],
    },
    unknown: { "the priority": [{ [priority]: unknownValue }, `?${priority}`] },
    notApplicable: { "on demand": [[scaleSet]] },
  }),
  table(gpuReservationNotSpot, changed(scaleSet, { [group]: "/reservations/1", singlePlacementGroup: undefined }), {
    compliant: {
      "a pool with a reservation": [[changed(nodePool, { capacityReservationGroupID: "/reservations/1" })]],
    },
    broken: {
      both: [{ [priority]: "Spot" }, `${group} is "/reservations/1"; must be absent while ${priority} is Spot`],
      "one placement group": [
        { singlePlacementGroup: true },
        `${group} is "/reservations/1"; must be absent while singlePlacementGroup is true`,
      ],
      "a proximity placement group, not known yet": [
        { "proximityPlacementGroup.id": unknownValue },
        `${group} is "/reservations/1"; must be absent beside proximityPlacementGroup.id`,
      ],
      "a proximity placement group of a pool": [
        [changed(nodePool, { proximityPlacementGroupID: "/groups/1", capacityReservationGroupID: "/reservations/1" })],
        'capacityReservationGroupID is "/reservations/1"; must be absent beside proximityPlacementGroupID',
      ],
      "both on a pool, the reservation not known yet": [
        [changed(nodePool, { scaleSetPriority: "Spot", capacityReservationGroupID: unknownValue })],
        "capacityReservationGroupID is set; must be absent while scaleSetPriority is Spot",
      ],
    },
    absent: { "the reservation": [{ [group]: undefined, [priority]: "Spot" }] },
    unknown: {
      "the priority": [{ [priority]: unknownValue }, `?${priority}`],
      "the priority of what reserves nothing": [{ [group]: undefined, [priority]: unknownValue }],
    },
    notApplicable: { "another type": [[cluster]] },
  }),
  table(gpuReservationSize, changed(scaleSet, { "sku.name": "Standard_NC24ads_A100_v4", [group]: "/reservations/1" }), {
    compliant: {
      "a pool with a reservation": [
        [changed(nodePool, { vmSize: "Standard_NC24ads_A100_v4", capacityReservationGroupID: "/reservations/1" })],
      ],
      "a reservation of it": [
        [resource(types.capacityReservation, { sku: { name: "Standard_NC24ads_A100_v4", capacity: 2 } })],
      ],
      "a size of which no source tells": [{ "sku.name": "Standard_NC36ds_xl_RTXPRO6000BSE_v6" }],
    },
    broken: {
      "an HPC size": [
        { "sku.name": "Standard_HB176rs_v4" },
        `${group} is "/reservations/1"; must be absent: Azure reserves no Standard_HB176rs_v4 on demand`,
      ],
      "a pool, the reservation not known yet": [
        [changed(nodePool, { vmSize: "Standard_NC40ads_H100_v5", capacityReservationGroupID: unknownValue })],
        "capacityReservationGroupID is set; must be absent: Azure reserves no Standard_NC40ads_H100_v5 on demand",
      ],
      "a reservation": [
        [resource(types.capacityReservation, { sku: { name: "Standard_ND96isr_H100_v5", capacity: 2 } })],
        'sku.name is "Standard_ND96isr_H100_v5"; must be a size that Azure reserves on demand',
      ],
    },
    absent: {
      "the reservation": [{ [group]: undefined, "sku.name": "Standard_HB176rs_v4" }],
      "the reservation of a size that is not known yet": [{ [group]: undefined, "sku.name": unknownValue }],
    },
    unknown: { "the size": [{ "sku.name": unknownValue }, "?sku.name"] },
    notApplicable: { "another type": [[cluster]] },
  }),
  table(vmssImageLine, scaleSet, {
    compliant: {
      "a version of another day": [{ [`${image}.version`]: "24.04.2026072901" }],
      "another line and its own version": [{ [`${image}.sku`]: "2404-rocm", [`${image}.version`]: "24.04.2026072801" }],
      "an image of somebody else": [
        { [`${image}.offer`]: "ubuntu-24_04-lts", [`${image}.version`]: "22.04.202504110" },
      ],
      "a gallery image": [{ [image]: { id: "/subscriptions/s/galleries/g/images/hpc/versions/1.2.3" } }],
      "an SKU whose name says no release": [{ [`${image}.sku`]: "rocm", [`${image}.version`]: "24.04.2026061801" }],
      "an SKU with a release further on": [{ [`${image}.sku`]: "n2404", [`${image}.version`]: "22.04.2025041101" }],
      "no exact version: vmss-image-pinned tells": [{ [`${image}.version`]: "latest" }],
      "a version with a word before it": [{ [`${image}.version`]: "v22.04.2025041101" }],
      "a version with a word behind it": [{ [`${image}.version`]: "22.04.2025041101-rc" }],
    },
    broken: {
      "another release": [
        { [`${image}.version`]: "22.04.2025041101" },
        `${image}.version is "22.04.2025041101"; must begin with 24.04, the release of SKU 2404`,
      ],
      "another release, of no day of the calendar": [
        { [`${image}.version`]: "22.04.2025999901" },
        `${image}.version is "22.04.2025999901"; must begin with 24.04, the release of SKU 2404`,
      ],
      "a release without its zero, which no image has": [
        { [`${image}.version`]: "24.4.2026061801" },
        `${image}.version is "24.4.2026061801"; must begin with 24.04, the release of SKU 2404`,
      ],
      "a version that is known of another SKU": [
        { [`${image}.sku`]: "2404-rocm", [`${image}.version`]: "24.04.2026072901" },
        `${image}.version is "24.04.2026072901"; must be a version of SKU 2404-rocm; this one is of 2404`,
      ],
    },
    absent: {
      "the image": [{ [image]: undefined }],
      "the SKU, which Azure refuses": [{ [`${image}.sku`]: undefined }],
      "the SKU of a version that is known": [{ [`${image}.sku`]: undefined, [`${image}.version`]: "24.04.2026072801" }],
    },
    unknown: {
      "the version": [{ [`${image}.version`]: unknownValue }, `?${image}.version`],
      "the SKU": [{ [`${image}.sku`]: unknownValue }, `?${image}.sku`],
      "the offer": [{ [`${image}.offer`]: unknownValue }, `?${image}.offer`],
    },
    notApplicable: { "another type": [[nodePool]] },
  }),
  table(vmssImageAge, scaleSet, {
    compliant: {
      "an image of 180 days ago": [{ [`${image}.version`]: "24.04.2026030501" }],
      "no day of the calendar": [{ [`${image}.version`]: "24.04.2020999901" }],
      "a day that its month does not have": [{ [`${image}.version`]: "24.04.2024023101" }],
      "a number that is no day": [{ [`${image}.version`]: "24.04.20240101010" }],
    },
    broken: {
      "an image of 181 days ago": [
        { [`${image}.version`]: "24.04.2026030401" },
        `${image}.version is "24.04.2026030401"; must be of the last 180 days on 2026-09-01`,
      ],
    },
    absent: { "the image": [{ [image]: undefined }] },
    unknown: { "the version": [{ [`${image}.version`]: unknownValue }, `?${image}.version`] },
    notApplicable: { "another type": [[nodePool]] },
  }),
];
