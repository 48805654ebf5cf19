import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EngineError } from "./errors";
import type { GoModule } from "./modules";
import { openTo } from "./private-folder";

/** File beside the programs with what they held when they were built, in the form that `sha256sum --check` reads. */
const sumsFile = "SHA256SUMS";

/** Folders that were checked since this process began: 240 MB are not read again for each question. */
const checked = new Set<string>();

/** Closes the programs in a folder to other users and writes down what they hold. */
export function sealPrograms(folder: string, { programs }: Pick<GoModule, "programs">): void {
  for (const { executable } of programs) chmodSync(join(folder, executable), 0o700);
  const lines = programs.map(({ executable }) => `${sha256(join(folder, executable))}  ${executable}\n`);
  writeFileSync(join(folder, sumsFile), lines.join(""), { mode: 0o600 });
}

/**
 * Whether the programs of a module are there, each as it was built and out of reach of other users.
 * @throws EngineError when they are there and must not be run
 */
export function isBuilt({ folder, programs }: Pick<GoModule, "folder" | "programs">): boolean {
  const sums = join(folder, sumsFile);
  const files = programs.map(({ executable }) => join(folder, executable));
  if (![sums, ...files].every((it) => existsSync(it))) return false;
  for (const path of [folder, sums, ...files]) {
    const why = openTo(statSync(path));
    if (why !== undefined) throw untrusted(folder, `${path} ${why}`);
  }
  if (checked.has(folder)) return true;
  const recorded = readFileSync(sums, "utf8").split("\n");
  for (const { executable } of programs) {
    const path = join(folder, executable);
    if (!recorded.includes(`${sha256(path)}  ${executable}`)) {
      throw untrusted(folder, `${path} is not what was built: its hash is not the one in ${sums}`);
    }
  }
  checked.add(folder);
  return true;
}

function untrusted(folder: string, what: string): EngineError {
  return new EngineError(`${what}, so it is not run. Delete ${folder}, then run \`npm run engine\` to build it again.`);
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
