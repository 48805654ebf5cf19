import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { expect, it } from "vitest";
import { main } from "../../cli/drift";
import { type DriftCommand, driftStack, type DriftWorld } from "../../cli/drift-stack";
import { MisconfiguredError } from "../../core/problems";
import type { DriftReport } from "../../drift/report";
import { plainStacks } from "../stack-files";
import { runHere } from "./run-here";

const type = "azure-native:storage:StorageAccount";
const urn = `urn:pulumi:dev::azure-gpu-cluster::${type}::data`;
const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/st";

/** A backend whose stacks have one account, which somebody opened or not. The engine itself is in tests/engine/drift.test.ts. */
function world(opened: boolean, calls: string[] = []): DriftWorld {
  const state = (open: boolean): object => {
    const props = { allowBlobPublicAccess: open, tags: {} };
    return { id, parent: "", custom: true, inputs: props, outputs: props };
  };
  const metadata = {
    op: "refresh",
    urn,
    type,
    old: state(false),
    new: state(opened),
    detailedDiff: opened ? { allowBlobPublicAccess: { diffKind: "update", inputDiff: true } } : {},
  };
  return {
    open: (stack) => {
      calls.push(`open ${stack}`);
      return Promise.resolve({
        exportStack: () => Promise.resolve({ version: 3, deployment: { resources: [{ urn, type, custom: true }] } }),
        previewRefresh: ({ onEvent } = {}) => {
          onEvent?.({ resOutputsEvent: { metadata } } as unknown as EngineEvent);
          return Promise.resolve({}) as unknown as ReturnType<Stack["previewRefresh"]>;
        },
      });
    },
    who: (_, drifts, __, names) => {
      calls.push(`who of ${drifts.length}, names ${names}`);
      const act = { when: "2026-12-01T10:00:00Z", operation: "write", caller: "m***@example.com" };
      return Promise.resolve({ acts: new Map([[id.toLowerCase(), [act]]]), asked: { answered: true } });
    },
  };
}

const run = (
  more: Partial<DriftCommand>,
  opened: boolean,
  calls: string[] = [],
  file: string = plainStacks.dev,
): ReturnType<typeof runHere> => {
  const command: DriftCommand = { environment: "dev", form: "text", out: undefined, names: false, who: true };
  return runHere(() => driftStack(file, { ...command, ...more }, world(opened, calls)));
};

it("tells what changed and who did it, and ends with 4", async () => {
  const calls: string[] = [];
  const { code, out } = await run({}, true, calls);
  expect(out).toContain("  StorageAccount data allowBlobPublicAccess: false -> true\n");
  expect(out).toContain("    who: m***@example.com, 2026-12-01T10:00:00Z, write\n");
  expect({ code, calls }).toEqual({ code: 4, calls: ["open dev", "who of 1, names false"] });
});

it("asks nobody where nothing changed, or where it is not to", async () => {
  const calls: string[] = [];
  expect((await run({}, false, calls)).code).toBe(0);
  expect((await run({ who: false }, true, calls)).code).toBe(4);
  expect(calls).toEqual(["open dev", "open dev"]);
});

it("names the rule that what was reviewed kept", async () => {
  const { out } = await run({ form: "json" }, true);
  const { stacks } = JSON.parse(out) as DriftReport;
  expect(stacks[0]?.drifts.map(({ harm, breaks }) => ({ harm, breaks }))).toEqual([
    { harm: "security", breaks: ["st-no-anonymous"] },
  ]);
});

it("looks at all stacks of an environment", async () => {
  const calls: string[] = [];
  await run({ who: false }, false, calls, plainStacks.staging);
  expect(calls).toEqual(["open staging", "open staging-workloads"]);
});

it("writes to a file, and says so where it cannot", async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "drift-")), "drift.md");
  expect(await run({ form: "markdown", out: file }, true)).toMatchObject({ code: 4, out: "" });
  expect(readFileSync(file, "utf8")).toMatch(/^<!-- azure-gpu-cluster drift dev -->\n/);
  const { error } = await run({ out: path.join(file, "below") }, true);
  expect(error).toBeInstanceOf(MisconfiguredError);
  expect(String(error)).toContain("--out: must be a file that can be written");
});

it.each<[args: readonly string[], message: string]>([
  [[], "ENVIRONMENT must be given"],
  [["dev", "prod"], "one ENVIRONMENT at a time"],
  [["dev", "--json", "--markdown"], "--json and --markdown exclude each other"],
  [["dev", "--out", ""], "--out must name a file"],
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
