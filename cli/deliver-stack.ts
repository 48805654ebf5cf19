import path from "node:path";
import { MisconfiguredError, Problems, showAt } from "../core/problems";
import { applyPlan } from "../delivery/apply-plan";
import { type Approval, approvalsNeeded, readApproval, refusals, signApproval } from "../delivery/approval";
import type { DeliveredStack } from "../delivery/delivered-stack";
import { destructiveSteps } from "../delivery/destructive-steps";
import { forgeActors } from "../delivery/forge-actors";
import { makePlan } from "../delivery/make-plan";
import { openDeliveredStack } from "../delivery/open-delivered-stack";
import { promotionProblems, readVerification } from "../delivery/promotion";
import { openRepository, type Repository } from "../delivery/repository";
import { runPage } from "../delivery/run-page";
import { readPlan, type SavedPlan } from "../delivery/saved-plan";
import type { Environment } from "../stacks/environment";
import { loadEnvironment } from "../stacks/load-environment";
import { fileContent } from "./file-content";
import { outputFile } from "./output-file";
import { planText } from "./plan-text";
import { stopOnSignal } from "./stop-on-signal";

/** What `npm run plan` is asked for. */
export interface PlanCommand {
  readonly environment: string;
  readonly out: string | undefined;
  readonly dirty: boolean;
  readonly allowDestroy: string | undefined;
  readonly json: boolean;
}

/** What `npm run approve` is asked for. */
export interface ApproveCommand {
  readonly environment: string;
  readonly plan: string;
  readonly approver: string;
  readonly key: string;
  readonly out: string | undefined;
}

/** What `npm run apply` is asked for. */
export interface ApplyCommand {
  readonly environment: string;
  readonly plan: string;
  readonly approvals: readonly string[];
  readonly dirty: boolean;
  readonly allowDestroy: string | undefined;
  /** Report of the verification of the environment that comes before. */
  readonly after: string | undefined;
  /** File for the record. */
  readonly record: string | undefined;
}

