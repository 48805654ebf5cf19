import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { claimFolder, type FolderKind } from "./claim-folder";

/**
 * A folder that a command fills at its end, asked for before the work. All files are written before the first takes its place: where that
 * fails, what was there is there as before, and what was not there is not.
 * @param kind `isWhole`: what such a folder holds besides the files goes, since it was made by an earlier run.
 * @returns what writes the files, by their paths in the folder
 * @throws MisconfiguredError where it cannot be written or is somebody else's, then as now
 */
export function outputFolder(
  argument: string,
  named: string,
  kind: FolderKind & { readonly isWhole: boolean },
): (files: ReadonlyMap<string, string | Uint8Array>) => void {
  const tried = claimFolder(argument, named, kind);
  const folder = path.resolve(named);
  return (files) =>
    tried(() => {
      const made = mkdirSync(folder, { recursive: true });
      // Within it: on the same disk, and a folder that is mounted or worked in stays itself.
      const stage = mkdtempSync(path.join(folder, ".new-"));
      try {
        for (const [file, content] of files) {
          const target = path.join(stage, file);
          mkdirSync(path.dirname(target), { recursive: true });
          writeFileSync(target, content);
        }
      } catch (error) {
        rmSync(made ?? stage, { recursive: true });
        throw error;
      }
      const fresh = readdirSync(stage);
      const old = readdirSync(folder).filter((it) => path.join(folder, it) !== stage);
      for (const it of kind.isWhole ? old : old.filter((name) => fresh.includes(name)))
        rmSync(path.join(folder, it), { recursive: true });
      for (const it of fresh) renameSync(path.join(stage, it), path.join(folder, it));
      rmSync(stage, { recursive: true });
    });
}
