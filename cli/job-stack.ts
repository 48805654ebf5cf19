import { randomInt } from "node:crypto";
import path from "node:path";
import { stringify } from "yaml";
import { jobObjects } from "../components/training/job-objects";
import type { KubernetesObject } from "../core/kubernetes-object";
import { MisconfiguredError, Problems } from "../core/problems";
import { dollars } from "../preview/dollars";
import { ClusterClient } from "../verification/cluster-client";
import { fileContent } from "./file-content";
import type { CopyArguments, JobCommand, SubmitArguments } from "./job-arguments";
import { TeamJobs } from "./job-cluster";
import { planCopy } from "./job-copy";
import { followJob } from "./job-follow";
import { type JobScript, planSubmission } from "./job-submission";
import { type JobTeam, jobTeam } from "./job-team";
import { count, priced, renderJob, renderJobs, renderWhy, usdPerHourOf } from "./job-render";
import { stopOnSignal } from "./stop-on-signal";
import { paintFor } from "./terminal";

/** Bytes of a script: an object of the cluster holds 1 MiB, and has more in it than the script. */
const scriptBytes = 900 * 1024;

/**
 * Does what was asked of the jobs of a team.
 * @param file The stack file of the environment
 * @returns The exit code.
 */
export async function jobStack(file: string, command: JobCommand): Promise<number> {
  const team = jobTeam(file, command.team, new Date().toISOString().slice(0, 10));
  if (command.action === "submit") return submit(command, team);
  if (command.action === "copy") return copy(command, team);
  const jobs = jobsOf(command, team);
  const paint = paintFor(process.stdout);
  const tell = (value: unknown, words: string): number => {
    process.stdout.write(command.json ? `${JSON.stringify(value, null, 2)}\n` : words);
    return 0;
  };
  if (command.action === "list") {
    const all = (await jobs.all()).map((it) => priced(it, team));
    return tell(all, renderJobs(all, team, paint));
  }
  const state = await (command.action === "cancel" ? jobs.cancel(command.name) : jobs.one(command.name));
  const job = priced(state, team);
  if (command.action === "cancel") return tell({ cancelled: job.name }, `${job.name} is cancelled.\n`);
  return tell(job, command.action === "show" ? renderJob(job, paint) : renderWhy(job));
}

function jobsOf({ kubeconfig, context }: JobCommand, team: JobTeam): TeamJobs {
  return new TeamJobs(ClusterClient.open({ kubeconfig, context, expected: team.clusterName }), team);
}

async function submit(command: SubmitArguments, team: JobTeam): Promise<number> {
  const problems = new Problems();
  const script = command.script === null ? null : readScript(command.script, problems);
  const request = planSubmission(command, team, { script, suffix: randomName() }, problems);
  const { name, namespace, nodes } = request;
  const usdPerHour = usdPerHourOf(nodes, team);
  const cost = usdPerHour === null ? "" : `, ${dollars(usdPerHour)} USD an hour while it has its nodes`;
  return make(command, team, jobObjects(request), {
    json: { name, namespace, nodes, gpus: command.gpus, usdPerHour },
    words: `${name} is submitted: ${count(nodes, "node")}, ${count(command.gpus, "GPU")}${cost}`,
  });
}

async function copy(command: CopyArguments, team: JobTeam): Promise<number> {
  const job = planCopy(command, team, randomName());
  const { name, namespace } = job.metadata;
  const { from, to, parts } = command;
  return make(command, team, [job], {
    json: { name, namespace, from, to, parts },
    words: `${name} is submitted: ${from.claim}:${from.path} to ${to.claim}:${to.path} in ${count(parts, "part")}`,
  });
}

/** Makes the objects of a job, the last of which is the job itself, and follows it where that was asked for. */
async function make(
  command: SubmitArguments | CopyArguments,
  team: JobTeam,
  objects: readonly KubernetesObject[],
  told: { readonly json: unknown; readonly words: string },
): Promise<number> {
  if (command.dryRun) {
    process.stdout.write(
      command.json
        ? `${JSON.stringify(objects, null, 2)}\n`
        : objects.map((it) => stringify(it, { aliasDuplicateObjects: false, lineWidth: 0 })).join("---\n"),
    );
    return 0;
  }
  const jobs = jobsOf(command, team);
  const job = objects.at(-1);
  const note = (line: string): void => void process.stderr.write(`${job?.metadata.name ?? ""} ${line}\n`);
  let submitted = false;
  const stop = stopOnSignal(() =>
    note(
      submitted
        ? "goes on, it is only not followed any more; cancel ends it"
        : "is stopped once the cluster has answered what it was asked",
    ),
  );
  try {
    await jobs.submit(objects, { note, signal: stop.signal });
  } catch (error) {
    const code = stop.exitCode();
    if (code === undefined) throw error;
    note("is not submitted, and what was made for it is deleted");
    return code;
  }
  submitted = true;
  process.stdout.write(command.json ? `${JSON.stringify(told.json)}\n` : `${told.words}.\n`);
  if (!command.follow || job === undefined) return 0;
  const log = (text: string): void => void process.stdout.write(text);
  const last = await followJob(jobs, { kind: job.kind, name: job.metadata.name }, { note, log }, stop.signal);
  return stop.exitCode() ?? (last?.phase === "succeeded" ? 0 : 1);
}

/** Reads a program, and notes a problem for a file that is no text, or that no object of the cluster holds. */
function readScript(name: string, problems: Problems): JobScript {
  const [file, remedy] = [path.basename(name), "Name the program to run"];
  let text: string;
  try {
    text = fileContent("SCRIPT", name);
  } catch (error) {
    if (!(error instanceof MisconfiguredError)) throw error;
    for (const it of error.problems) problems.add({ remedy, ...it });
    return { file, text: "" };
  }
  const bytes = Buffer.byteLength(text);
  problems.require(bytes <= scriptBytes, "SCRIPT", `must have at most ${scriptBytes} bytes, 900 KiB`, {
    got: bytes,
    remedy: "Put what it needs into the image, or on a volume",
  });
  problems.require(text.trim() !== "", "SCRIPT", "must not be empty", { remedy });
  return { file, text };
}

/** Lowercase letters and digits, so that two jobs of one program do not meet. */
function randomName(): string {
  return Array.from({ length: 5 }, () => randomInt(36).toString(36)).join("");
}
