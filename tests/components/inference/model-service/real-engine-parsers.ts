import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "../../../../simulator/engine/cache";
import { withLock } from "../../../../simulator/engine/lock";
import { type CpuTorch, cpuTorch } from "../../../examples/cpu-torch";
import { root } from "../../../stack-files";

const run = promisify(execFile);
const own = path.join(__dirname, "engine-parsers");
const [engines, packages, unpack, parse] = ["engines.txt", "packages.txt", "unpack.py", "parse.py"].map((it) =>
  path.join(own, it),
) as [string, string, string, string];

/** What an engine makes of its arguments: values by the names that it has for them, or why it does not start with them. */
export type Answer = { readonly parsed: Readonly<Record<string, unknown>> } | { readonly refused: string };

/** Engines whose parsers are on PyPI. Triton's is not, but its vLLM is. */
export type ParsedEngine = "vllm" | "sglang";

/** A server that a parser is asked about: its arguments, or what Triton gives its vLLM, and what its container has. */
export type Asked = {
  readonly gpus: number;
  readonly variables: Readonly<Record<string, string>>;
} & ({ readonly arguments: readonly string[] } | { readonly options: object });

/** Asks the parser of an engine about servers. */
export type EngineParsers = (engine: ParsedEngine, servers: readonly Asked[]) => Promise<readonly Answer[]>;

/**
 * The parsers of vLLM and SGLang themselves, with the packages that they load, in a folder of its own in the user's cache, made once, on CI
 * or where `CI` is set: 350 MB to fetch beside PyTorch, of which 290 MB stay.
 * @returns the reason where they cannot be had
 * @throws Error for that reason on CI
 */
export async function realEngineParsers(): Promise<EngineParsers | string> {
  const requirements = path.join(root, "examples/training/requirements.txt");
  const hash = createHash("sha256");
  for (const it of [requirements, packages, engines, unpack]) hash.update(readFileSync(it));
  const folder = path.join(cacheFolder("python"), `engines-${hash.digest("hex").slice(0, 8)}`);
  const ready = path.join(folder, "ready");
  const isCi = process.env["CI"] !== undefined;
  if (!existsSync(ready) && !isCi)
    return "The parsers of vLLM and SGLang are not here: CI=true npm test fetches 350 MB, beside PyTorch, once.";
  const torch = await cpuTorch(requirements);
  try {
    if (typeof torch === "string") throw new Error(torch);
    await withLock(`${folder}.lock`, async () => {
      if (!existsSync(ready)) await make(folder, torch);
      writeFileSync(ready, "");
    });
    return (engine, servers) => ask(torch, folder, engine, servers);
  } catch (error) {
    const reason = `The parsers of vLLM and SGLang cannot be had here: ${String(error).trim().split("\n").at(-1) ?? ""}`;
    if (isCi) throw new Error(reason, { cause: error });
    return reason;
  }
}

async function make(folder: string, { python }: CpuTorch): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const wheels = path.join(folder, "wheels");
  mkdirSync(wheels, { recursive: true });
  const pip = (...args: readonly string[]): Promise<unknown> => {
    // What pip would keep of it is 300 MB that nobody asks for again.
    const common = ["--quiet", "--retries=1", "--no-cache-dir", "--only-binary=:all:", "--no-deps", "--require-hashes"];
    return run(python, ["-m", "pip", ...args, ...common]);
  };
  // SGLang has a wheel for each version of Python, for one compiled part that is not unpacked. Any of them has the programs.
  const platforms = ["manylinux_2_28_x86_64", "manylinux_2_34_x86_64"].map((it) => `--platform=${it}`);
  await pip("download", "--python-version=3.11", ...platforms, "--dest", wheels, "--requirement", engines);
  await pip("install", "--no-compile", "--target", path.join(folder, "packages"), "--requirement", packages);
  await run(python, [unpack, wheels, path.join(folder, "engines")]);
  rmSync(wheels, { recursive: true });
}

/** Starts the parser of an engine, which takes seconds, for all servers together. */
async function ask(
  { python, env }: CpuTorch,
  folder: string,
  engine: ParsedEngine,
  servers: readonly Asked[],
): Promise<readonly Answer[]> {
  const child = spawn(python, [parse, engine], {
    env: { ...env, PYTHONPATH: ["engines", "packages"].map((it) => path.join(folder, it)).join(path.delimiter) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [answers, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (answers += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stdin.end(servers.map((it) => `${JSON.stringify(it)}\n`).join(""));
  const [code] = (await once(child, "close")) as unknown[];
  if (code !== 0) throw new Error(`The parser of ${engine} does not start: ${said}`);
  return answers
    .trim()
    .split("\n")
    .map((it) => JSON.parse(it) as Answer);
}
