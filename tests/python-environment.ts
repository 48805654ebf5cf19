import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../simulator/engine/cache";
import { withLock } from "../simulator/engine/lock";

const run = promisify(execFile);

/** Packages from PyPI that tests need. */
export interface PythonPackages {
  /** Name of the folder in the user's cache. */
  readonly name: string;
  /** What they are, for messages. */
  readonly what: string;
  readonly megabytes: number;
  /** Path of a file of exact versions and their hashes. */
  readonly requirements: string;
}

/**
 * An environment of Python with some packages in the user's cache, made once, on CI or where `CI` is set.
 * @returns its folder of programs, or the reason where it cannot be had
 * @throws Error for that reason on CI
 */
export async function pythonEnvironment(
  packages: PythonPackages,
): Promise<{ readonly bin: string } | { readonly missing: string }> {
  const { name, what, megabytes, requirements } = packages;
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  const folder = path.join(cacheFolder("python"), `${name}-${key}`);
  const [ready, bin] = [path.join(folder, "ready"), path.join(folder, "bin")];
  const isCi = process.env["CI"] !== undefined;
  // Nobody fetches something unasked.
  if (!existsSync(ready) && !isCi) {
    return { missing: `${what} not here: CI=true npm test fetches ${megabytes} MB, once.` };
  }
  try {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(ready)) return;
      rmSync(folder, { recursive: true, force: true });
      await run("python3", ["-m", "venv", folder]);
      const options = ["--quiet", "--retries=1", "--only-binary=:all:", "--no-deps", "--require-hashes"];
      await run(path.join(bin, "python"), ["-m", "pip", "install", ...options, "--requirement", requirements]);
      writeFileSync(ready, "");
    });
  } catch (error) {
    const missing = `${what} not to be had here: ${String(error).trim().split("\n").at(-1) ?? ""}`;
    if (isCi) throw new Error(missing, { cause: error });
    return { missing };
  }
  return { bin };
}
