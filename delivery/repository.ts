import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { MisconfiguredError } from "../core/problems";

/** What git knows of the clone that a command runs in. */
export interface Repository {
  /** Full id of the commit that it is at. */
  readonly commit: string;
  /** Files that are not as that commit has them. */
  readonly differing: readonly string[];
  /** Addresses of all who wrote or committed something since a commit; of the last commit alone where there is none. */
  readonly makersSince: (commit: string | undefined) => Promise<readonly string[]>;
  /** A file as it is in a commit; `undefined` where that has none. */
  readonly fileAt: (commit: string, path: string) => Promise<string | undefined>;
}

/**
 * Opens the clone in a folder.
 * @param files Files that are used, wherever they lie. One that git ignores, or that lies elsewhere, is of no commit: nobody reviewed it, and
 * nobody knows who made it.
 * @throws MisconfiguredError when it is none
 */
export async function openRepository(folder: string, files: readonly string[] = []): Promise<Repository> {
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
  const has = (commit: string): Promise<boolean> =>
    git("merge-base", "--is-ancestor", commit, "HEAD").then(
      () => true,
      () => false,
    );
  const isCommitted = async (file: string): Promise<boolean> => {
    const real = realpathSync(file);
    const inside = path.relative(realpathSync(folder), real).split(path.sep).join("/");
    const blobs = await Promise.all([git("rev-parse", `HEAD:./${inside}`), git("hash-object", real)]).catch(() => []);
    return blobs.length === 2 && blobs[0] === blobs[1];
  };
  const refused = (rule: string, remedy: string): MisconfiguredError =>
    new MisconfiguredError("The command", [{ path: "commit", rule, remedy }]);
  const [commit, status] = await Promise.all([
    git("rev-parse", "HEAD"),
    // A setting of somebody's own may have git leave out files that it does not know.
    git("status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=none"),
  ]).catch((error: unknown) => {
    throw refused(`must be told by git in the folder of this repository: ${lastLine(error)}`, "Run it in a clone");
  });
  const changed = status.split("\n").flatMap((it) => /^ ?\S{1,2} +(.+)$/.exec(it)?.[1] ?? []);
  const committed = await Promise.all(files.map(isCommitted));
  // What git told by its own name is not told again.
  const uncommitted = files.filter((it, at) => committed[at] === false && !changed.some((one) => it.endsWith(one)));
  return {
    commit,
    differing: [...changed, ...uncommitted],
    makersSince: async (since) => {
      if (since !== undefined && !(await has(since)))
        throw refused(
          `must come after ${since}, which the stack was last brought to`,
          "Fetch the whole history (git fetch --unshallow), or bring the branch up to date: nobody can tell who made what is new",
        );
      // It has the commit before, and may still lack what was merged after it.
      if (since !== undefined && (await git("rev-parse", "--is-shallow-repository")) === "true")
        throw refused(
          "must have its whole history: this clone is shallow, and nobody can tell who made what is new",
          "git fetch --unshallow",
        );
      const range = since === undefined ? ["-1"] : [`${since}..HEAD`];
      const format = "--format=%ae%n%ce%n%(trailers:key=Co-authored-by,valueonly)";
      const lines = (await git("log", format, ...range)).split("\n");
      const addresses = lines.map((it) => (/<([^>]*)>/.exec(it)?.[1] ?? it).trim().toLowerCase());
      return [...new Set(addresses.filter((it) => it !== ""))].sort();
    },
    fileAt: (at, file) => git("show", `${at}:${file}`).catch(() => undefined),
  };
}

/** What git said at the end, or why there is no git. */
function lastLine(error: unknown): string {
  const { stderr = "", message = String(error) } = error as { readonly stderr?: string; readonly message?: string };
  return (stderr.trim() || message).split("\n").at(-1) ?? "";
}
