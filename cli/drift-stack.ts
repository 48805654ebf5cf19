import { openStack } from "../delivery/open-stack";
import { listGroup } from "../drift/group-listing";
import { type Judged, judgeDrift } from "../drift/judge-drift";
import { judgeGroups } from "../drift/judge-unmanaged";
import { knownResources } from "../drift/known-resources";
import type { Reading } from "../drift/observation";
import { type DriftingStack, readDrift } from "../drift/read-drift";
import { printableReport } from "../drift/printable-report";
import { renderMarkdown } from "../drift/render-markdown";
import { renderText } from "../drift/render-text";
import { type DriftReport, exitCodeOf, type GroupsReport, type StackReport } from "../drift/report";
import { askWho, type WhoDid } from "../drift/who";
import { ArmClient } from "../preflight/arm-client";
import { LoginError } from "../preflight/login-choice";
import type { Ask } from "../preflight/question";
import type { Environment } from "../stacks/environment";
import { loadEnvironment } from "../stacks/load-environment";
import { stacksOf } from "../stacks/stacks-of";
import { outputFile } from "./output-file";
import { signIn } from "./preflight-stack";
import { RehearsalProgress } from "./rehearsal-progress";
import { stopOnSignal } from "./stop-on-signal";

/** What `npm run drift` is asked for. */
export interface DriftCommand {
  readonly environment: string;
  readonly form: "text" | "json" | "markdown";
  /** File that it is written to, undefined for standard output. */
  readonly out: string | undefined;
  /** Whether people are named whole. */
  readonly names: boolean;
  /** Whether the Activity Log is asked who did it. */
  readonly who: boolean;
}

/** How the world is reached. */
export interface DriftWorld {
  /** Opens a stack by its name. @default the one in the backend that pulumi is logged in to */
  readonly open?: (stack: string) => Promise<DriftingStack>;
  /** Reaches Azure. @default with the login of `up`. @throws LoginError */
  readonly logIn?: (file: string, signal: AbortSignal) => Promise<Ask>;
}

/** Seconds that all questions to Azure itself may take. */
const longestSeconds = 120;

/** A stack that was looked at. */
interface Looked extends Judged {
  readonly environment: Environment;
  readonly reading: Reading;
}

/**
 * Looks for drift of all stacks of an environment, and for what lies beside them, and tells of it.
 * @returns The exit code.
 */
export async function driftStack(
  file: string,
  command: DriftCommand,
  { open = openStack, logIn = azureOf }: DriftWorld = {},
): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  // What is wrong with a file is told before anything is asked.
  const write = outputFile("--out", command.out, [file]);
  const planned = stacksOf(file).map((it) => loadEnvironment(it, today).environment);
  const progress = new RehearsalProgress(process.stderr, command.form !== "text");
  const stop = stopOnSignal(() => progress.note("stopping"));
  const ending = new AbortController();
  stop.signal.addEventListener("abort", () => ending.abort(new Error("it was stopped")));
  let timer: NodeJS.Timeout | undefined;
  try {
    const looked: Looked[] = [];
    for (const environment of planned) {
      const { stack } = environment;
      progress.note(`looking at ${stack}`);
      const reading = await readDrift(await open(stack), stack, { signal: stop.signal });
      if (stop.signal.aborted) return stop.exitCode() ?? 130;
      looked.push({ environment, reading, ...judgeDrift(reading, environment, today) });
    }
    progress.note("asking Azure what else is there, and who wrote it");
    timer = setTimeout(() => ending.abort(new Error(`${longestSeconds} s are over`)), longestSeconds * 1000);
    const ask = await logIn(file, ending.signal).catch(silence);
    const report = await reportOf(looked, command, ask);
    if (stop.signal.aborted) return stop.exitCode() ?? 130;
    progress.done();
    write(formOf(report, command.form));
    return exitCodeOf(report);
  } catch (error) {
    // Who stopped it knows why it failed: Ctrl-C ends the engine, too.
    if (stop.signal.aborted) return stop.exitCode() ?? 130;
    throw error;
  } finally {
    clearTimeout(timer);
    progress.done();
  }
}

async function reportOf(looked: readonly Looked[], command: DriftCommand, ask: Ask): Promise<DriftReport> {
  const whoWrote = (ids: readonly string[], since: string | null): Promise<WhoDid> =>
    command.who || ids.length === 0
      ? askWho(ids, { since, now: new Date(), names: command.names }, ask)
      : Promise.resolve({ acts: new Map(), asked: { answered: false, because: "--no-who was given" } });
  const stacks = looked.map(async ({ environment, reading, drifts, difference }): Promise<StackReport> => {
    const { acts, asked } = await whoWrote(
      drifts.map(({ id }) => id),
      reading.since,
    );
    return {
      stack: environment.stack,
      since: reading.since,
      read: reading.observed.length,
      unread: reading.unread,
      drifts: drifts.map((it) => ({ ...it, acts: acts.get(it.id.toLowerCase()) ?? [] })),
      difference,
      asked,
    };
  });
  const beside = async (): Promise<GroupsReport> => {
    const { groups, ids, found } = knownResources(looked.map(({ reading }) => reading));
    const listed = await Promise.all(groups.map((it) => listGroup(it, ids, ask)));
    const { location, tags } = looked[0]?.environment ?? { location: "", tags: {} };
    const { unmanaged, ...rest } = judgeGroups(listed, { ids, found }, { location, tags });
    const { acts, asked } = await whoWrote(
      unmanaged.map(({ id }) => id),
      null,
    );
    const told = unmanaged.map((it) => ({ ...it, acts: acts.get(it.id.toLowerCase()) ?? [] }));
    return { groups, unmanaged: told, ...rest, asked };
  };
  return { environment: command.environment, stacks: await Promise.all(stacks), beside: await beside() };
}

function formOf(report: DriftReport, form: DriftCommand["form"]): string {
  if (form === "json") return `${JSON.stringify(report, null, 2)}\n`;
  return (form === "markdown" ? renderMarkdown : renderText)(printableReport(report));
}

/** Reaches Azure with the login that `up` takes. */
async function azureOf(file: string, signal: AbortSignal): Promise<Ask> {
  const { login, cloud } = await signIn(file, null, signal);
  const client = new ArmClient({ cloud, credential: login.credential, signal });
  return (question) => client.ask(question);
}

/** Without a login the report says so at each question, and is as good otherwise. */
function silence(error: unknown): Ask {
  if (!(error instanceof LoginError)) throw error;
  const because = error.message.replace(/\s+/g, " ");
  return () => Promise.resolve({ kind: "unanswered", status: null, because, remedy: "Log in: az login" });
}
