import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { main } from "../../cli/replace";
import { type ReplaceCommand, replaceStack } from "../../cli/replace-stack";
import { MisconfiguredError } from "../../core/problems";
import { AzureError } from "../../replacement/run-az";
import { ClusterError } from "../../verification/cluster-choice";
import { StandInApi } from "../replacement/stand-in-api";
import { plainStacks, root, shippedStacks } from "../stack-files";
import { runHere } from "./run-here";

let api: StandInApi;
beforeEach(async () => {
  api = await StandInApi.start("aks-gpu-dev-eastus");
});
afterEach(() => api.stop());

/** Replaces machines of an environment in this process. */
const replaceIn = (file: string, at: StandInApi, more: Partial<ReplaceCommand> = {}): ReturnType<typeof runHere> => {
  const usual = {
    environment: "dev",
    nodes: [],
    yes: false,
    history: false,
    context: undefined,
    waitMinutes: 30,
    json: false,
  };
  return runHere(() => replaceStack(file, { ...usual, kubeconfig: at.kubeconfig, ...more }));
};
const replace = (more: Partial<ReplaceCommand> = {}): ReturnType<typeof runHere> =>
  replaceIn(plainStacks.dev, api, more);

const cluster = "--resource-group rg-gpu-dev-eastus --cluster-name aks-gpu-dev-eastus";
const subscription = "--subscription 11111111-1111-4111-8111-111111111111";
const shown = `az aks nodepool show ${cluster} --name h100d1 --query count -o tsv ${subscription}`;
const deleted = `az aks nodepool delete-machines ${cluster} --nodepool-name h100d1 --machine-names bad ${subscription}`;
const healthy = (): void => {
  for (const name of ["good-1", "good-2", "good-3"]) api.add({ name, verdict: "pass", closed: false });
};

it("says what it would do and why, with the commands, and touches nothing", async () => {
  healthy();
  api.add({ name: "bad" }, ["one"]).add({ name: "slow", pool: "a10", nodePool: "a10", reasons: ["HostCopy: 20 GB/s"] });
  const { code, out, error } = await replace();
  expect([error, code]).toEqual([undefined, 0]);
  expect(out.split("\n")).toEqual([
    "dev: would be replaced",
    "  bad, pool h100: NvLinks: 2 of 18 links are down",
    "    physical host: host-of-bad",
    "    is cordoned and emptied, as disruption budgets allow; then:",
    `    ${shown}`,
    `    ${deleted}`,
    "    its autoscaler brings another node when pods wait",
    "",
    "dev: held back",
    "  slow, pool a10: slow only: name it to replace it",
    "",
    "Nothing was touched: --yes does it.",
    "",
  ]);
  expect(api.done).toEqual([]);
});

it("does it with --yes, and shows it in the history from then on", async () => {
  healthy();
  api.add({ name: "bad" }, ["one"]);
  const { code, out, err } = await replace({ yes: true });
  expect([code, out.includes("bad, pool h100: replaced: its machine is deleted")]).toEqual([0, true]);
  expect(err).toContain("bad: takes no new pods");
  expect(api.done).toEqual([
    shown,
    "PATCH nodes/bad",
    "POST namespaces/team/pods/one/eviction",
    "POST namespaces/node-health/configmaps",
    deleted,
  ]);
  const { out: table } = await replace({ history: true });
  expect(table.split("\n").slice(0, 2)).toEqual([
    "| Physical host | Node | Reasons | When |",
    "| --- | --- | --- | --- |",
  ]);
  expect(table).toContain("| host-of-bad | bad | NvLinks: 2 of 18 links are down | 2");
  const { out: json } = await replace({ history: true, json: true });
  expect(JSON.parse(json)).toMatchObject({ replacements: { h100: [{ node: "bad", physicalHost: "host-of-bad" }] } });
});

it("ends with 1 while something that is due is held back", async () => {
  healthy();
  const at = new Date().toISOString();
  api.data = { h100: JSON.stringify([{ node: "last", nodePool: "h100d1", physicalHost: null, reasons: [], at }]) };
  api.add({ name: "bad" });
  const { code, out } = await replace({ yes: true, json: true });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ...{ dryRun: false, results: [] },
    heldBack: [{ node: "bad", pool: "h100", due: true, nextAt: new Date(Date.parse(at) + 600_000).toISOString() }],
  });
  expect(api.done).toEqual([]);
});

it("ends with 0 where no node has failed", async () => {
  healthy();
  for (const yes of [false, true]) {
    const { code, out } = await replace({ yes });
    expect([code, out.includes("no GPU node has failed its checks")]).toEqual([0, true]);
  }
});

it("does not delete a machine after Ctrl-C, and says that its node stays cordoned", async () => {
  healthy();
  api.add({ name: "bad" }, ["guarded"]);
  api.onChange = (line) => {
    if (line.endsWith("/eviction")) process.emit("SIGINT", "SIGINT");
    return undefined;
  };
  const { code, out, err } = await replace({ yes: true });
  expect(code).toBe(130);
  expect(err).toContain("stopping; no other machine is deleted");
  expect(out).toContain(
    "stopped before its deletion was asked for. It stays cordoned; kubectl uncordon bad takes that back",
  );
  expect(api.done.filter((it) => it.startsWith("az"))).toEqual([shown]);
});

