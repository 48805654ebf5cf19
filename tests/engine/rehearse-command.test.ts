import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { main } from "../../cli/rehearse";
import { MisconfiguredError } from "../../core/problems";
import { runHere } from "../cli/run-here";
import { plainStacks, shippedStacks } from "../stack-files";
import { edit, engineSuite, smallVariant, variantOf } from "./harness";
import { processesOf, until } from "./processes";
import { run, start } from "./rehearse-command";

function temporary(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "rehearse-command-test-"));
  // What was started later ends earlier.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const small = smallVariant();

const stackTrace = /^\s+at .+:\d+:\d+\)?$/m;

describe("npm run rehearse, with what it cannot use,", () => {
  it("prints its help", async () => {
    const { code, out, err } = await run(["--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("npm run rehearse -- ENVIRONMENT [--from PLACE]");
    for (const word of ["quota-exceeded", "deletion", "--json", "130 Ctrl-C"]) expect(out).toContain(word);
  });

  it.each([
    [[], "arguments: ENVIRONMENT must be given"],
    [["dev", "prod"], "arguments: one ENVIRONMENT at a time; got dev prod"],
    [["dev", "--fault", "fire"], "arguments: --fault must be one of quota-exceeded"],
    [["dev", "--at", "a10"], "arguments: --at goes with a fault of quota-exceeded, sku-not-available, "],
    [["dev", "--at", "a10"], "; got none"],
    [["dev", "--fault", "drift", "--at", "a10"], "; got drift"],
    [["dev", "--fault", "conflict", "--at", "a10", "--at", "h100d1"], "--at must be given once; got a10 and h100d1"],
    [["dev", "--fault", "conflict", "--fault", "drift"], "--fault must be given once; got conflict and drift"],
    [["dev", "--fault", "conflict", "--at"], "arguments: Option '--at <value>' argument missing"],
    [["dev", "--workload", "party"], "arguments: --workload must be one of gang; got party"],
    [["dev", "--from", "moon"], "arguments: --from must be one of workstation, peer, runner; got moon"],
    [["dev", "--speed", "0"], "arguments: --speed must be a number above 0; got 0"],
    [["dev", "--sped", "9"], "arguments: Unknown option '--sped'"],
    [
      ["nowhere"],
      'environment: must be the name of a stack file in stacks/ or examples/, or a path to one; got "nowhere"',
    ],
  ])("refuses %j and says why", async (args, message) => {
    const { error, out, err } = await runHere(() => main(args));
    expect({ error, out, err }).toEqual({ error: expect.any(MisconfiguredError) as unknown, out: "", err: "" });
    expect((error as MisconfiguredError).message).toContain(message);
  });

  it("names the environments that there are", async () => {
    const { code, out, err } = await run(["nowhere"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    for (const name of Object.keys(shippedStacks)) expect(err).toContain(name);
    expect(err).not.toMatch(stackTrace);
  });

  it("tells that nothing has a name before any engine is looked for", async () => {
    const empty = { PATH: path.dirname(process.execPath), XDG_CACHE_HOME: temporary() };
    const { code, out, err } = await run([small, "--fault", "sku-not-available", "--at", "h100"], empty);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe(
      'The command is misconfigured:\n  --at: must be the name, or the ARM ID, of something that dev makes in Azure; got "h100". Closest: a10, h100d1\n',
    );
  });

  it("tells a stack file's problems before any engine is looked for", async () => {
    const file = variantOf("dev", (config) => edit(config, "environment", { kind: "playground" }));
    const empty = { PATH: path.dirname(process.execPath), XDG_CACHE_HOME: temporary() };
    const { code, err } = await run([file], empty);
    expect(code).toBe(2);
    expect(err).toContain("environment.kind");
    expect(err).toContain("playground");
    expect(err).not.toMatch(/engine|pulumi up/);
    expect(err).not.toMatch(stackTrace);
  });

  it("says what is missing where there is neither engine nor Go", async () => {
    const bin = temporary();
    symlinkSync(process.execPath, path.join(bin, "node"));
    const { code, out, err } = await run([small], { PATH: bin, XDG_CACHE_HOME: temporary() });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/\bGo\b/);
    expect(err).not.toMatch(stackTrace);
  });
});

engineSuite("npm run rehearse", () => {
  it("prints a result for machines, and says nothing else on the way", async () => {
    const { code, out, err } = await run([small, "--speed", "3000", "--json"]);
    expect(code, err).toBe(0);
    const result = JSON.parse(out) as {
      ok: boolean;
      steps: { name: string; failures: string[] }[];
      schedule: { makespan: number; lowerBound: number; criticalPath: { urn: string }[] };
    };
    expect(result.ok).toBe(true);
    expect(result.steps.map(({ name, failures }) => [name, failures])).toEqual([
      ["up", []],
      ["second up", []],
      ["destroy", []],
    ]);
    expect(result.schedule.makespan).toBeGreaterThanOrEqual(result.schedule.lowerBound);
    expect(result.schedule.criticalPath.at(-1)?.urn).toMatch(/AgentPool::/);
    expect(err).toBe("");
  });

  it("ends at once on Ctrl-C, leaves no process behind, and goes on later in the folder", async () => {
    const folder = temporary();
    const { child, ended, progress } = start([small, "--speed", "10", "--folder", folder, "--keep"]);
    const azure = path.join(folder, "simulator", "azure.json");
    await until("the cluster is being made", () => textOf(azure).includes("managedClusters"));
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(2);
    // A terminal tells the whole group.
    process.kill(-(child.pid ?? 0), "SIGINT");
    const { code, out, err } = await ended;
    expect(code).toBe(130);
    expect(progress()).toContain("stopping; what has begun is let end");
    expect(err).toContain(`Kept in ${folder}`);
    expect(out).toContain("Stopped.");
    expect(err + out).not.toMatch(stackTrace);
    await until("nothing is left", () => processesOf(folder).length === 0);
    expect(openToOthers(folder)).toEqual([]);

    const again = await run([small, "--speed", "3000", "--folder", folder, "--json"]);
    expect(again.code, again.err + again.out).toBe(0);
    const { steps } = JSON.parse(again.out) as { steps: { name: string; changes: Record<string, number> }[] };
    expect(steps.map(({ name }) => name)).toEqual(["recover", "up", "second up", "destroy"]);
    // It ended before Azure had the cluster, and Azure finished it although nobody waited.
    expect(steps[0]?.changes["adopted"]).toBeGreaterThan(0);
  });

  it("goes on in a folder in which it was killed, with what it had made", async () => {
    const folder = temporary();
    const { child, ended } = start([small, "--speed", "10", "--folder", folder]);
    const azure = path.join(folder, "simulator", "azure.json");
    await until("the cluster is being made", () => textOf(azure).includes("managedClusters"));
    const began = processesOf(folder);
    child.kill("SIGKILL");
    for (const { pid, command } of began) if (command.includes("/bin/pulumi up")) process.kill(pid, "SIGKILL");
    await ended;
    await until("nothing is left", () => processesOf(folder).length === 0);
    const { code, out, err } = await run([small, "--speed", "3000", "--folder", folder, "--json"]);
    expect(code, err + out).toBe(0);
    const { steps } = JSON.parse(out) as { steps: { name: string; changes: Record<string, number> }[] };
    expect(steps.map(({ name }) => name)).toEqual(["recover", "up", "second up", "destroy"]);
    expect(steps[1]?.changes["same"]).toBeGreaterThan(3);
  });

  it("ends with 143 when it is asked to end, and takes its own folder away", async () => {
    const own = temporary();
    const { child, ended } = start([small, "--speed", "30"], { TMPDIR: own });
    await until("the engine runs", () => processesOf(own).some(({ command }) => command.includes("/bin/pulumi up")));
    child.kill("SIGTERM");
    const { code, err } = await ended;
    expect({ code, told: code === 143 ? "" : err }).toEqual({ code: 143, told: "" });
    await until("nothing is left", () => processesOf(own).length === 0);
    expect(readdirSync(own).filter((it) => it.startsWith("rehearsal-"))).toEqual([]);
  });

  it("says that the API server is gone when it dies", async () => {
    const folder = temporary();
    const { ended, progress } = start([plainStacks.dev, "--speed", "120", "--folder", folder, "--keep"]);
    await until("up began", () => progress().includes("up ..."));
    await until("the API server serves", () => textOf(path.join(folder, "simulator", "kubernetes.json")) !== "");
    const server = processesOf(folder).filter(({ command }) => /^\S*\/kube-apiserver /.test(command));
    expect(server).toHaveLength(1);
    for (const { pid } of server) process.kill(pid, "SIGKILL");
    const { code, out, err } = await ended;
    expect(code, err).toBe(1);
    expect(out).toContain("The Kubernetes API server of the rehearsal is gone.");
    expect(err + out).not.toMatch(stackTrace);
  });

  it("explains a folder whose state is broken", async () => {
    const folder = temporary();
    const stacks = path.join(folder, "state", ".pulumi", "stacks", "azure-gpu-cluster");
    mkdirSync(stacks, { recursive: true });
    writeFileSync(path.join(stacks, "dev.json"), "{ this is no state");
    const { code, out, err } = await run([small, "--speed", "3000", "--folder", folder]);
    expect(code).toBe(1);
    expect(out).toContain("failed recover");
    expect(out).toMatch(/error: .*(invalid character|unmarshal|deserialize)/);
    expect(out + err).not.toMatch(stackTrace);
  });

  it("leaves a folder alone in which another process rehearses", async () => {
    const folder = temporary();
    writeFileSync(path.join(folder, "in-use"), `${process.pid} ${hostname()}`);
    const { code, out, err } = await run([small, "--folder", folder]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`The folder ${folder} is in use: process ${process.pid} ${hostname()} rehearses there.`);
    expect(err).not.toMatch(stackTrace);
    expect(readdirSync(folder)).toEqual(["in-use"]);
  });

  it("rehearses dev at its usual speed, and says how long that took", async () => {
    const started = Date.now();
    const { code, out } = await run(["dev"]);
    const seconds = Math.round((Date.now() - started) / 1000);
    process.stdout.write(`dev rehearsed in ${seconds} s (50 to 90 s on quiet cores)\n`);
    expect(code, out).toBe(0);
    expect(out).toContain("All went well.");
  });
});

/** What lies in a folder and other users may read, write or enter. */
function openToOthers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => {
    const stats = lstatSync(path.join(folder, name));
    return !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0;
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
