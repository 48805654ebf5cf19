import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { applyStack, approveStack, planStack, type Surroundings } from "../../cli/deliver-stack";
import { versionLocks } from "../../catalog/version-locks";
import type { DeliveredStack } from "../../delivery/delivered-stack";
import { partsOf } from "../../core/urn";
import { hashOf } from "../../delivery/hash-of";
import { signApproval } from "../../delivery/approval";
import { forgeActors } from "../../delivery/forge-actors";
import { promotionProblems } from "../../delivery/promotion";
import { type PlanContent, readPlan, type SavedPlan, sealPlan } from "../../delivery/saved-plan";
import { packName } from "../../policies/engine/pack";
import { rules } from "../../policies/rules";
import { runHere } from "../cli/run-here";
import { plainStacks } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "delivery-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const [planFile, approvalFile] = ["plan", "approval"].map((it) => path.join(folder, it)) as [string, string];
const [key, stranger] = [path.join(folder, "anna"), path.join(folder, "stranger")];

/** What a verification of staging printed. */
const verified = {
  ...{ kind: "staging", commit: "a".repeat(40), ended: new Date().toISOString(), whole: true, exitCode: 0 },
  results: [],
};

/** Text of deploy/approvers. */
let listed = "";

beforeAll(() => {
  for (const it of [key, stranger]) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", it]);
  writeFileSync(path.join(folder, "verified"), JSON.stringify(verified));
  listed = `anna@example.com,github:anna ${readFileSync(`${key}.pub`, "utf8")}`;
});

const pool = "urn:pulumi:prod::azure-gpu-cluster::azure-native:containerservice:AgentPool::h100";
const account = "urn:pulumi:prod::azure-gpu-cluster::azure-native:storage:StorageAccount::data";

const event = (op: string, urn: string, inputs: object = {}, diffs: string[] = [], before = inputs): EngineEvent => {
  const state = { urn, type: partsOf(urn).type, custom: true, parent: "" };
  const both = {
    old: op === "create" ? null : { ...state, inputs: before },
    new: op === "delete" ? null : { ...state, inputs },
  };
  return { resourcePreEvent: { metadata: { op, urn, ...both, diffs } } } as unknown as EngineEvent;
};

/** What the engine tells of a pack that judged everything by every rule. */
function judged(events: readonly EngineEvent[]): EngineEvent[] {
  const pack = { policyPackName: packName, policyPackVersion: "0.1.0", passed: rules.map(({ name }) => name) };
  const each = events.flatMap(({ resourcePreEvent: it }) =>
    it === undefined ? [] : [{ policyAnalyzeSummaryEvent: { ...pack, resourceUrn: it.metadata.urn } }],
  );
  return [...events, ...each, { policyAnalyzeStackSummaryEvent: pack }] as unknown as EngineEvent[];
}

/** What an engine, a clone and a forge would say and have; that a real engine is asked rightly is shown in tests/engine. */
class StandIn {
  public events = [event("update", pool, { count: 4 }, ["count"]), event("same", account)];
  public resources: object[] = [{ urn: pool, inputs: { count: 2 } }];
  /** Operations that never ended. */
  public pending: object[] = [];
  /** Who holds the stack: an identity that only reads cannot ask. */
  public locks: DeliveredStack["locks"] = () => Promise.reject(new Error("403"));
  public readonly calls: string[] = [];
  public commit = "a".repeat(40);
  public makers = ["ben@example.com"];
  public differing: string[] = [];
  public env: Record<string, string> = {};
  /** Text of deploy/approvers by commit. */
  public approvers: Record<string, string> = {};
  /** Text of the stack file in the commit that was applied last; none where that had no such file. */
  public stackFileBefore: string | undefined;
  /** What the engine tells besides of these. */
  public pack = judged;
  public readonly notes: Record<string, string> = {};
  /** Runs while the engine looks. */
  public meanwhile = (): void => undefined;

