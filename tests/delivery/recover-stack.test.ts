import { describe, expect, it } from "vitest";
import { readLocks } from "../../delivery/read-locks";
import { recoverStack, type StuckStack } from "../../delivery/recover-stack";

const lock = { user: "otto", host: "runner", pid: 7, since: "2026-01-01T00:00:00Z" };
const urn = "urn:pulumi:dev::azure-gpu-cluster::azure-native:containerservice:ManagedCluster::aks";
const note = { result: "running", started: "2026-01-01T00:00:00Z", run: "https://example.com/run/1" };

function stuck(change: Partial<StuckStack> = {}): { readonly stack: StuckStack; readonly calls: string[] } {
  const calls: string[] = [];
  const stack: StuckStack = {
    state: () => Promise.resolve({ pending_operations: [{ type: "creating", resource: { urn } }], resources: [] }),
    locks: () => Promise.resolve([lock]),
    notes: () => Promise.resolve({ plan: "p", apply: JSON.stringify(note) }),
    cancel: () => Promise.resolve(void calls.push("cancel")),
    replaceState: () => Promise.resolve(void calls.push("replace")),
    refresh: (urns) => Promise.resolve(void calls.push(`refresh ${urns.join()}`)),
    drift: () => {
      calls.push("drift");
      return Promise.resolve({ same: 3 });
    },
    ...change,
  };
  return { stack, calls };
}
const look = { cancel: undefined, settle: undefined };
const elsewhere = { host: "laptop", runs: (): boolean => true };

it("says who holds a stack, which run was at it and what is pending, and touches nothing", async () => {
  const { stack, calls } = stuck();
  expect(await recoverStack("dev", stack, look, elsewhere)).toEqual({
    stack: "dev",
    locks: [{ ...lock, alive: "unknown" }],
    last: { plan: "p", ...note },
    pending: [{ operation: "creating", urn }],
    settled: [],
    cancelled: false,
    drift: null,
  });
  expect(calls).toEqual([]);
});

it("takes the locks away by the stack's name, then looks what a refresh would change", async () => {
  const { stack, calls } = stuck();
  expect(await recoverStack("dev", stack, { ...look, cancel: "dev" }, elsewhere)).toMatchObject({
    cancelled: true,
    drift: { same: 3 },
  });
  expect(calls).toEqual(["cancel", "drift"]);
});

it("takes nothing away where nothing is locked", async () => {
  const { stack, calls } = stuck({ locks: () => Promise.resolve([]), notes: () => Promise.resolve({ apply: "{" }) });
  expect(await recoverStack("dev", stack, { ...look, cancel: "dev" }, elsewhere)).toMatchObject({
    cancelled: false,
    last: null,
  });
  expect(calls).toEqual(["drift"]);
});

describe("refuses, with nothing done,", () => {
  it.each([
    ["another stack's name", "prod", elsewhere, /--cancel: must be the name of the stack, dev/],
    [
      "while the holder runs on this machine",
      "dev",
      { host: "runner", runs: (): boolean => true },
      /must be of a process that is/,
    ],
  ] as const)("%s", async (_, word, machine, message) => {
    const { stack, calls } = stuck();
    await expect(recoverStack("dev", stack, { ...look, cancel: word }, machine)).rejects.toThrow(message);
    expect(calls).toEqual([]);
  });
});

it("takes away the lock of a process that is dead on this machine", async () => {
  const { stack } = stuck();
  const dead = { host: "runner", runs: (): boolean => false };
  expect(await recoverStack("dev", stack, { ...look, cancel: "dev" }, dead)).toMatchObject({
    locks: [{ alive: false }],
    cancelled: true,
  });
});

describe("settles what is pending", () => {
  const pool = "azure-native:containerservice:AgentPool";
  const own = { urn: `urn:pulumi:dev::azure-gpu-cluster::${pool}::a10`, type: pool };
  const inputs = { resourceGroupName: "rg", resourceName: "aks", agentPoolName: "a10" };
  const provider = { urn: "urn:pulumi:dev::azure-gpu-cluster::pulumi:providers:azure-native::p", id: "1" };
  const whole = { ...own, inputs, provider: `${provider.urn}::1` };
  const before = {
    resources: [{ ...provider, type: "pulumi:providers:azure-native", inputs: { subscriptionId: "s" } }],
    pending_operations: [{ type: "creating", resource: whole }],
  };

  it.each([true, false])("and tells whether it is there: %s", async (there) => {
    let state: object = before;
    const { stack, calls } = stuck({
      state: () => Promise.resolve(state),
      replaceState: (next) => Promise.resolve(void (state = next)),
      refresh: (urns) => {
        calls.push(`refresh ${urns.join()}`);
        if (!there) state = { resources: before.resources };
        return Promise.resolve();
      },
    });
    const recovery = await recoverStack("dev", stack, { cancel: "dev", settle: "dev" }, elsewhere);
    expect(recovery).toMatchObject({ cancelled: true, pending: [], settled: [{ urn: own.urn, there }] });
    expect(calls).toEqual(["cancel", `refresh ${own.urn}`, "drift"]);
  });

  it("and writes nothing where one of it has no ID that anybody could tell", async () => {
    const unknown = { type: "creating", resource: { urn, type: "random:index:Id" } };
    const { stack, calls } = stuck({
      state: () => Promise.resolve({ ...before, pending_operations: [...before.pending_operations, unknown] }),
      locks: () => Promise.resolve([]),
    });
    const asked = recoverStack("dev", stack, { ...look, settle: "dev" }, elsewhere);
    await expect(asked).rejects.toThrow(/pending: must be of a resource whose ID is known: creating urn:/);
    expect(calls).toEqual([]);
  });

  it("and not while somebody holds the stack, nor by another name", async () => {
    const { stack, calls } = stuck();
    await expect(recoverStack("dev", stack, { ...look, settle: "dev" }, elsewhere)).rejects.toThrow(
      /lock: must be free before it is settled/,
    );
    await expect(recoverStack("dev", stack, { cancel: "prod", settle: "all" }, elsewhere)).rejects.toThrow(
      /--cancel: must be the name of the stack, dev.*\n.*--settle: must be the name of the stack, dev/,
    );
    expect(calls).toEqual([]);
  });
});

it("reads every lock of what pulumi says", () => {
  const line = (user: string): string =>
    `\n  file:///s/locks/x.json: created by ${user}@runner (pid 7) at 2026-01-01T00:00:00Z`;
  expect(
    readLocks(`error: the stack is currently locked by 2 lock(s).${line("otto")}${line("a@b")}${line("otto")}`),
  ).toEqual([lock, { ...lock, user: "a@b" }]);
});
