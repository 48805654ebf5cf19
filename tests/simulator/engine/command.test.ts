import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { version as sdkVersion } from "@pulumi/pulumi/package.json";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "./processes";

// The command with a `go` of our own: what it does around a build does not need a build.
const repository = resolve(__dirname, "../../..");
let folder: string;
let bin: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-test-"));
  bin = join(folder, "bin");
  await mkdir(bin);
  await symlink(process.execPath, join(bin, "node"));
});
afterEach(() => rm(folder, { recursive: true }));

async function fakeGo(script: string): Promise<void> {
  await writeFile(join(bin, "go"), `#!/bin/sh\nexport PATH=/usr/bin:/bin\n${script}\n`);
  await chmod(join(bin, "go"), 0o755);
}

/** Finds the value of `-o`, makes an executable there, and notes that it ran. */
const builds = `
while [ "$1" != "-o" ]; do shift; done
echo "go: downloading some.where/module v1.0.0" >&2; echo some.where/package >&2
[ -f go.mod ] && echo "#!/bin/sh" > "$2" && chmod +x "$2" && echo "$2" >> "$GO_LOG"`;

function start(...args: string[]): {
  child: ChildProcess;
  done: Promise<{ code: number | null; out: string; err: string }>;
} {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", "simulator/engine/main.ts", ...args], {
    cwd: repository,
    env: { PATH: bin, HOME: folder, XDG_CACHE_HOME: join(folder, "cache"), GO_LOG: join(folder, "go.log") },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (out += data.toString()));
  child.stderr.on("data", (data: Buffer) => (err += data.toString()));
  const done = new Promise<{ code: number | null; out: string; err: string }>((settle) =>
    child.on("close", (code) => settle({ code, out, err })),
  );
  return { child, done };
}

const leftBehind = (): string[] => {
  const engines = join(folder, "cache", "azure-gpu-cluster", "engine");
  return existsSync(engines) ? readdirSync(engines).filter((name) => /half|lock/.test(name)) : [];
};

test("builds what is missing, tells where it is, and builds nothing the second time", async () => {
  await fakeGo(builds);
  const first = await start("--json").done;
  expect(first.err).toContain("built kube-apiserver (kubernetes 1.36.");
  expect(first.code).toBe(0);
  const engine: unknown = JSON.parse(first.out);
  expect(Object.keys(engine as object)).toEqual(["pulumi", "kubeApiserver", "etcd", "helm"]);
  const built = await readFile(join(folder, "go.log"), "utf8");
  expect(
    built
      .trim()
      .split("\n")
      .map((path) => basename(path)),
  ).toEqual(["pulumi", "kube-apiserver", "etcd", "helm"]);

  const second = await start("--json").done;
  expect(second).toEqual({ code: 0, out: first.out, err: "" });
  expect(await readFile(join(folder, "go.log"), "utf8")).toBe(built);
  expect(leftBehind()).toEqual([]);
});

test("builds once when started twice at the same time", async () => {
  await fakeGo(`sleep 0.3\n${builds}`);
  const codes = (await Promise.all([start().done, start().done])).map(({ code }) => code);
  expect(codes).toEqual([0, 0]);
  expect((await readFile(join(folder, "go.log"), "utf8")).trim().split("\n")).toHaveLength(4);
});

async function fakePulumi(version: string): Promise<void> {
  await writeFile(join(bin, "pulumi"), `#!/bin/sh\necho v${version}\n`);
  await chmod(join(bin, "pulumi"), 0o755);
}

test("takes a pulumi on PATH of the SDK's version instead of building one", async () => {
  await fakeGo(builds);
  await fakePulumi(sdkVersion);
  const { out, err } = await start("--json").done;
  expect(JSON.parse(out)).toMatchObject({ pulumi: join(bin, "pulumi") });
  expect(err).not.toContain("built pulumi");
});