  public get around(): Surroundings {
    const stack = {
      pulumiVersion: "3.246.0",
      state: () => Promise.resolve({ resources: [...this.resources], pending_operations: [...this.pending] }),
      locks: () => this.locks(),
      notes: () => Promise.resolve(this.notes),
      note: (name: string, text: string) => Promise.resolve(void (this.notes[name] = text)),
      lastApplied: () => Promise.resolve("0".repeat(40)),
      preview: (options: {
        expectNoChanges?: boolean;
        onEvent?: (it: EngineEvent) => void;
        policyPacks?: string[];
      }) => {
        this.calls.push(
          `preview${options.expectNoChanges === true ? " expects nothing" : ""}, packs ${options.policyPacks?.length ?? 0}`,
        );
        this.meanwhile();
        for (const it of this.pack(this.events)) options.onEvent?.(it);
        return Promise.resolve({});
      },
      up: (options: { policyPacks?: string[]; onEvent?: (it: EngineEvent) => void }) => {
        options.onEvent?.({ sequence: 0, timestamp: 0 });
        this.calls.push(`up, packs ${options.policyPacks?.length ?? 0}`);
        return Promise.resolve({ summary: { result: "succeeded" }, outputs: {} });
      },
    } as unknown as DeliveredStack;
    const { commit, differing, env } = this;
    const repository = {
      ...{ commit, differing },
      makersSince: () => Promise.resolve(this.makers),
      fileAt: (at: string, file: string) =>
        Promise.resolve(file === "deploy/approvers" ? (this.approvers[at] ?? listed) : this.stackFileBefore),
    };
    return { open: () => Promise.resolve(stack), repository: () => Promise.resolve(repository), env };
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
  after: path.join(folder, "verified"),
  record: undefined,
};
const apply = (it: StandIn, more: object = {}): ReturnType<typeof runHere> =>
  runHere(() => applyStack(plainStacks.prod, { ...applyCommand, ...more }, it.around));

it("applies what was planned and approved, with the policies on, and looks that nothing is left", async () => {
  const it = new StandIn();
  expect(await plan(it)).toMatchObject({ code: 0, error: undefined });
  await approve();
  const done = await apply(it);
  const { hash } = readPlan(readFileSync(planFile, "utf8"), planFile);
  expect(it.calls).toEqual(["preview, packs 1", "preview, packs 1", "up, packs 1", "preview expects nothing, packs 1"]);
  expect(it.notes["plan"]).toBe(hash);
  expect(JSON.parse(it.notes["apply"] ?? "")).toMatchObject({ result: "succeeded", run: null });
  expect(JSON.parse(done.out)).toMatchObject({ plan: hash, approvers: ["anna@example.com"], result: "succeeded" });
});

it("says that it was applied where the record cannot be written any more, and prints it", async () => {
  const it = new StandIn();
  await plan(it);
  await approve();
  const gone = path.join(folder, "gone");
  mkdirSync(gone);
  it.meanwhile = () => rmSync(gone, { recursive: true, force: true });
  const { code, out, err } = await apply(it, { record: path.join(gone, "record.json") });
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringMatching(
      /--record: must be a file that can be written \(ENOENT\)[^]*The plan was applied/,
    ) as string,
  });
  expect(JSON.parse(out)).toMatchObject({ result: "succeeded" });
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
    ["files that differ", (it) => it.differing.push("a"), /commit: must be all that is planned: a differs from it/],
    ["the approval of somebody who made it", (it) => (it.makers = ["anna@example.com"]), /must have made nothing of/],
    [
      "somebody who was let in by the change that they approve",
      (it) => (it.approvers["0".repeat(40)] = "# nobody"),
      /must be by a key that deploy\/approvers lists/,
    ],
    [
      "a pattern in deploy/approvers",
      (it) => (it.approvers[it.commit] = `*${listed}`),
      /must be one name, and no pattern/,
    ],
    [
      "somebody else's update that ran meanwhile",
      (it) => (it.meanwhile = () => void it.resources.push({ urn: account })),
      /state: must stand still while it is planned/,
    ],
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
    it.env["ARM_SUBSCRIPTION_ID"] = named.toUpperCase();
    const planned = (): ReturnType<typeof runHere> => runHere(() => planStack(file, planCommand, it.around));
    expect((await planned()).code).toBe(0);
    it.env["ARM_SUBSCRIPTION_ID"] = "1f0e0d0c-0b0a-4908-8706-050403020100";
    await expect(refusal(planned())).rejects.toThrow(
      /must be the subscription that ARM_SUBSCRIPTION_ID is for, 1f0e.*got "0f0e/,
    );
  });

  const outputs = [
    "plan",
    "approval",
    "key",
    "public key",
    "stack file of an approval",
    "stack file of a record",
  ] as const;
  it.each(outputs)("to write over the %s that it reads", async (what) => {
    const it = new StandIn();
    await plan(it);
    await approve();
    const stackFile = path.join(folder, "Pulumi.prod.yaml");
    copyFileSync(plainStacks.prod, stackFile);
    const file =
      { plan: planFile, approval: approvalFile, key, "public key": `${key}.pub` }[what as string] ?? stackFile;
    const before = readFileSync(file, "utf8");
    const ran = {
      approval: () => apply(it, { record: file }),
      "stack file of a record": () => runHere(() => applyStack(file, { ...applyCommand, record: file }, it.around)),
      "stack file of an approval": () =>
        runHere(() => approveStack(file, { environment: file, plan: planFile, approver: "anna", key, out: file })),
    }[what as string];
    await expect(refusal((ran ?? (() => approve({ out: file })))())).rejects.toThrow(
      /must be a file that can be written \(the command reads it\)/,
    );
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("an approval of another plan", async () => {
    const it = new StandIn();
    await plan(it);
    await approve();
    it.resources.push({ urn: account });
    await plan(it);
    await expect(refusal(apply(it))).rejects.toThrow(/plan: must be the hash of this plan/);
  });

  const other = "f".repeat(64);
  const edits: readonly (readonly [keyof PlanContent, (it: PlanContent) => object, RegExp])[] = [
    ["commit", () => ({ commit: "b".repeat(40) }), /after.commit: must be that of the plan, b+/],
    ["dirty", () => ({ dirty: true }), /dirty: must be as planned: planned true, now false/],
    ["makers", () => ({ makers: [] }), /makers: must be as planned: git names ben@example.com, and the plan does not/],
    ["subscriptionId", () => ({ subscriptionId: "x" }), /subscriptionId: must be as planned: planned x, now null/],
    ["pulumi", () => ({ pulumi: "3.0.0" }), /pulumi: must be as planned: planned 3.0.0, now 3.246.0/],
    ["files", () => ({ files: other }), /files: must be as planned/],
    ["state", () => ({ state: other }), /state: must be as planned/],
    ["steps", () => ({ steps: [] }), /step: must be as planned: update .*h100 was not planned/],
    ["steps", (it) => ({ steps: [...it.steps, ...it.steps] }), /step: .*h100, time 2 was planned and is gone/],
    ["steps", (it) => ({ steps: it.steps.map((one) => ({ ...one, inputs: other })) }), /h100 has other inputs/],
    [
      "steps",
      (it) => ({ steps: it.steps.map((one) => ({ ...one, changed: [] })) }),
      /planned to change nothing, now count/,
    ],
    [
      "findings",
      () => ({ findings: [{ rule: "x", level: "advisory", urn: "", message: "" }] }),
      /findings: must be as planned: the policies say something else/,
    ],
    [
      "versions",
      (it) => ({ versions: { ...it.versions, before: "2026.12" } }),
      /versions: must be as planned: .*something else/,
    ],
    ["bill", () => ({ bill: null }), /bill: must be as planned: the bill is another one/],
    [
      "quota",
      () => ({ quota: [{ family: "x", region: "eastus", before: 0, after: 1 }] }),
      /quota: must be as planned: the quota is another one/,
    ],
  ];

  it("everything of a plan that somebody could make up, but for what is no plan of this stack", async () => {
    await plan(new StandIn());
    const all = Object.keys(readPlan(readFileSync(planFile, "utf8"), planFile));
    expect(all.filter((it) => !edits.some(([field]) => field === it)).sort()).toEqual(["hash", "stack", "version"]);
  });

  it.each(edits)("a plan that tells an approver of %s what somebody made up", async (_, change, message) => {
    const it = new StandIn();
    await plan(it);
    rewrite(planFile, (text) => {
      const { hash, ...real } = readPlan(text, planFile);
      const other = sealPlan({ ...real, ...change(real) });
      expect(other.hash).not.toBe(hash);
      return JSON.stringify(other);
    });
    await approve();
    await expect(refusal(apply(it))).rejects.toThrow(message);
    expect(it.calls.filter((call) => call.startsWith("up"))).toEqual([]);
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

describe("holds the pack to have run", () => {
  const mandatory = rules.find(({ levels }) => levels.prod === "mandatory")?.name ?? "";
  const note = {
    policyEvent: {
      ...{ policyPackName: packName, policyPackVersion: "0.1.0", policyName: mandatory, resourceUrn: pool },
      ...{ enforcementLevel: "advisory", message: `can't run policy '${mandatory}': count is not known` },
    },
  } as unknown as EngineEvent;
  const cases: readonly (readonly [string, StandIn["pack"], RegExp])[] = [
    ["at all", (events) => [...events], /mandatory meta-pack-ran/],
    ["over each resource", (events) => judged(events.slice(1)).concat(events.slice(0, 1)), /meta-pack-ran .*AgentPool/],
    // Once: the engine's own note says no more.
    [
      "by each mandatory rule",
      (events) => [...judged(events), note],
      /Policies\n {2}mandatory meta-no-unknown-on-must .*AgentPool.*\nPlan /,
    ],
  ];
  it.each(cases)("%s", async (_, pack, message) => {
    const it = new StandIn();
    it.pack = pack;
    const { code, out } = await plan(it);
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringMatching(message) as string });
    await expect(refusal(approve())).rejects.toThrow(
      /findings: must hold no mandatory one.*nobody can apply this plan/,
    );
    // Somebody who signs by other means.
    const saved = readPlan(readFileSync(planFile, "utf8"), planFile);
    const expires = new Date(Date.now() + 60_000);
    const signed = await signApproval({ ...saved, findings: [] }, { approver: "anna@example.com", key, expires });
    writeFileSync(approvalFile, JSON.stringify(signed));
    await expect(refusal(apply(it))).rejects.toThrow(/findings: must hold no mandatory one/);
    expect(it.calls.filter((call) => call.startsWith("up"))).toEqual([]);
  });
});

describe("plans nothing over an update that never ended", () => {
  const left = { type: "creating", resource: { urn: pool, type: partsOf(pool).type } };
  const died = JSON.stringify({ result: "running", started: "2026-01-01T00:00:00Z", run: "https://example.com/run/1" });

  it("and says what it left, by which run, to an identity that only reads", async () => {
    const it = new StandIn();
    [it.pending, it.notes["apply"]] = [[left], died];
    const { error } = await plan(it);
    expect(String(error)).toMatch(
      /pending: must have ended: creating AgentPool h100, by the apply begun 2026-01-01T00:00:00Z, https:\/\/example.com\/run\/1.*--settle prod/,
    );
    expect(String(error)).not.toMatch(/lock:|403/);
    expect(it.calls).toEqual([]);
  });

  it("and says who holds the stack to one that may ask", async () => {
    const it = new StandIn();
    it.pending = [left];
    it.locks = () => Promise.resolve([{ user: "otto", host: "runner", pid: 7, since: "2026-01-01T00:00:00Z" }]);
    await expect(refusal(plan(it))).rejects.toThrow(
      /lock: must be free: held by otto@runner, process 7, since 2026-01-01T00:00:00Z.*\n.*pending: must have ended: creating AgentPool h100\./,
    );
  });
});

it("refuses what a stack file spells wrong, with its line, before it asks the engine", async () => {
  const file = path.join(folder, "Pulumi.prod.yaml");
  const text = readFileSync(plainStacks.prod, "utf8");
  writeFileSync(file, text.replace(/^( *)azure-native:location:.*/m, "$&\n$1azure-native:locatoin: eastus"));
  const it = new StandIn();
  const { error } = await runHere(() => planStack(file, planCommand, it.around));
  expect(String(error)).toMatch(/line \d+.*azure-native:locatoin|azure-native:locatoin.*line \d+/);
  expect(it.calls).toEqual([]);
});

describe("says which lock of versions an environment is on", () => {
  const cluster = "urn:pulumi:prod::azure-gpu-cluster::azure-native:containerservice:ManagedCluster::aks";
  const chart = "urn:pulumi:prod::azure-gpu-cluster::kubernetes:helm.sh/v3:Release::gpu-operator";
  const values = (driver: string): object => ({ values: { driver: { version: driver, ports: [{ version: 1 }] } } });
  const upgrade = [
    event("update", cluster, { kubernetesVersion: "1.37" }, ["kubernetesVersion"], { kubernetesVersion: "1.36" }),
    event("update", chart, { version: "v26.7.1", ...values("595.2") }, ["version"], {
      ...{ version: "v26.7.0", ...values("595.1") },
    }),
    // The engine tells a replacement in three steps.
    ...["create-replacement", "replace"].map((op) =>
      event(op, pool, { osSKU: "AzureLinux", orchestratorVersion: "1.37" }, ["osSKU"], { osSKU: "Ubuntu" }),
    ),
    event("create", account, { version: "9" }),
    event("delete", account, { version: "9" }),
  ];
  const naming = (lock: string | null): string =>
    readFileSync(plainStacks.prod, "utf8").replace(
      /^( *)azure-gpu-cluster:environment:\n( *)/m,
      lock === null ? "$&" : `$1azure-gpu-cluster:environment:\n$2versions: "${lock}"\n$2`,
    );
  const planOf = async (it: StandIn, text: string): Promise<{ readonly saved: SavedPlan; readonly out: string }> => {
    const file = path.join(folder, "Pulumi.prod.yaml");
    writeFileSync(file, text);
    const { out, error } = await runHere(() => planStack(file, { ...planCommand, allowDestroy: "prod" }, it.around));
    expect(error).toBeUndefined();
    return { saved: readPlan(readFileSync(planFile, "utf8"), planFile), out };
  };

  it("and what moves: Kubernetes, operators, drivers and the OS of nodes, of what is there", async () => {
    const it = new StandIn();
    [it.events, it.stackFileBefore] = [upgrade, naming("2026.10")];
    const { saved, out } = await planOf(it, naming("2026.12"));
    expect(saved.versions).toMatchObject({ lock: "2026.12", retiredOn: null, before: "2026.10" });
    expect(out).toContain(`Lock of versions: 2026.10 -> 2026.12, no end is set
  AgentPool h100 orchestratorVersion: none -> 1.37
  AgentPool h100 osSKU: Ubuntu -> AzureLinux
  ManagedCluster aks kubernetesVersion: 1.36 -> 1.37
  Release gpu-operator values.driver.version: 595.1 -> 595.2
  Release gpu-operator version: v26.7.0 -> v26.7.1
USD a month`);
  });

  it.each<readonly [string, string | undefined, string | null, string]>([
    ["as before", naming("2026.12"), "2026.12", "2026.12, no end is set"],
    ["named for the first time", naming(null), "default", "the default -> 2026.12, no end is set"],
    ["of a file that is new", undefined, null, "2026.12, no end is set"],
    ["of a file that nobody can read", "config: [", null, "2026.12, no end is set"],
  ])("%s", async (_, text, before, told) => {
    const it = new StandIn();
    it.stackFileBefore = text;
    const { saved, out } = await planOf(it, naming("2026.12"));
    expect(saved.versions).toEqual({ lock: "2026.12", retiredOn: null, before, moves: [] });
    expect(out).toContain(`\nLock of versions: ${told}\n`);
  });

  describe("and takes no other", () => {
    const lock: { retiredOn: string | null } = versionLocks[0];
    const retire = (day: string | null): void => void (lock.retiredOn = day);
    afterEach(() => retire(null));

    it("but tells the day on which it ends", async () => {
      retire("2999-01-01");
      const { saved, out } = await planOf(new StandIn(), naming("2026.10"));
      expect(saved.versions.retiredOn).toBe("2999-01-01");
      expect(out).toContain("\nLock of versions: 2026.10, retired on 2999-01-01\n");
    });

    it.each<readonly [string, string, RegExp]>([
      [
        "than one that is kept",
        "2026.10",
        /environment.versions \(line \d+\): must be a lock that is kept: this one was retired on 2026-01-01; got "2026.10". npm run upgrade plans the way to 2026.12/,
      ],
      ["than one that exists", "2026.11", /environment.versions \(line \d+\): .*2026\.10.*2026\.12.*got "2026.11"/],
    ])("%s, neither at the plan nor when it is signed or applied", async (_, named, message) => {
      const it = new StandIn();
      const file = path.join(folder, "Pulumi.prod.yaml");
      writeFileSync(file, naming("2026.10"));
      const planned = (): ReturnType<typeof runHere> => runHere(() => planStack(file, planCommand, it.around));
      expect((await planned()).code).toBe(0);
      writeFileSync(file, naming(named));
      retire("2026-01-01");
      const approving = { environment: "prod", plan: planFile, approver: "anna@example.com", key, out: approvalFile };
      await expect(refusal(planned())).rejects.toThrow(message);
      await expect(refusal(runHere(() => approveStack(file, approving)))).rejects.toThrow(message);
      await expect(refusal(runHere(() => applyStack(file, applyCommand, it.around)))).rejects.toThrow(message);
      expect(it.calls).toEqual(["preview, packs 1"]);
    });
  });
});

describe("promotes nothing that was not proven before:", () => {
  const hour = 60 * 60 * 1000;
  const cases: readonly (readonly [string, object | string | undefined, RegExp])[] = [
    ["no report", undefined, /--after: must be the verification of staging, which comes before prod/],
    ["another kind", { kind: "dev" }, /after.kind: must be staging/],
    ["another commit", { commit: "b".repeat(40) }, /after.commit: must be that of the plan, a+/],
    ["no commit", { commit: null }, /after.commit: must be that of the plan/],
    ["a floor missed", { exitCode: 1 }, /after.exitCode: must be 0/],
    ["nothing measured", { exitCode: 3 }, /after.exitCode: must be 0/],
    ["some checks alone", { whole: false }, /after.whole: must be true/],
    ["an old one", { ended: new Date(Date.now() - 25 * hour).toISOString() }, /after.ended: must be within/],
    ["one of tomorrow", { ended: new Date(Date.now() + hour).toISOString() }, /after.ended: must be within/],
    ["something else", "{}", /--after: must be a file with what npm run verify printed/],
  ];
  it.each(cases)("%s", async (_, report, message) => {
    const it = new StandIn();
    await plan(it);
    await approve();
    const file = path.join(folder, "other");
    writeFileSync(file, typeof report === "string" ? report : JSON.stringify({ ...verified, ...report }));
    await expect(refusal(apply(it, { after: report === undefined ? undefined : file }))).rejects.toThrow(message);
    expect(it.calls).toEqual(["preview, packs 1"]);
  });

  it("and tells with it whatever else cannot be read or written, each file by its name", async () => {
    const it = new StandIn();
    await plan(it);
    const nowhere = path.join(folder, "none", "file");
    const empty = path.join(folder, "empty");
    writeFileSync(empty, "{}");
    const wrong = { approvals: [nowhere, empty], after: undefined, record: nowhere };
    const told = async (more: object): Promise<string[]> =>
      (await refusal(apply(it, more)).catch((error: unknown) => String(error)))?.split("\n").slice(1) ?? [];
    const all = [
      /^ {2}--approval: must be a file that is there; got ".*file"$/,
      /^ {2}.*empty\.statement: must be given: a mapping$/,
      /^ {2}.*empty\.signature: must be given: text$/,
      /^ {2}.*empty\.file: must be what npm run approve .* wrote, and is not\. Make it again$/,
      /^ {2}--after: must be the verification of staging/,
      /^ {2}--record: must be a file that can be written/,
    ];
    expect(await told(wrong)).toEqual(all.map((one) => expect.stringMatching(one) as string));
    // Whether it fits a plan that is none, nobody knows.
    const [first, ...rest] = await told({ ...wrong, plan: nowhere });
    expect(first).toMatch(/^ {2}--plan: must be a file that is there/);
    expect(rest).toEqual(all.filter((_, at) => at !== 4).map((one) => expect.stringMatching(one) as string));
    expect(it.calls).toEqual(["preview, packs 1"]);
  });

  it("asks nothing of dev, and takes no report there", () => {
    const now = new Date();
    const commit = "a".repeat(40);
    expect(promotionProblems("dev", { commit }, undefined, now)).toEqual([]);
    const report = { kind: "dev", commit, ended: now.toISOString(), whole: true, exitCode: 0 } as const;
    expect(promotionProblems("dev", { commit }, report, now)).toHaveLength(1);
    expect(promotionProblems("staging", { commit }, report, now)).toEqual([]);
  });
});

it("tells who made it by the forge, not by what a commit says", async () => {
  const it = new StandIn();
  it.env = { GITHUB_ACTIONS: "true", GITHUB_ACTOR: "Anna", GITHUB_TRIGGERING_ACTOR: "ben" };
  it.makers = ["somebody.else@example.com"];
  await plan(it);
  await approve();
  it.env = {};
  await expect(refusal(apply(it))).rejects.toThrow(
    /must have made nothing of what is applied, and made it as github:anna/,
  );

  it.env = { GITLAB_CI: "true", GITLAB_USER_LOGIN: "ben" };
  await plan(it);
  await approve();
  await expect(refusal(apply(it))).rejects.toThrow(/must have a name gitlab:\.\.\. in deploy\/approvers/);
});

it("knows whom each forge names, and takes nobody's word on a laptop", () => {
  expect(forgeActors({ GITHUB_ACTOR: "anna" })).toEqual([]);
  expect(forgeActors({ TF_BUILD: "True", BUILD_REQUESTEDFOREMAIL: "Anna@Example.com" })).toEqual([
    "azure-devops:anna@example.com",
  ]);
  expect(forgeActors({ GITHUB_ACTIONS: "true", GITHUB_ACTOR: "a", GITHUB_TRIGGERING_ACTOR: "a" })).toEqual([
    "github:a",
  ]);
});

it("hashes a value whatever the order of its keys", () => {
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
  expect(hashOf({ key: { ciphertext: "x" } })).not.toBe(hashOf({ key: { ciphertext: "y" } }));
});

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}