/** Where the commands look: the stack, the clone and the stack file that is used with it, the variables. */
export interface Surroundings {
  readonly open: (stack: string) => Promise<DeliveredStack>;
  readonly repository: (file: string) => Promise<Repository>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const root = path.join(__dirname, "..");

const real = (): Surroundings => ({
  open: openDeliveredStack,
  repository: (file) => openRepository(root, [file]),
  env: process.env,
});

/** Makes a plan, saves and tells it. Returns the exit code. */
export async function planStack(file: string, command: PlanCommand, around: Surroundings = real()): Promise<number> {
  const { stack: name, kind, lock } = environmentOf(file);
  const save = command.out === undefined ? undefined : outputFile("--out", command.out, [file]);
  const { env } = around;
  const [repository, stack] = [await around.repository(file), await around.open(name)];
  const inputs = { file, kind, lock, repository, allowDirty: command.dirty, actors: forgeActors(env), env };
  const plan = await makePlan(stack, inputs);
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  save?.(text);
  process.stdout.write(command.json ? text : planText(plan));
  const forbidden = plan.findings.some(({ level }) => level === "mandatory");
  return forbidden || destroys(plan, command.allowDestroy) ? 1 : 0;
}

/** Signs a plan. Returns the exit code. */
export async function approveStack(file: string, command: ApproveCommand): Promise<number> {
  const { approver, key, out } = command;
  const plan = planOf(fileContent("--plan", command.plan), command.plan, environmentOf(file).stack);
  const pair = key.endsWith(".pub") ? key.slice(0, -".pub".length) : `${key}.pub`;
  const write = outputFile("--out", out, [file, command.plan, key, pair]);
  const approval = await signApproval(plan, { approver, key, expires: new Date(Date.now() + day) });
  write(`${JSON.stringify(approval, null, 2)}\n`);
  process.stderr.write(`approved ${plan.stack} ${plan.hash}\n`);
  return 0;
}

/** Applies a plan, or refuses. Returns the exit code. */
export async function applyStack(file: string, command: ApplyCommand, around: Surroundings = real()): Promise<number> {
  const { stack: name, kind, lock } = environmentOf(file);
  const { plan, approvals, keep } = givenToApply(file, command, { name, kind });
  const { env } = around;
  const [repository, stack] = [await around.repository(file), await around.open(name)];
  const base = await stack.lastApplied();
  const problems = await refusals(plan, approvals, {
    approvers: await approversOf(repository, base),
    needed: approvalsNeeded[kind],
    makers: [...new Set([...plan.makers, ...(await repository.makersSince(base))])],
    now: new Date(),
  });
  if (problems.length > 0) throw new MisconfiguredError(`The approval of ${plan.hash}`, problems);
  if (destroys(plan, command.allowDestroy)) return 1;
  const { signal, exitCode } = stopOnSignal(() => process.stderr.write("stopping: the engine ends what it began\n"));
  const applying = applyPlan(stack, plan, {
    ...{ file, kind, lock, repository, env, signal, run: runPage(env), actors: [] },
    allowDirty: command.dirty,
    approvers: approvals.map((it) => it.statement.approver),
    onOutput: (text) => void process.stderr.write(text),
  });
  const applied = await applying.catch((error: unknown) => {
    if (exitCode() === undefined) throw error;
    return undefined;
  });
  // Ended by a signal before anything was begun.
  if (applied === undefined) return exitCode() ?? 3;
  const { record, failure } = applied;
  const text = `${JSON.stringify(record, null, 2)}\n`;
  process.stdout.write(text);
  const unkept = keep === undefined ? null : unwritten(() => keep(text));
  if (failure !== null) process.stderr.write(`${record.result}: ${failure}\n`);
  if (unkept !== null)
    process.stderr.write(`${unkept}\nThe plan was applied, and its record stands on standard output alone\n`);
  return failure === null && unkept === null ? 0 : (exitCode() ?? 3);
}

/**
 * What a plan is applied with.
 * @throws MisconfiguredError with every problem of all files, and of the environment that comes before
 */
function givenToApply(
  file: string,
  command: ApplyCommand,
  { name, kind }: { readonly name: string; readonly kind: Environment["kind"] },
): { readonly plan: SavedPlan; readonly approvals: readonly Approval[]; readonly keep?: (text: string) => void } {
  const problems = new Problems();
  const read = <T>(argument: string, given: string, parse: (text: string) => T): T | undefined => {
    const text = problems.attempt("", () => fileContent(argument, given));
    return text === undefined ? undefined : problems.attempt(given, () => parse(text));
  };
  const { plan: planFile, approvals: approvalFiles, after: afterFile, record } = command;
  const plan = read("--plan", planFile, (text) => planOf(text, planFile, name));
  const approvals = approvalFiles.flatMap((it) => read("--approval", it, (text) => readApproval(text, it)) ?? []);
  const after =
    afterFile === undefined
      ? undefined
      : problems.attempt("", () => readVerification(fileContent("--after", afterFile), afterFile));
  // A report that cannot be read has been told of.
  if (plan !== undefined && (after !== undefined || afterFile === undefined))
    for (const it of promotionProblems(kind, plan, after, new Date())) problems.add(it);
  const inputs = [file, planFile, ...approvalFiles, ...(afterFile === undefined ? [] : [afterFile])];
  const keep = problems.attempt("", () => (record === undefined ? undefined : outputFile("--record", record, inputs)));
  if (plan === undefined || problems.list.length > 0) throw new MisconfiguredError("The command", problems.list);
  return { plan, approvals, ...(keep && { keep }) };
}

/** Why a file could not be written after all; `null` where it was. Azure has changed by now: nothing was refused. */
function unwritten(write: () => void): string | null {
  try {
    write();
    return null;
  } catch (error) {
    if (error instanceof MisconfiguredError) return error.message;
    throw error;
  }
}

/** Texts of the approvers' file: of the commit that is applied and, where there is one, of the one that was applied before. */
async function approversOf(repository: Repository, base: string | undefined): Promise<string[]> {
  const file = "deploy/approvers";
  const now = (await repository.fileAt(repository.commit, file)) ?? "";
  const before = base === undefined ? undefined : await repository.fileAt(base, file);
  return before === undefined ? [now] : [now, before];
}

const day = 24 * 60 * 60 * 1000;

/** @throws MisconfiguredError with every problem of the stack file, each with its line */
function environmentOf(file: string): Environment {
  return loadEnvironment(file, new Date().toISOString().slice(0, 10)).environment;
}

function planOf(text: string, file: string, stack: string): SavedPlan {
  const plan = readPlan(text, file);
  if (plan.stack === stack) return plan;
  throw new MisconfiguredError(`The plan ${file}`, [
    { path: "stack", rule: `must be ${stack}, the stack of the environment`, ...showAt("stack", plan.stack) },
  ]);
}

/** Whether a plan takes away what needs a word; says so. */
function destroys(plan: SavedPlan, word: string | undefined): boolean {
  const steps = destructiveSteps(plan.steps);
  if (steps.length === 0 || word === plan.stack) return false;
  process.stderr.write(
    [
      `The plan takes away data or a cluster; --allow-destroy ${plan.stack} lets it:`,
      ...steps.map((it) => `  ${it.op} ${it.urn}`),
      "",
    ].join("\n"),
  );
  return true;
}
