import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { preview } from "../preview/preview";
import { findEngine, howToGetEngine } from "../simulator/engine/engine";
import { findHelm } from "../simulator/engine/helm";
import { findSchedulers, howToGetSchedulers } from "../simulator/engine/schedulers";
import { benchGangs, type GangTimes } from "./bench-gangs";
import { benchPack, packLine, packRow, type PackRow, type PackTimes } from "./bench-pack";
import { cellWith, prodWith } from "./bench-stacks";

/** What the command is asked for. */
export interface BenchCommand {
  /** Only how long gangs wait. */
  readonly gangs: boolean;
  readonly json: boolean;
}

/** What a whole process took, the median of some runs. */
interface Cost {
  readonly seconds: number;
  /** Seconds of processors: what else a machine does adds less to them. */
  readonly processorSeconds: number;
  readonly megabytes: number;
}

const root = path.join(__dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
const runs = 5;
/** What the commands load first. */
const start = ["--require", "./cli/start.cjs"];

/** Runs Node several times and returns the medians. The process itself says at its end what it used. */
function measure(args: readonly string[]): Cost {
  const usageFile = path.join(folder, "usage.json");
  const hook = path.join(folder, "usage.cjs");
  writeFileSync(
    hook,
    `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`,
  );
  const samples = Array.from({ length: runs }, () => {
    const started = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ["--require", hook, ...args], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${String(status)}: ${stderr}`);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
    return { seconds, processorSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
  });
  const median = (pick: (it: Cost) => number): number =>
    samples.map(pick).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
  return {
    seconds: median((it) => it.seconds),
    processorSeconds: median((it) => it.processorSeconds),
    megabytes: median((it) => it.megabytes),
  };
}

/** Files of the SDK and of the providers that a preview loads: no program that makes the same resources loads fewer. */
function providerModules(): string[] {
  const list = `require("./preview/preview"); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const { stdout } = spawnSync(process.execPath, [...start, "--eval", list], { cwd: root, encoding: "utf8" });
  const loaded = JSON.parse(stdout) as string[];
  return loaded.filter((it) => it.includes(`${path.sep}node_modules${path.sep}@pulumi${path.sep}`));
}

/** Simulated duration of `up` on the real engine, over the best that dependencies and throttle allow. */
function makespan(stack: string): { readonly makespan: number; readonly lowerBound: number } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...start, "cli/rehearse.ts", stack, "--from", "runner", "--json", "--speed", "120"],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  if (status !== 0) throw new Error(`the rehearsal of ${stack} ended with ${String(status)}: ${stderr}${stdout}`);
  return (JSON.parse(stdout) as { schedule: { makespan: number; lowerBound: number } }).schedule;
}

/** How long the policy pack takes over what a stack declares, once it is loaded. */
async function packTimes(file: string, hold: string, floor: number): Promise<PackRow> {
  const { plan, environment } = await preview(file, { today: new Date().toISOString().slice(0, 10) });
  const times: PackTimes[] = [];
  for (let run = 0; run < runs; run++) times.push(await benchPack(plan.resources));
  return packRow({ stack: environment.stack, resources: plan.resources.length, hold }, times, floor);
}

/** How long gangs wait on a whole cell, through Kueue and beside it by the scheduler alone; undefined where that is not built. */
async function gangTimes(): Promise<GangTimes[] | undefined> {
  const [engine, helm, schedulers] = [findEngine(), findHelm(), findSchedulers()];
  if (engine === undefined || helm === undefined || schedulers === undefined) return undefined;
  const programs = { engine, helm, schedulers };
  return [await benchGangs(programs, true), await benchGangs(programs, false)];
}

function showGangs(times: readonly GangTimes[] | undefined): string {
  if (times === undefined) return `\nGangs were not measured: ${howToGetSchedulers}\n`;
  const lines = times.map(({ scheduler, gangs, nodes, gpus, admitted, placed }) => {
    const until = admitted === null ? "" : `admitted after ${admitted.toFixed(1)} s, `;
    return `${scheduler.padEnd(22)} ${gangs} gangs on ${nodes} nodes with ${gpus} GPUs: ${until}placed after ${placed.toFixed(1)} s`;
  });
  return ["", "Gangs of 64 nodes, one for each InfiniBand domain, all at once on pretended nodes", ...lines, ""].join(
    "\n",
  );
}

/** Measures, prints the figures, and leaves nothing behind. Returns the exit code. */
export async function benchAll(command: BenchCommand): Promise<number> {
  try {
    return await measureAll(command);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(command: BenchCommand): Promise<number> {
  if (command.gangs) {
    const times = await gangTimes();
    process.stdout.write(command.json ? `${JSON.stringify({ gangs: times }, null, 2)}\n` : showGangs(times));
    return 0;
  }

  const floor = measure([
    ...start,
    "--eval",
    providerModules()
      .map((it) => `require(${JSON.stringify(it)})`)
      .join(";"),
  ]);
  const rows: [what: string, cost: Cost, hold: string][] = [
    ["floor: the SDK and provider modules", floor, ""],
    ["imports of a preview", measure([...start, "--eval", "require('./preview/preview')"]), ""],
  ];
  for (const [stack, hold] of [
    ["dev", "3 s, 400 MB"],
    ["staging", ""],
    ["prod", ""],
    ["cell-4k", "6 s, 700 MB"],
  ] as const) {
    rows.push([`preview ${stack}`, measure([...start, "cli/preview.ts", stack]), hold]);
  }
  for (const pools of [16, 32, 64])
    rows.push([
      `preview of a cell with ${pools} domains`,
      measure([...start, "cli/preview.ts", cellWith(pools, folder)]),
      "linear",
    ]);
  for (const [teams, hold] of [
    [20, "4 s, 500 MB"],
    [100, "linear"],
    [500, "12 s, 1 GB"],
  ] as const)
    rows.push([
      `preview of prod with ${teams} teams`,
      measure([...start, "cli/preview.ts", prodWith(teams, folder)]),
      hold,
    ]);
  const job = ["submit", "dev", "--team", "vision", "--gpus", "8", "--arg", "train", "--dry-run"];
  rows.push(["job of a team, not sent", measure([...start, "cli/job.ts", ...job]), "2 s"]);
  const compiler = path.join(root, "node_modules/typescript7/bin/tsc");
  rows.push(["type-check from nothing", measure([compiler, "--noEmit", "--incremental", "false"]), "10 s"]);

  const packs: PackRow[] = [];
  for (const [stack, hold] of [
    ["stacks/Pulumi.prod.yaml", "1 s"],
    ["stacks/Pulumi.prod-workloads.yaml", ""],
    ["examples/cell-4k/Pulumi.cell-4k.yaml", "3 s"],
    ["examples/cell-4k/Pulumi.cell-4k-workloads.yaml", ""],
  ] as const)
    packs.push(await packTimes(path.join(root, stack), hold, floor.seconds));

  const table = rows.map(([what, { seconds, processorSeconds, megabytes }, hold]) => ({
    what,
    seconds: Number(seconds.toFixed(2)),
    processorSeconds: Number(processorSeconds.toFixed(2)),
    megabytes: Math.round(megabytes),
    timesFloor: Number((seconds / floor.seconds).toFixed(2)),
    hold,
  }));
  const engine = findEngine() !== undefined;
  const rehearsals = engine ? ["dev", "prod", "cell-4k"].map((stack) => ({ stack, ...makespan(stack) })) : [];
  const gangs = await gangTimes();
  if (command.json) {
    process.stdout.write(`${JSON.stringify({ processes: table, packs, rehearsals, gangs }, null, 2)}\n`);
  } else {
    process.stdout.write(
      `Median of ${runs} whole processes; x is times the floor, a program that only loads the SDK and the same provider modules.\n\n`,
    );
    for (const it of table) {
      process.stdout.write(
        `${it.what.padEnd(38)} ${it.seconds.toFixed(2).padStart(6)} s ${it.processorSeconds.toFixed(2).padStart(6)} s of processors ${String(it.megabytes).padStart(5)} MB  x ${it.timesFloor.toFixed(2)}  ${it.hold === "" ? "" : `hold ${it.hold}`}\n`,
      );
    }
    process.stdout.write("\nThe policy pack in a process of its own, asked as an engine asks; x is times the floor\n");
    for (const it of packs) process.stdout.write(`${packLine(it)}\n`);
    process.stdout.write("\nSimulated up on the real engine, over the lower bound; hold x 1.10\n");
    for (const it of rehearsals) {
      const [took, bound] = [it.makespan / 60, it.lowerBound / 60];
      process.stdout.write(
        `${it.stack.padEnd(38)} ${took.toFixed(1)} min of ${bound.toFixed(1)} min  x ${(took / bound).toFixed(2)}\n`,
      );
    }
    if (!engine) process.stdout.write(`not measured: ${howToGetEngine}\n`);
    process.stdout.write(showGangs(gangs));
  }
  return 0;
}
