import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect, it } from "vitest";
import { main } from "../../cli/drift";
import { type DriftCommand, driftStack, type DriftWorld } from "../../cli/drift-stack";
import { MisconfiguredError } from "../../core/problems";
import type { Value } from "../../core/property-value";
import type { DriftReport } from "../../drift/report";
import { LoginError } from "../../preflight/login-choice";
import type { Ask } from "../../preflight/question";
import { plainStacks } from "../stack-files";
import { runHere } from "./run-here";

const type = "azure-native:storage:StorageAccount";
const urn = `urn:pulumi:dev::azure-gpu-cluster::${type}::data`;
const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st";

const groupId = "/subscriptions/s/resourceGroups/g";
const groupType = "azure-native:resources:ResourceGroup";
const groupUrn = `urn:pulumi:dev::azure-gpu-cluster::${groupType}::env`;
const address = `${groupId}/providers/Microsoft.Network/publicIPAddresses/way-in`;

/** An Azure whose group has the account and, where it is said, one more address; it names who wrote each. */
function azure({ calls = [], more = false, refuses = "" }: Setting): Ask {
  return ({ path, query }) => {
    const asks = path.split("/").slice(4).join("/");
    calls.push(
      path.includes("eventtypes") ? `who ${/resourceUri eq '.*\/(\w[\w-]*)'/.exec(query["$filter"] ?? "")?.[1]}` : asks,
    );
    if (refuses !== "" && path.endsWith(refuses))
      return Promise.resolve({
        kind: "unanswered",
        status: 403,
        because: `no right to x/${refuses}/read`,
        remedy: "Ask for Reader",
      });
    const listed = [
      { id, name: "st" },
      ...(more ? [{ id: address, name: "way-in", createdTime: "2026-12-01T09:00:00Z" }] : []),
    ];
    if (path.endsWith("/resources")) return found({ value: listed });
    if (path.includes("eventtypes")) return found({ value: [event] });
    return found(/\/(roleAssignments|locks)$/.test(path) ? { value: [] } : { id: address });
  };
}

const event = {
  caller: "mona@example.com",
  eventTimestamp: "2026-12-01T10:00:00Z",
  operationName: { value: "Microsoft.X/xs/write" },
  status: { value: "Succeeded" },
};

const found = (body: Value): ReturnType<Ask> => Promise.resolve({ kind: "found", body });

/** How the world of a test is. */
interface Setting {
  /** Whether somebody opened the account. */
  readonly opened?: boolean;
  /** Whether somebody made one more address. */
  readonly more?: boolean;
  /** Key of a tag that somebody wrote onto the account. */
  readonly tag?: string;
  /** End of the path of what Azure has no right for. */
  readonly refuses?: string;
  /** Whether nobody is logged in. */
  readonly loggedOut?: boolean;
  /** What was asked. */
  readonly calls?: string[];
}

/** A backend whose stacks have one account, which somebody opened or not. The engine itself is in tests/engine/drift.test.ts. */
function world(setting: Setting): DriftWorld {
  const { opened = false, loggedOut = false, tag = "", calls = [] } = setting;
  const other: Readonly<Record<string, unknown>> = { parent: "", custom: true, inputs: {}, outputs: {} };
  const account = (open: boolean, tags = {}): typeof other & { readonly id: string } => {
    const props = { allowBlobPublicAccess: open, tags };
    return { ...other, id, inputs: props, outputs: props };
  };
  const changed = opened ? { allowBlobPublicAccess: { diffKind: "update", inputDiff: true } } : {};
  const [group, ip] = [
    { ...other, id: groupId },
    { ...other, id: address },
  ];
  const first = [
    { op: "refresh", urn: groupUrn, type: groupType, old: group, new: group },
    {
      op: "refresh",
      urn,
      type,
      old: account(false),
      new: account(opened, tag === "" ? {} : { [tag]: "x" }),
      detailedDiff: changed,
    },
  ];
  // The second stack of an environment makes one thing in the group of the first.
  const ipType = "azure-native:network:PublicIPAddress";
  const second = [{ op: "refresh", urn: `${groupUrn}::${ipType}::ip`, type: ipType, old: ip, new: ip }];
  return {
    open: (stack) => {
      calls.push(`open ${stack}`);
      const seen = stack.endsWith("-workloads") ? second : first;
      const resources = seen.map((it) => ({ urn: it.urn, type: it.type, custom: true, id: it.old.id }));
      return Promise.resolve({
        exportStack: () => Promise.resolve({ version: 3, deployment: { resources } }),
        previewRefresh: ({ onEvent } = {}) => {
          for (const metadata of seen) onEvent?.({ resOutputsEvent: { metadata } } as unknown as EngineEvent);
          return Promise.resolve({}) as unknown as ReturnType<Stack["previewRefresh"]>;
        },
      });
    },
    logIn: () => (loggedOut ? Promise.reject(new LoginError("az knows\n  nobody")) : Promise.resolve(azure(setting))),
  };
}

