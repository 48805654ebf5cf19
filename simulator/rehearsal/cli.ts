import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { signatureKey } from "../../core/property-marks";

/** What the Automation API calls; its types leave it out. */
interface Command extends PulumiCommand {
  run(args: string[], ...more: unknown[]): Promise<{ stdout: string; stderr: string; code: number }>;
}

/**
 * The CLI, but for two questions that the Automation API asks after every update: outputs, twice, and the last entry of the
 * history. To answer, each start of the CLI derives the key of the secrets anew, longer than an update of a small stack
 * takes; the answers stand in the state folder, so they are read there. Outputs with a secret in them are left to the CLI.
 * @param folder State folder, of a backend `file://`. Its stacks are asked for by full name, `organization/project/stack`.
 */
export function withAnswersFromState(cli: PulumiCommand, folder: string): PulumiCommand {
  const command = cli as Command;
  const ask = command.run.bind(command);
  return Object.assign(command, {
    run: async (args: string[], ...more: unknown[]) => {
      const stdout = answerTo(args, join(folder, ".pulumi"));
      return stdout === undefined ? ask(args, ...more) : { stdout, stderr: "", code: 0 };
    },
  });
}

function answerTo(args: readonly string[], state: string): string | undefined {
  const [, project, stack] = (args[args.indexOf("--stack") + 1] ?? "").split("/");
  if (project === undefined || stack === undefined) return undefined;
  const asked = args.slice(0, 2).join(" ");
  if (asked === "stack output") return outputs(join(state, "stacks", project, `${stack}.json`));
  if (asked === "stack history" && args.includes("--page-size"))
    return lastUpdate(join(state, "history", project, stack));
  return undefined;
}

/** The stack's outputs, or nothing where one is a secret. */
function outputs(file: string): string | undefined {
  const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as Checkpoint;
  const root = checkpoint.latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const text = JSON.stringify(root?.outputs ?? {});
  return text.includes(markOfWrapped) ? undefined : text;
}

/** What the engine puts beside a value in the state that is not a plain one: a secret, an asset, a resource. */
const markOfWrapped = `"${signatureKey}"`;

/** Of the newest entry of the history what the file has as the CLI gives it, in a list of one. */
function lastUpdate(folder: string): string {
  // They are named by the nanosecond, all of one length.
  const last = readdirSync(folder)
    .filter((it) => it.endsWith(".history.json"))
    .sort()
    .at(-1);
  if (last === undefined) return "[]";
  const { kind, result, resourceChanges } = JSON.parse(readFileSync(join(folder, last), "utf8")) as Update;
  return JSON.stringify([{ kind, result, resourceChanges }]);
}

type Update = Readonly<Record<"kind" | "result" | "resourceChanges", unknown>>;

/** The part of a state file that holds the outputs. */
interface Checkpoint {
  readonly checkpoint: {
    readonly latest?: { readonly resources?: readonly { readonly type: string; readonly outputs?: object }[] };
  };
}
