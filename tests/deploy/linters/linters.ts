import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { pythonEnvironment } from "../../python-environment";

const run = promisify(execFile);

/** How a linter ended and what it printed. */
export interface Linted {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `zizmor` or `check-jsonschema`, which fetch nothing themselves. */
export type RunLinter = (program: "zizmor" | "check-jsonschema", args: readonly string[]) => Promise<Linted>;

/**
 * Linters of pipelines. zizmor knows how workflows of GitHub are attacked; check-jsonschema brings the schemas that Microsoft and GitLab
 * publish of their files.
 * @returns the reason where they cannot be had
 * @throws Error for that reason on CI
 */
export async function pipelineLinters(): Promise<RunLinter | string> {
  const environment = await pythonEnvironment({
    name: "linters",
    what: "zizmor and check-jsonschema are",
    megabytes: 12,
    requirements: path.join(__dirname, "requirements.txt"),
  });
  if ("missing" in environment) return environment.missing;
  return async (program, args) => {
    try {
      const { stdout, stderr } = await run(path.join(environment.bin, program), args, { maxBuffer: 2 ** 26 });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
      if (typeof code !== "number") throw error;
      return { code, out: stdout, err: stderr };
    }
  };
}
