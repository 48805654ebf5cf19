import { unknownValue } from "../../../core/property-marks";
import { gpuSizeAllowlist } from "../../../policies/rules/gpu/gpu-size-allowlist";
import { ibOrchestrationUniform } from "../../../policies/rules/gpu/ib-orchestration-uniform";
import { hpcPpgConsistent } from "../../../policies/rules/gpu/hpc-ppg-consistent";
import { gpuReservationProd } from "../../../policies/rules/gpu/gpu-reservation-prod";
import { vmNoLooseGpu } from "../../../policies/rules/gpu/vm-no-loose-gpu";
import { account, cluster, nodePool, scaleSet, sizes, virtualMachine } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const profile = "virtualMachineProfile";
const group = `${profile}.capacityReservation.capacityReservationGroup.id`;
const otherType = { "another type": [[account]] } as const;
const reservable = "Standard_NC24ads_A100_v4";
const fixed = { vmSize: reservable, enableAutoScaling: false };
const inGroup = { "proximityPlacementGroup.id": "/ppg/1" };
const poolInGroup = changed(nodePool, { proximityPlacementGroupID: "/PPG/1" });
const inSet = `hardwareProfile.vmSize is "${sizes.infiniband}"; must have no InfiniBand in a VM that joins a scale set`;

/** Rules about machines with GPUs: which sizes, and how they stand together. */
export const gpuMachineTables: readonly RuleCases[] = [
  table(gpuSizeAllowlist, scaleSet, {
    compliant: { "a pool": [[nodePool]], "a cluster": [[cluster]] },
    broken: {
      "a size that nobody planned for": [
        { "sku.name": "Standard_M416ms_v2" },
        'sku.name is "Standard_M416ms_v2"; must be a size of the catalogue, or one of allowedSizes',
      ],
      "one in a pool of a cluster": [
        [changed(cluster, { "agentPoolProfiles[0].vmSize": "Standard_M416ms_v2" })],
        'agentPoolProfiles[0].vmSize is "Standard_M416ms_v2"; must be a size of the catalogue, or one of allowedSizes',
      ],
    },
    absent: { "no size, which Azure refuses": [{ "sku.name": undefined }] },
    unknown: { "the size": [{ "sku.name": unknownValue }, "?sku.name"] },
    notApplicable: otherType,
  }),
  table(
    gpuSizeAllowlist,
    scaleSet,
    {
      compliant: {
        "another letter case, which Azure takes as the same": [{ "sku.name": sizes.infiniband.toLowerCase() }],
      },
      broken: {
        "a size of the catalogue that is not allowed here": [
          { "sku.name": reservable },
          `sku.name is "${reservable}"; must be one of allowedSizes: ${sizes.infiniband}, ${sizes.gpu}`,
        ],
        "one of neither": [
          { "sku.name": sizes.general },
          `sku.name is "${sizes.general}"; must be one of allowedSizes: ${sizes.infiniband}, ${sizes.gpu}`,
        ],
      },
      absent: { "no size": [{ "sku.name": undefined }] },
      unknown: { "the size": [{ "sku.name": unknownValue }, "?sku.name"] },
      notApplicable: otherType,
    },
    { settings: { allowedSizes: [sizes.infiniband, sizes.gpu] } },
  ),
  table(
    gpuSizeAllowlist,
    scaleSet,
    {
      broken: {
        "a setting that is no list of names counts as none": [
          { "sku.name": "Standard_M416ms_v2" },
          'sku.name is "Standard_M416ms_v2"; must be a size of the catalogue, or one of allowedSizes',
        ],
      },
      absent: {},
      unknown: {},
      notApplicable: otherType,
    },
    { settings: { allowedSizes: [416, "Standard_M416ms_v2"] } },
  ),
  table(ibOrchestrationUniform, scaleSet, {
    broken: {
      flexible: [{ orchestrationMode: "Flexible" }, 'orchestrationMode is "Flexible"; must be absent or "Uniform"'],
      "a VM that joins a set": [[virtualMachine], inSet],
      "a VM that joins a set which is still to be made": [
        [changed(virtualMachine, { "virtualMachineScaleSet.id": unknownValue })],
        inSet,
      ],
    },
    absent: {
      "the mode: Azure takes Uniform": [{ orchestrationMode: undefined }],
      "the set of a VM, of which another rule speaks": [
        [changed(virtualMachine, { virtualMachineScaleSet: undefined })],
      ],
    },
    unknown: {
      "the mode": [{ orchestrationMode: unknownValue }, "?orchestrationMode"],
      "the size of a VM": [
        [changed(virtualMachine, { "hardwareProfile.vmSize": unknownValue })],
        "?hardwareProfile.vmSize",
      ],
    },
    notApplicable: {
      "no InfiniBand": [{ "sku.name": sizes.gpu, orchestrationMode: "Flexible" }],
      "a VM without InfiniBand": [[changed(virtualMachine, { "hardwareProfile.vmSize": sizes.gpu })]],
    },
  }),
  table(hpcPpgConsistent, [changed(scaleSet, inGroup), poolInGroup], {
    compliant: {
      "another group": [
        [
          changed(scaleSet, { ...inGroup, zones: ["2"] }),
          changed(poolInGroup, { proximityPlacementGroupID: "/ppg/2" }),
        ],
      ],
    },
    broken: {
      "two zones": [
        { zones: ["2"] },
        'zones is ["2"]; must be one zone for the whole group, which has 1, 2',
        'availabilityZones is ["1"]; must be one zone for the whole group, which has 1, 2',
      ],
      "a VM in another zone": [
        [changed(virtualMachine, { ...inGroup, zones: ["3"] }), poolInGroup],
        'zones is ["3"]; must be one zone for the whole group, which has 1, 3',
        'availabilityZones is ["1"]; must be one zone for the whole group, which has 1, 3',
      ],
      "two zones beside a member that follows the group": [
        [
          changed(scaleSet, { ...inGroup, zones: ["2"] }),
          poolInGroup,
          changed(virtualMachine, { ...inGroup, zones: undefined }),
        ],
        'zones is ["2"]; must be one zone for the whole group, which has 1, 2',
        'availabilityZones is ["1"]; must be one zone for the whole group, which has 1, 2',
      ],
    },
    absent: { "the zone of one, which follows the group": [{ zones: undefined }] },
    unknown: {
      "the group": [{ "proximityPlacementGroup.id": unknownValue }, "?proximityPlacementGroup.id"],
      "the zones": [{ zones: unknownValue }, "?zones"],
      "one of the zones": [{ zones: [unknownValue] }, "?zones"],
    },
    notApplicable: { "no group": [[scaleSet, changed(nodePool, { availabilityZones: ["2"] })]] },
  }),
  table(
    gpuReservationProd,
    changed(scaleSet, { "sku.name": reservable, singlePlacementGroup: false, [group]: "/reservations/1" }),
    {
      compliant: {
        "a pool": [[changed(nodePool, { ...fixed, capacityReservationGroupID: unknownValue })]],
      },
      broken: {
        "a pool without": [
          [changed(nodePool, fixed)],
          "capacityReservationGroupID is absent; must be the ARM ID of a capacity reservation group",
        ],
        "an empty ID": [{ [group]: "" }, `${group} is ""; must be the ARM ID of a capacity reservation group`],
      },
      absent: {
        "the group": [{ [group]: undefined }, `${group} is absent; must be the ARM ID of a capacity reservation group`],
      },
      unknown: { "the size": [{ "sku.name": unknownValue }, "?sku.name"] },
      notApplicable: {
        "a size that nobody reserves": [{ "sku.name": sizes.infiniband, [group]: undefined }],
        "one placement group, which excludes a reservation": [{ singlePlacementGroup: true, [group]: undefined }],
        spot: [{ [`${profile}.priority`]: "Spot", [group]: undefined }],
        "a pool that grows and shrinks": [[changed(nodePool, { vmSize: reservable, enableAutoScaling: true })]],
        "a pool on spot": [[changed(nodePool, { ...fixed, scaleSetPriority: "Spot" })]],
      },
    },
  ),
  table(vmNoLooseGpu, virtualMachine, {
    broken: {
      "an empty ID": [
        { "virtualMachineScaleSet.id": "" },
        'virtualMachineScaleSet.id is ""; must be the ARM ID of a scale set',
      ],
    },
    absent: {
      "the set": [
        { virtualMachineScaleSet: undefined },
        "virtualMachineScaleSet.id is absent; must be the ARM ID of a scale set",
      ],
    },
    unknown: {
      "the set: it is there all the same": [{ "virtualMachineScaleSet.id": unknownValue }],
      "the size": [{ "hardwareProfile.vmSize": unknownValue }, "?hardwareProfile.vmSize"],
    },
    notApplicable: {
      "a general size": [{ "hardwareProfile.vmSize": sizes.general, virtualMachineScaleSet: undefined }],
    },
  }),
];
