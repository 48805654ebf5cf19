import { MisconfiguredError } from "../core/problems";

/**
 * Runs a command and ends with its exit code. What the user can fix is told without a stack trace and ends with 2;
 * everything else is a bug, keeps its trace and ends with 70. A reader that goes away, as `| head -1` does, changes nothing:
 * the command ends as it would have.
 * @param isExpected Further errors that the user can fix.
 */
export function runCommand(
  main: (args: readonly string[]) => number | Promise<number>,
  isExpected: (error: unknown) => boolean = () => false,
): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || process.exitCode === 2) return;
    process.stderr.write(`The output could not be written: ${error.message}\n`);
    process.exitCode = 2;
  });
  // What cannot be told can be told nowhere else.
  process.stderr.on("error", () => undefined);
  new Promise<number>((resolve) => resolve(main(process.argv.slice(2)))).then(
    (code) => {
      process.exitCode ??= code;
    },
    (error: unknown) => {
      const expected = error instanceof MisconfiguredError || isExpected(error);
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      process.stderr.write(`${expected ? message : (stack ?? message)}\n`);
      process.exitCode = expected ? 2 : 70;
    },
  );
}

/** The one ENVIRONMENT that a command works on. */
export function oneEnvironment(positionals: readonly string[]): string {
  const [environment, ...more] = positionals;
  if (environment === undefined) throw new Error("ENVIRONMENT must be given");
  if (more.length > 0) throw new Error(`one ENVIRONMENT at a time; got ${positionals.join(" ")}`);
  return environment;
}

/** How long a command may wait for something, as `--wait` says. */
export function minutesToWait(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && minutes <= 1440) return minutes;
  throw new Error(`--wait must be a number of minutes above 0 and at most 1440, a day; got ${text}`);
}

/** The one error for arguments that a command cannot use. */
export function argumentError(error: unknown, command: string): MisconfiguredError {
  return argumentErrorOf(error, `npm run ${command} --`);
}

/** The same for a command that is started in more than one way: it says how this one was. */
export function argumentErrorOf(error: unknown, program: string): MisconfiguredError {
  const rule = error instanceof Error ? error.message : String(error);
  return new MisconfiguredError("The command", [{ path: "arguments", rule, remedy: `${program} --help` }]);
}
