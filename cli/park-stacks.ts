import path from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { MisconfiguredError, showAt } from "../core/problems";
import { type ParkableStack, parkStack, readParking } from "../stacks/park-stack";
import { countedKinds, type Parking } from "../stacks/plan-parking";
import type { LayerName } from "../stacks/config/layers";
import { projectName } from "../stacks/config/sections";
import { readStackFile } from "../stacks/stack-file";
import { stacksOf } from "../stacks/stacks-of";
import { stopOnSignal } from "./stop-on-signal";

/** What `npm run park` is asked for. */
export interface ParkCommand {
  readonly environment: string;
  /** The one stack that is parked. Undefined: all of the environment. */
  readonly stack: string | undefined;
  /** Whether it is done, and not only told. */
  readonly yes: boolean;
  readonly json: boolean;
}

/** Opens a stack of the project by its name. */
export type OpenStack = (stack: string) => Promise<ParkableStack>;

/**
 * Parks all stacks of an environment, or says what would go and what would stay.
 * @returns The exit code.
 */
export async function parkStacks(
  file: string,
  { environment, stack: only, yes, json }: ParkCommand,
  open: OpenStack = openStack,
): Promise<number> {
  const layers = readStackFile(file).values[`${projectName}:layers`];
  if (layers === JSON.stringify(["bootstrap"] satisfies LayerName[]))
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: "must be one with compute: what pipelines need is all data, and stays",
        remedy: "Name an environment, such as dev",
      },
    ]);
  // Whoever reads another stack goes first: what it has in the cluster goes before the cluster.
  const all = stacksOf(file)
    .map((it) => readStackFile(it).stack)
    .reverse();
  const names = all.filter((it) => only === undefined || it === only);
  if (names.length === 0)
    throw new MisconfiguredError("The command", [
      {
        path: "--stack",
        rule: `must be a stack of the environment: ${all.join(", ")}`,
        ...showAt("--stack", only),
        remedy: `Write --stack ${all[0] ?? ""}, or leave it out for all`,
      },
    ]);
  const parked: { readonly stack: string; readonly parking: Parking }[] = [];
  const { signal, exitCode } = stopOnSignal(() =>
    process.stderr.write("stopping; what is left is parked by the same command\n"),
  );
  for (const name of names) {
    if (signal.aborted) break;
    const stack = await open(name);
    const parking = await readParking(stack);
    parked.push({ stack: name, parking });
    if (!json) process.stdout.write(render(name, parking));
    if (yes) await parkStack(stack, { signal, onOutput: (text) => void process.stderr.write(text) });
  }
  if (exitCode() !== undefined) return exitCode() ?? 0;
  if (json) process.stdout.write(`${JSON.stringify({ environment, done: yes, stacks: parked }, null, 2)}\n`);
  else process.stdout.write(ending(environment, names, yes));
  return 0;
}

function render(stack: string, { kept, gone, protectedAmongGone }: Parking): string {
  if (kept.length === 0) return `${stack}: nothing in it holds data; pulumi destroy -s ${stack} takes it down\n`;
  const off = protectedAmongGone.length === 0 ? "" : `, after protection is taken off ${protectedAmongGone.length}`;
  return [
    stack,
    `  stays  ${countedKinds(kept).join(", ")}`,
    gone.length === 0 ? "  goes   nothing: it is parked" : `  goes   ${countedKinds(gone).join(", ")}${off}`,
    "",
  ].join("\n");
}

function ending(environment: string, names: readonly string[], done: boolean): string {
  const ups = [...names].reverse().map((it) => `pulumi up -s ${it}`);
  return done
    ? `Parked. What stays goes on billing. To have all of it again: ${ups.join(", then ")}\n`
    : `Nothing was done. Do it: npm run park -- ${environment} --yes\n`;
}

/** A stack in the backend that pulumi is logged in to. */
async function openStack(stackName: string): Promise<ParkableStack> {
  const workDir = path.join(__dirname, "..");
  try {
    return await LocalWorkspace.selectStack({ stackName, workDir });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const missing = /ENOENT|not found|command failed to find/i.test(said) && !/no stack named/i.test(said);
    throw new MisconfiguredError("The command", [
      {
        path: "environment",
        rule: `must have a stack '${stackName}' that pulumi can open: ${lastLine(said)}`,
        remedy: missing
          ? "Install the Pulumi CLI, and log in with pulumi login"
          : `pulumi stack ls says which there are; pulumi stack init ${stackName} makes one`,
      },
    ]);
  }
}

function lastLine(text: string): string {
  return (
    text
      .split(/[\r\n]+/)
      .map((it) => it.trim())
      .findLast((it) => it !== "") ?? ""
  ).slice(0, 300);
}
