import { guarded, written } from "../catalog/drift";
import { offHoursTag, onShareOf } from "../catalog/off-hours";
import { infinibandDomainTag } from "../catalog/scheduling";
import { stableUuid } from "../core/names";
import { findTaggedSize } from "../catalog/size-tags";
import { list, number, read, text } from "../core/property-tree";
import { groupOf, spotCap } from "./aks-nodes";
import type { ArmRow, Machines, Props } from "./arm-row";
import type { Charge } from "./charge";
import { managedDisk } from "./charges/disks";
import { reservationBill, scaleSetBill, virtualMachineBill } from "./charges/machines";
import { ignored, refused } from "./fixed-property";
import { nameRules } from "./name-rules";

const scaleSets =
  "https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-policy";

const singleMachine =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/custom-data.md (2026-05-28); assumption for the others";
const reservations =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/capacity-reservation-overview.md (2026-02-17)";
const galleries =
  "MicrosoftDocs/azure-compute-docs:articles/virtual-machines/shared-image-galleries.md (2023-08-15, updating resources)";
const assumed = "assumption";

const outOfQuota = { status: 409, code: "OperationNotAllowed" } as const;
/** Source: Azure-Samples/azuresandbox#70 (2024-07-03) */
const noSuchSize = { status: 409, code: "SkuNotAvailable" } as const;

/** Types of `azure-native:compute`. */
export const compute = {
  VirtualMachineScaleSet: {
    nameRule: nameRules.scaleSet,
    worldName: null,
    unique: null,
    fixed: [
      // Only machines that come later would have the new size.
      ...ignored(scaleSets, "sku.name"),
      ...refused(
        scaleSets,
        "orchestrationMode",
        "platformFaultDomainCount",
        "proximityPlacementGroup",
        "virtualMachineProfile.osProfile.adminUsername",
        "virtualMachineProfile.osProfile.computerNamePrefix",
        "virtualMachineProfile.priority",
        "virtualMachineProfile.securityProfile.securityType",
        "virtualMachineProfile.storageProfile.imageReference.offer",
        "virtualMachineProfile.storageProfile.imageReference.publisher",
        "virtualMachineProfile.storageProfile.osDisk.diffDiskSettings",
        "virtualMachineProfile.storageProfile.osDisk.osType",
        "zones",
      ),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 120, update: 90, delete: 180, perNode: 2, gpu: 180 },
    answers: null,
    functions: null,
    taggable: true,
    bills: scaleSetBill,
    stores: null,
    computes: { as: "scale set", machines: scaleSet, outOfQuota, noSuchSize },
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "Its machines are gone, with all that ran on them" },
      paths: [
        ...written(
          { more: "cost", less: "capacity" },
          "More machines bill, and with fewer there is less room for jobs",
          "sku.capacity",
        ),
        ...written(
          "security",
          "What runs on its machines, or who gets in, is not what was reviewed",
          "virtualMachineProfile.osProfile",
          "virtualMachineProfile.extensionProfile",
          "virtualMachineProfile.securityProfile",
          "virtualMachineProfile.userData",
        ),
        ...written(
          "security",
          "Its machines are in another network, or may be reached from elsewhere",
          "virtualMachineProfile.networkProfile",
        ),
        ...written("capacity", "New machines start from something else", "virtualMachineProfile.storageProfile"),
        ...written(
          "cost",
          "Its machines bill in another way",
          "virtualMachineProfile.priority",
          "virtualMachineProfile.billingProfile",
        ),
        ...written("capacity", "Machines are renewed at other times", "upgradePolicy", "automaticRepairsPolicy"),
      ],
    },
  },
  VirtualMachine: {
    // Linux; a machine with Windows may have 15.
    nameRule: nameRules.scaleSet,
    worldName: null,
    unique: null,
    fixed: [
      ...refused(
        singleMachine,
        "osProfile.adminUsername",
        "osProfile.computerName",
        "osProfile.customData",
        "osProfile.linuxConfiguration",
        "securityProfile.securityType",
        "storageProfile.imageReference",
        "storageProfile.osDisk.diffDiskSettings",
        "zones",
      ),
    ],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 90, update: 60, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    bills: virtualMachineBill,
    stores: null,
    computes: { as: "virtual machine", machines: virtualMachine, outOfQuota, noSuchSize },
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "It is gone, with what ran on it" },
      paths: [
        ...written("cost", "It bills as another size", "hardwareProfile"),
        ...written(
          "security",
          "What runs on it, or who gets in, is not what was reviewed",
          "osProfile",
          "securityProfile",
          "networkProfile",
          "userData",
        ),
        ...written("capacity", "It has other disks", "storageProfile"),
      ],
    },
  },
  VirtualMachineExtension: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [...refused(assumed, "publisher", "type")],
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 60, update: 60, delete: 30 },
    answers: null,
    functions: null,
    taggable: true,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "security", means: "What it kept in order on the machine nobody keeps in order" },
      paths: [
        ...written(
          "security",
          "Something else runs on the machine, as root",
          "settings",
          "protectedSettings",
          "type",
          "publisher",
          "typeHandlerVersion",
        ),
      ],
    },
  },
  Disk: {
    nameRule: nameRules.disk,
    worldName: null,
    unique: null,
    fixed: [...refused(assumed, "creationData", "zones")],
    inUse: "OperationNotAllowed",
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
    bills: managedDisk,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: {
      gone: { harm: "capacity", means: "Its data are gone" },
      paths: [
        ...written({ more: "cost", less: "capacity" }, "A larger disk bills more", "diskSizeGB"),
        ...guarded("Its content may be fetched over the network", ["DenyAll"], "networkAccessPolicy"),
      ],
    },
  },
  DiskEncryptionSet: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: [...refused(assumed, "encryptionType")],
    inUse: "OperationNotAllowed",
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: (_, id) => ({ identity: { type: "SystemAssigned", principalId: stableUuid(`${id}/principal`) } }),
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
  ProximityPlacementGroup: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: "OperationNotAllowed",
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
  CapacityReservationGroup: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(reservations, "zones"),
    inUse: null,
    mustBeEmpty: "capacityReservations",
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
  CapacityReservation: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(reservations, "sku.name", "zones"),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 30, update: 30, delete: 20 },
    answers: null,
    functions: null,
    taggable: true,
    bills: reservationBill,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
  // Versions and definitions must go first. A definition says for good what its versions are.
  Gallery: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: "images",
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
  GalleryImage: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(galleries, "architecture", "features", "hyperVGeneration", "identifier", "osState", "osType"),
    inUse: null,
    mustBeEmpty: "versions",
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
  GalleryImageVersion: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: refused(galleries, "storageProfile"),
    inUse: "OperationNotAllowed",
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 600, update: 120, delete: 60 },
    answers: null,
    functions: null,
    taggable: true,
    bills: versionBill,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
    drift: null,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;

