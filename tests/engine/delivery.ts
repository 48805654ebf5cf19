import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { World } from "../../simulator/azure/world";
import { findEngine, howToGetEngine } from "../../simulator/engine/engine";
import { buildProviders } from "../../simulator/engine/providers";
import { root } from "../stack-files";
import { tempFolder } from "./harness";

/** How a command of a user ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A clone of this repository with a backend in a folder and a simulated Azure: what somebody has in front of them who delivers. */
export class Clone {
  public readonly world: World;
  readonly #folder = tempFolder();
  readonly #clone = path.join(this.#folder, "clone");
  readonly #env: NodeJS.ProcessEnv;

  public constructor(private readonly more: Readonly<Record<string, string>> = {}) {
    const engine = findEngine();
    if (engine === undefined) throw new Error(howToGetEngine);
    const [state, home, simulator] = ["state", "home", "simulator"].map((it) => path.join(this.#folder, it)) as [
      string,
      string,
      string,
    ];
    for (const it of [this.#clone, state, home, simulator]) mkdirSync(it);
    this.world = World.open(simulator);
    this.world.runFrom("workstation");
    const world = this.world.environment(buildProviders(path.join(this.#folder, "providers")), 3000);
    this.#env = {
      ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !foreign.test(key))),
      ...world,
      PATH: [path.dirname(engine.pulumi), world["PATH"]].join(path.delimiter),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "1",
      ...this.more,
    };
    this.#copy();
  }

  /** Path of a file that is no part of the clone. */
  public beside(name: string): string {
    return path.join(this.#folder, name);
  }

  /** Writes a file of the clone. */
  public write(file: string, text: string): void {
    writeFileSync(path.join(this.#clone, file), text);
  }

  /** Changes a file of the clone. */
  public edit(file: string, change: (text: string) => string): void {
    this.write(file, change(readFileSync(path.join(this.#clone, file), "utf8")));
  }

  /** Commits all that differs, as somebody; returns the commit. */
  public commit(who: string): string {
    this.#git("add", "--all");
    const author = ["-c", `user.name=${who}`, "-c", `user.email=${who}@example.com`];
    this.#git(...author, "commit", "--quiet", "--allow-empty", "--message", `by ${who}`);
    return this.#git("rev-parse", "HEAD");
  }

  /** Runs `npm run ...`, or another program, and waits for its end. */
  public async run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    const child = spawn(command, args, { cwd: this.#clone, env: { ...this.#env, ...env } });
    let [out, err] = ["", ""];
    child.stdout.on("data", (it: Buffer) => (out += it.toString()));
    child.stderr.on("data", (it: Buffer) => (err += it.toString()));
    return new Promise((done, fail) => {
      child.on("error", fail);
      child.on("close", (code) => done({ code, out, err }));
    });
  }

  #git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.#clone, encoding: "utf8", env: this.#env }).trim();
  }

  /** All files but those that no command reads. */
  #copy(): void {
    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
    for (const file of files.split("\0"))
      if (file !== "" && !/^(tests|docs|examples)\//.test(file) && existsSync(path.join(root, file)))
        cpSync(path.join(root, file), path.join(this.#clone, file));
    this.#git("init", "--quiet", "--initial-branch", "main");
    symlinkSync(path.join(root, "node_modules"), path.join(this.#clone, "node_modules"));
    writeFileSync(path.join(this.#clone, ".git", "info", "exclude"), "node_modules\n");
  }
}

/** Variables of whoever runs the tests that a delivery would take for its own. */
const foreign = /^(ARM_|AZURE_|PULUMI_|GITHUB_|GITLAB_|CI_|BUILD_|SYSTEM_|TF_BUILD$|npm_)/;
