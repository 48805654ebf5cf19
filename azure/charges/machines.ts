import { list, number, read, text } from "../../core/property-tree";
import { clusterMachines, poolMachines } from "../aks-nodes";
import type { Props } from "../arm-row";
import type { Charge } from "../charge";
import { clusterCharges } from "./cluster";
import { machineDisks, poolDisks } from "./disks";

/** A cluster: its control plane, and the OS disks of the pools in its body. */
export function clusterBill(inputs: Props): readonly Charge[] {
  const pools = list(inputs, "agentPoolProfiles");
  return [
    ...clusterCharges(inputs),
    ...clusterMachines(inputs).flatMap((machines, at) => poolDisks(pools[at], machines)),
  ];
}

/** OS disks of a pool. */
export function poolBill(inputs: Props): readonly Charge[] {
  return poolMachines(inputs).flatMap((machines) => poolDisks(inputs, machines));
}

/** Disks of the machines of a scale set. */
export function scaleSetBill(inputs: Props): readonly Charge[] {
  const nodes = number(inputs, "sku.capacity");
  const profile = read(inputs, "virtualMachineProfile.storageProfile");
  const name = text(inputs, "vmScaleSetName") ?? "";
  return nodes === 0 ? [] : machineDisks(profile, { name, minNodes: nodes, maxNodes: nodes });
}

/** Disks of one machine. */
export function virtualMachineBill(inputs: Props): readonly Charge[] {
  const name = text(inputs, "vmName") ?? "";
  return machineDisks(read(inputs, "storageProfile"), { name, minNodes: 1, maxNodes: 1 });
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
