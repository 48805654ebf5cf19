import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../stack-files";

interface Job {
  readonly extends?: string;
  readonly stage?: string;
  readonly timeout?: string;
  readonly tags?: readonly string[];
  readonly rules?: readonly { readonly if?: string; readonly when?: string }[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly id_tokens?: Readonly<Record<string, { readonly aud: string }>>;
  readonly environment?: { readonly name: string; readonly action?: string };
  readonly resource_group?: string;
  readonly before_script?: readonly string[];
  readonly script?: readonly string[];
  readonly needs?: readonly string[];
  readonly artifacts?: { readonly when?: string; readonly expire_in?: string; readonly paths?: readonly string[] };
}
/** A job with its name and its script as one text. */
export interface GitlabJob extends Job {
  readonly name: string;
  readonly text: string;
}

const file = path.join(root, "deploy/gitlab/.gitlab-ci.yml");
/** Text of deploy/gitlab/.gitlab-ci.yml. */
export const shippedGitlab = readFileSync(file, "utf8");
const keys = ["workflow", "stages", "default", "variables", "include"];

/** Jobs of the file with what they extend taken in, as GitLab does: objects are merged, lists are replaced. */
export function gitlabJobs(text = shippedGitlab): GitlabJob[] {
  const all = parse(text) as Readonly<Record<string, Job>>;
  const whole = (name: string): Job => {
    const { extends: base, ...own } = all[name] ?? {};
    return base === undefined ? own : merged(whole(base) as Tree, own);
  };
  return Object.keys(all)
    .filter((it) => !it.startsWith(".") && !keys.includes(it))
    .map((name) => {
      const job = whole(name);
      return { ...job, name, text: [...(job.before_script ?? []), ...(job.script ?? [])].join("\n") };
    });
}

type Tree = Readonly<Record<string, unknown>>;
function merged(base: Tree, own: Tree): Tree {
  const both = Object.entries(own).map(([key, value]) => {
    const before = base[key];
    return [key, isTree(before) && isTree(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(both) };
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
