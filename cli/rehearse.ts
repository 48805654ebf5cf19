import { faultKinds } from "../simulator/azure/fault";
import { EngineError } from "../simulator/engine/errors";
import { places } from "../simulator/kubernetes/reach";
import type * as RehearseStack from "./rehearse-stack";
import { argumentError, oneEnvironment, runCommand } from "./run-command";
import { stackCommand } from "./stack-command";
import { readOptions } from "./read-options";

const workloads = ["gang"] as const;
const mishaps = [...faultKinds, "drift", "deletion"] as const;

const help = `Lives the whole life of an environment on the real Pulumi engine, with a simulated Azure and a real Kubernetes API
server: up, checks, a second up that must change nothing, destroy that must leave nothing. Costs nothing, needs no account.

  npm run rehearse -- ENVIRONMENT [--from PLACE] [--fault NAME [--at NAME]] [--workload NAME] [--keep] [--folder F] [--speed N]
                  [--json]

  ENVIRONMENT   name of a stack file in stacks/ or examples/, or the path of any stack file; with it go the stack that it
                reads and the stacks that read it
  --from PLACE  where the commands run: ${places.join(", ")}; default ${places[0]}, from which the private API servers
                of staging, prod and cell-4k are not reached, as in Azure
  --fault NAME  let one thing go wrong on the way: ${mishaps.join(", ")}
  --at NAME     hit what has this name, or this ARM ID, in Azure with the fault, such as an AKS pool; of several of the name the first
                that comes; default the first GPU pool that comes
  --workload NAME  run something in the cluster before all is destroyed: ${workloads.join(", ")}, a job that takes all nodes of
                an InfiniBand domain of the largest GPU pool and loses one; nodes are pretended, scheduler and Kueue are real
  --keep        leave everything in place, and say where
  --folder F    work in this folder, a new or an empty one, instead of a fresh one; a rehearsal that was kept there goes on
  --speed N     simulated seconds for each real one, default 60
  --json        print the result for machines
  --help        print this text

The engine is built once from source when it is missing, which needs Go and takes minutes (npm run engine).
Ctrl-C lets the engine end what it is at, keeps a folder that was asked for, and leaves no process behind. A second one,
later than a second, stops at once. A folder that was stopped in goes on with --folder.
Exit code: 0 all went well, 1 something failed, 2 bad input or no engine, 130 Ctrl-C, 143 asked to end.
`;

/** Runs the command and returns its exit code. */
export const main = stackCommand(help, readArguments, (file, command) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() would pass tsx by
  const { rehearseStack } = require("./rehearse-stack") as typeof RehearseStack;
  return rehearseStack(file, command);
});

function readArguments(args: readonly string[]): "help" | RehearseStack.RehearseCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: "string", default: "workstation" },
        fault: { type: "string" },
        at: { type: "string" },
        workload: { type: "string" },
        keep: { type: "boolean", default: false },
        folder: { type: "string" },
        speed: { type: "string", default: "60" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const environment = oneEnvironment(positionals);
    const fault = mishaps.find((it) => it === values.fault);
    if (values.fault !== undefined && fault === undefined)
      throw new Error(`--fault must be one of ${mishaps.join(", ")}; got ${values.fault}`);
    if (values.at !== undefined && (fault === undefined || fault === "drift" || fault === "deletion"))
      throw new Error(`--at goes with a fault of ${faultKinds.join(", ")}; got ${values.fault ?? "none"}`);
    const workload = workloads.find((it) => it === values.workload);
    if (values.workload !== undefined && workload === undefined)
      throw new Error(`--workload must be one of ${workloads.join(", ")}; got ${values.workload}`);
    const from = places.find((it) => it === values.from);
    if (from === undefined) throw new Error(`--from must be one of ${places.join(", ")}; got ${values.from}`);
    const speed = Number(values.speed);
    if (!(speed > 0) || !Number.isFinite(speed))
      throw new Error(`--speed must be a number above 0; got ${values.speed}`);
    return {
      environment,
      from,
      fault,
      at: values.at,
      workload,
      speed,
      keep: values.keep,
      folder: values.folder,
      json: values.json,
    };
  } catch (error) {
    throw argumentError(error, "rehearse");
  }
}

if (require.main === module) runCommand(main, (error) => error instanceof EngineError);
