import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../stack-files";

/** One step of a job, as far as tests ask. */
export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** One job: of steps, or the call of another workflow. */
export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly "runs-on"?: string;
  readonly environment?: string;
  readonly concurrency?: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly "timeout-minutes"?: number;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

/** A workflow, or the action that they share, which has one list of steps. */
export interface GithubFile {
  readonly name: string;
  readonly text: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
  readonly action: readonly Step[];
}

/** Texts of the files by name. */
export type Texts = Readonly<Record<string, string>>;

const folder = path.join(root, "deploy", "github");

/** What lies in deploy/github. */
export const shipped: Texts = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".yml"))
    .sort()
    .map((name) => [name, readFileSync(path.join(folder, name), "utf8")]),
);

/** Reads the files. */
export function readFiles(texts: Texts): GithubFile[] {
  return Object.entries(texts).map(([name, text]) => {
    const { on = {}, permissions, jobs = {}, runs } = parse(text) as Partial<GithubFile> & { runs?: { steps: Step[] } };
    return { name, text, on, permissions, jobs, action: runs?.steps ?? [] };
  });
}

/** Lays the files out as somebody does who installs them. @returns the paths of the workflows */
export function installAt(repository: string, texts: Texts): string[] {
  const [workflows, beside] = [path.join(repository, ".github/workflows"), path.join(repository, "deploy/github")];
  for (const it of [workflows, beside, path.join(repository, ".git")]) mkdirSync(it, { recursive: true });
  cpSync(folder, beside, { recursive: true });
  return Object.entries(texts).flatMap(([name, text]) => {
    const file = name.includes("/") ? path.join(beside, name) : path.join(workflows, name);
    writeFileSync(file, text);
    return name.includes("/") ? [] : [file];
  });
}
