import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Licences of the packages whose code a bundle holds, which ask to go along with it.
 * @throws Error for a package without one
 */
export function noticesOf(root: string, folders: readonly string[]): string {
  const texts = folders.map((folder) => {
    const file = readdirSync(path.join(root, folder)).find((it) => /^licen[cs]e(\.\w+)?$/i.test(it));
    if (file === undefined) throw new Error(`${folder} has no licence to go along with its code`);
    return `${folder.replace(/^.*node_modules\//, "")}\n\n${readFileSync(path.join(root, folder, file), "utf8").trim()}\n`;
  });
  return ["This package holds code of others, under these licences.\n", ...texts].join(`\n${"-".repeat(80)}\n\n`);
}
