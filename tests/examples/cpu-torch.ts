import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../simulator/engine/cache";
import { withLock } from "../../simulator/engine/lock";

const run = promisify(execFile);

/** PyTorch on a machine without a GPU. */
export interface CpuTorch {
  readonly python: string;
  /** Variables of every process that loads it. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * PyTorch in an environment of its own in the user's cache, made once, on CI or where `CI` is set: 540 MB to fetch, 1.4 GB on disk.
 * @returns the reason where it cannot be had
 */
export async function cpuTorch(requirements: string): Promise<CpuTorch | string> {
  if (process.platform !== "linux" || process.arch !== "x64") return "PyTorch is pinned for Linux on x64 alone.";
  const key = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  const folder = path.join(cacheFolder("python"), `torch-${key}`);
  const standIns = path.join(folder, "cuda");
  const ready = path.join(folder, "ready");
  // Nobody fetches that much unasked.
  if (!existsSync(ready) && process.env["CI"] === undefined)
    return "PyTorch is not here: CI=true npm test fetches 540 MB, once.";
  try {
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(ready)) return;
      rmSync(folder, { recursive: true, force: true });
      await run("python3", ["-m", "venv", folder]);
      const pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--retries=1",
        "--only-binary=:all:",
        "--no-deps",
        "--no-compile",
      ];
      await run(path.join(folder, "bin/python"), [...pip, "--require-hashes", "--requirement", requirements]);
      await makeStandIns(librariesOf(folder), standIns);
      writeFileSync(ready, "");
    });
  } catch (error) {
    const [first = "", ...rest] = String(error).trim().split("\n");
    return `PyTorch cannot be had here: ${rest.at(-1) ?? first}`;
  }
  // One thread for each process: two processes share two cores. What Python compiles it keeps: that is most of the time of a start.
  const env = { ...process.env, LD_LIBRARY_PATH: standIns, OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "" };
  return { python: path.join(folder, "bin/python"), env };
}

function librariesOf(folder: string): string {
  const [python = ""] = readdirSync(path.join(folder, "lib"));
  return path.join(folder, "lib", python, "site-packages/torch/lib");
}

/**
 * PyTorch on PyPI is built for CUDA, whose libraries take 2.5 GB and must be there when it starts, GPU or not. These stand in for them:
 * libraries of the same names and versions, each of whose functions answers 100, for CUDA "no device".
 */
async function makeStandIns(libraries: string, folder: string): Promise<void> {
  const files = readdirSync(libraries).filter((it) => it.endsWith(".so"));
  const needed = new Set<string>();
  const versions = new Map<string, Set<string>>();
  const functions = new Map<string, Set<string>>();
  const defined = new Set<string>();
  for (const file of files.map((it) => path.join(libraries, it))) {
    const dynamic = await output("readelf", "--wide", "--dynamic", "--version-info", file);
    for (const [, library = ""] of dynamic.matchAll(/\(NEEDED\).*\[(.*)\]/g)) needed.add(library);
    for (const [, library = "", lines = ""] of dynamic.matchAll(/File: (\S+).*\n((?:.*Name: .*\n)+)/g)) {
      for (const [, version = ""] of lines.matchAll(/Name: (\S+)/g)) put(versions, library, version);
    }
    for (const [, name = "", version = ""] of (await names("--undefined-only", file)).matchAll(
      / (\w+)(?:@(\S+))?$/gm,
    )) {
      put(functions, version, name);
    }
    for (const [, name = ""] of (await names("--defined-only", file)).matchAll(/ (\w+)(?:@\S+)?$/gm)) defined.add(name);
  }
  // Functions of libraries without versions: any library may have them.
  const loose = [...(functions.get("") ?? [])].filter((it) => /^(cu|nv|nccl)/.test(it) && !defined.has(it));
  mkdirSync(folder, { recursive: true });
  for (const library of [...needed].filter((it) => /^lib(cu|nv|nccl)/.test(it) && !files.includes(it))) {
    const parts = [...(versions.get(library) ?? [])].map((it) => [it, [...(functions.get(it) ?? [])]] as const);
    const has = [...parts.flatMap(([, it]) => it), ...(library.startsWith("libnccl.") ? loose : [])];
    const [source, script] = [path.join(folder, "stand-in.c"), path.join(folder, "stand-in.map")];
    writeFileSync(source, has.map((it) => `long ${it}(void) { return 100; }\n`).join(""));
    const nodes = parts.map(([version, it]) => `${version} { global: ${it.map((name) => `${name};`).join(" ")} };`);
    writeFileSync(script, nodes.length > 0 ? nodes.join("\n") : "{ global: *; };");
    const linker = [`-Wl,-soname,${library}`, `-Wl,--version-script=${script}`];
    await run("cc", ["-w", "-fno-builtin", "-shared", "-o", path.join(folder, library), ...linker, source]);
  }
}

function names(which: string, file: string): Promise<string> {
  return output("nm", "--dynamic", which, file);
}

async function output(program: string, ...args: string[]): Promise<string> {
  return (await run(program, args, { maxBuffer: 1 << 28 })).stdout;
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
