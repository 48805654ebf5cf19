import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MisconfiguredError } from "../core/problems";

/** What git knows of the clone that a command runs in. */
export interface Repository {
  /** Full id of the commit that it is at. */
  readonly commit: string;
  /** Whether there are files that differ from it. */
  readonly dirty: boolean;
  /** Addresses of all who wrote or committed something since a commit; of the last commit alone where there is none. */
  readonly makersSince: (commit: string | undefined) => Promise<readonly string[]>;
  /** A file as it is in a commit; `undefined` where that has none. */
  readonly fileAt: (commit: string, path: string) => Promise<string | undefined>;
}

/**
 * Opens the clone in a folder.
 * @throws MisconfiguredError when it is none
 */
export async function openRepository(folder: string): Promise<Repository> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
  const has = (commit: string): Promise<boolean> =>
    git("merge-base", "--is-ancestor", commit, "HEAD").then(
      () => true,
      () => false,
    );
  const refused = (rule: string, remedy: string): MisconfiguredError =>
    new MisconfiguredError("The command", [{ path: "commit", rule, remedy }]);
  const status = await Promise.all([git("rev-parse", "HEAD"), git("status", "--porcelain")]).catch(() => {
    throw refused("must be told by git in the folder of this repository", "Run it in a clone");
  });
  return {
    commit: status[0],
    dirty: status[1] !== "",
    makersSince: async (commit) => {
      if (commit !== undefined && !(await has(commit)))
        throw refused(
          `must come after ${commit}, which the stack was last brought to`,
          "Fetch the whole history (git fetch --unshallow), or bring the branch up to date: nobody can tell who made what is new",
        );
      const range = commit === undefined ? ["-1"] : [`${commit}..HEAD`];
      const format = "--format=%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)";
      const lines = (await git("log", format, ...range)).split("\n");
      const addresses = lines.map((it) => (/<([^>]*)>/.exec(it)?.[1] ?? it).trim().toLowerCase());
      return [...new Set(addresses.filter((it) => it !== ""))].sort();
    },
    fileAt: (commit, path) => git("show", `${commit}:${path}`).catch(() => undefined),
  };
}
