import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { main } from "../../cli/recover";
import { type RecoverCommand, recoverEnvironment } from "../../cli/recover-environment";
import type { StackLock } from "../../delivery/read-locks";
import type { StuckStack } from "../../delivery/recover-stack";
import { plainStacks, root } from "../stack-files";
import { runHere } from "./run-here";

const pool = "azure-native:containerservice:AgentPool";
const providerUrn = "urn:pulumi:dev::azure-gpu-cluster::pulumi:providers:azure-native::p";
const pendingState = {
  resources: [{ urn: providerUrn, id: "1", type: "pulumi:providers:azure-native", inputs: { subscriptionId: "s" } }],
  pending_operations: [
    {
      type: "creating",
      resource: {
        ...{ urn: `urn:pulumi:dev::azure-gpu-cluster::${pool}::a10`, type: pool, provider: `${providerUrn}::1` },
        inputs: { resourceGroupName: "rg", resourceName: "aks", agentPoolName: "a10" },
      },
    },
  ],
};
const lock: StackLock = { user: "otto", host: "another", pid: 7, since: "2026-01-01T00:00:00Z" };

interface Given {
  readonly locks?: readonly StackLock[] | null;
  readonly state?: object;
}

/** Runs it over a stack that lies in memory; the engine itself is in tests/engine/killed-apply.test.ts. */
async function recover(
  { locks = [], state = { resources: [] } }: Given,
  words: Partial<RecoverCommand> = {},
): Promise<Awaited<ReturnType<typeof runHere>> & { readonly calls: readonly string[] }> {
  const calls: string[] = [];
  let [held, lies] = [locks, state];
  const stack: StuckStack = {
    state: () => Promise.resolve(lies),
    locks: () => Promise.resolve(held),
    notes: () => Promise.resolve({}),
    cancel: () => {
      held = [];
      return Promise.resolve(void calls.push("cancel"));
    },
    replaceState: (next) => {
      lies = next;
      return Promise.resolve(void calls.push("replace"));
    },
    refresh: () => Promise.resolve(void calls.push("refresh")),
    drift: () => Promise.resolve({ same: 3, update: 1 }),
  };
  const command = { environment: "dev", cancel: undefined, settle: undefined, json: false, ...words };
  const open = (name: string): Promise<StuckStack> => {
    calls.push(`open ${name}`);
    return Promise.resolve(stack);
  };
  return { ...(await runHere(() => recoverEnvironment(plainStacks.dev, command, open))), calls };
}

it("prints its help", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect(code).toBe(0);
  expect(out).toMatch(/--settle STACK/);
});

it.each<readonly [string, readonly string[], RegExp]>([
  ["no environment", [], /arguments: ENVIRONMENT must be given.*npm run recover -- --help/],
  ["two environments", ["dev", "prod"], /arguments: one ENVIRONMENT at a time; got dev prod/],
  ["an environment that there is none of", ["nobody"], /nobody/],
  ["an option that there is none of", ["dev", "--force"], /arguments: .*--force/],
  ["an option without its value", ["dev", "--cancel"], /arguments: .*--cancel/],
  ["a cancel that swallows another option", ["dev", "--cancel", "--settle"], /arguments: .*--cancel/],
])("refuses %s before anything is opened", async (_, args, message) => {
  const { code, error, out } = await runHere(() => main(args));
  expect({ code, out }).toEqual({ code: undefined, out: "" });
  expect(String(error)).toMatch(message);
});

describe("ends with", () => {
  it.each<readonly [number, string, Given, RegExp]>([
    [0, "nothing in the way", {}, /^dev is not locked\nA refresh would change update 1\n$/],
    [1, "a lock", { locks: [lock] }, /^dev is held by otto@another, process 7.*another machine\n.*--cancel dev\n$/],
    [1, "what is pending", { state: pendingState }, /Pending: creating [^]*--settle dev\n$/],
    [0, "a backend that names no holder", { locks: null }, /names no holder; look at its console/],
  ])("%i for %s, and changes nothing", async (code, _, given, told) => {
    const ran = await recover(given);
    expect(ran).toMatchObject({ code, err: "", calls: ["open dev"] });
    expect(ran.out).toMatch(told);
  });

  it("0 once the lock is away by the stack's name", async () => {
    const { code, out, calls } = await recover({ locks: [lock] }, { cancel: "dev" });
    expect({ code, calls }).toEqual({ code: 0, calls: ["open dev", "cancel"] });
    expect(out).toMatch(/^dev was held by otto@another/);
  });

  it("0 once what was pending is settled, and asks for a new plan", async () => {
    const { code, out, calls } = await recover({ state: pendingState }, { settle: "dev" });
    expect({ code, calls }).toEqual({ code: 0, calls: ["open dev", "replace", "refresh"] });
    expect(out).toMatch(/Settled: AgentPool a10 is there\n[^]*Make a new plan: the old one is of another state\n/);
  });
});

it("prints for machines what it prints for people", async () => {
  const { code, out } = await recover({ locks: [lock] }, { json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ stack: "dev", locks: [{ ...lock, alive: "unknown" }], drift: null });
});

describe("refuses, and changes nothing,", () => {
  it.each<readonly [string, Given, Partial<RecoverCommand>, RegExp]>([
    [
      "another name, both told",
      { locks: [lock] },
      { cancel: "prod", settle: "prd" },
      /--cancel: [^]*prod[^]*--settle: [^]*prd/,
    ],
    ["a name of nothing", { locks: [lock] }, { cancel: "" }, /--cancel: must be the name of the stack, dev/],
    [
      "the lock of a process that runs here",
      { locks: [{ ...lock, host: hostname(), pid: process.pid }] },
      { cancel: "dev" },
      /must be of a process that is dead/,
    ],
    ["to settle what somebody holds", { locks: [lock], state: pendingState }, { settle: "dev" }, /lock: must be free/],
  ])("%s", async (_, given, words, message) => {
    const { code, error, calls, out } = await recover(given, words);
    expect({ code, calls, out }).toEqual({ code: undefined, calls: ["open dev"], out: "" });
    expect(String(error)).toMatch(message);
  });
});

it("ends its process with 2 and without a trace where there is no pulumi, and prints no passphrase", () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "./cli/start.cjs", "cli/recover.ts", "dev"],
    {
      cwd: root,
      encoding: "utf8",
      env: { PATH: "/nowhere", HOME: "/nowhere", PULUMI_CONFIG_PASSPHRASE: "s3cret", AZURE_STORAGE_KEY: "k3y" },
    },
  );
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/must have a stack 'dev' that pulumi can open: .*\n?.*Install the Pulumi CLI/);
  expect(stderr).not.toMatch(/s3cret|k3y|\n {4}at /);
});
