import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { World } from "../../simulator/azure/world";
import { buildProviders } from "../../simulator/engine/providers";
import { root } from "../stack-files";

/** How a program ended, and all that it printed. */
export interface Ended {
  readonly status: number | null;
  readonly text: string;
}

/** A simulated Azure, and an engine that finds our package as a plugin. */
export class SimulatedPackage {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "azure-gpu-cluster-package-"));
  readonly #env: NodeJS.ProcessEnv;
  public readonly world: World;

  /**
   * @param programs Folders of executables that the engine finds besides.
   * @param sdk Folder of a generated SDK of Python that programs import.
   */
  public constructor(pulumi: string, programs: readonly string[] = [], sdk?: string) {
    for (const it of ["state", "home", "work", "plugin"]) mkdirSync(this.at(it));
    // Starts the plugin as Pulumi's Node host does, whose Go module no proxy has.
    const start = `exec node ${root}/node_modules/@pulumi/pulumi/cmd/run-plugin ${root} "$@"`;
    writeFileSync(this.at("plugin/pulumi-resource-azure-gpu-cluster"), `#!/bin/sh\n${start}\n`, { mode: 0o700 });
    this.world = World.open(this.at("simulator"));
    this.world.runFrom("workstation");
    const simulated = this.world.environment(buildProviders(this.at("providers")), 3000);
    const found = [this.at("plugin"), ...programs, simulated["PATH"], path.dirname(pulumi)];
    this.#env = {
      ...process.env,
      ...simulated,
      PATH: found.join(path.delimiter),
      PULUMI_HOME: this.at("home"),
      PULUMI_BACKEND_URL: `file://${this.at("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "package",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      ...(sdk !== undefined && { PYTHONPATH: sdk }),
    };
  }

  /** A file or folder of this one alone; `work` is where programs are run. */
  public at(name: string): string {
    return path.join(this.#folder, name);
  }

  /** Runs a program in the folder `work`, however it ends. */
  public run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const options = { cwd: this.at("work"), env: { ...this.#env, ...env }, maxBuffer: 2 ** 26 };
      execFile(program, args, options, (error, stdout, stderr) => {
        const status = error === null ? 0 : error.code;
        if (typeof status === "string") reject(error ?? new Error(status));
        else resolve({ status: status ?? null, text: stdout + stderr });
      });
    });
  }

  public remove(): void {
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
