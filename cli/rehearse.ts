import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { preview, type Preview } from "../preview/preview";
import { findStackFile } from "../stacks/stack-file";
import { stacksOf } from "../stacks/stacks-of";
import { summarise } from "../preview/summary/summary";
import { faultKinds } from "../simulator/azure/fault";
import { ensureEngine } from "../simulator/engine/engine";
import { EngineError } from "../simulator/engine/errors";
import { type Place, places } from "../simulator/kubernetes/reach";
import { Rehearsal, type RehearsalOptions } from "../simulator/rehearsal/rehearsal";
import { rehearse, type Mishap, type RehearsalResult } from "../simulator/rehearsal/rehearse";
import { renderRehearsal } from "./render-rehearsal";
import { RehearsalProgress } from "./rehearsal-progress";
import { argumentError, runCommand } from "./run-command";
import { paintFor } from "./terminal";

const mishaps = [...faultKinds, "drift", "deletion"] as const;

const help = `Lives the whole life of an environment on the real Pulumi engine, with a simulated Azure and a real Kubernetes API
server: up, checks, a second up that must change nothing, destroy that must leave nothing. Costs nothing, needs no account.

  npm run rehearse -- ENVIRONMENT [--from PLACE] [--fault NAME] [--keep] [--folder F] [--speed N] [--json]

  ENVIRONMENT   name of a stack file in stacks/ or examples/, or the path of any stack file; with it go the stack that it
                reads and the stacks that read it
  --from PLACE  where the commands run: ${places.join(", ")}; default ${places[0]}, from which the private API servers
                of staging, prod and cell-4k are not reached, as in Azure
  --fault NAME  let one thing go wrong on the way: ${mishaps.join(", ")}
  --keep        leave everything in place, and say where
  --folder F    work in this folder instead of a fresh one; a rehearsal that was kept there goes on
  --speed N     simulated seconds for each real one, default 60
  --json        print the result for machines
  --help        print this text

The engine is built once from source when it is missing, which needs Go and takes minutes (npm run engine).
Ctrl-C lets the engine end what it is at, keeps a folder that was asked for, and leaves no process behind. A second one,
later than a second, stops at once. A folder that was stopped in goes on with --folder.
Exit code: 0 all went well, 1 something failed, 2 bad input or no engine, 130 Ctrl-C, 143 asked to end.
`;

interface Command {
  readonly environment: string;
  readonly from: Place;
  readonly fault: (typeof mishaps)[number] | undefined;
  readonly keep: boolean;
  readonly folder: string | undefined;
  readonly speed: number;
  readonly json: boolean;
}

async function main(args: readonly string[]): Promise<number> {
  const command = readArguments(args);
  if (command === "help") {
    process.stdout.write(help);
    return 0;
  }
  // State, logs and what the engine writes are for this user alone.
  process.umask(0o077);
  const file = findStackFile(command.environment, path.join(__dirname, ".."));
  const today = new Date().toISOString().slice(0, 10);
  // A file that cannot be planned need not be rehearsed: its problems are told before anything is started.
  const planned: Preview[] = [];
  for (const it of stacksOf(file)) planned.push(await preview(it, { today }));
  const progress = new RehearsalProgress(process.stderr, command.json);
  const engine = await ensureEngine((text) => progress.note(text));
  const folder =
    command.folder === undefined ? mkdtempSync(path.join(tmpdir(), "rehearsal-")) : path.resolve(command.folder);
  const stop = stopOnSignal(() => progress.note("stopping; what has begun is let end"));
  try {
    const code = await live(command, planned, { engine, folder, signal: stop.signal, from: command.from }, progress);
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
  command: Command,
  planned: readonly Preview[],
  options: Omit<RehearsalOptions, "speed">,
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
      ...(command.fault !== undefined && { mishap: mishapOf(command.fault) }),
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

/** Aborts on Ctrl-C and on the request to end; ends the process on a second one that is not an echo of the first. */
function stopOnSignal(onStop: () => void): {
  readonly signal: AbortSignal;
  readonly exitCode: () => number | undefined;
} {
  const controller = new AbortController();
  let code: number | undefined;
  let since = 0;
  const codes = { SIGINT: 130, SIGTERM: 143 } as const;
  const onSignal = (name: NodeJS.Signals): void => {
    if (code === undefined) {
      code = name === "SIGTERM" ? codes.SIGTERM : codes.SIGINT;
      since = Date.now();
      onStop();
      controller.abort();
    } else if (Date.now() - since > 1000) process.exit(code); // npm repeats a Ctrl-C that the terminal sent us, too
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal);
  return { signal: controller.signal, exitCode: () => code };
}

function print(result: RehearsalResult, command: Command): void {
  process.stdout.write(
    command.json ? `${JSON.stringify(result, null, 2)}\n` : renderRehearsal(command, result, paintFor(process.stdout)),
  );
}

/** Everything goes wrong with a GPU pool: the resource that costs most and fails most. */
function mishapOf(kind: (typeof mishaps)[number]): Mishap {
  const type = "azure-native:containerservice:AgentPool";
  return kind === "drift" || kind === "deletion" ? { kind, type } : { kind, type };
}

function readArguments(args: readonly string[]): "help" | Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: "string", default: "workstation" },
        fault: { type: "string" },
        keep: { type: "boolean", default: false },
        folder: { type: "string" },
        speed: { type: "string", default: "60" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const [environment, ...more] = positionals;
    if (environment === undefined) throw new Error("ENVIRONMENT must be given");
    if (more.length > 0) throw new Error(`one ENVIRONMENT at a time; got ${positionals.join(" ")}`);
    const fault = mishaps.find((it) => it === values.fault);
    if (values.fault !== undefined && fault === undefined)
      throw new Error(`--fault must be one of ${mishaps.join(", ")}; got ${values.fault}`);
    const from = places.find((it) => it === values.from);
    if (from === undefined) throw new Error(`--from must be one of ${places.join(", ")}; got ${values.from}`);
    const speed = Number(values.speed);
    if (!(speed > 0) || !Number.isFinite(speed))
      throw new Error(`--speed must be a number above 0; got ${values.speed}`);
    return { environment, from, fault, speed, keep: values.keep, folder: values.folder, json: values.json };
  } catch (error) {
    throw argumentError(error, "rehearse");
  }
}

runCommand(main, (error) => error instanceof EngineError);
