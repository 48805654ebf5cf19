import { CapacityReservation as AzureReservation } from "@pulumi/azure-native/compute/capacityReservation";
import { CapacityReservationGroup } from "@pulumi/azure-native/compute/capacityReservationGroup";
import { all, ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { compute } from "../../../azure/compute";
import { replaceOnChanges } from "../../../azure/fixed-property";
import { claim } from "../../../core/claim";
import type { Scope } from "../../../core/scope";
import type { CapacityReservationPlan } from "./plan";

/** The plan of it, which a GPU pool with a rung `reserved` brings, and where it goes. */
export interface CapacityReservationArgs {
  /** Resource group that it is put into, and tags. */
  readonly scope: Pick<Scope, "resourceGroupName" | "tags">;
  readonly plan: CapacityReservationPlan;
}

/**
 * Machines that Azure holds for a pool: a capacity reservation group and one reservation in it.
 *
 * Bills at the price of the machines from the moment Azure takes it, whether they run or not; a machine that runs in it bills in its place.
 * Azure refuses it while it has no capacity. Another number of nodes is changed in place; another size or zone makes a new one.
 */
export class CapacityReservation extends ComponentResource {
  /** ARM ID of the group, for the identity of the cluster. */
  public readonly groupResourceId: Output<string>;
  /** The same once the reservation is in it, for pools: AKS makes a pool without reservation of a group that has none. */
  public readonly readyGroupResourceId: Output<string>;

  /** @param name Key of the pool. */
  public constructor(name: string, args: CapacityReservationArgs, opts?: ComponentResourceOptions) {
    const { scope, plan } = args;
    claim("Capacity reservation group", plan.group.capacityReservationGroupName);
    super("azure-gpu-cluster:cluster:CapacityReservation", name, {}, opts);
    const { resourceGroupName, tags } = scope;
    const group = new CapacityReservationGroup(
      name,
      { ...plan.group, resourceGroupName, tags },
      { parent: this, replaceOnChanges: replaceOnChanges(compute.CapacityReservationGroup), deleteBeforeReplace: true },
    );
    const reservation = new AzureReservation(
      name,
      { ...plan.reservation, resourceGroupName, capacityReservationGroupName: group.name, tags },
      { parent: this, replaceOnChanges: replaceOnChanges(compute.CapacityReservation), deleteBeforeReplace: true },
    );
    this.groupResourceId = group.id;
    this.readyGroupResourceId = all([group.id, reservation.id]).apply(([id]) => id);
    this.registerOutputs({ groupResourceId: this.groupResourceId });
  }
}
