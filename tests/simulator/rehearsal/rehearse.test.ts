import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault, FaultKind } from "../../../simulator/azure/fault";
import { World } from "../../../simulator/azure/world";
import { rehearse, type RehearsalStack, type RehearseOptions } from "../../../simulator/rehearsal/rehearse";
import { type Outcome, stopped } from "../../../simulator/rehearsal/steps";
import type { Workload } from "../../../simulator/rehearsal/workload";

// The engine is played here: what counts is what a rehearsal makes of the ways in which it can end.
const pool = "azure-native:containerservice:AgentPool";
const urn = `urn:pulumi:dev::azure-gpu-cluster::${pool}::a10`;

let folder: string;
let world: World;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rehearse-test-"));
  world = World.open(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const nothing = { changes: {}, text: "" };
type Stack = RehearsalStack["stack"];

/** A stack with one pool; whatever is asked of it goes well. */
function stackWith(parts: Partial<Stack> = {}): RehearsalStack {
  const stack: Stack = {
    up: () => Promise.resolve({ ...nothing, outputs: {} }),
    destroy: () => Promise.resolve(nothing),
    refresh: () => Promise.resolve(nothing),
    cancel: () => Promise.resolve(),
    state: () => Promise.resolve({}),
    importState: () => Promise.resolve(),
    ...parts,
  };
  return { name: "dev", stack, planned: [{ urn, type: pool, id: "/pools/a10", parent: "", custom: true }] };
}

/** The steps of a life, each with what is wrong with it, and whether all went well. */
async function live(stack: RehearsalStack, options: Partial<RehearseOptions> = {}): Promise<readonly unknown[]> {
  const rehearsal = { world, reopened: false, whatDied: () => Promise.resolve([]) };
  const { steps, ok } = await rehearse(rehearsal, stack, [], { keep: false, check: () => [], ...options });
  return [...steps.map(({ name, failures }) => [name, ...failures]), ok];
}

describe("a rehearsal that somebody ends", () => {
  it.each<[string, ...unknown[]]>([
    ["up", ["up"], ["second up", stopped], false],
    ["second up", ["up"], ["second up"], ["destroy", stopped], false],
  ])("while %s ends well did not go well", async (during, ...told) => {
    const ended = new AbortController();
    const onStep = (name: string): void => {
      if (name === during) ended.abort();
    };
    expect(await live(stackWith(), { signal: ended.signal, onStep })).toEqual(told);
  });

  it("during the destroy that protection refuses destroys nothing", async () => {
    const ended = new AbortController();
    const asked: string[] = [];
    const stack = stackWith({
      state: () => Promise.resolve({ resources: [{ urn, type: pool, custom: true, protect: true }] }),
      importState: () => Promise.resolve(void asked.push("unprotect")),
      destroy: () => {
        asked.push("destroy");
        ended.abort();
        return Promise.reject(new Error("error: update canceled"));
      },
    });
    expect(await live(stack, { signal: ended.signal })).toEqual([
      ["up"],
      ["second up"],
      ["destroy of protected data", stopped],
      false,
    ]);
    expect(asked).toEqual(["destroy"]);
  });
});

describe("a rehearsed fault", () => {
  const fault = (kind: FaultKind): Fault => ({ kind, type: pool });

  /** An engine whose first update meets the fault, if it is to hit, and then ends in this way. */
  function stackThatMeets(hit: boolean, failure?: string): RehearsalStack {
    let ups = 0;
    return stackWith({
      up: () => {
        ups += 1;
        if (ups === 1 && hit) for (const it of world.faults()) world.withdraw(it);
        if (ups === 1 && failure !== undefined) return Promise.reject(new Error(failure));
        return Promise.resolve({ ...nothing, outputs: {} });
      },
    });
  }

  it.each<[string, FaultKind, string | undefined]>([
    ["fails the update", "quota-exceeded", "error: no quota"],
    ["is retried", "throttled", undefined],
  ])("that hits and %s is as it should be", async (_, kind, failure) => {
    expect(await live(stackThatMeets(true, failure), { mishap: fault(kind) })).toEqual([
      [`up with ${kind}`],
      ["up"],
      ["second up"],
      ["destroy"],
      true,
    ]);
  });

  it.each<[string, FaultKind, RehearsalStack, string]>([
    [
      "that hits an update which goes well",
      "quota-exceeded",
      stackThatMeets(true),
      "the update did not notice quota-exceeded",
    ],
    ["429 after which the update fails", "throttled", stackThatMeets(true, "error: broken"), "error: broken"],
    [
      "that never hits",
      "throttled",
      stackThatMeets(false),
      `throttled hit nothing: this update made no azure-native:containerservice:AgentPool`,
    ],
    [
      "that never hits, in an update that fails otherwise",
      "quota-exceeded",
      stackThatMeets(false, "error: incorrect passphrase"),
      "error: incorrect passphrase",
    ],
  ])("%s fails the rehearsal and waits for no later update", async (_, kind, stack, failure) => {
    expect(await live(stack, { mishap: fault(kind) })).toEqual([[`up with ${kind}`, failure], ["destroy"], false]);
    expect(world.faults()).toEqual([]);
  });

  it("is not felt by an update that somebody ends", async () => {
    const ended = new AbortController();
    const stack = stackWith({
      up: () => {
        for (const it of world.faults()) world.withdraw(it);
        ended.abort();
        return Promise.reject(new Error("error: update canceled"));
      },
    });
    expect(await live(stack, { mishap: fault("quota-exceeded"), signal: ended.signal })).toEqual([
      ["up with quota-exceeded", stopped],
      false,
    ]);
  });
});

describe("a workload", () => {
  /** One whose steps do what is said of them; it notes that it was taken away and stopped. */
  function workload(told: string[], middle: () => Promise<Outcome>): Workload {
    const fine = (): Promise<Outcome> => Promise.resolve({ changes: {} });
    return {
      steps: [
        { name: "begins", act: fine },
        { name: "works", act: middle },
        { name: "goes on", act: fine },
      ],
      end: () => {
        told.push("taken away");
        return fine();
      },
      close: () => Promise.resolve(void told.push("stopped")),
    };
  }

  it("runs when all is made, and is stopped after the destroy, which may need what it runs", async () => {
    const told: string[] = [];
    const stack = stackWith({ destroy: () => Promise.resolve({ ...nothing, told: told.push("destroyed") }) });
    const start = (): Promise<Workload> => Promise.resolve(workload(told, () => Promise.resolve({ changes: {} })));
    expect(await live(stack, { workload: start })).toEqual([
      ...["up", "begins", "works", "goes on", "workload ends", "second up", "destroy"].map((it) => [it]),
      true,
    ]);
    expect(told).toEqual(["taken away", "destroyed", "stopped"]);
  });

  it("that fails is taken away, and the environment lives on", async () => {
    const told: string[] = [];
    const start = (): Promise<Workload> =>
      Promise.resolve(workload(told, () => Promise.reject(new Error("nodes for all pods did not come"))));
    expect(await live(stackWith(), { workload: start })).toEqual([
      ["up"],
      ["begins"],
      ["works", "nodes for all pods did not come"],
      ["workload ends"],
      ["second up"],
      ["destroy"],
      false,
    ]);
    expect(told).toEqual(["taken away", "stopped"]);
  });

  it("that cannot start fails the rehearsal", async () => {
    const start = (): Promise<Workload> => Promise.reject(new Error("This environment has no GPU pool for a gang."));
    expect(await live(stackWith(), { workload: start })).toEqual([
      ["up"],
      ["workload", "This environment has no GPU pool for a gang."],
      ["second up"],
      ["destroy"],
      false,
    ]);
  });

  it("that somebody ends is taken away no more, but stopped", async () => {
    const told: string[] = [];
    const ended = new AbortController();
    const start = (): Promise<Workload> =>
      Promise.resolve(
        workload(told, () => {
          ended.abort();
          return Promise.reject(new Error("nodes for all pods cannot come: stopped"));
        }),
      );
    expect(await live(stackWith(), { workload: start, signal: ended.signal })).toEqual([
      ["up"],
      ["begins"],
      ["works", stopped],
      false,
    ]);
    expect(told).toEqual(["stopped"]);
  });
});
