import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../../simulator/engine/cache";
import { withLock } from "../../../simulator/engine/lock";

const run = promisify(execFile);
const requirements = path.join(__dirname, "requirements.txt");

/** How a linter ended and what it printed. */
export interface Linted {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `zizmor` or `check-jsonschema`, which fetch nothing themselves. */
export type RunLinter = (program: "zizmor" | "check-jsonschema", args: readonly string[]) => Promise<Linted>;

/**
 * Linters of pipelines from PyPI in an environment of their own in the user's cache, made once, on CI or where `CI` is set: 12 MB to fetch.
 * zizmor knows how workflows of GitHub are attacked; check-jsonschema brings the schemas that Microsoft and GitLab publish of their files.
 * @returns the reason where they cannot be had
 * @throws Error for that reason on CI
 */
export async function pipelineLinters(): Promise<RunLinter | string> {
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  const folder = path.join(cacheFolder("python"), `linters-${key}`);
  const ready = path.join(folder, "ready");
  const isCi = process.env["CI"] !== undefined;
  // Nobody fetches something unasked.
  if (!existsSync(ready) && !isCi)
    return "zizmor and check-jsonschema are not here: CI=true npm test fetches 12 MB, once.";
  try {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(ready)) return;
      rmSync(folder, { recursive: true, force: true });
      await run("python3", ["-m", "venv", folder]);
      const options = ["--quiet", "--retries=1", "--only-binary=:all:", "--no-deps", "--require-hashes"];
      await run(path.join(folder, "bin/python"), ["-m", "pip", "install", ...options, "--requirement", requirements]);
      writeFileSync(ready, "");
    });
  } catch (error) {
    const reason = `zizmor and check-jsonschema cannot be had here: ${String(error).trim().split("\n").at(-1) ?? ""}`;
    if (isCi) throw new Error(reason, { cause: error });
    return reason;
  }
  return async (program, args) => {
    try {
      const { stdout, stderr } = await run(path.join(folder, "bin", program), args, { maxBuffer: 2 ** 26 });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
      if (typeof code !== "number") throw error;
      return { code, out: stdout, err: stderr };
    }
  };
}
