import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { closestNames } from "../core/closest-names";
import { MisconfiguredError, Problems } from "../core/problems";

/** Folders that hold stack files, from the root of the project. */
const stackFolders = ["stacks", "examples"];

/** Every stack file that ships with the project. */
export function stackFilesOf(root: string): string[] {
  return stackFolders.flatMap((folder) => listStackFiles(path.join(root, folder)));
}

/**
 * Finds the file of an environment: its name, or the path of any stack file.
 * @throws MisconfiguredError when there is none
 */
export function findStackFile(environment: string, root: string): string {
  const known = stackFilesOf(root);
  const byName = known.find((file) => stackName(file) === environment);
  if (byName !== undefined) return byName;
  const asPath = path.resolve(environment);
  if (existsSync(asPath) && /\.ya?ml$/.test(asPath)) return asPath;
  const problems = new Problems();
  const names = known.map((file) => stackName(file) ?? "");
  const near = closestNames(environment, names, names.length);
  problems.require(false, "environment", "must be the name of a stack file in stacks/ or examples/, or a path to one", {
    got: environment,
    remedy: `Known: ${[...near, ...names.filter((it) => !near.includes(it))].join(", ")}`,
  });
  throw new MisconfiguredError("The command", problems.list);
}

function listStackFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? listStackFiles(full) : [full];
    })
    .filter((file) => stackName(file) !== undefined);
}

/** Name of the stack whose file it is by its own name, `undefined` for any other file. */
export function stackName(file: string): string | undefined {
  return /^Pulumi\.([^/\\]+)\.ya?ml$/.exec(path.basename(file))?.[1];
}
