import { writeFileSync } from "node:fs";
import { openStack } from "../delivery/open-stack";
import { MisconfiguredError, show } from "../core/problems";
import type { Drift } from "../drift/judge-change";
import { judgeDrift } from "../drift/judge-drift";
import { type DriftingStack, readDrift } from "../drift/read-drift";
import { renderMarkdown } from "../drift/render-markdown";
import { renderText } from "../drift/render-text";
import { type DriftReport, exitCodeOf, type StackReport } from "../drift/report";
import { askWho, type WhoDid } from "../drift/who";
import { ArmClient } from "../preflight/arm-client";
import { LoginError } from "../preflight/login-choice";
import { loadEnvironment } from "../stacks/load-environment";
import { stacksOf } from "../stacks/stacks-of";
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
  /** Whether Azure is asked who did it. */
  readonly who: boolean;
}

/** How the world is reached. */
export interface DriftWorld {
  /** Opens a stack by its name. @default the one in the backend that pulumi is logged in to */
  readonly open?: (stack: string) => Promise<DriftingStack>;
  /** Asks who did it. @default the Activity Log, with the login of `up` */
  readonly who?: (file: string, drifts: readonly Drift[], since: string | null, names: boolean) => Promise<WhoDid>;
}

/** Seconds that the Activity Log may take. */
const longestSeconds = 60;

/**
 * Looks for drift of all stacks of an environment, and tells of it.
 * @returns The exit code.
 */
export async function driftStack(
  file: string,
  command: DriftCommand,
  { open = openStack, who = activityLog }: DriftWorld = {},
): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  // A file that is wrong is told before anything is asked.
  const planned = stacksOf(file).map((it) => ({ ...loadEnvironment(it, today), file: it }));
  const progress = new RehearsalProgress(process.stderr, command.form !== "text");
  const stop = stopOnSignal(() => progress.note("stopping"));
  const stacks: StackReport[] = [];
  try {
    for (const { environment, file: own } of planned) {
      const { stack } = environment;
      progress.note(`looking at ${stack}`);
      const reading = await readDrift(await open(stack), stack, { signal: stop.signal });
      if (stop.signal.aborted) return stop.exitCode() ?? 130;
      const { drifts, difference } = judgeDrift(reading, environment, today);
      const { acts, asked }: WhoDid =
        command.who && drifts.length > 0
          ? await who(own, drifts, reading.since, command.names)
          : { acts: new Map(), asked: { answered: true } };
      stacks.push({
        stack,
        since: reading.since,
        read: reading.observed.length,
        unread: reading.unread,
        drifts: drifts.map((it) => ({ ...it, acts: acts.get(it.id.toLowerCase()) ?? [] })),
        difference,
        asked,
      });
    }
  } finally {
    progress.done();
  }
  const report: DriftReport = { environment: command.environment, stacks };
  write(formOf(report, command.form), command.out);
  return exitCodeOf(report);
}

function formOf(report: DriftReport, form: DriftCommand["form"]): string {
  if (form === "json") return `${JSON.stringify(report, null, 2)}\n`;
  return form === "markdown" ? renderMarkdown(report) : renderText(report);
}

function write(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(out, text);
  } catch (error) {
    const rule = `must be a file that can be written: ${error instanceof Error ? error.message : String(error)}`;
    throw new MisconfiguredError("The command", [{ path: "--out", rule, got: show(out) }]);
  }
}

/** Asks the Activity Log. Without a login, or the right, the report says so and is as good otherwise. */
async function activityLog(
  file: string,
  drifts: readonly Drift[],
  since: string | null,
  names: boolean,
): Promise<WhoDid> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new Error(`${longestSeconds} s are over`)), longestSeconds * 1000);
  try {
    const { signal } = ending;
    const { login, cloud } = await signIn(file, null, signal);
    const client = new ArmClient({ cloud, credential: login.credential, signal });
    return await askWho(drifts, { since, now: new Date(), names }, (question) => client.ask(question));
  } catch (error) {
    if (!(error instanceof LoginError)) throw error;
    return { acts: new Map(), asked: { answered: false, because: error.message.replace(/\s+/g, " ") } };
  } finally {
    clearTimeout(timer);
  }
}
