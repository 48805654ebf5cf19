import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The folders of PATH. Relative ones do not count: what they name changes with the folder that somebody stands in. */
export function searchPath(path = process.env["PATH"] ?? ""): string[] {
  return path.split(delimiter).filter(isAbsolute);
}

/** First executable of a name on PATH. */
export function onPath(name: string, path?: string): string | undefined {
  return searchPath(path)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Whether a path is a file that this user may run. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
