import { vi } from "vitest";

/** How a command ended and what it printed. */
interface Ran {
  /** Its exit code, undefined where it threw. */
  readonly code: number | undefined;
  /** What it threw. What that does to a process is in run-command.test.ts. */
  readonly error: unknown;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process: starting one of its own takes longer than most commands. */
export async function runHere(command: () => Promise<number>): Promise<Ran> {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const heard = new Map(signals.map((it) => [it, process.listeners(it)]));
  const [out, err] = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write").mockReturnValue(true));
  const printed = (): Pick<Ran, "out" | "err"> => {
    const [all = "", errors = ""] = [out, err].map((it) => it?.mock.calls.map(([text]) => String(text)).join(""));
    return { out: all, err: errors };
  };
  try {
    const code = await command();
    return { code, error: undefined, ...printed() };
  } catch (error) {
    return { code: undefined, error, ...printed() };
  } finally {
    out?.mockRestore();
    err?.mockRestore();
    // A command listens for signals until its process ends.
    for (const [name, before] of heard)
      for (const it of process.listeners(name)) if (!before.includes(it)) process.off(name, it);
  }
}
