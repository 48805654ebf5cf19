import { afterEach, beforeAll, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import { faultKinds, type Fault, type FaultKind } from "../../simulator/azure/fault";
import { recover, type Wanted } from "../../simulator/rehearsal/recover";
import type { RehearsedStack } from "../../simulator/rehearsal/rehearsal";
import { engineMessage } from "../../core/engine-message";
import { today } from "../stack-files";
import {
  changesOf,
  changesSince,
  engineSuite,
  live,
  type OpenRehearsal,
  openRehearsal,
  operationNames,
  smallVariant,
} from "./harness";
import { engineOf, providersOf, until } from "./processes";

const pool = "azure-native:containerservice:AgentPool";
const cluster = "azure-native:containerservice:ManagedCluster";

const file = smallVariant();

let planned: readonly Wanted[];
beforeAll(async () => {
  planned = (await preview(file, { today })).plan.resources;
});

let open: OpenRehearsal | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A fresh Azure in which faults wait, and the stack. */
function started(...faults: readonly Fault[]): OpenRehearsal & { readonly stack: RehearsedStack } {
  open = openRehearsal({ savesEachStep: true });
  for (const it of faults) open.rehearsal.world.inject(it);
  return { ...open, stack: open.rehearsal.use(file) };
}

/** What the engine says when an operation fails. */
async function failureOf(operation: Promise<unknown>): Promise<string> {
  return operation.then(
    () => {
      throw new Error("It should have failed.");
    },
    (error: unknown) => engineMessage(error),
  );
}

const azureIds = (resources: readonly Wanted[]): string[] =>
  resources
    .filter(({ custom, type }) => custom && type.startsWith("azure-native:"))
    .map(({ id }) => id.toLowerCase())
    .sort();

/**
 * Nothing is lost or doubled: Azure and the state hold what the plan says, all is well, another `up` has nothing to do.
 * @param unheard Creates that no record may tell of, because provider and engine died before they ended.
 */
async function expectWhole(
  { rehearsal, stack }: { stack: RehearsedStack } & OpenRehearsal,
  unheard: readonly string[] = [],
): Promise<void> {
  const { world } = rehearsal;
  expect(world.faults()).toEqual([]);
  const resources = world.resources();
  expect(resources.map(({ id }) => id.toLowerCase()).sort()).toEqual(azureIds(planned));
  expect(resources.filter(({ provisioningState }) => provisioningState !== "Succeeded")).toEqual([]);
  const { resources: known = [], pending_operations: pending = [] } = await stack.state();
  const urns = known.map(({ urn }) => urn);
  expect(urns).toEqual(expect.arrayContaining(planned.map(({ urn }) => urn)));
  expect(new Set(urns).size).toBe(urns.length);
  expect(pending).toEqual([]);
  const creates = changesSince(world, 0).filter(({ kind, outcome }) => kind === "create" && made(outcome));
  const ids = creates.map(({ id }) => id.toLowerCase());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...new Set([...ids, ...unheard])].sort()).toEqual(azureIds(planned));
  expect(changesOf(await stack.preview())).toEqual({});
}

/** Whether Azure made something, whatever the engine heard of it. */
function made(outcome: string): boolean {
  return [
    "succeeded",
    "AllocationFailed",
    "OverconstrainedAllocationRequest",
    "ContextDeadlineExceeded",
    "ProviderCrashed",
    "Canceled",
  ].includes(outcome);
}

