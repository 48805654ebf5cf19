import { readFileSync } from "node:fs";
import path from "node:path";

/** What the lock file says of a package. */
export interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Packages by the folder that they are installed in, such as `node_modules/zod`. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** Reads the lock file of the repository. */
export function readLockedPackages(root: string): LockedPackages {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as { packages: LockedPackages };
  return lock.packages;
}

/** Folders of packages, and of all that they need in turn. */
export function withDependencies(folders: readonly string[], locked: LockedPackages): readonly string[] {
  const found = new Set(folders);
  // A set that grows while it is walked is walked to its end.
  for (const folder of found) {
    for (const name of Object.keys(locked[folder]?.dependencies ?? {})) found.add(folderOf(name, folder, locked));
  }
  return [...found].sort();
}

/** Where Node finds a package that another asks for: beside it, or further out. */
function folderOf(name: string, from: string, locked: LockedPackages): string {
  const own = `${from}/node_modules/${name}`;
  if (own in locked) return own;
  const outer = from.lastIndexOf("/node_modules/");
  return outer < 0 ? `node_modules/${name}` : folderOf(name, from.slice(0, outer), locked);
}
