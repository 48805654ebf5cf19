import type { ClaimPath } from "../components/training/copy-job";
import { keysOf } from "../core/records";
import { argumentError } from "./run-command";
import { readOptions } from "./read-options";

/** How the cluster is reached, and the team whose jobs are meant. */
export interface JobPlace {
  readonly environment: string;
  readonly team: string;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly json: boolean;
}

/** A job that is to be made. */
interface NewJob extends JobPlace {
  readonly image: string | undefined;
  readonly name: string | undefined;
  readonly follow: boolean;
  readonly dryRun: boolean;
}

/** A training job as it is asked for. */
export interface SubmitArguments extends NewJob {
  readonly action: "submit";
  /** Path of the program, null where it is in the image: then the arguments begin with its name. */
  readonly script: string | null;
  readonly gpus: number;
  readonly runtime: string;
  readonly priority: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** What the program is given. */
  readonly args: readonly string[];
  /** Where claims of the namespace are mounted, by the claim's name. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Secrets of the team's that the program finds as files. */
  readonly secrets: readonly string[];
  /** Where the program saves. */
  readonly checkpoint: { readonly claim: string; readonly path: string } | undefined;
}

/** Files that are to be copied from one claim of the team to another. */
export interface CopyArguments extends NewJob {
  readonly action: "copy";
  readonly from: ClaimPath;
  readonly to: ClaimPath;
  readonly parts: number;
}

/** What is asked of jobs, those that are there and others. */
export type JobCommand =
  | SubmitArguments
  | CopyArguments
  | (JobPlace & { readonly action: "list" })
  | (JobPlace & { readonly action: "show" | "why" | "cancel"; readonly name: string });

const actions = ["submit", "copy", "list", "show", "why", "cancel"] as const;
type Action = (typeof actions)[number];

/** Which actions take an option that not all take. */
const optionsOf = {
  gpus: ["submit"],
  runtime: ["submit"],
  priority: ["submit"],
  env: ["submit"],
  arg: ["submit"],
  volume: ["submit"],
  secret: ["submit"],
  checkpoint: ["submit"],
  from: ["copy"],
  to: ["copy"],
  parts: ["copy"],
  image: ["submit", "copy"],
  name: ["submit", "copy"],
  follow: ["submit", "copy"],
  "dry-run": ["submit", "copy"],
} as const satisfies Readonly<Record<string, readonly Action[]>>;

/** Pods of a copy where nobody says how many: what a team without a share of CPUs has room for beside a launcher. */
const defaultParts = 2;

/** How a program is started where nobody says it. */
export const defaultRuntime = "torch-ib";

/**
 * Reads the arguments of `npm run job`.
 * @throws MisconfiguredError
 */