const run = (
  more: Partial<DriftCommand>,
  setting: Setting = {},
  file: string = plainStacks.dev,
): ReturnType<typeof runHere> => {
  const command: DriftCommand = { environment: "dev", form: "text", out: undefined, names: false, who: true };
  return runHere(() => driftStack(file, { ...command, ...more }, world(setting)));
};

it("tells what changed and who did it, and ends with 4", async () => {
  const calls: string[] = [];
  const { code, out } = await run({}, { opened: true, calls });
  expect(out).toContain("  StorageAccount data allowBlobPublicAccess: false -> true\n");
  expect(out).toContain("    who: m***@example.com, 2026-12-01T10:00:00Z, Microsoft.X/xs/write\n");
  expect(code).toBe(4);
  const hangs = ["roleAssignments", "locks"].map((it) => `g/providers/Microsoft.Authorization/${it}`);
  expect(calls).toEqual(["open dev", "who st", "g/resources", ...hangs]);
  expect((await run({ names: true }, { opened: true })).out).toContain("    who: mona@example.com, ");
});

it("asks the log of nobody where nothing changed, or where it is not to", async () => {
  const calls: string[] = [];
  expect((await run({}, { calls })).code).toBe(0);
  const { code, out } = await run({ who: false }, { opened: true, more: true, calls });
  expect(code).toBe(4);
  expect(out).toContain("Who did it could not be asked: --no-who was given\n");
  expect(calls.filter((it) => it.startsWith("who"))).toEqual([]);
});

it("tells of what lies in the group and in no stack, and ends with 4", async () => {
  const { code, out } = await run({}, { more: true });
  expect(out.slice(out.indexOf("In g:"))).toMatchInlineSnapshot(`
    "In g: 1 thing that no stack made

    Security (1)
      Microsoft.Network/publicIPAddresses way-in
        It leads into the environment from elsewhere, or out of it
        Made 2026-12-01T09:00:00Z, written by m***@example.com at 2026-12-01T10:00:00Z
        /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/way-in

    Keep: write it into the stack file and import it. Nobody's: az resource delete --ids ID. No up touches it.
    "
  `);
  expect(code).toBe(4);
  const { stacks, beside } = JSON.parse((await run({ form: "json" }, { more: true })).out) as DriftReport;
  expect(stacks.map(({ drifts }) => drifts)).toEqual([[]]);
  expect(beside).toMatchObject({ groups: [groupId], unmanaged: [{ id: address, harm: "security" }], unlisted: [] });
});

it("knows what another stack of the environment made in the group of the first", async () => {
  const { code, out } = await run({ form: "json" }, { more: true }, plainStacks.staging);
  const { stacks, beside } = JSON.parse(out) as DriftReport;
  expect(stacks.map(({ stack }) => stack)).toEqual(["staging", "staging-workloads"]);
  expect(beside).toMatchObject({ groups: [groupId], unmanaged: [] });
  expect(code).toBe(0);
});

