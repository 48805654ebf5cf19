import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { MisconfiguredError, type Problem, Problems, show } from "../core/problems";
import { readApprovers } from "./approvers";
import { readJson } from "./read-json";
import type { SavedPlan } from "./saved-plan";

/** One name, and no pattern that ssh-keygen would take for many. */
const nameOfOne = /^[^\s,*?!"]+$/;

/** What somebody signs. */
const statement = z.strictObject({
  stack: z.string(),
  /** Hash of the plan. */
  plan: z.string(),
  /** Who signs, as deploy/approvers names them. */
  approver: z.string().regex(nameOfOne),
  /** ISO time after which it counts no more. */
  expires: z.iso.datetime(),
});

const approvalFile = z.strictObject({ statement, signature: z.string() });

/** One person's word for one plan. */
export type Approval = z.infer<typeof approvalFile>;

/** Namespace of the signatures: one made for a commit or a mail is none of ours. */
const namespace = "azure-gpu-cluster-plan";

/** How many people an environment asks for before `up`. Whoever made the change never counts. */
export const approvalsNeeded = { dev: 0, staging: 0, prod: 1 } as const;

/**
 * Signs a plan with a key of OpenSSH. The key never leaves ssh-keygen, which may ask for a passphrase or a touch.
 * @throws MisconfiguredError for a plan that nobody can apply, for what is no name, and for a key that ssh-keygen cannot sign with
 */
export async function signApproval(
  plan: SavedPlan,
  { approver, key, expires }: { readonly approver: string; readonly key: string; readonly expires: Date },
): Promise<Approval> {
  const problems = new Problems();
  problems.require(nameOfOne.test(approver), "--as", "must be one name of deploy/approvers, and no pattern", {
    got: approver,
  });
  for (const it of plan.findings.filter(({ level }) => level === "mandatory"))
    problems.require(false, "findings", `must hold no mandatory one, and hold ${it.rule}: nobody can apply this plan`, {
      remedy: "Mend what the rule found, and make a new plan",
    });
  problems.throwIfAny(`The approval of ${plan.hash}`);
  const said = { stack: plan.stack, plan: plan.hash, approver, expires: expires.toISOString() };
  return inFolder(async (folder) => {
    const file = path.join(folder, "statement");
    await writeFile(file, textOf(said));
    const args = ["-Y", "sign", "-q", "-f", key, "-n", namespace, file];
    await promisify(execFile)("ssh-keygen", args).catch((error: unknown) => {
      throw cannotSign(error, key);
    });
    return { statement: said, signature: await readFile(`${file}.sig`, "utf8") };
  });
}

function cannotSign(error: unknown, key: string): MisconfiguredError {
  const { code, stderr = "" } = error as { readonly code?: unknown; readonly stderr?: string };
  if (code === "ENOENT") return withoutKeygen();
  const said = stderr.trim().split("\n").at(-1)?.replace(/\.$/, "");
  return new MisconfiguredError("The command", [
    {
      path: "--key",
      rule: `must be a key that ssh-keygen can sign with: ${said === undefined || said === "" ? "it failed" : said}`,
      got: show(key),
      remedy: "Name a private key of OpenSSH, or the public one of a key that ssh-agent holds",
    },
  ]);
}

function withoutKeygen(): MisconfiguredError {
  return new MisconfiguredError("The command", [
    {
      path: "ssh-keygen",
      rule: "must be on PATH: approvals are signed and looked at by it",
      remedy: "Install OpenSSH",
    },
  ]);
}

/** Reads an approval. */
export function readApproval(text: string, file: string): Approval {
  return readJson(approvalFile, text, {
    subject: `The approval ${file}`,
    command: "npm run approve -- ENVIRONMENT --out FILE",
  });
}

/** What an approval is held against. */
export interface ApprovalRules {
  /**
   * Texts of deploy/approvers: of the commit that is applied, and of the one that the stack was last brought to. Who is not in both does
   * not count, so that nobody lets themselves in by the very change that they approve.
   */
  readonly approvers: readonly string[];
  readonly needed: number;
  /** Who made what is applied: addresses of commits, and whom the forge names. */
  readonly makers: readonly string[];
  readonly now: Date;
}

/** Says why a plan may not be applied with these approvals; empty when it may. */
export async function refusals(
  plan: SavedPlan,
  approvals: readonly Approval[],
  { approvers, needed, makers, now }: ApprovalRules,
): Promise<readonly Problem[]> {
  const listed = approvers.map((it) => readApprovers(it, "deploy/approvers"));
  const problems: Problem[] = [];
  const counted = new Set<string>();
  for (const [at, approval] of approvals.entries()) {
    const { statement: said } = approval;
    const own: Problem[] = [];
    const add = (field: string, rule: string, got: unknown): void =>
      void own.push({ path: `approval[${at}].${field}`, rule, got: show(got) });
    if (said.stack !== plan.stack) add("stack", `must be ${plan.stack}`, said.stack);
    if (said.plan !== plan.hash) add("plan", `must be the hash of this plan, ${plan.hash}`, said.plan);
    if (new Date(said.expires) <= now) add("expires", "must be later than now", said.expires);
    const signed = await Promise.all(approvers.map((it) => isSigned(approval, it)));
    if (!signed.every(Boolean))
      add("signature", "must be by a key that deploy/approvers lists for the approver", said.approver);
    const names = namesOf(said.approver.toLowerCase(), listed);
    const made = makers.filter((it) => names.includes(it));
    if (made.length > 0)
      add("approver", `must have made nothing of what is applied, and made it as ${made.join(", ")}`, said.approver);
    for (const forge of forgesOf(makers))
      if (!names.some((it) => it.startsWith(forge)))
        add(
          "approver",
          `must have a name ${forge}... in deploy/approvers, by which to tell who made it`,
          said.approver,
        );
    // One person counts once, by whichever of their names they sign.
    if (own.length === 0) counted.add(names[0] ?? said.approver);
    problems.push(...own);
  }
  if (counted.size < needed)
    problems.push({
      path: "approval",
      rule: `must be of at least ${needed} listed, none of whom made what is applied`,
      got: String(counted.size),
      remedy: "npm run approve -- ENVIRONMENT --plan FILE",
    });
  return problems;
}

/** Every name that a person of this name has in any of the lists. */
function namesOf(name: string, listed: readonly (readonly (readonly string[])[])[]): string[] {
  const all = listed.flat().filter((it) => it.includes(name));
  return [...new Set([name, ...all.flat()])].sort();
}

/** `github:` for a list with `github:anna` in it. */
function forgesOf(makers: readonly string[]): string[] {
  return [...new Set(makers.flatMap((it) => /^[a-z-]+:/.exec(it) ?? []))];
}

function textOf(said: Approval["statement"]): string {
  return `${said.stack}\n${said.plan}\n${said.approver}\n${said.expires}\n`;
}

function isSigned({ statement: said, signature }: Approval, approvers: string): Promise<boolean> {
  return inFolder(async (folder) => {
    const [file, list] = [path.join(folder, "signature"), path.join(folder, "approvers")];
    await writeFile(file, signature);
    await writeFile(list, approvers);
    const args = ["-Y", "verify", "-f", list, "-I", said.approver, "-n", namespace, "-s", file];
    return new Promise<boolean>((done, fail) => {
      const child = spawn("ssh-keygen", args, { stdio: ["pipe", "ignore", "ignore"] });
      child.on("error", () => fail(withoutKeygen()));
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
