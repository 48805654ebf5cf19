import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerFlags } from "../../simulator/engine/go-build";
import { root } from "../stack-files";

/** How a program ended, and all that it printed. */
export interface Finished {
  readonly status: number | string | null;
  readonly text: string;
}

/** Inputs and outputs of each component by its type, sorted, as an SDK or the schema names them. */
export type Classes = Readonly<Record<string, { readonly inputs: string[]; readonly outputs: string[] }>>;

const pins = path.join(root, "simulator/engine/go/sdks");

/** SDKs of our package in a folder of their own, each as far installed as a program needs that uses it. */
export class GeneratedSdks {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "azure-gpu-cluster-sdks-"));

  /** @param packageSdks Path of the program that generates. */
  public constructor(private readonly packageSdks: string) {}

  /** The SDK of a language, or a file in it. */
  public at(name: string): string {
    return path.join(this.#folder, name);
  }

  /** Generates the SDKs of a schema, and gives each what its language installs beside it. */
  public async generate(schema: string): Promise<Finished> {
    const finished = await run(this.packageSdks, [schema, this.#folder]);
    if (finished.status !== 0) return finished;
    symlinkSync(path.join(root, "node_modules"), this.at("nodejs/node_modules"));
    // The SDK asks what pip notes of it.
    const { name, version } = JSON.parse(readFileSync(schema, "utf8")) as { name: string; version: string };
    const distribution = `pulumi_${name.replaceAll("-", "_")}`;
    const info = this.at(`python/${distribution}-${version}.dist-info`);
    mkdirSync(info);
    writeFileSync(path.join(info, "METADATA"), `Metadata-Version: 2.1\nName: ${distribution}\nVersion: ${version}\n`);
    // The SDK's own go.mod names an old Pulumi: its versions are those that the generators are built with, which are here.
    const module = /^module .*$/m.exec(readFileSync(this.at("go/go.mod"), "utf8"))?.[0] ?? "";
    const pinned = readFileSync(path.join(pins, "go.mod"), "utf8");
    writeFileSync(this.at("go/go.mod"), pinned.replace(/^module .*$/m, module));
    cpSync(path.join(pins, "go.sum"), this.at("go/go.sum"));
    return finished;
  }

  /** Puts the SDK of TypeScript, and what else a program needs, among the packages of a folder, as npm would: the SDK compiles itself there. */
  public async installTypeScript(folder: string): Promise<Finished> {
    const packages = path.join(root, "node_modules");
    const PATH = [path.join(packages, ".bin"), process.env["PATH"]].join(path.delimiter);
    const env = { ...process.env, PATH };
    const finished = await run("node", ["scripts/postinstall.js"], { cwd: this.at("nodejs"), env });
    mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
    const link = (name: string, to: string): void => symlinkSync(to, path.join(folder, "node_modules", name));
    for (const it of ["@pulumi/pulumi", "@types", "typescript"]) link(it, path.join(packages, it));
    link("@pulumi/azure-gpu-cluster", this.at("nodejs"));
    return finished;
  }

  /**
   * Runs a command of `go` in the SDK of Go, as the generators were built: what they and an SDK have in common is compiled already. Only CI
   * fetches modules; elsewhere they are there since then, or it says what is missing.
   */
  public async go(command: string, ...args: string[]): Promise<Finished | { readonly missing: string }> {
    const isCi = process.env["CI"] !== undefined;
    const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=mod", ...(!isCi && { GOPROXY: "off" }) };
    const finished = await run("go", [command, ...compilerFlags, ...args], { cwd: this.at("go"), env });
    if (!isCi && finished.status === "ENOENT") return { missing: "Go is not installed." };
    if (!isCi && finished.text.includes("disabled by GOPROXY=off"))
      return { missing: "Go has not fetched the modules of Pulumi's SDK." };
    return finished;
  }

  public remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a program, however it ends; one that is not there has the status ENOENT. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 2 ** 26, ...options }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : (error.code ?? null), text: stdout + stderr });
    });
  });
}
