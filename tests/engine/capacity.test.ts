import { afterEach, expect, it } from "vitest";
import { engineMessage } from "../../core/engine-message";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { changesOf, changesSince, engineSuite, live, type OpenRehearsal, openRehearsal, variantOf } from "./harness";

const pool = "azure-native:containerservice:AgentPool";
const reservation = "azure-native:compute:CapacityReservation";

/** dev's network and cluster, with one pool that has three ways to get nodes. */
const withReserved = (nodes: number): string =>
  variantOf("dev", ({ network, cluster, environment, ...rest }) => ({
    "azure-native:location": rest["azure-native:location"],
    "pulumi:disable-default-providers": rest["pulumi:disable-default-providers"],
    ...{ environment, network, cluster },
    gpuPools: {
      a100: {
        size: "Standard_NC24ads_A100_v4",
        capacity: [
          { reserved: { nodes } },
          { onDemand: { minNodes: 1, maxNodes: 2 } },
          { spot: { maxUsdPerHour: 1.5, maxNodes: 4 } },
        ],
      },
    },
    layers: ["infra"],
  }));
const file = withReserved(2);

let open: OpenRehearsal | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

function started(): OpenRehearsal & { readonly stack: RehearsedStack } {
  open = openRehearsal({ savesEachStep: true });
  return { ...open, stack: open.rehearsal.use(file) };
}

const failureOf = (operation: Promise<unknown>): Promise<string> =>
  operation.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => engineMessage(error),
  );

engineSuite("a ladder of capacity on the engine", () => {
  it.each([
    ["the reservation", { kind: "allocation-failed", type: reservation, name: "Standard_NC24ads_A100_v4" }],
    ["the pool in it", { kind: "allocation-failed", type: pool, name: "a100r" }],
    ["quota for the pool in it", { kind: "quota-exceeded", type: pool, name: "a100r" }],
    ["the size to the reservation", { kind: "sku-not-available", type: reservation, name: "Standard_NC24ads_A100_v4" }],
    ["the size to the pool in it", { kind: "sku-not-available", type: pool, name: "a100r" }],
    ["what the pool in it asks for together", { kind: "overconstrained-allocation", type: pool, name: "a100r" }],
  ] as const)(
    "is there without its first rung when Azure refuses %s, and gets that later, with nothing replaced",
    async (_, fault) => {
      const { rehearsal, stack } = started();
      const { world } = rehearsal;
      world.inject(fault);
      expect(await failureOf(stack.up({ continueOnError: true }))).toMatch(
        /AllocationFailed|InsufficientVCPUQuota|SkuNotAvailable|OverconstrainedAllocationRequest/,
      );
      expect(world.faults()).toEqual([]);
      // Those behind it are there, and whatever else does not wait for it.
      for (const name of ["a100", "a100s"]) {
        expect(live(world, "containerservice:AgentPool", name).provisioningState).toBe("Succeeded");
      }
      const before = world.operations().length;
      await stack.up();
      const later = changesSince(world, before);
      expect(later.filter(({ kind }) => kind === "delete")).toEqual([]);
      expect([...new Set(later.map(({ id }) => id.split("/").at(-1)))].sort()).toEqual(
        fault.type === reservation ? ["Standard_NC24ads_A100_v4", "a100r"] : ["a100r"],
      );
      const held = live(world, "containerservice:AgentPool", "a100r");
      expect(held.inputs["capacityReservationGroupID"]).toMatch(/capacityReservationGroups\/crg-gpu-dev-eastus-a100$/);
      expect(changesOf(await stack.preview())).toEqual({});
    },
  );

  it("changes the number of what is reserved in place, and leaves nothing when it goes", async () => {
    const { rehearsal, stack } = started();
    await stack.up();
    const { world } = rehearsal;
    const before = world.operations().length;
    await rehearsal.use(withReserved(3)).up();
    expect(
      changesSince(world, before)
        .map(({ id, kind }) => [id.split("/").at(-1), kind])
        .sort(),
    ).toEqual([
      ["Standard_NC24ads_A100_v4", "update"],
      ["a100r", "update"],
    ]);
    await stack.destroy();
    expect(world.isEmpty()).toBe(true);
  });
});
