import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/**
 * Kills the program as soon as its standard input closes. The operating system closes it however we end, so not even
 * `kill -9` of this process leaves the program behind.
 */
const leash = 'exec 3<&0; "$@" <&- 3<&- & child=$!; (cat <&3; kill -KILL $child) >/dev/null 2>&1 & wait $child';

/**
 * All of them are Go programs that live for minutes and make garbage for all that time. With five times the heap that is in use, in place of
 * Go's twice, an API server that takes the CRDs of all products needs a third less processor time and twice the memory, 1.2 GB.
 * Whoever has less memory sets the variable.
 */
const garbageCollection = { GOGC: "400" };

/** A program that cannot outlive this process. */
export class LeashedProcess {
  readonly #shell: ChildProcess;
  readonly #ended: Promise<void>;
  #end: string | undefined;

  public constructor(
    public readonly name: string,
    command: string,
    args: readonly string[],
    private readonly logPath: string,
    /** Folder that it works in. */
    cwd: string,
    /** Variables that it gets besides those of this process. */
    env: Readonly<Record<string, string>> = {},
  ) {
    const log = openSync(logPath, "w");
    // In a session of its own: Ctrl-C is for us, and what works with the program must end before it does.
    const stdio: ["pipe", number, number] = ["pipe", log, log];
    const options = { cwd, stdio, detached: true, env: { ...garbageCollection, ...process.env, ...env } };
    this.#shell = spawn("/bin/sh", ["-c", leash, "sh", command, ...args], options);
    closeSync(log);
    // Closing the pipe of a program that has ended already must not throw.
    this.#shell.stdin?.on("error", () => undefined);
    this.#ended = new Promise((resolve) => {
      const end = (how: string): void => {
        this.#end ??= how;
        this.#shell.stdin?.destroy();
        resolve();
      };
      this.#shell.once("exit", (code, signal) => end(howItEnded(code, signal)));
      this.#shell.once("error", (error) => end(error.message));
    });
  }

  /** Whether it still runs. */
  public get running(): boolean {
    return this.#end === undefined;
  }

  /** How it ended and the last lines of what it printed. Undefined while it runs. */
  public get obituary(): string | undefined {
    return this.#end === undefined
      ? undefined
      : `${this.name} has ended (${this.#end}). The end of its log:\n${this.logTail()}`;
  }

  /** The last lines of what it printed. */
  public logTail(lines = 12): string {
    return readFileSync(this.logPath, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
  }

  /** Stops it and waits until it is gone. */
  public async stop(): Promise<void> {
    if (this.running) this.#shell.ref();
    this.#shell.stdin?.destroy();
    await this.#ended;
  }

  /** Lets this Node process end while the program runs: it then ends too. */
  public unref(): void {
    this.#shell.unref();
    const stdin: unknown = this.#shell.stdin;
    if (hasUnref(stdin)) stdin.unref();
  }
}

/** A shell tells that its program was killed by a signal as an exit code above 128. */
function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (code === null) return `killed by ${signal ?? "a signal"}`;
  return code > 128 ? `killed by signal ${code - 128}` : `exit code ${code}`;
}

function hasUnref(value: unknown): value is { unref: () => void } {
  return typeof value === "object" && value !== null && "unref" in value && typeof value.unref === "function";
}
