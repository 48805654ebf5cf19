import fc from "fast-check";
import { expect, it } from "vitest";
import { reservations } from "../../preflight/reservations";
import { found, pool, silent, told } from "./answers";

const groupId = "/subscriptions/one/resourceGroups/rg-r/providers/Microsoft.Compute/capacityReservationGroups/crg";
const group = found({ location: "eastus", properties: {} });
const ownMachine = (at: number): { readonly id: string } => ({
  id: `/subscriptions/one/resourceGroups/RG-NODES/providers/Microsoft.Compute/virtualMachineScaleSets/aks-a10-123-vmss/virtualMachines/${at}`,
});
const otherMachine = (at: number): { readonly id: string } => ({
  id: `/subscriptions/one/resourceGroups/rg-other-nodes/providers/Microsoft.Compute/virtualMachineScaleSets/aks-a10-9-vmss/virtualMachines/${at}`,
});
const reservation = (capacity: number, machines: readonly { readonly id: string }[]): ReturnType<typeof found> =>
  found({
    location: "eastus",
    name: "a10",
    sku: { name: "Standard_NV36ads_A10_v5", capacity },
    properties: {
      instanceView: { utilizationInfo: { currentCapacity: capacity, virtualMachinesAllocated: machines } },
    },
  });

it("counts as free what no machine of others takes, those of a pool with the same name in another cluster included", () => {
  const count = fc.nat(12);
  fc.assert(
    fc.property(count, count, count, count, fc.nat(4), (capacity, own, others, most, least) => {
      const minNodes = Math.min(least, most);
      const machines = [pool("a10", { reservationGroupId: groupId, maxNodes: most, minNodes })];
      const taken = [
        ...Array.from({ length: own }, (_, at) => ownMachine(at)),
        ...Array.from({ length: others }, (_, at) => otherMachine(at)),
      ];
      const needs = { subscriptionId: "one", location: "eastus", groups: [{ groupId, machines }] };
      const [judged] = told(reservations.judge(needs, [{ group, reservations: [reservation(capacity, taken)] }]));
      const free = Math.max(0, capacity - others);
      const verdict = free >= most ? "ok" : free < Math.max(1, minNodes) ? "missing" : "warning";
      expect(judged).toEqual([verdict, `${free} of ${capacity} free`]);
    }),
  );
});

it("says of what nobody answers that it is not known", () => {
  const machines = [pool("a10", { reservationGroupId: groupId })];
  const needs = { subscriptionId: "one", location: "eastus", groups: [{ groupId, machines }] };
  for (const answer of [
    { group: silent, reservations: [] },
    { group, reservations: [silent] },
  ])
    expect(told(reservations.judge(needs, [answer]))).toEqual([["unknown", "could not be asked: Azure failed"]]);
});
