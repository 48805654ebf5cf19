import { versions } from "../catalog/versions";
import type { Gpu } from "../catalog/vm-size";
import { checkJob, mostNodesOfJob } from "../components/training/check-job";
import { filesPath } from "../components/training/job-parts";
import type { JobRequest } from "../components/training/job-request";
import { runtimes } from "../components/training/runtimes/runtimes";
import { Problems } from "../core/problems";
import { serviceAccountName } from "../components/tenancy/service-account";
import { closestHint } from "../core/closest-names";
import { imageOf } from "../catalog/image-of";
import { defaultRuntime, type SubmitArguments } from "./job-arguments";
import { checkImage } from "./job-image";
import { jobName } from "./job-name";
import type { JobTeam } from "./job-team";

/** A program as it was read. */
export interface JobScript {
  /** Name of the file, without its folder. */
  readonly file: string;
  readonly text: string;
}

/** What a job runs, and what sets it apart from other jobs of the same program where no name was given. */
export interface Program {
  readonly script: JobScript | null;
  readonly suffix: string;
}

/** What runs a program that is only a file, by the end of its name. */
const interpreters: Readonly<Record<string, string>> = { py: "python", sh: "bash" };

/** Image of a job of the default runtime that names none: PyTorch as the vendor of the GPUs builds it. */
const images = {
  nvidia: imageOf(versions.pyTorch),
  amd: imageOf(versions.pyTorchRocm),
} as const satisfies Readonly<Record<Gpu["vendor"], string>>;

/**
 * Decides the job of a submission.
 * @param problems What was found before
 * @throws MisconfiguredError with all that is wrong, and with the number that would do
 */
export function planSubmission(
  args: SubmitArguments,
  team: JobTeam,
  { script, suffix }: Program,
  problems = new Problems(),
): JobRequest {
  const { gpus, runtime, priority } = args;
  const image = args.image ?? defaultImage(runtime, team);
  checkGpus(gpus, team, problems);
  if (image !== undefined) checkImage(image, team, problems);
  else problems.require(false, "--image", `must be given for runtime ${runtime}`, { remedy: imageRemedy(runtime) });
  checkSecrets(args.secrets, team, problems);
  const name = args.name ?? jobName(script?.file ?? runtime, suffix);
  const request: JobRequest = {
    name,
    namespace: team.namespace,
    team: team.name,
    runtime,
    pool: team.pool,
    nodes: gpus / team.pool.gpusPerNode,
    image: image ?? "any",
    command: [...(script === null ? [] : commandOf(script, problems)), ...args.args],
    env: args.env,
    ...(script !== null && { files: { [script.file]: script.text } }),
    volumes: args.volumes,
    secrets: args.secrets,
    // As the team's identity, or neither its container nor a secret could be mounted.
    serviceAccount: serviceAccountName,
    ...(args.checkpoint !== undefined && { checkpoint: args.checkpoint }),
    ...(priority !== undefined && { priorityClass: priority }),
  };
  // How many nodes are possible at most is told in GPUs above.
  problems.attempt("", () =>
    checkJob({ ...request, nodes: Math.max(1, Math.min(Math.floor(request.nodes), mostNodesOfJob(team.pool))) }),
  );
  problems.throwIfAny("The job");
  return request;
}

function defaultImage(runtime: string, { size }: JobTeam): string | undefined {
  return runtime === defaultRuntime && size.gpu !== null ? images[size.gpu.vendor] : undefined;
}

function imageRemedy(runtime: string): string | undefined {
  const has = Object.entries(runtimes).find(([key]) => key === runtime)?.[1].image;
  return has === undefined ? undefined : `It must have ${has}`;
}

/** What starts a program that is only a file. */
function commandOf({ file }: JobScript, problems: Problems): string[] {
  const interpreter = interpreters[/\.(\w+)$/.exec(file)?.[1] ?? ""];
  problems.require(interpreter !== undefined, "SCRIPT", "must end in .py or .sh, by which it is known what runs it", {
    got: file,
  });
  return [interpreter ?? "", `${filesPath}/${file}`];
}

/** Notes what of the GPUs cannot be, and the number that would do. */
function checkGpus(gpus: number, { name, gpus: own, borrow, pool, size }: JobTeam, problems: Problems): void {
  const { gpusPerNode: perNode, key } = pool;
  const inDomain = mostNodesOfJob(pool) * perNode;
  const share = own + borrow;
  const most = Math.min(share, inDomain);
  const down = Math.min(most, Math.max(perNode, Math.floor(gpus / perNode) * perNode));
  const up = down + perNode;
  problems.require(
    gpus % perNode === 0,
    "--gpus",
    `must be a multiple of ${perNode}: jobs take whole nodes of ${size.name}`,
    {
      got: gpus,
      remedy: up > most || gpus < perNode ? `Use ${down}` : `Use ${down} or ${up}`,
    },
  );
  problems.require(
    gpus <= share,
    "--gpus",
    `must be at most ${share}, the share of team ${name}${borrow > 0 ? ` of ${own} and the ${borrow} that it may borrow` : ""}`,
    { got: gpus, remedy: `Use ${most}` },
  );
  problems.require(
    gpus <= inDomain,
    "--gpus",
    `must be at most ${inDomain}: no InfiniBand domain of pool ${key} has more, its spare nodes aside`,
    { got: gpus, remedy: `Use ${most}` },
  );
}

/** Notes secrets that the team does not have: its pods would wait for them for ever. */
function checkSecrets(secrets: readonly string[], team: JobTeam, problems: Problems): void {
  for (const secret of secrets) {
    problems.require(team.secrets.includes(secret), "--secret", `must be a secret of team ${team.name}`, {
      got: secret,
      remedy: closestHint(
        secret,
        team.secrets,
        team.secrets.length === 0 ? "It has none: add it to secrets of the team" : `Known: ${team.secrets.join(", ")}`,
      ),
    });
  }
}
