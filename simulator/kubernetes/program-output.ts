import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How a program is run. */
export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take: nobody sees what it asks, so nobody answers it. */
  readonly seconds: number;
  readonly cwd?: string;
}

/**
 * What a program of somebody else prints.
 * @throws Error with what it says of its failure
 */
export async function programOutput(
  command: string,
  args: readonly string[],
  { seconds, ...options }: ProgramOptions,
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { ...options, timeout: seconds * 1000 });
    return stdout;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const said = error.message.trim();
    const isLate = "killed" in error && error.killed === true;
    throw new Error(isLate ? `${said}\nIt did not end within ${seconds} seconds, so it was ended.` : said);
  }
}