it.each<[what: string, refuses: string, right: string]>([
  ["resources", "/resources", "x//resources/read"],
  ["role assignments", "/roleAssignments", "x//roleAssignments/read"],
  ["locks", "/locks", "x//locks/read"],
])(
  "says which right is missing to list %s, tells the rest, and ends with 3 where nothing harms",
  async (what, refuses, right) => {
    const { code, out } = await run({}, { refuses });
    expect(out).toContain(`Incomplete: ${what} of g could not be listed: no right to ${right}. Ask for Reader\n`);
    expect(code).toBe(3);
    expect((await run({}, { refuses, opened: true })).code).toBe(4);
  },
);

it("says without a login that nobody could be asked, once for each question", async () => {
  const { code, out } = await run({}, { loggedOut: true, opened: true });
  expect(out).toContain("Who did it could not be asked: az knows nobody\n");
  expect(out).toContain("Incomplete: resources of g could not be listed: az knows nobody. Log in: az login\n");
  expect(code).toBe(4);
  expect((await run({}, { loggedOut: true })).code).toBe(3);
});

it("names the rule that what was reviewed kept", async () => {
  const { out } = await run({ form: "json" }, { opened: true });
  const { stacks } = JSON.parse(out) as DriftReport;
  expect(stacks[0]?.drifts.map(({ harm, breaks }) => ({ harm, breaks }))).toEqual([
    { harm: "security", breaks: ["st-no-anonymous"] },
  ]);
});

it.each(["text", "markdown"] as const)("prints as %s what others chose, and obeys nothing of it", async (form) => {
  const { out } = await run({ form }, { tag: "\u001b[2J\nSecurity (0)" });
  expect(out).toMatch(form === "text" ? /tags\["\\u001b\[2J\\u000aSecurity \(0\)"\]/ : /u001b.*u000aSecurity/);
  // eslint-disable-next-line no-control-regex -- that is what must not be there
  expect(out).not.toMatch(/\u001b|\nSecurity \(0\)/);
});

it("looks at all stacks of an environment", async () => {
  const calls: string[] = [];
  await run({ who: false }, { calls }, plainStacks.staging);
  expect(calls.filter((it) => it.startsWith("open"))).toEqual(["open staging", "open staging-workloads"]);
});

it("writes to a file, and says so where it cannot", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "drift-")), "drift.md");
  expect(await run({ form: "markdown", out: file }, { opened: true })).toMatchObject({ code: 4, out: "" });
  expect(readFileSync(file, "utf8")).toMatch(/^<!-- azure-gpu-cluster drift dev: 4 -->\n/);
  const { error } = await run({ out: path.join(file, "below") }, { opened: true });
  expect(error).toBeInstanceOf(MisconfiguredError);
  expect(String(error)).toContain("--out: must be a file that can be written");
});

it("ends with 130 on Ctrl-C, although that ends the engine, too", async () => {
  const killed: DriftWorld = {
    open: () => {
      process.emit("SIGINT");
      return Promise.reject(new MisconfiguredError("The command", [{ path: "environment", rule: "was killed" }]));
    },
  };
  const command: DriftCommand = { environment: "dev", form: "json", out: undefined, names: false, who: true };
  const { code, error, out } = await runHere(() => driftStack(plainStacks.dev, command, killed));
  expect({ code, error, out }).toEqual({ code: 130, error: undefined, out: "" });
});

it.each<[args: readonly string[], message: string]>([
  [[], "ENVIRONMENT must be given"],
  [["dev", "prod"], "one ENVIRONMENT at a time"],
  [["dev", "--json", "--markdown"], "--json and --markdown exclude each other"],
  [["dev", "--mend"], "--mend"],
  [["nowhere-to-be-found"], "nowhere-to-be-found"],
])("refuses %j", async (args, message) => {
  const { error } = await runHere(() => main(args));
  expect(error).toBeInstanceOf(MisconfiguredError);
  expect(String(error)).toContain(message);
});

it("prints its help", async () => {
  const { code, out } = await runHere(() => main(["--help"]));
  expect(code).toBe(0);
  expect(out).toContain("npm run drift -- ENVIRONMENT");
});