/** A version for a month: nobody can say how much of the disk is stored. */
function versionBill(): readonly Charge[] {
  return [{ what: "images of a gallery", because: "they bill what is stored in each region, which no input says" }];
}

function scaleSet(inputs: Props): readonly Machines[] {
  const size = text(inputs, "sku.name") ?? "";
  const nodes = number(inputs, "sku.capacity");
  const name = text(inputs, "vmScaleSetName") ?? "";
  const vmSize = findTaggedSize(size, read(inputs, "tags")) ?? null;
  const regular = regularOf(inputs, nodes);
  const mixed = regular > 0 && regular < nodes;
  const kinds = mixed
    ? [
        { spot: false, count: regular },
        { spot: true, count: nodes - regular },
      ]
    : [{ spot: isSpot(inputs) && regular === 0, count: nodes }];
  return kinds.map(({ spot, count }) => ({
    name,
    cluster: null,
    size,
    vmSize,
    startNodes: count,
    minNodes: count,
    maxNodes: count,
    surgeNodes: 0,
    spareNodes: 0,
    zones: list(inputs, "zones").map(String),
    infinibandDomain: vmSize?.infiniband == null ? null : (text(inputs, `tags.${infinibandDomainTag}`) ?? name),
    system: false,
    spot,
    maxSpotUsdPerHour: spotCap(read(inputs, "virtualMachineProfile.billingProfile.maxPrice")),
    onShare: onShareOf(read(inputs, `tags.${offHoursTag}`)),
    reservationGroup: groupOf(text(inputs, "virtualMachineProfile.capacityReservation.capacityReservationGroup.id")),
  }));
}

function isSpot(inputs: Props): boolean {
  return read(inputs, "virtualMachineProfile.priority") === "Spot";
}

/**
 * How many machines of a scale set are no spot machines: all, or of a spot set those that its mix keeps.
 * Source: MicrosoftDocs/azure-compute-docs:articles/virtual-machine-scale-sets/spot-priority-mix.md
 */
function regularOf(inputs: Props, nodes: number): number {
  if (!isSpot(inputs)) return nodes;
  const base = Math.min(nodes, number(inputs, "priorityMixPolicy.baseRegularPriorityCount"));
  const share = number(inputs, "priorityMixPolicy.regularPriorityPercentageAboveBase") / 100;
  return base + Math.ceil((nodes - base) * share);
}

function virtualMachine(inputs: Props): readonly Machines[] {
  const size = text(inputs, "hardwareProfile.vmSize") ?? "";
  return [
    {
      name: text(inputs, "vmName") ?? "",
      cluster: null,
      size,
      vmSize: findTaggedSize(size, read(inputs, "tags")) ?? null,
      startNodes: 1,
      minNodes: 1,
      maxNodes: 1,
      surgeNodes: 0,
      spareNodes: 0,
      zones: list(inputs, "zones").map(String),
      // A domain is a scale set.
      infinibandDomain: null,
      system: false,
      spot: read(inputs, "priority") === "Spot",
      maxSpotUsdPerHour: spotCap(read(inputs, "billingProfile.maxPrice")),
      onShare: onShareOf(read(inputs, `tags.${offHoursTag}`)),
      reservationGroup: groupOf(text(inputs, "capacityReservation.capacityReservationGroup.id")),
    },
  ];
}
