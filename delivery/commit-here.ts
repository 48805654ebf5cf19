import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { MisconfiguredError } from "../core/problems";

/** The commit that a folder is at. */
export interface CommitHere {
  readonly commit: string;
  /** Whether there are files that differ from it. */
  readonly dirty: boolean;
  readonly author: string;
}

/** Asks git what the folder is at. */
export async function commitHere(folder: string): Promise<CommitHere> {
  const git = async (...args: string[]): Promise<string> => {
    try {
      return (await promisify(execFile)("git", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })).stdout.trim();
    } catch {
      throw new MisconfiguredError("The command", [
        { path: "commit", rule: "must be told by git in the folder of this repository", remedy: "Run it in a clone" },
      ]);
    }
  };
  return {
    commit: await git("rev-parse", "HEAD"),
    dirty: (await git("status", "--porcelain")) !== "",
    author: await git("log", "-1", "--format=%ae"),
  };
}
