import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { MisconfiguredError, show, type Problem } from "../core/problems";
import type { SavedPlan } from "./saved-plan";

/** What somebody signs. */
const statement = z.strictObject({
  stack: z.string(),
  /** Hash of the plan. */
  plan: z.string(),
  /** Who signs, as deploy/approvers names them. */
  approver: z.string().regex(/^[^\s,*?!"]+$/),
  /** ISO time after which it counts no more. */
  expires: z.iso.datetime(),
});

const approvalFile = z.strictObject({ statement, signature: z.string() });

/** One person's word for one plan. */
export type Approval = z.infer<typeof approvalFile>;

/** Namespace of the signatures: one made for a commit or a mail is none of ours. */
const namespace = "azure-gpu-cluster-plan";

/** What an environment asks for before `up`. The author of the commit never counts. */
export const approvalsNeeded = { dev: 0, staging: 0, prod: 1 } as const;

/** Signs a plan with a key of OpenSSH. The key never leaves ssh-keygen, which may ask for a passphrase or a touch. */
export async function signApproval(
  plan: SavedPlan,
  { approver, key, expires }: { readonly approver: string; readonly key: string; readonly expires: Date },
): Promise<Approval> {
  const said = { stack: plan.stack, plan: plan.hash, approver, expires: expires.toISOString() };
  return inFolder(async (folder) => {
    const file = path.join(folder, "statement");
    await writeFile(file, textOf(said));
    await promisify(execFile)("ssh-keygen", ["-Y", "sign", "-q", "-f", key, "-n", namespace, file]);
    return { statement: said, signature: await readFile(`${file}.sig`, "utf8") };
  });
}

/** Reads an approval. */
export function readApproval(text: string, file: string): Approval {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const parsed = approvalFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MisconfiguredError(
    `The approval ${file}`,
    parsed.error.issues.map((it) => ({ path: it.path.join(".") || "file", rule: it.message })),
  );
}

/**
 * Says why a plan may not be applied with these approvals; empty when it may.
 * @param approvers File of people and keys, as ssh-keygen reads allowed signers.
 */
export async function refusals(
  plan: SavedPlan,
  approvals: readonly Approval[],
  asked: { readonly approvers: string; readonly needed: number; readonly author: string; readonly now: Date },
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const counted = new Set<string>();
  for (const [at, approval] of approvals.entries()) {
    const { statement: said } = approval;
    const where = `approval[${at}]`;
    const own: Problem[] = [];
    const add = (field: string, rule: string, got: unknown): void =>
      void own.push({ path: `${where}.${field}`, rule, got: show(got) });
    if (said.stack !== plan.stack) add("stack", `must be ${plan.stack}`, said.stack);
    if (said.plan !== plan.hash) add("plan", `must be the hash of this plan, ${plan.hash}`, said.plan);
    if (new Date(said.expires) <= asked.now) add("expires", "must be later than now", said.expires);
    if (said.approver === asked.author) add("approver", "must not be the author of the commit", said.approver);
    if (!(await isSigned(approval, asked.approvers)))
      add("signature", "must be by a key that deploy/approvers lists for the approver", said.approver);
    if (own.length === 0) counted.add(said.approver);
    problems.push(...own);
  }
  if (counted.size < asked.needed)
    problems.push({
      path: "approval",
      rule: `must be of at least ${asked.needed} listed, other than the author of the commit`,
      got: String(counted.size),
      remedy: "npm run approve -- ENVIRONMENT --plan FILE",
    });
  return problems;
}

function textOf(said: Approval["statement"]): string {
  return `${said.stack}\n${said.plan}\n${said.approver}\n${said.expires}\n`;
}

function isSigned({ statement: said, signature }: Approval, approvers: string): Promise<boolean> {
  return inFolder(async (folder) => {
    const file = path.join(folder, "signature");
    await writeFile(file, signature);
    const args = ["-Y", "verify", "-f", approvers, "-I", said.approver, "-n", namespace, "-s", file];
    return new Promise<boolean>((done, fail) => {
      const child = spawn("ssh-keygen", args, { stdio: ["pipe", "ignore", "ignore"] });
      child.on("error", fail);
      child.on("close", (code) => done(code === 0));
      // It may refuse the file before it reads what was signed.
      child.stdin.on("error", () => undefined);
      child.stdin.end(textOf(said));
    });
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "approval-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