engineSuite("an update that meets a fault", () => {
  it.each([
    ["quota-exceeded", "ErrCode_InsufficientVCPUQuota", "'h100d1' would exceed the approved vCPU quota of the region"],
    ["sku-not-available", "SkuNotAvailable", "Restrictions: Standard_ND96isr_H100_v5' is currently not available in"],
  ] as const)(
    "fails with the code of %s, makes nothing of that pool and what had begun of the rest, and completes when there is",
    async (kind, code, words) => {
      const our = started({ kind, type: pool, name: "h100d1" });
      const message = await failureOf(our.stack.up());
      expect(message).toContain(code);
      expect(message).toContain(words);
      const missing = azureIds(planned).filter((id) => our.rehearsal.world.resource(id) === undefined);
      const names = missing.map((id) => id.split("/").at(-1) ?? "");
      // After a failure the engine ends what runs and begins nothing: what would have come later may be missing, too.
      expect(names).toContain("h100d1");
      expect(["a10", "default", "h100d1"]).toEqual(expect.arrayContaining(names));
      expect(changesOf(await our.stack.up())).toEqual({ create: names.length });
      await expectWhole(our);
    },
  );

  it.each([
    ["allocation-failed", "Azure has no capacity for 'a10' in this region or zone now."],
    ["overconstrained-allocation", "Allocation failed. VM(s) with the following constraints cannot be allocated"],
  ] as const)(
    "lands the rest when Azure has no machines for one pool (%s), and the next up writes that pool again",
    async (kind, words) => {
      const our = started({ kind, type: pool, name: "a10" });
      const message = await failureOf(our.stack.up());
      expect(message).toContain(words);
      const { world } = our.rehearsal;
      expect(live(world, "containerservice:AgentPool", "a10").provisioningState).toBe("Failed");
      expect(live(world, "containerservice:AgentPool", "h100d1").provisioningState).toBe("Succeeded");
      const before = world.operations().length;
      expect(changesOf(await our.stack.up())).toEqual({ update: 1 });
      expect(operationNames(changesSince(world, before))).toEqual(["update AgentPool a10"]);
      await expectWhole(our);
    },
  );

  it("takes a failed pool for done when the state is refreshed first: only Azure's own state tells", async () => {
    const our = started({ kind: "allocation-failed", type: pool, name: "a10" });
    await failureOf(our.stack.up());
    expect(changesOf(await our.stack.up({ refresh: true }))).toEqual({});
    expect(live(our.rehearsal.world, "containerservice:AgentPool", "a10").provisioningState).toBe("Failed");
  });

  it("waits as long as a 429 says and then succeeds, with the wait on record", async () => {
    const our = started({ kind: "throttled", type: pool, name: "a10", retryAfterSeconds: 300 });
    await our.stack.up();
    const [create] = our.rehearsal.world.operations().filter(({ id }) => id.endsWith("/agentPools/a10"));
    expect(create).toMatchObject({ kind: "create", outcome: "succeeded", throttledWait: 300 });
    expect((create?.start ?? 0) - (create?.requested ?? 0)).toBe(300);
    await expectWhole(our);
  });

  it("fails on a conflict with another operation and completes when that is over", async () => {
    const our = started({ kind: "conflict", type: pool, name: "a10" });
    expect(await failureOf(our.stack.up())).toContain(
      'error: Status=409 Code="AnotherOperationInProgress" Message="Another operation on \'a10\' is in progress."',
    );
    expect(changesOf(await our.stack.up())).toEqual({ create: 1 });
    await expectWhole(our);
  });

  it("is told that a pool exists already when the answer was lost, and goes on once the pool is adopted", async () => {
    const our = started({ kind: "timeout-after-create", type: pool, name: "h100d1" });
    expect(await failureOf(our.stack.up())).toContain("'h100d1': context deadline exceeded while waiting for Azure");
    expect(await failureOf(our.stack.up())).toMatch(/cannot create already existing resource '.*\/agentPools\/h100d1'/);
    const { adopted, forgotten, pending } = await recover(our.stack, our.rehearsal.world, planned);
    expect(adopted.map((urn) => urn.split("::").at(-1))).toEqual(["h100d1"]);
    expect({ forgotten, pending }).toEqual({ forgotten: [], pending: [] });
    const before = our.rehearsal.world.operations().length;
    await our.stack.up();
    // The nodes that were so hard to get are kept as they are.
    expect(changesSince(our.rehearsal.world, before)).toEqual([]);
    await expectWhole(our);
  });

  it("goes on, too, once what exists already was deleted in Azure", async () => {
    const our = started({ kind: "timeout-after-create", type: pool, name: "h100d1" });
    await failureOf(our.stack.up());
    our.rehearsal.world.remove(live(our.rehearsal.world, "containerservice:AgentPool", "h100d1").id);
    expect(changesOf(await our.stack.up())).toEqual({ create: 1 });
    expect(changesOf(await our.stack.preview())).toEqual({});
  });

  it("loses and doubles nothing when the provider's process dies in the middle", async () => {
    const our = started({ kind: "provider-crash", type: pool, name: "a10" });
    await failureOf(our.stack.up());
    const { adopted } = await recover(our.stack, our.rehearsal.world, planned);
    expect(adopted.map((urn) => urn.split("::").at(-1))).toContain("a10");
    await our.stack.up();
    const ids = planned.filter(({ urn }) => adopted.includes(urn)).map(({ id }) => id.toLowerCase());
    await expectWhole(our, ids);
  });

  it("loses and doubles nothing when the engine's process dies in the middle: its lock is taken, its work adopted", async () => {
    // Slow enough to be hit while the cluster is in the making.
    open = openRehearsal({ speed: 60, savesEachStep: true });
    const our = { ...open, stack: open.rehearsal.use(file) };
    const up = failureOf(our.stack.up());
    const { world } = our.rehearsal;
    await until("the cluster is being made", () => world.resources(cluster).length > 0);
    process.kill(engineOf(our.folder), "SIGKILL");
    await up;
    await until("the providers are gone", () => providersOf(our.folder).length === 0);
    expect(await failureOf(our.stack.up())).toContain("the stack is currently locked by 1 lock(s)");
    const { pending } = await recover(our.stack, world, planned);
    expect(pending.map((urn) => urn.split("::").at(-1))).toContain("aks");
    await our.stack.up();
    await expectWhole(our, [live(world, "containerservice:ManagedCluster").id.toLowerCase()]);
  });

  it("is tried for every kind of fault there is", () => {
    const tried: readonly FaultKind[] = [
      "quota-exceeded",
      "sku-not-available",
      "allocation-failed",
      "overconstrained-allocation",
      "throttled",
      "conflict",
      "timeout-after-create",
      "provider-crash",
    ];
    expect(tried).toEqual(faultKinds);
  });
});