test("builds its own beside a pulumi of another version, and says why", async () => {
  await fakeGo(builds);
  await fakePulumi("3.1.0");
  const { out, err } = await start("--json").done;
  expect(err).toContain(
    `${join(bin, "pulumi")} is not used: it is v3.1.0, and the rehearsal runs v${sdkVersion}, as the SDK is`,
  );
  expect(JSON.parse(out)).toHaveProperty("pulumi", expect.stringContaining(`/engine/pulumi-${sdkVersion}-`));
});

test("does not wait for a pulumi on PATH that never answers", async () => {
  await fakeGo(builds);
  await writeFile(join(bin, "pulumi"), "#!/bin/sh\nexec /bin/sleep 600\n");
  await chmod(join(bin, "pulumi"), 0o755);
  const { code, err } = await start("--json").done;
  expect(code).toBe(0);
  expect(err).toContain(`${join(bin, "pulumi")} is not used: it is a program that tells no version`);
});

test("prefers its own to one on PATH, and tells what was changed since it was built", async () => {
  await fakeGo(builds);
  const { out } = await start("--json").done;
  const { pulumi } = JSON.parse(out) as { pulumi: string };
  await fakePulumi(sdkVersion);
  expect(JSON.parse((await start("--json").done).out)).toMatchObject({ pulumi });
  await writeFile(pulumi, "#!/bin/sh\necho planted\n");
  const { code, err } = await start("--json").done;
  expect(code).toBe(1);
  expect(err).toContain(`${pulumi} is not what was built`);
});

test("without Go fails with 2 and says what to install", async () => {
  const { code, err } = await start().done;
  expect(code).toBe(2);
  expect(err.trim().split("\n").at(-1)).toBe(
    "Go is not installed, or `go` is not on PATH. Install Go 1.26 or newer (https://go.dev/doc/install).",
  );
});

test("a failed build fails with 1, shows the last lines and keeps nothing", async () => {
  await fakeGo('echo "x.go:3: undefined: y" >&2; exit 1');
  const { code, err } = await start().done;
  expect(code).toBe(1);
  expect(err).toContain("failed. The last lines of go build:\n  x.go:3: undefined: y");
  expect(leftBehind()).toEqual([]);
});

test("an interrupted build ends at once, with its children, and keeps nothing", async () => {
  const pidFile = join(folder, "pid");
  await fakeGo(`while [ "$1" != "-o" ]; do shift; done\necho half > "$2"\nsleep 60 & echo $! > ${pidFile}; wait`);
  const { child, done } = start();
  while (!existsSync(pidFile) || readFileSync(pidFile, "utf8") === "") await sleep(20);
  const compiler = Number(await readFile(pidFile, "utf8"));
  expect(isAlive(compiler)).toBe(true);
  child.kill("SIGINT");
  expect((await done).code).toBe(130);
  expect(isAlive(compiler)).toBe(false);
  expect(leftBehind()).toEqual([]);
});

test("--check builds nothing", async () => {
  await fakeGo(builds);
  const { code, err } = await start("--check").done;
  const missing = "The engine has not been built: npm run engine\nHelm has not been built: npm run engine\n";
  expect([code, err]).toEqual([1, missing]);
  expect(existsSync(join(folder, "go.log"))).toBe(false);
});

test("--check names what is missing, and nothing else", async () => {
  await fakeGo(builds);
  const { helm } = JSON.parse((await start("--json").done).out) as { helm: string };
  await rm(helm);
  expect(await start("--check").done).toEqual({ code: 1, out: "", err: "Helm has not been built: npm run engine\n" });
});

test("a Helm that cannot be built leaves a usable engine", async () => {
  await fakeGo(`case "$*" in *helm*) echo "x.go:3: undefined: y" >&2; exit 1;; esac\n${builds}`);
  const { code, err } = await start().done;
  expect(code).toBe(1);
  expect(err).toContain("Building helm (helm 4.");
  expect((await readFile(join(folder, "go.log"), "utf8")).trim().split("\n")).toHaveLength(3);
  expect((await start("--check").done).err).toBe("Helm has not been built: npm run engine\n");
});

test("--help explains itself", async () => {
  const { code, out } = await start("--help").done;
  expect([code, out.split("\n")[0]]).toEqual([0, "Usage: npm run engine [-- --json | --check | --help]"]);
});