it("fails before anything is touched where Azure knows nobody", async () => {
  api.add({ name: "bad" }, ["one"]);
  api.az({ fails: { show: "ERROR: Please run 'az login' to setup account." } });
  const { error } = await replace({ yes: true });
  expect(error).toBeInstanceOf(AzureError);
  expect(api.done).toEqual([shown]);
});

it("fails for names of nodes that did not fail, for a broken record, and for another cluster", async () => {
  healthy();
  const { error: named } = await replace({ nodes: ["good-1"], yes: true });
  expect(named).toBeInstanceOf(MisconfiguredError);
  expect(String(named)).toContain('NODE: must be a node that failed its checks: its verdict is pass; got "good-1"');
  api.data = { h100: "{" };
  const { error: broken } = await replace();
  expect(broken).toBeInstanceOf(MisconfiguredError);
  expect(String(broken)).toContain("h100: must be a JSON list of machines");
  const other = await StandInApi.start("aks-other");
  const { error: elsewhere } = await replaceIn(plainStacks.dev, other);
  other.stop();
  expect(elsewhere).toBeInstanceOf(ClusterError);
  expect(api.done).toEqual([]);
});

it("fails for an environment whose nodes nobody checks", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "replace-test-"));
  const file = path.join(folder, "Pulumi.dev.yaml");
  const text = readFileSync(plainStacks.dev, "utf8");
  writeFileSync(file, `${text}  azure-gpu-cluster:platform: { nodeHealth: false }\n`);
  const { error } = await replaceIn(file, api);
  expect((error as Error).message.split("\n")[1]).toBe(
    "  environment: must have the add-on nodeHealth: without it nobody says which nodes have failed. Leave nodeHealth: false out of its platform, or name the environment whose stack installs it",
  );
});

it("scales the pools with a fixed count of another stack's file", async () => {
  const other = await StandInApi.start("aks-gpu-prod-eastus2");
  for (let at = 0; at < 9; at++)
    other.add({ name: `good-${at}`, pool: "h200", nodePool: "h200d1", verdict: "pass", closed: false });
  other.add({ name: "bad", pool: "h200", nodePool: "h200d2" });
  const { out } = await replaceIn(shippedStacks["prod-workloads"], other, { json: true });
  other.stop();
  const of = "--resource-group rg-gpu-prod-eastus2 --cluster-name aks-gpu-prod-eastus2";
  const { replace: planned } = JSON.parse(out) as { replace: readonly { readonly commands: readonly string[] }[] };
  expect(planned.map(({ commands }) => commands.at(-1))).toEqual([
    `az aks nodepool scale ${of} --name h200d2 --node-count 66 ${subscription}`,
  ]);
});

it("brings a deletion to its end although Ctrl-C reaches all programs of its terminal", async () => {
  const other = await StandInApi.start("aks-gpu-prod-eastus2");
  other.add({ name: "bad", pool: "h200", nodePool: "h200d1" });
  other.az({ count: 66, heldUp: true });
  const args = ["cli/replace.ts", "prod-workloads", "--yes", "--kubeconfig", other.kubeconfig];
  // A group of programs of its own, as a terminal makes one.
  const child = spawn(process.execPath, ["--require", "./cli/start.cjs", ...args], { cwd: root, detached: true });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    if (err.includes("stopping, once the pool of the last machine has its node")) other.letGo();
  });
  const closed = once(child, "close");
  await Promise.race([other.asked("delete-machines"), closed]);
  process.kill(-(child.pid ?? 0), "SIGINT");
  const [code] = (await closed) as unknown[];
  other.stop();
  expect([err.includes("    at "), code]).toEqual([false, 130]);
  expect(other.done.map((it) => it.split(" ").slice(0, 4).join(" ")).slice(-2)).toEqual([
    "az aks nodepool delete-machines",
    "az aks nodepool scale",
  ]);
});

it.each([
  [[], "ENVIRONMENT must be given"],
  [["dev", "--wait", "0"], "--wait must be a number of minutes above 0 and at most 1440, a day; got 0"],
  [["dev", "--history", "--yes"], "--history shows what was done and does nothing: leave out --yes and NODE"],
  [["dev", "bad", "--history"], "--history shows what was done and does nothing: leave out --yes and NODE"],
  [["dev", "--now"], "Unknown option '--now'"],
])("fails for the arguments %j before anything runs", async (args, said) => {
  const { error, out } = await runHere(() => main(args));
  expect([error instanceof MisconfiguredError, out]).toEqual([true, ""]);
  expect((error as Error).message.split("\n")[1]?.slice(0, said.length + 13)).toBe(
    `  arguments: ${said}`.slice(0, said.length + 13),
  );
});

it("prints its help, and ends with 2 and no stack trace for an option that it does not know", () => {
  const run = (...args: readonly string[]): readonly [number | null, string, string] => {
    const all = ["--require", "./cli/start.cjs", "cli/replace.ts", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: root, encoding: "utf8" });
    return [status, stdout, stderr];
  };
  const [code, help, err] = run("--help");
  expect([code, err, help.includes("npm run replace -- ENVIRONMENT [NODE]... [--yes]")]).toEqual([0, "", true]);
  const [wrong, out, told] = run("dev", "--now");
  expect([wrong, out, told.split("\n")[0]]).toEqual([2, "", "The command is misconfigured:"]);
  expect(told).not.toContain("    at ");
});
