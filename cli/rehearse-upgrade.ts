import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { ensureEngine } from "../simulator/engine/engine";
import { Rehearsal } from "../simulator/rehearsal/rehearsal";
import { projectName } from "../stacks/config/sections";
import { editFile } from "../upgrades/edit-file";
import type { StackBefore } from "../upgrades/preview-steps";
import { type GateResult, runUpgrade, takeBack, type UpgradeHands, type UpgradeRun } from "../upgrades/run-upgrade";
import type { UpgradeStep } from "../upgrades/upgrade-step";
import { RehearsalProgress } from "./rehearsal-progress";
import { stopOnSignal } from "./stop-on-signal";

/** What the gates say, and for whom the end is told. */
export interface UpgradeRehearsalOptions {
  readonly results: readonly GateResult[];
  readonly json: boolean;
}

/**
 * Does an upgrade on the real engine with a simulated Azure, from copies of the stack files: all stacks as they are, each step, and where a
 * gate stays closed the way back of its step, after which nothing may be left to change.
 * @returns The exit code.
 */
export async function rehearseUpgrade(
  environment: string,
  steps: readonly UpgradeStep[],
  stacks: readonly StackBefore[],
  { results, json }: UpgradeRehearsalOptions,
): Promise<number> {
  process.umask(0o077);
  const progress = new RehearsalProgress(process.stderr, json);
  const engine = await ensureEngine((text) => progress.note(text));
  const folder = mkdtempSync(path.join(tmpdir(), "upgrade-rehearsal-"));
  const files = path.join(folder, "files");
  mkdirSync(files);
  const copies = new Map(stacks.map(({ stack, file }) => [stack, path.join(files, path.basename(file))]));
  for (const { stack, file } of stacks) copyFileSync(file, copies.get(stack) ?? "");
  const stop = stopOnSignal(() => progress.note("stopping; what has begun is let end"));
  try {
    const rehearsal = new Rehearsal({ engine, folder, signal: stop.signal });
    try {
      const lost: string[] = [];
      const upStack = async (stack: string, upgrades: boolean): Promise<void> => {
        progress.step(`up ${stack}`);
        const watchLosses = (event: EngineEvent): void => {
          progress.event(event, rehearsal.world.seconds());
          if (upgrades) lost.push(...lossIn(event));
        };
        await rehearsal.use(copies.get(stack) ?? "").up({ onEvent: watchLosses });
      };
      for (const { stack } of stacks) await upStack(stack, false);
      const hands: UpgradeHands = {
        write: (edits) => {
          for (const [stack, copy] of copies) {
            const own = edits.filter((it) => it.stack === stack);
            if (own.length > 0) writeFileSync(copy, editFile(readFileSync(copy, "utf8"), own, projectName));
          }
        },
        up: (stack) => upStack(stack, true),
        verify: () => Promise.resolve(results),
      };
      const run = await runUpgrade(steps, hands);
      if (run.stopped !== null) await takeBack(run.stopped.step, hands);
      const left: string[] = [];
      for (const { stack } of stacks) {
        const { changes } = await rehearsal.use(copies.get(stack) ?? "").preview();
        const kinds = Object.entries(changes).filter(([kind, count]) => kind !== "same" && (count ?? 0) > 0);
        left.push(...kinds.map(([kind, count]) => `${stack}: ${kind} ${count ?? 0}`));
      }
      progress.done();
      tell(environment, run, { lost, left }, json);
      return run.stopped !== null || lost.length > 0 || left.length > 0 ? 1 : 0;
    } finally {
      await rehearsal.close();
    }
  } catch (error) {
    const code = stop.exitCode();
    if (code === undefined) throw error;
    return code;
  } finally {
    progress.done();
    rmSync(folder, { recursive: true, force: true, maxRetries: 30 });
  }
}

/** What the engine takes away although it is protected. It refuses to; then the step has failed, and its message says so. */
function lossIn({ resourcePreEvent }: EngineEvent): string[] {
  const { op, urn, old } = resourcePreEvent?.metadata ?? { op: "same", urn: "", old: undefined };
  const gone = ["replace", "create-replacement", "delete-replaced", "delete"].includes(op);
  return gone && old?.protect === true ? [`${op} ${urn.split("::").at(-1) ?? urn}`] : [];
}

function tell(
  environment: string,
  { done, stopped }: UpgradeRun,
  { lost, left }: { readonly lost: readonly string[]; readonly left: readonly string[] },
  json: boolean,
): void {
  if (json) {
    const told = { environment, done, stopped: stopped && { at: stopped.step.title, because: stopped.because } };
    process.stdout.write(`${JSON.stringify({ ...told, lost, left }, null, 2)}\n`);
    return;
  }
  const lines = [
    ...done.map((it) => `done: ${it}`),
    stopped === null
      ? "All steps are done."
      : `Stopped at the gate of "${stopped.step.title}": ${stopped.because.join(", ")}. Its way back was taken.`,
    ...lost.map((it) => `protected, and lost: ${it}`),
    left.length === 0 ? "Nothing is left to change." : `Left to change: ${left.join(", ")}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
