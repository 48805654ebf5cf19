import type { Computes, Machines } from "../azure/arm-row";
import { findRow } from "../azure/rows";
import { list, read, text } from "../core/property-tree";
import type { PlannedAzureResource } from "./preflight-facts";

/** Machines that are bought together, and how Azure knows them. */
export interface PlannedMachines extends Machines {
  /** ID of the pool, the scale set or the machine. */
  readonly id: string;
  readonly as: Computes["as"];
  /** Zones that they may stand in, none where Azure chooses. */
  readonly zones: readonly string[];
  readonly encryptionAtHost: boolean;
  /** Group of reservations that they take their places from, null for none. */
  readonly reservationGroupId: string | null;
  /** Subnet that each of them takes an address of, null where none is named. */
  readonly subnetId: string | null;
  /** Resource group that AKS puts them into, empty for machines of no cluster. */
  readonly nodeGroup: string;
}

/** All machines of a plan. */
export function plannedMachines(resources: readonly PlannedAzureResource[]): PlannedMachines[] {
  const nodeGroups = new Map(
    resources.map(({ id, inputs }) => [id.toLowerCase(), text(inputs, "nodeResourceGroup") ?? ""] as const),
  );
  return resources.flatMap(({ token, id, inputs }) => {
    const computes = findRow(token)?.computes;
    if (computes == null) return [];
    // A cluster lists its first pools in its body; every other resource is the machines.
    const pools = list(inputs, "agentPoolProfiles");
    return computes.machines(inputs).map((machines, at) => {
      const body = pools.length === 0 ? inputs : pools[at];
      const first = (paths: readonly string[]): unknown =>
        paths.map((it) => read(body, it)).find((it) => it !== undefined);
      return {
        ...machines,
        id: pools.length === 0 ? id : `${id}/agentPools/${machines.name}`,
        as: computes.as,
        zones: (first(["availabilityZones", "zones"]) as readonly string[] | undefined) ?? [],
        encryptionAtHost: first(encryption) === true,
        reservationGroupId: textOf(first(reservation)),
        subnetId: textOf(first(subnet)),
        nodeGroup: nodeGroups.get(id.toLowerCase().replace(/\/agentpools\/[^/]+$/, "")) ?? "",
      };
    });
  });
}

/** Where each kind of machines says it: a pool, a scale set, a machine. */
const encryption = [
  "enableEncryptionAtHost",
  "virtualMachineProfile.securityProfile.encryptionAtHost",
  "securityProfile.encryptionAtHost",
];
const reservation = [
  "capacityReservationGroupID",
  "virtualMachineProfile.capacityReservation.capacityReservationGroup.id",
  "capacityReservation.capacityReservationGroup.id",
];
const subnet = [
  "vnetSubnetID",
  "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[0].ipConfigurations[0].subnet.id",
];

function textOf(value: unknown): string | null {
  return text({ value }, "value") ?? null;
}
