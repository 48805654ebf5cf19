import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyStack, approveStack, planStack, type Surroundings } from "../../cli/deliver-stack";
import type { AppliableStack } from "../../delivery/apply-plan";
import { hashOf } from "../../delivery/hash-of";
import { readPlan } from "../../delivery/saved-plan";
import { stateHash } from "../../delivery/state-hash";
import { runHere } from "../cli/run-here";
import { plainStacks } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "delivery-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const [planFile, approvalFile, approvers] = ["plan", "approval", "approvers"].map((it) => path.join(folder, it)) as [
  string,
  string,
  string,
];
const [key, stranger] = [path.join(folder, "anna"), path.join(folder, "stranger")];

beforeAll(() => {
  for (const it of [key, stranger]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", it]);
  writeFileSync(approvers, `anna@example.com ${readFileSync(`${key}.pub`, "utf8")}`);
});

const pool = "urn:pulumi:prod::azure-gpu-cluster::azure-native:containerservice:AgentPool::h100";
const account = "urn:pulumi:prod::azure-gpu-cluster::azure-native:storage:StorageAccount::data";

const event = (op: string, urn: string, inputs: object = {}, diffs: string[] = []): EngineEvent =>
  ({ resourcePreEvent: { metadata: { op, urn, new: { inputs }, diffs } } }) as unknown as EngineEvent;

/** What an engine would say and have; that a real one is asked rightly is not shown here. */
class StandIn {
  public events = [event("update", pool, { count: 4 }, ["count"]), event("same", account)];
  public resources: object[] = [{ urn: pool, inputs: { count: 2 } }];
  public readonly calls: string[] = [];
  public commit = "a".repeat(40);
  public author = "ben@example.com";
  public dirty = false;
  public subscriptionId: string | undefined;

  public get around(): Surroundings {
    const stack = {
      workspace: { pulumiVersion: "3.246.0" },
      exportStack: () => Promise.resolve({ version: 3, deployment: { resources: this.resources } }),
      preview: (options: {
        expectNoChanges?: boolean;
        onEvent?: (it: EngineEvent) => void;
        policyPacks?: string[];
      }) => {
        this.calls.push(
          `preview${options.expectNoChanges === true ? " expects nothing" : ""}, packs ${options.policyPacks?.length ?? 0}`,
        );
        for (const it of this.events) options.onEvent?.(it);
        return Promise.resolve({});
      },
      up: (options: { policyPacks?: string[] }) => {
        this.calls.push(`up, packs ${options.policyPacks?.length ?? 0}`);
        return Promise.resolve({ summary: { result: "succeeded" }, outputs: {} });
      },
    } as unknown as AppliableStack;
    const { commit, author, dirty } = this;
    const here = (): Promise<{ commit: string; author: string; dirty: boolean }> =>
      Promise.resolve({ commit, author, dirty });
    return { open: () => Promise.resolve(stack), here, approvers, subscriptionId: this.subscriptionId };
  }
}

/** What a command that must be refused ended with, thrown. */
async function refusal(ran: ReturnType<typeof runHere>): Promise<void> {
  const { error } = await ran;
  if (error !== undefined) throw error as Error;
}

const planCommand = { environment: "prod", out: planFile, dirty: false, allowDestroy: undefined, json: false };
const plan = (it: StandIn, more: object = {}): ReturnType<typeof runHere> =>
  runHere(() => planStack(plainStacks.prod, { ...planCommand, ...more }, it.around));
const approve = (more: object = {}): ReturnType<typeof runHere> =>
  runHere(() =>
    approveStack(plainStacks.prod, {
      ...{ environment: "prod", plan: planFile, approver: "anna@example.com", key, out: approvalFile },
      ...more,
    }),
  );
const applyCommand = {
  environment: "prod",
  plan: planFile,
  approvals: [approvalFile],
  dirty: false,
  allowDestroy: undefined,
};
const apply = (it: StandIn, more: object = {}): ReturnType<typeof runHere> =>
  runHere(() => applyStack(plainStacks.prod, { ...applyCommand, ...more }, it.around));

it("applies what was planned and approved, with the policies on, and looks that nothing is left", async () => {
  const it = new StandIn();
  expect((await plan(it)).code).toBe(0);
  await approve();
  const done = await apply(it);
  const { hash } = readPlan(readFileSync(planFile, "utf8"), planFile);
  expect(it.calls).toEqual(["preview, packs 1", "preview, packs 1", "up, packs 1", "preview expects nothing, packs 1"]);
  expect(JSON.parse(done.out)).toMatchObject({ plan: hash, approvers: ["anna@example.com"], result: "succeeded" });
});

it("makes the same plan of the same, in whatever order the engine tells", async () => {
  const it = new StandIn();
  const first = (await plan(it)).out;
  it.events = [event("same", account), ...it.events].reverse();
  expect((await plan(it)).out).toBe(first);
});

describe("refuses", () => {
  const cases: readonly (readonly [string, (it: StandIn) => unknown, RegExp])[] = [
    ["another commit", (it) => (it.commit = "b".repeat(40)), /commit: must be as planned: planned a+, now b+/],
    ["another state", (it) => it.resources.push({ urn: account }), /state: must be as planned/],
    ["other inputs", (it) => (it.events = [event("update", pool, { count: 9 }, ["count"])]), /h100 has other inputs/],
    ["a step more", (it) => it.events.push(event("delete", account)), /delete .*data was not planned/],
    ["a step less", (it) => (it.events = []), /was planned and is gone/],
    ["files that differ", (it) => (it.dirty = true), /commit: must be all that is planned/],
    ["the author's own approval", (it) => (it.author = "anna@example.com"), /must not be the author/],
  ];
  it.each(cases)("%s, and does nothing", async (_, change, message) => {
    const it = new StandIn();
    await plan(it);
    await approve();
    change(it);
    await expect(refusal(apply(it))).rejects.toThrow(message);
    expect(it.calls.filter((call) => call.startsWith("up"))).toEqual([]);
  });

  const approvals: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["no approval", () => undefined, /must be of at least 1 listed/],
    ["a key that nobody listed", () => approve({ key: stranger }), /must be by a key that deploy\/approvers lists/],
    ["a name that nobody listed", () => approve({ approver: "eve@example.com" }), /must be by a key/],
    [
      "a day that somebody wrote in later",
      async () => {
        await approve();
        rewrite(approvalFile, (text) => text.replace(/"expires": "\d+/, '"expires": "2999'));
      },
      /signature: must be by a key/,
    ],
  ];
  it.each(approvals)("%s", async (_, make, message) => {
    const it = new StandIn();
    await plan(it);
    rmSync(approvalFile, { force: true });
    await make();
    const none = message.source.startsWith("must be of");
    await expect(refusal(apply(it, none ? { approvals: [] } : {}))).rejects.toThrow(message);
    expect(it.calls).toEqual(["preview, packs 1"]);
  });

  it("a stack file that names another subscription than the credentials are for", async () => {
    const file = path.join(folder, "Pulumi.prod.yaml");
    const text = readFileSync(plainStacks.prod, "utf8");
    const named = "0f0e0d0c-0b0a-4908-8706-050403020100";
    writeFileSync(file, text.replace(/^( *)azure-native:location:/m, `$1azure-native:subscriptionId: ${named}\n$&`));
    const it = new StandIn();
    it.subscriptionId = named.toUpperCase();
    const planned = (): ReturnType<typeof runHere> => runHere(() => planStack(file, planCommand, it.around));
    expect((await planned()).code).toBe(0);
    it.subscriptionId = "1f0e0d0c-0b0a-4908-8706-050403020100";
    await expect(refusal(planned())).rejects.toThrow(
      /must be the subscription that ARM_SUBSCRIPTION_ID is for, 1f0e.*got "0f0e/,
    );
  });

  it("an approval of another plan", async () => {
    const it = new StandIn();
    await plan(it);
    await approve();
    it.resources.push({ urn: account });
    await plan(it);
    await expect(refusal(apply(it))).rejects.toThrow(/plan: must be the hash of this plan/);
  });

  it("a plan that was changed", async () => {
    const it = new StandIn();
    await plan(it);
    rewrite(planFile, (text) => text.replace('"update"', '"create"'));
    await expect(refusal(apply(it))).rejects.toThrow(/hash: must be of its content/);
  });

  it("to take data away until the stack's name is typed", async () => {
    const it = new StandIn();
    it.events = [event("delete", account)];
    expect(await plan(it)).toMatchObject({ code: 1, err: expect.stringContaining("--allow-destroy prod") as string });
    expect((await plan(it, { allowDestroy: "dev" })).code).toBe(1);
    expect((await plan(it, { allowDestroy: "prod" })).code).toBe(0);
  });
});

it("hashes what a state says, not when and how it was written", () => {
  const of = (ciphertext: string, modified: string, count: number): string =>
    stateHash({
      manifest: { time: modified },
      resources: [{ urn: pool, modified, inputs: { count, key: { ciphertext } } }],
    });
  expect(of("x", "monday", 1)).toBe(of("y", "tuesday", 1));
  expect(of("x", "monday", 1)).not.toBe(of("x", "monday", 2));
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
});

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
