import { dollars } from "../preview/dollars";
import type { Paint } from "../preview/render-text";
import type { JobPhase, JobState } from "./job-state";
import type { JobTeam } from "./job-team";

/** A job with what its nodes cost, as `--json` prints it. */
export interface PricedJob extends JobState {
  /** USD an hour while it has its nodes, null when the catalogue has no price. */
  readonly usdPerHour: number | null;
}

/** Colour of each phase: what asks for its owner is not to be overlooked. */
const colours: Readonly<Record<JobPhase, Parameters<Paint>[0] | null>> = {
  submitted: "yellow",
  waits: "yellow",
  starts: "yellow",
  runs: "green",
  succeeded: null,
  failed: "red",
  "put aside": "red",
};

/** Puts a price on a job. */
export function priced(state: JobState, team: Pick<JobTeam, "usdPerNodeHour">): PricedJob {
  return { ...state, usdPerHour: usdPerHourOf(state.nodes, team) };
}

/** USD that nodes of a team cost an hour, null when the catalogue has no price. */
export function usdPerHourOf(nodes: number, { usdPerNodeHour }: Pick<JobTeam, "usdPerNodeHour">): number | null {
  return usdPerNodeHour === null ? null : Math.round(usdPerNodeHour * nodes * 100) / 100;
}

/** A line for each job. */
export function renderJobs(jobs: readonly PricedJob[], team: JobTeam, paint: Paint): string {
  if (jobs.length === 0) return `Team ${team.name} has no jobs.\n`;
  const rows = jobs.map((it) => [
    it.name,
    it.phase,
    it.place === null ? "" : `${it.place.at} of ${it.place.of}`,
    String(it.gpus),
    durationOf(it.waitedSeconds),
    it.usdPerHour === null ? "" : dollars(it.usdPerHour),
    it.domains.join(", "),
  ]);
  const lines = [["JOB", "STATE", "PLACE", "GPUS", "WAITED", "USD/HOUR", "DOMAIN"], ...rows];
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((it) => it[at]?.length ?? 0))) ?? [];
  return lines
    .map((cells, row) => {
      const line = cells
        .map((it, at) => it.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd();
      const colour = row === 0 ? "bold" : colours[jobs[row - 1]?.phase ?? "runs"];
      return `${colour === null ? line : paint(colour, line)}\n`;
    })
    .join("");
}

/** All of one job. */
export function renderJob(job: PricedJob, paint: Paint): string {
  const { phase, place, pods } = job;
  const colour = colours[phase];
  const where = [
    ...(job.domains.length === 0 ? [] : [`InfiniBand domain ${job.domains.join(", ")}`]),
    ...(job.nodeNames.length === 0 ? [] : [shortList(job.nodeNames)]),
  ].join("; ");
  const lines: readonly (readonly [string, string])[] = [
    ["job", `${job.name}, a ${job.kind}${job.priority === null ? "" : ` of priority ${job.priority}`}`],
    [
      "state",
      `${colour === null ? phase : paint(colour, phase)}${job.exitCode === null ? "" : `, exit code ${job.exitCode}`}`,
    ],
    ...(place === null ? [] : [["place", `${place.at} of ${place.of} in the queue of the team`] as const]),
    ["submitted", job.submitted],
    ["waited", durationOf(job.waitedSeconds)],
    ["size", sizeOf(job)],
    ...(job.nodes === 0 ? [] : [["cost", costOf(job)] as const]),
    ...(pods.ready + pods.ended === 0
      ? []
      : [["pods", `${pods.ready} ready, ${pods.ended} ended, of ${pods.all}`] as const]),
    ...(where === "" ? [] : [["where", where] as const]),
    ...job.reasons.map(({ plain }, at) => [at === 0 ? "why" : "", plain] as const),
  ];
  return lines.map(([key, value]) => `${key.padEnd(10)} ${value}\n`).join("");
}

/** Why a job is where it is: in plain words, then in those of whoever decided it. */
export function renderWhy(job: PricedJob): string {
  const { name, phase, place, waitedSeconds, reasons } = job;
  const where = place === null ? "" : `, ${place.at} of ${place.of} in the queue of the team`;
  const since = phase === "waits" ? ` for ${durationOf(waitedSeconds)}` : "";
  const head = `${name} ${sentences[phase]}${since}${where}.\n`;
  const none = phase === "waits" ? "  Kueue has not said why yet.\n" : "";
  return (
    head +
    (reasons.length === 0
      ? none
      : reasons.map(({ plain, said }) => `  ${plain}\n${said === null ? "" : `    (${said})\n`}`).join(""))
  );
}

/** What a job does in a phase, after its name. */
const sentences: Readonly<Record<JobPhase, string>> = {
  submitted: "is submitted, and Kueue has not seen it yet: ask again in a moment",
  waits: "waits",
  starts: "has its nodes and starts",
  runs: "runs: it waits for nothing",
  succeeded: "has ended well",
  failed: "has failed",
  "put aside": "was put aside",
};

/** What a job does now, as a line of a log: the same text while nothing changed that is worth a line. */
export function progressOf(job: JobState): string {
  const { phase, pods, nodes, domains, reasons, exitCode } = job;
  const why = reasons.length === 0 ? "" : `: ${reasons.map(({ plain }) => plain).join("; ")}`;
  switch (phase) {
    case "waits":
      return `waits for ${sizeOf(job)}${why}`;
    case "starts":
      return `starts: ${pods.ready + pods.ended} of ${count(pods.all, "pod")}${why}`;
    case "runs":
      return `runs ${nodes === 0 ? `in ${sizeOf(job)}` : `on ${count(nodes, "node")}`}${domains.length === 0 ? "" : ` of ${domains.join(", ")}`}`;
    default:
      return `${sentences[phase]}${exitCode === null ? "" : `, exit code ${exitCode}`}${why}`;
  }
}

/** What a job asks for: whole nodes, or pods that take no GPU. */
function sizeOf({ nodes, gpus, pods }: JobState): string {
  return nodes === 0 ? `${count(pods.all, "pod")} without GPUs` : `${count(nodes, "node")}, ${count(gpus, "GPU")}`;
}

function costOf({ usdPerHour }: PricedJob): string {
  return usdPerHour === null
    ? "the catalogue has no price"
    : `${dollars(usdPerHour)} USD an hour while it has its nodes`;
}

/** A time as people say it: the two largest units. */
export function durationOf(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3600],
    ["m", 60],
    ["s", 1],
  ] as const;
  const first = Math.max(
    0,
    units.findIndex(([, of]) => seconds >= of),
  );
  if (seconds < 1) return "0 s";
  return units
    .slice(first, first + 2)
    .map(
      ([unit, of], at) =>
        [unit, at === 0 ? Math.floor(seconds / of) : Math.floor((seconds % (units[first]?.[1] ?? 1)) / of)] as const,
    )
    .filter(([, amount], at) => at === 0 || amount > 0)
    .map(([unit, amount]) => `${amount} ${unit}`)
    .join(" ");
}

/** An amount of things. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** Some names and how many more: a job may have thousands of nodes. `--json` has them all. */
function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  return shown.join(", ") + (names.length > shown.length ? ` and ${names.length - shown.length} more` : "");
}
