import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { describe, expect, test as base } from "vitest";
import { isRunning } from "../../../core/is-running";

// The command with a `go` of our own: what it does around a build does not need a build.
const repository = resolve(__dirname, "../../..");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A home of a test's own, and a folder that is all of PATH. */
class Machine {
  private readonly bin: string;

  private constructor(readonly folder: string) {
    this.bin = join(folder, "bin");
  }

  static async make(): Promise<Machine> {
    const machine = new Machine(await mkdtemp(join(tmpdir(), "engine-test-")));
    await mkdir(machine.bin);
    await symlink(process.execPath, join(machine.bin, "node"));
    return machine;
  }

  /** Puts a shell script on PATH, and returns where. */
  async program(name: string, script: string): Promise<string> {
    const file = join(this.bin, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  go(script: string): Promise<string> {
    return this.program("go", `export PATH=/usr/bin:/bin\n${script}`);
  }

  start(...args: readonly string[]): { readonly child: ChildProcess; readonly done: Promise<Ended> } {
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "simulator/engine/main.ts", ...args], {
      cwd: repository,
      env: {
        PATH: this.bin,
        HOME: this.folder,
        XDG_CACHE_HOME: join(this.folder, "cache"),
        GO_LOG: join(this.folder, "go.log"),
      },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (err += data.toString()));
    const done = new Promise<Ended>((settle) => child.on("close", (code) => settle({ code, out, err })));
    return { child, done };
  }

  /** What was built, in order. */
  async built(): Promise<string[]> {
    const log = join(this.folder, "go.log");
    if (!existsSync(log)) return [];
    return (await readFile(log, "utf8"))
      .trim()
      .split("\n")
      .map((file) => basename(file));
  }

  leftBehind(): string[] {
    const engines = join(this.folder, "cache", "azure-gpu-cluster", "engine");
    return existsSync(engines) ? readdirSync(engines).filter((name) => /half|lock/.test(name)) : [];
  }
}

const test = base.extend<{ machine: Machine }>({
  // Vitest reads from the pattern what a fixture needs.
  // eslint-disable-next-line no-empty-pattern
  machine: async ({}, use) => {
    const machine = await Machine.make();
    await use(machine);
    await rm(machine.folder, { recursive: true });
  },
});

/** What is built last, as it is told to be missing. */
const last = [
  "Cilium's judge of policies has",
  "Prometheus' engine of queries has",
  "The linter of workflows has",
  "The host of programs in YAML has",
  "The generator of SDKs has",
];

/** Finds the value of `-o`, makes an executable there, and notes that it ran. */
const builds = `
while [ "$1" != "-o" ]; do shift; done
echo "go: downloading some.where/module v1.0.0" >&2; echo some.where/package >&2
[ -f go.mod ] && echo "#!/bin/sh" > "$2" && chmod +x "$2" && echo "$2" >> "$GO_LOG"`;

// At the same time: one of them waits ten seconds for a program that never answers.
describe.concurrent("npm run engine", () => {
  test("builds what is missing, tells where it is, and builds nothing the second time", async ({ machine }) => {
    await machine.go(builds);
    const first = await machine.start("--json").done;
    expect(first.err).toContain("built kube-apiserver (kubernetes 1.36.");
    expect(first.code).toBe(0);
    const engine: unknown = JSON.parse(first.out);
    const schedulers = [
      "kubeScheduler",
      "kubeControllerManager",
      "kwok",
      "kueue",
      "jobSetManager",
      "leaderWorkerSetManager",
      "trainerManager",
    ];
    const all = [
      "pulumi",
      "kubeApiserver",
      "etcd",
      "helm",
      ...schedulers,
      "policyVerdicts",
      "promqlResults",
      "actionlint",
      "yamlHost",
      "packageSdks",
    ];
    expect(Object.keys(engine as object)).toEqual(all);
    const programs = ["pulumi", "kube-apiserver", "etcd", "helm", "kube-scheduler", "kube-controller-manager"];
    programs.push("kwok", "kueue", "jobset-manager", "lws-manager", "trainer-controller-manager", "policy-verdicts");
    programs.push("promql-results", "actionlint", "pulumi-language-yaml", "package-sdks");
    expect(await machine.built()).toEqual(programs);

    const second = await machine.start("--json").done;
    expect(second).toEqual({ code: 0, out: first.out, err: "" });
    expect(await machine.built()).toEqual(programs);
    expect(machine.leftBehind()).toEqual([]);
  });

  test("builds once when started twice at the same time", async ({ machine }) => {
    await machine.go(`sleep 0.3\n${builds}`);
    const codes = (await Promise.all([machine.start().done, machine.start().done])).map(({ code }) => code);
    expect(codes).toEqual([0, 0]);
    expect(await machine.built()).toHaveLength(16);
  });

  test("takes a pulumi on PATH of the SDK's version instead of building one", async ({ machine }) => {
    await machine.go(builds);
    const pulumi = await machine.program("pulumi", `echo v${sdkVersion}`);
    const { out, err } = await machine.start("--json").done;
    expect(JSON.parse(out)).toMatchObject({ pulumi });
    expect(err).not.toContain("built pulumi (");
  });

  test("builds its own beside a pulumi of another version, and says why", async ({ machine }) => {
    await machine.go(builds);
    const pulumi = await machine.program("pulumi", "echo v3.1.0");
    const { out, err } = await machine.start("--json").done;
    expect(err).toContain(`${pulumi} is not used: it is v3.1.0, and the rehearsal runs v${sdkVersion}, as the SDK is`);
    expect(JSON.parse(out)).toHaveProperty("pulumi", expect.stringContaining(`/engine/pulumi-${sdkVersion}-`));
  });

  test("does not wait for a pulumi on PATH that never answers", async ({ machine }) => {
    await machine.go(builds);
    const pulumi = await machine.program("pulumi", "exec /bin/sleep 600");
    const { code, err } = await machine.start("--json").done;
    expect(code).toBe(0);
    expect(err).toContain(`${pulumi} is not used: it is a program that tells no version`);
  });

  test("prefers its own to one on PATH, and tells what was changed since it was built", async ({ machine }) => {
    await machine.go(builds);
    const { out } = await machine.start("--json").done;
    const { pulumi } = JSON.parse(out) as { pulumi: string };
    await machine.program("pulumi", `echo v${sdkVersion}`);
    expect(JSON.parse((await machine.start("--json").done).out)).toMatchObject({ pulumi });
    await writeFile(pulumi, "#!/bin/sh\necho planted\n");
    const { code, err } = await machine.start("--json").done;
    expect(code).toBe(1);
    expect(err).toContain(`${pulumi} is not what was built`);
  });

  test("without Go fails with 2 and says what to install", async ({ machine }) => {
    const { code, err } = await machine.start().done;
    expect(code).toBe(2);
    expect(err.trim().split("\n").at(-1)).toBe(
      "Go is not installed, or `go` is not on PATH. Install Go 1.26 or newer (https://go.dev/doc/install).",
    );
  });

  test("a failed build fails with 1, shows the last lines and keeps nothing", async ({ machine }) => {
    await machine.go('echo "x.go:3: undefined: y" >&2; exit 1');
    const { code, err } = await machine.start().done;
    expect(code).toBe(1);
    expect(err).toContain("failed. The last lines of go build:\n  x.go:3: undefined: y");
    expect(machine.leftBehind()).toEqual([]);
  });

  test("an interrupted build ends at once, with its children, and keeps nothing", async ({ machine }) => {
    const pidFile = join(machine.folder, "pid");
    await machine.go(`while [ "$1" != "-o" ]; do shift; done\necho half > "$2"\nsleep 60 & echo $! > ${pidFile}; wait`);
    const { child, done } = machine.start();
    while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await sleep(20);
    const compiler = Number(await readFile(pidFile, "utf8"));
    expect(isRunning(compiler)).toBe(true);
    child.kill("SIGINT");
    expect((await done).code).toBe(130);
    expect(isRunning(compiler)).toBe(false);
    expect(machine.leftBehind()).toEqual([]);
  });

  test("--check builds nothing", async ({ machine }) => {
    await machine.go(builds);
    const { code, err } = await machine.start("--check").done;
    const missing = ["The engine has", "Helm has", "Scheduler and Kueue have", ...last];
    expect([code, err]).toEqual([1, missing.map((it) => `${it} not been built: npm run engine\n`).join("")]);
    expect(await machine.built()).toEqual([]);
  });

  test("--check names what is missing, and nothing else", async ({ machine }) => {
    await machine.go(builds);
    const { helm } = JSON.parse((await machine.start("--json").done).out) as { helm: string };
    await rm(helm);
    const err = "Helm has not been built: npm run engine\n";
    expect(await machine.start("--check").done).toEqual({ code: 1, out: "", err });
  });

  test("a Helm that cannot be built leaves a usable engine", async ({ machine }) => {
    await machine.go(`case "$*" in *helm*) echo "x.go:3: undefined: y" >&2; exit 1;; esac\n${builds}`);
    const { code, err } = await machine.start().done;
    expect(code).toBe(1);
    expect(err).toContain("Building helm (helm 4.");
    expect(await machine.built()).toHaveLength(3);
    const missing = ["Helm has", "Scheduler and Kueue have", ...last];
    expect((await machine.start("--check").done).err).toBe(
      missing.map((it) => `${it} not been built: npm run engine\n`).join(""),
    );
  });

  test("a Kueue that cannot be built leaves the engine and Helm, and what was built beside it", async ({ machine }) => {
    await machine.go(`case "$*" in *cmd/kueue*) echo "x.go:3: undefined: y" >&2; exit 1;; esac\n${builds}`);
    const { code, err } = await machine.start().done;
    expect(code).toBe(1);
    expect(err).toContain("Building kueue (kueue 0.");
    expect(machine.leftBehind()).toEqual([]);
    expect((await machine.start("--check").done).err).toBe(
      ["Scheduler and Kueue have", ...last].map((it) => `${it} not been built: npm run engine\n`).join(""),
    );
  });

  test("--help explains itself", async ({ machine }) => {
    const { code, out } = await machine.start("--help").done;
    expect([code, out.split("\n")[0]]).toEqual([0, "Usage: npm run engine [-- --json | --check | --help]"]);
  });
});
