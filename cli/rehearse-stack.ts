import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { preview, type Preview } from "../preview/preview";
import { handovers } from "../stacks/handover";
import { stacksOf } from "../stacks/stacks-of";
import { summarise } from "../preview/summary/summary";
import type { FaultKind } from "../simulator/azure/fault";
import { ensureEngine } from "../simulator/engine/engine";
import { ensureHelm } from "../simulator/engine/helm";
import { ensureSchedulers } from "../simulator/engine/schedulers";
import type { Place } from "../simulator/kubernetes/reach";
import { EngineError } from "../simulator/engine/errors";
import { type GangOptions, GangWorkload } from "../simulator/rehearsal/gang-workload";
import { Rehearsal, type RehearsalOptions } from "../simulator/rehearsal/rehearsal";
import { rehearse, type Mishap, type RehearsalResult } from "../simulator/rehearsal/rehearse";
import { claimFolder } from "./claim-folder";
import { renderRehearsal } from "./render-rehearsal";
import { planMishap } from "./rehearsal-mishap";
import { RehearsalProgress } from "./rehearsal-progress";
import { stopOnSignal } from "./stop-on-signal";
import { paintFor } from "./terminal";
import { wholePoolQueues } from "./whole-pool-queues";
import { workloadPools } from "./workload-pools";

/** What `npm run rehearse` is asked for. */
export interface RehearseCommand {
  readonly environment: string;
  readonly from: Place;
  readonly fault: FaultKind | "drift" | "deletion" | undefined;
  /** Own name in Azure of what the fault hits, `undefined` for the first GPU pool that comes. */
  readonly at: string | undefined;
  readonly workload: "gang" | undefined;
  readonly keep: boolean;
  readonly folder: string | undefined;
  readonly speed: number;
  readonly json: boolean;
}

/** What a rehearsal makes first in its folder, of which one that was stopped may have a part. */
const keptRehearsal = {
  what: "a rehearsal",
  stranger: (names: readonly string[]) =>
    names.some((it) => ["in-use", "simulator", "state"].includes(it)) ? undefined : names[0],
};

/**
 * Lives the life of an environment and prints how it went.
 * @returns The exit code.
 */
export async function rehearseStack(file: string, command: RehearseCommand): Promise<number> {
  if (command.folder !== undefined) claimFolder("--folder", command.folder, keptRehearsal);
  // State, logs and what the engine writes are for this user alone.
  process.umask(0o077);
  const today = new Date().toISOString().slice(0, 10);
  // A file that cannot be planned need not be rehearsed: its problems are told before anything is started.
  const planned: Preview[] = [];
  for (const it of stacksOf(file)) planned.push(await preview(it, { today }));
  const [first] = planned;
  if (first === undefined) throw new Error("There is no stack to rehearse.");
  const target = { name: first.environment.stack, planned: first.plan.resources };
  const mishap = command.fault === undefined ? undefined : planMishap(command.fault, command.at, target);
  const progress = new RehearsalProgress(process.stderr, command.json);
  const note = (text: string): void => progress.note(text);
  const engine = await ensureEngine(note);
  // Built before anything is made, since that takes minutes the first time.
  const programs =
    command.workload === undefined
      ? undefined
      : { helm: await ensureHelm(note), schedulers: await ensureSchedulers(note) };
  const folder =
    command.folder === undefined ? mkdtempSync(path.join(tmpdir(), "rehearsal-")) : path.resolve(command.folder);
  const stop = stopOnSignal(() => progress.note("stopping; what has begun is let end"));
  try {
    // Where somebody may go on, even after a kill, and where a fault hits.
    const savesEachStep = command.fault !== undefined || command.folder !== undefined || command.keep;
    const options = { engine, folder, signal: stop.signal, from: command.from, savesEachStep };
    const code = await live(command, planned, { ...options, programs, mishap }, progress);
    return stop.exitCode() ?? code;
  } catch (error) {
    const code = stop.exitCode();
    if (code === undefined) throw error;
    return code;
  } finally {
    progress.done();
    const kept = command.keep || command.folder !== undefined;
    if (!kept) remove(folder, progress);
    else if (command.keep || stop.exitCode() !== undefined) process.stderr.write(`Kept in ${folder}\n`);
  }
}

