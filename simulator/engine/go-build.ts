import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sealPrograms } from "./built-programs";
import { EngineError } from "./errors";
import { hasCode } from "./lock";
import type { GoModule, GoProgram } from "./modules";

/** Is told what happens: a line of text, new or in place of the last one when `live`. */
export type Progress = (line: string, live?: boolean) => void;

/** How everything here is compiled. What Go has compiled so, it takes again, in whatever folder it is asked for. */
export const compilerFlags = [
  "-trimpath",
  "-buildvcs=false",
  // What debuggers need is stripped anyway. Not to make it saves a sixth of the time.
  "-gcflags=all=-dwarf=false",
];

/** Module cache, build cache and the result together, for all modules. */
const diskNeedGiB = 11;
const noGo = "Go is not installed, or `go` is not on PATH. Install Go 1.26 or newer (https://go.dev/doc/install).";

/**
 * Builds the programs of a module. They come into being in a folder beside their own, which is renamed at the end: what
 * lies in `module.folder` is always whole.
 * @throws EngineError that says what to do
 */
export async function buildModule(module: GoModule, progress: Progress): Promise<void> {
  const parent = dirname(module.folder);
  await mkdir(parent, { recursive: true });
  await warnIfDiskIsSmall(parent, progress);
  const work = await mkdtemp(join(tmpdir(), "azure-gpu-cluster-go-"));
  const half = `${module.folder}.half`;
  try {
    await cp(module.source, work, { recursive: true });
    await rm(half, { recursive: true, force: true });
    await mkdir(half, { recursive: true, mode: 0o700 });
    for (const program of module.programs) await buildProgram(module, program, { work, half, progress });
    sealPrograms(half, module);
    await rm(module.folder, { recursive: true, force: true });
    await rename(half, module.folder);
  } catch (error) {
    throw hasCode(error, "ENOSPC") ? diskFull() : error;
  } finally {
    await rm(work, { recursive: true, force: true });
    await rm(half, { recursive: true, force: true });
  }
}

async function buildProgram(
  module: GoModule,
  program: GoProgram,
  { work, half, progress }: { work: string; half: string; progress: Progress },
): Promise<void> {
  const title = `${program.executable} (${module.name} ${module.version})`;
  const started = Date.now();
  const elapsed = (): string => duration(Date.now() - started);
  const variables = Object.entries(program.variables).map(([name, value]) => `-X ${name}=${value}`);
  let packages = 0;
  let downloads = 0;
  const report = (): void => {
    const doing = packages > 0 ? `${packages} packages compiled` : `${downloads} modules downloaded`;
    progress(`building ${title}: ${elapsed()}, ${doing}`, true);
  };
  report();
  const timer = setInterval(report, 1000);
  const lastLines: string[] = [];
  try {
    const code = await runGo(
      [
        "build",
        "-v",
        ...compilerFlags,
        "-ldflags",
        ["-s -w", ...variables].join(" "),
        "-o",
        join(half, program.executable),
        program.package,
      ],
      work,
      (line) => {
        if (line.startsWith("go: downloading ")) downloads += 1;
        else if (/^[\w./~-]+$/.test(line)) packages += 1;
        else lastLines.push(line);
      },
    );
    if (code !== 0) throw buildError(title, lastLines);
  } finally {
    clearInterval(timer);
  }
  progress(`built ${title} in ${elapsed()}`);
}

/** Runs `go` in a process group of its own, so that stopping it also stops the compilers that it started. */
function runGo(args: readonly string[], cwd: string, onLine: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    // Without cgo no C compiler is needed, and the result runs on any Linux.
    const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "-mod=readonly" };
    const child = spawn("go", args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const release = killWithUs(child);
    let rest = "";
    const read = (data: string): void => {
      const lines = (rest + data).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") onLine(line.trimEnd());
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.on("error", (error) => {
      release();
      reject(hasCode(error, "ENOENT") ? new EngineError(noGo, 2) : error);
    });
    child.on("close", (code, signal) => {
      release();
      if (rest.trim() !== "") onLine(rest.trimEnd());
      if (signal !== null) reject(new EngineError(`The build was stopped by ${signal}. Nothing half-built was kept.`));
      else resolve(code ?? 1);
    });
  });
}

/** Kills the group of `child` when we are interrupted or end. The build then fails and cleans up behind itself. */
function killWithUs(child: ChildProcess): () => void {
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      if (!hasCode(error, "ESRCH")) throw error;
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, kill);
  process.once("exit", kill);
  return () => {
    for (const signal of signals) process.off(signal, kill);
    process.off("exit", kill);
  };
}

/** Turns what Go printed into a message that says what to do. */
export function buildError(title: string, lines: readonly string[]): EngineError {
  const text = lines.join("\n");
  if (/no space left on device|disk quota exceeded/i.test(text)) return diskFull();
  const tooOld = /go(?:\.mod)? requires go >= (\S+) \(running go (\S+?)[;)]/.exec(text);
  if (tooOld !== null) {
    return new EngineError(`Go ${tooOld[2] ?? ""} is too old: install Go ${tooOld[1] ?? ""} or newer.`, 2);
  }
  return new EngineError([`Building ${title} failed. The last lines of go build:`, ...lines.slice(-15)].join("\n  "));
}

function diskFull(): EngineError {
  return new EngineError(
    `The disk is full: the build needs about ${diskNeedGiB} GiB in the folders of \`go env GOCACHE GOMODCACHE\`, the ` +
      "temporary folder and the user's cache. Make room and run it again; what Go has compiled so far is kept.",
  );
}

async function warnIfDiskIsSmall(folder: string, progress: Progress): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeGiB = (bavail * bsize) / 2 ** 30;
  if (freeGiB < diskNeedGiB) {
    progress(`only ${freeGiB.toFixed(1)} GiB are free, a first build needs about ${diskNeedGiB} GiB`);
  }
}

/** `65000` is `1 m 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, "0")} s`;
}
