import { isUnknown } from "../../core/property-marks";
import { list, number, read, text } from "../../core/property-tree";
import { clusterMachines, poolMachines } from "../aks-nodes";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";
import { clusterCharges } from "./cluster";
import { machineDisks, poolDisks } from "./disks";
import { machineLicences, poolLicences } from "./licences";

/** A cluster: its control plane, and disks and software of the pools in its body. */
export function clusterBill(inputs: Props): readonly Charge[] {
  const pools = list(inputs, "agentPoolProfiles");
  return [
    ...clusterCharges(inputs),
    ...clusterMachines(inputs).flatMap((machines, at) => [
      ...poolDisks(pools[at], machines),
      ...poolLicences(pools[at], machines, inputs),
    ]),
  ];
}

/** OS disks and software of a pool. */
export function poolBill(inputs: Props): readonly Charge[] {
  return poolMachines(inputs).flatMap((machines) => [
    ...poolDisks(inputs, machines),
    ...poolLicences(inputs, machines),
  ]);
}

/** Disks and software of the machines of a scale set. */
export function scaleSetBill(inputs: Props): readonly Charge[] {
  // How many there are that is not known yet is no reason to have none of them.
  const nodes = number(inputs, "sku.capacity");
  if (nodes === 0 && !isUnknown(read(inputs, "sku.capacity"))) return [];
  const profile = read(inputs, "virtualMachineProfile");
  const name = text(inputs, "vmScaleSetName") ?? "";
  return [
    ...machineDisks(read(profile, "storageProfile"), { name, minNodes: nodes, maxNodes: nodes }),
    ...machineLicences(profile, read(inputs, "plan"), text(inputs, "sku.name") ?? ""),
  ];
}

/** Disks and software of one machine. */
export function virtualMachineBill(inputs: Props): readonly Charge[] {
  const name = text(inputs, "vmName") ?? "";
  return [
    ...machineDisks(read(inputs, "storageProfile"), { name, minNodes: 1, maxNodes: 1 }),
    ...machineLicences(inputs, read(inputs, "plan"), text(inputs, "hardwareProfile.vmSize") ?? ""),
  ];
}

/** Machines that are kept for a group, whether they run or not. */
export function reservationBill(inputs: Props): readonly Charge[] {
  return [
    {
      group: text(inputs, "capacityReservationGroupName") ?? "",
      size: text(inputs, "sku.name") ?? "",
      nodes: number(inputs, "sku.capacity"),
    },
  ];
}