/** Removes the folder of a rehearsal. What was let end may still write into it for a while. */
function remove(folder: string, progress: RehearsalProgress): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 30 });
  } catch (error) {
    // How the rehearsal went is what the exit code tells.
    progress.note(`${folder} could not be removed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function live(
  command: RehearseCommand,
  planned: readonly Preview[],
  {
    programs,
    mishap,
    ...options
  }: Omit<RehearsalOptions, "speed"> & {
    readonly programs: WorkloadPrograms | undefined;
    readonly mishap: Mishap | undefined;
  },
  progress: RehearsalProgress,
): Promise<number> {
  const rehearsal = new Rehearsal({ ...options, speed: command.speed });
  try {
    const [first, ...readers] = planned.map(({ file, environment, plan }) => ({
      name: environment.stack,
      stack: rehearsal.use(file),
      planned: plan.resources,
    }));
    const [preview] = planned;
    if (first === undefined || preview === undefined) throw new Error("There is no stack to rehearse.");
    const result = await rehearse(rehearsal, first, readers, {
      keep: command.keep,
      ...(options.signal !== undefined && { signal: options.signal }),
      ...(mishap !== undefined && { mishap }),
      ...(programs !== undefined && { workload: () => startGang(rehearsal, planned, programs, options.signal) }),
      onStep: (name) => progress.step(name),
      onEvent: (event) => progress.event(event, rehearsal.world.seconds()),
      check: () => {
        const made = rehearsal.world.resources().map(({ id, type, inputs }) => ({ type, name: id, inputs }));
        const { nodeGroups } = summarise(made, preview.environment.location);
        const sorted = (rows: readonly { readonly name: string }[]): string =>
          JSON.stringify([...rows].sort((a, b) => (a.name < b.name ? -1 : 1)));
        const same = sorted(nodeGroups) === sorted(preview.summary.nodeGroups);
        return same ? [] : ["Azure holds other nodes than the preview said"];
      },
    });
    progress.done();
    print(result, command);
    return result.ok ? 0 : 1;
  } finally {
    await rehearsal.close();
  }
}

/** What a workload needs besides the engine. */
type WorkloadPrograms = Pick<GangOptions, "helm" | "schedulers">;

/** What a stack says of queues in what it hands over. */
const queuesHandover = handovers.shape.platform.pick({ queues: true });

async function startGang(
  rehearsal: Rehearsal,
  planned: readonly Preview[],
  programs: WorkloadPrograms,
  signal: AbortSignal | undefined,
): Promise<GangWorkload> {
  const plane = await rehearsal.controlPlane();
  const infra = planned[0]?.environment.infra;
  if (plane === undefined || infra === undefined || infra === null) {
    throw new EngineError(
      "No stack puts anything into this cluster, so nothing can run in it. Leave --workload out.",
      2,
    );
  }
  // The add-ons may be another stack's.
  const queues = planned.flatMap(
    ({ plan }) => queuesHandover.safeParse(plan.outputs["platform"]).data?.queues ?? [],
  )[0];
  const refs = infra.gpuPools.map((it) => it.ref);
  const queueOf = queues === undefined ? null : wholePoolQueues(refs, queues);
  const pools = workloadPools(infra);
  return new GangWorkload({ plane, pools, queueOf, ...programs, ...(signal !== undefined && { signal }) });
}

function print(result: RehearsalResult, command: RehearseCommand): void {
  process.stdout.write(
    command.json ? `${JSON.stringify(result, null, 2)}\n` : renderRehearsal(command, result, paintFor(process.stdout)),
  );
}