export function readJobArguments(args: readonly string[]): "help" | JobCommand {
  try {
    const { values, positionals } = readOptions({
      args: [...args],
      allowPositionals: true,
      options: {
        team: { type: "string" },
        gpus: { type: "string" },
        runtime: { type: "string" },
        image: { type: "string" },
        name: { type: "string" },
        priority: { type: "string" },
        env: { type: "string", multiple: true },
        arg: { type: "string", multiple: true },
        volume: { type: "string", multiple: true },
        secret: { type: "string", multiple: true },
        checkpoint: { type: "string" },
        from: { type: "string" },
        to: { type: "string" },
        parts: { type: "string" },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        follow: { type: "boolean" },
        "dry-run": { type: "boolean" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const [action, environment, subject, ...more] = positionals;
    if (!isAction(action))
      throw new Error(`the first word must be one of ${actions.join(", ")}; got ${action ?? "nothing"}`);
    if (environment === undefined) throw new Error("ENVIRONMENT must be given");
    if (values.team === undefined) throw new Error("--team must be given");
    const { team, kubeconfig, context, json } = values;
    const place = { environment, team, kubeconfig, context, json };
    if (action === "submit" && subject === undefined && values.arg === undefined)
      throw new Error("SCRIPT must be given, or --arg with the name of a program of the image");
    const named = action === "show" || action === "why" || action === "cancel";
    if (named && subject === undefined) throw new Error("NAME must be given");
    const tooMany = (named || action === "submit" || subject === undefined ? [] : [subject]).concat(more);
    if (tooMany.length > 0) throw new Error(`${action} takes no more words; got ${tooMany.join(" ")}`);
    for (const option of keysOf(optionsOf)) {
      const takers: readonly Action[] = optionsOf[option];
      if (values[option] !== undefined && !takers.includes(action))
        throw new Error(`--${option} is about ${takers.join(" and ")}`);
    }
    if (action === "list") return { ...place, action };
    if (named) return { ...place, action, name: subject ?? "" };
    const { image, name, follow = false, "dry-run": dryRun = false } = values;
    if (follow && dryRun) throw new Error("--follow is about a job that was submitted, and --dry-run submits none");
    if (action === "copy") {
      const parts = values.parts === undefined ? defaultParts : wholeNumber("--parts", values.parts);
      const [from, to] = [claimPath("--from", values.from), claimPath("--to", values.to)];
      return { ...place, action, from, to, parts, image, name, follow, dryRun };
    }
    const { runtime = defaultRuntime, priority } = values;
    return {
      ...place,
      action,
      script: subject ?? null,
      gpus: wholeNumber("--gpus", values.gpus),
      runtime,
      image,
      name,
      priority,
      env: readEnv(values.env ?? []),
      args: values.arg ?? [],
      volumes: once(
        "--volume",
        (values.volume ?? []).map((it) => mountOf("--volume", it)),
      ),
      secrets: Object.keys(
        once(
          "--secret",
          (values.secret ?? []).map((it) => [it, it]),
        ),
      ),
      checkpoint: values.checkpoint === undefined ? undefined : checkpointOf(values.checkpoint),
      follow,
      dryRun,
    };
  } catch (error) {
    throw argumentError(error, "job");
  }
}

function isAction(word: string | undefined): word is Action {
  return actions.some((it) => it === word);
}

function wholeNumber(option: string, given: string | undefined): number {
  if (given === undefined) throw new Error(`${option} must be given`);
  const amount = Number(given);
  if (given.trim() === "" || !Number.isInteger(amount) || amount < 1)
    throw new Error(`${option} must be a whole number above 0; got ${given}`);
  return amount;
}

/** Pairs of K=V. What stands behind the `=` may be a secret, and is not repeated. */
function readEnv(pairs: readonly string[]): Readonly<Record<string, string>> {
  const read = pairs.map((it): [string, string] => {
    const [, key = "", value = ""] = /^([A-Za-z_][A-Za-z0-9_]*)=([^]*)$/.exec(it) ?? [];
    if (key === "") throw new Error("--env must be KEY=VALUE, KEY of letters, digits and underscores");
    return [key, value];
  });
  return once("--env", read);
}

/** Name of a claim, and where it is mounted. */
function mountOf(option: string, given: string): [claim: string, path: string] {
  const [, claim = "", path = ""] = /^([a-z0-9.-]+)=(\/.+)$/.exec(given) ?? [];
  if (claim === "") throw new Error(`${option} must be CLAIM=/PATH; got ${given}`);
  return [claim, path];
}

/** A claim and a path on it, whose slashes at the ends mean nothing. */
function claimPath(option: string, given: string | undefined): ClaimPath {
  if (given === undefined) throw new Error(`${option} must be given`);
  const [, claim = "", path = ""] = /^([a-z0-9.-]+):(.*)$/s.exec(given) ?? [];
  if (claim === "") throw new Error(`${option} must be CLAIM:PATH; got ${given}`);
  return { claim, path: path.replace(/^\/+|\/+$/g, "") };
}

function checkpointOf(given: string): { readonly claim: string; readonly path: string } {
  const [claim, path] = mountOf("--checkpoint", given);
  return { claim, path };
}

/** A table of pairs, each key of which was given once. */
function once(option: string, pairs: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  const twice = pairs.find(([key], at) => pairs.findIndex(([other]) => other === key) !== at);
  if (twice !== undefined) throw new Error(`${option} must give ${twice[0]} once`);
  return Object.fromEntries(pairs);
}
