import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { MisconfiguredError } from "../core/problems";
import { projectName } from "./config/sections";
import { readStackFile } from "./stack-file";
import { readYamlText } from "./yaml/yaml-text";

/**
 * The stack files of the environment that a file belongs to: the one that makes the cluster, then those beside it that
 * read what it hands over, in the order of their names. A file that nobody reads and that reads nobody is alone.
 */
export function stacksOf(file: string): string[] {
  const folder = path.dirname(file);
  const made = handoverOf(file);
  const first = made === undefined ? file : path.join(folder, `Pulumi.${made}.yaml`);
  // Whoever previews the file hears that what it reads is not there.
  if (!existsSync(first)) return [file];
  const name = path.basename(first);
  const readers = readdirSync(folder)
    .filter((it) => /^Pulumi\..+\.ya?ml$/.test(it) && it !== name)
    .map((it) => path.join(folder, it))
    .filter((it) => `Pulumi.${handoverOf(it) ?? ""}.yaml` === name)
    .sort();
  return [first, ...readers];
}

/** Name of the stack that a file reads. A file that cannot be read is told of by whoever plans it. */
function handoverOf(file: string): string | undefined {
  try {
    // Most files read nobody, and looking for a word takes a moment where reading takes a tenth of a second.
    if (!readYamlText(file, file).includes("handover")) return undefined;
    return readStackFile(file).values[`${projectName}:handover`]?.split("/").at(-1);
  } catch (error) {
    if (error instanceof MisconfiguredError) return undefined;
    throw error;
  }
}
