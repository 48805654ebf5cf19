import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Check } from "../../../../components/platform/node-health/controller/check";
import { deciding, pairChecks } from "../../../../components/platform/node-health/controller/pair-check";
import { newKey, pairTestsText } from "../../../../components/platform/node-health/controller/pair-tests";
import { gateOf } from "../../../../components/platform/node-health/gate";
import { launchAgent, launchListener, launchPort } from "../../../../components/platform/node-health/pair-launch";
import { type PairRun, pairScript } from "../../../../components/platform/node-health/pair-script";
import { pool } from "../facts";
import { pairLog } from "./logs";

const at = 1_764_000_000;
const floor = { hcas: 2, gpuDirect: true, gbitsPerSecond: 380, allReduceGBps: null };
const h100 = gateOf({ ...pool("h100"), rdmaResource: "rdma/ib" });

/** The same without a floor for what two nodes reach together. */
const writing: PairRun = {
  ...h100,
  expected: { ...h100.expected, floors: { ...h100.expected.floors, allReducePairGBps: null } },
};
let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "node-health-test-"));
});
afterEach(() => {
  for (const it of running.splice(0)) if (it.pid !== undefined && it.exitCode === null) process.kill(-it.pid);
  rmSync(folder, { recursive: true, force: true });
});

function file(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function program(path: string, lines: readonly string[]): void {
  file(path, ["#!/bin/bash", ...lines, ""].join("\n"));
  chmodSync(join(folder, path), 0o755);
}

/** A node in a folder of its own. Its tool finds the one of the other node by files, and writes so much per second. */
function node(name: string, address: string, gbps: number): void {
  for (const adapter of ["mlx5_0", "mlx5_1"]) file(`${name}/sys/${adapter}/ports/1/link_layer`, "InfiniBand\n");
  file(`${name}/sys/mlx5_an0/ports/1/link_layer`, "Ethernet\n");
  program(`${name}/tools/ib_write_bw`, [
    "port=$4",
    `if [ "\${*: -1}" = "--use_cuda=\${2#mlx5_}" ]; then`,
    `  echo "listens $*" >> '${folder}/calls'`,
    `  mkfifo '${folder}/${address}-'"$port"; read -r < '${folder}/${address}-'"$port"; rm '${folder}/${address}-'"$port"; exit`,
    "fi",
    `door='${folder}/'"\${*: -1}-$port"`,
    `if [ ! -p "$door" ]; then echo "Couldn't connect to \${*: -1}:$port" >&2; exit 1; fi`,
    `echo > "$door"`,
    `echo "writes $*" >> '${folder}/calls'`,
    `echo ' #bytes     #iterations    BW peak[Gb/sec]    BW average[Gb/sec]   MsgRate[Mpps]'`,
    `echo ' 8388608    5000             ${gbps + 4}.00             ${gbps}.00             0.005858'`,
  ]);
  program("bin/sleep", ["exec /bin/sleep 0.02"]);
}

/** A program with the files of a node in the place of those of its container. */
function inFolder(script: string, name: string): string {
  return script
    .replaceAll(/\/tmp\/(?=agent|listener|nobody|all-reduce)/g, `${join(folder, name)}/`)
    .replaceAll("/opt/openmpi", join(folder, "mpi"))
    .replaceAll("/azure-nhc/bin", join(folder, name, "tools"))
    .replaceAll("/sys/class/infiniband", join(folder, name, "sys"));
}

type Wait = "patience=300" | "patience + 60" | "PAIR_PATIENCE=60";
/**
 * A program with waits cut short, for a test in which nobody comes. All others wait as long as on a node, by which a slow machine fails
 * no test.
 */
function hurried(script: string, ...waits: readonly Wait[]): string {
  for (const wait of waits) expect(script).toContain(wait);
  return waits.reduce((program, wait) => program.replace(wait, wait.replace(/\d+$/, "1")), script);
}

/** Starts what the pod of a node runs. What it wrote comes when it says that a test is over. */
function start(name: string, run = writing, program = pairScript(run)): Promise<string> {
  const ends = `== end pair ${at} 0`;
  const script = inFolder(program, name).replaceAll("/pairs/pairs", join(folder, "pairs"));
  const child = spawn("bash", ["-c", script], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
    env: { NODE_NAME: name, PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` },
  });
  running.push(child);
  return new Promise((resolve) => {
    let log = "";
    createInterface(child.stdout).on("line", (line) => {
      log += `${line}\n`;
      if (line === ends) resolve(log);
    });
  });
}

const tell = (first: readonly [string, string], second: readonly [string, string], key: string | null = null): void => {
  const test = (one: readonly string[], two: readonly string[], began: number, state: "runs" | "pass"): string =>
    pairTestsText([
      {
        at: began,
        state,
        gbitsPerSecond: null,
        sides: [
          { node: one[0] ?? "", address: one[1] ?? "" },
          { node: two[0] ?? "", address: two[1] ?? "" },
        ],
        key,
        why: "",
      },
    ]);
  // What is over, what is of others and what nobody wrote comes first.
  const other = test(["c", "10.0.0.3"], ["d", "10.0.0.4"], at, "runs");
  file(
    "pairs",
    `a[$(touch ${folder}/broken)] runs - a 1 b 2\n${test(first, second, at - 9, "pass")}${other}${test(first, second, at, "runs")}`,
  );
};
const read = (logs: readonly [string, string], allReduceGBps: number | null = null): Check | null => {
  const checks = pairChecks(logs, at, { ...floor, allReduceGBps });
  return checks && deciding(checks);
};

describe("the pods of two nodes", () => {
  it("write to each other over all adapters, in both directions, and write down what the slower one reached", async () => {
    node("a", "10.0.0.1", 391);
    node("b", "10.0.0.2", 371);
    const logs = [start("a"), start("b")];
    tell(["a", "10.0.0.1"], ["b", "10.0.0.2"]);
    const [one = "", two = ""] = await Promise.all(logs);
    expect(one.match(/^== begin .*$/gm)).toEqual(
      ["mlx5_0", "mlx5_1"].map((it) => `== begin pair ${at} ${it}`).concat(`== begin pair ${at}`),
    );
    expect(read([one, two])).toMatchObject({ measured: 371, ok: false, detail: "mlx5_0" });
    expect(read([one, one])).toMatchObject({ measured: 391, ok: true });
  });

  it("say that nobody came, which is no fault of the adapters", async () => {
    node("a", "10.0.0.1", 391);
    tell(["a", "10.0.0.1"], ["b", "10.0.0.2"]);
    const log = await start("a", writing, hurried(pairScript(writing), "patience=300"));
    expect(log).toContain(`Couldn't connect to 10.0.0.2:18530\n\n== end pair ${at} mlx5_0 127\n`);
    expect(read([log, log])).toMatchObject({ ok: null });
  });

  it("show an adapter that breaks as a failure", async () => {
    node("a", "10.0.0.1", 391);
    node("b", "10.0.0.2", 391);
    program("a/tools/ib_write_bw", ["echo 'Failed to modify QP to RTR' >&2", "exit 1"]);
    const logs = [start("a"), start("b", writing, hurried(pairScript(writing), "patience=300", "patience + 60"))];
    tell(["a", "10.0.0.1"], ["b", "10.0.0.2"]);
    const [one = "", two = ""] = await Promise.all(logs);
    expect(read([one, two])).toMatchObject({
      ok: false,
      detail: `'pair ${at} mlx5_0' ended with 1: Failed to modify QP to RTR`,
    });
  });

  it("run what the floors were measured with", async () => {
    node("a", "10.0.0.1", 391);
    node("b", "10.0.0.2", 391);
    const logs = [start("a"), start("b")];
    tell(["a", "10.0.0.1"], ["b", "10.0.0.2"]);
    await Promise.all(logs);
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    const options = "-s 8388608 -x 0 -F --report_gbits --perform_warm_up";
    expect(calls.filter((it) => it.startsWith("writes"))).toEqual([
      `writes -d mlx5_0 -p 18530 ${options} --use_cuda=0 10.0.0.2`,
      `writes -d mlx5_1 -p 18531 ${options} --use_cuda=1 10.0.0.2`,
      `writes -d mlx5_0 -p 18530 ${options} --use_cuda=0 10.0.0.1`,
      `writes -d mlx5_1 -p 18531 ${options} --use_cuda=1 10.0.0.1`,
    ]);
    expect(pairScript({ ...writing, writeFrom: "host" })).toContain('/azure-nhc/bin/ib_write_bw_nongdr -d "$adapter"');
    expect(existsSync(join(folder, "broken"))).toBe(false);
  });
});

/** Addresses of one machine that no other run of these tests uses. Only Linux has them unasked. */
const address = (): string => `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;
const hasPerl = process.platform === "linux" && spawnSync("perl", ["-MIO::Socket::INET", "-e", "1"]).status === 0;
if (!hasPerl) process.stderr.write("Skipped: all-reduces of two nodes. They need Linux and perl.\n");

describe.skipIf(!hasPerl)("the all-reduce of two nodes", () => {
  const key = newKey();
  let one: string;
  let two: string;
  beforeEach(() => {
    [one, two] = [address(), address()];
    node("a", one, 391);
    node("b", two, 391);
    // As Open MPI does it: its daemon starts on the other node by the agent, and tells how it is called.
    program("mpi/bin/mpirun", [
      `echo "mpirun on $NODE_NAME $*" >> '${folder}/calls'`,
      'while [ "$1" != plm_ssh_agent ]; do shift; done; agent=$2',
      'while [ "$1" != --host ]; do shift; done; other=${2#*,}',
      `"$agent" "\${other%:*}" "PRTE_PREFIX=${folder}/mpi;export PRTE_PREFIX;LD_LIBRARY_PATH=${folder}/mpi/lib:\\$LD_LIBRARY_PATH;export LD_LIBRARY_PATH;` +
        `${folder}/mpi/bin/prted --allow-run-as-root --prtemca ess \\"env\\" --prtemca prte_hnp_uri \\"prterun-a-1@0.0;tcp://10.0.0.1:47731:64\\" --tree-spawn" || exit 1`,
      `cat '${folder}/said'`,
    ]);
    program("mpi/bin/prted", [`echo "prted on $NODE_NAME \${PAIR_KEY-without a key} $*" >> '${folder}/calls'`]);
    const log = pairLog(at, { hcas: 0, gbps: 0, allReduceGBps: 391 }).split("\n").slice(2, -6);
    const ways = Array.from({ length: 16 }, (_, rank) => `x:1:2 [0] NCCL INFO Channel 00 via NET/IB/${rank}/GDRDMA`);
    file("said", [...ways, ...log, "-----", ""].join("\n"));
  });
  const calls = (): string[] => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
  const both = async (told: string | null, program = pairScript(h100)): Promise<[string, string]> => {
    const logs = [start("a", h100, program), start("b", h100, program)] as const;
    tell(["a", one], ["b", two], told);
    return Promise.all(logs);
  };

  it("comes after their writes, by a daemon that starts once, on the other node, and knows no key", async () => {
    const [first, second] = await both(key);
    expect(calls().filter((it) => it.startsWith("prted"))).toEqual([
      "prted on b without a key --allow-run-as-root --prtemca ess env --prtemca prte_hnp_uri prterun-a-1@0.0;tcp://10.0.0.1:47731:64 --tree-spawn",
    ]);
    expect(
      calls()
        .slice(-2)
        .map((it) => it.split(" ")[0]),
    ).toEqual(["mpirun", "prted"]);
    expect(read([first, second], 391)).toMatchObject({ name: "InfinibandPair", measured: 391, ok: true });
    expect(read([first, second], 392)).toMatchObject({ name: "PairAllReduce", measured: 391, ok: false });
    expect(first).toMatch(/^ +16 {2}via NET\/IB\/\*\/GDRDMA$/m);
    expect(first).not.toMatch(/NCCL INFO|^-+$/m);
    expect(second).not.toContain("all-reduce");
    expect(`${first}${second}`).not.toContain(key);
  });

  it("runs as its floor was measured, with what jobs of the pool give to NCCL", async () => {
    await both(key);
    const mpirun = calls().find((it) => it.startsWith("mpirun")) ?? "";
    expect(mpirun).toContain(`--host ${hostname()}:8,${two}:8 -np 16 --map-by ppr:8:node -bind-to numa -mca pml ob1`);
    for (const [name, value] of Object.entries(h100.ncclEnv)) expect(mpirun).toContain(` -x ${name}=${value} `);
    expect(mpirun).toContain(" -x NCCL_DEBUG=INFO ");
    expect(mpirun).toMatch(/ \/opt\/nccl-tests\/build\/all_reduce_perf -b 16G -e 16G -g 1 -c 1 -n 20$/);
  });

  it("is left out where an older controller gave no key", async () => {
    const [first, second] = await both(null);
    expect(calls().filter((it) => !it.startsWith("listens") && !it.startsWith("writes"))).toEqual([]);
    expect(read([first, second])).toMatchObject({ ok: true });
  });

  it("says nothing of the node where nobody listens", async () => {
    program("bin/perl", [`case $1 in */listener) exit 1 ;; *) exec ${perl()} "$@" ;; esac`]);
    const [first, second] = await both(key, hurried(pairScript(h100), "PAIR_PATIENCE=60"));
    expect(calls().filter((it) => it.startsWith("prted"))).toEqual([]);
    expect(read([first, second], 391)).toMatchObject({
      ok: null,
      detail: `'pair ${at} all-reduce' could not run: Couldn't connect to ${two} at port ${launchPort}`,
    });
  });

  it("says nothing of the node where the other one does not take its key", async () => {
    program("bin/perl", [`case $1 in */listener) PAIR_KEY=0$PAIR_KEY ;; esac`, `exec ${perl()} "$@"`]);
    void start("b", h100);
    const first = start("a", h100);
    tell(["a", one], ["b", two], key);
    const log = await first;
    expect(calls().filter((it) => it.startsWith("prted"))).toEqual([]);
    expect(log).toContain(`${two} has ended the connection\n\n== end pair ${at} all-reduce 127\n`);
  });

  it("is a failure where the daemon breaks", async () => {
    program("mpi/bin/prted", ["echo 'no such library' >&2", "exit 3"]);
    const logs = await both(key);
    expect(read(logs, 391)).toMatchObject({
      ok: false,
      detail: `'pair ${at} all-reduce' ended with 1: no such library`,
    });
  });
});

function perl(): string {
  return spawnSync("bash", ["-c", "command -v perl"], { encoding: "utf8" }).stdout.trim();
}

describe.skipIf(!hasPerl)("who waits for the daemon of another node", () => {
  const key = newKey();
  let [own, other] = ["", ""];
  beforeEach(() => {
    [own, other] = [address(), address()];
    program("mpi/bin/prted", [
      `echo "$*" >> '${folder}/calls'`,
      `if [ "$1" = stays ]; then trap "echo ends >> '${folder}/calls'; exit" TERM; /bin/sleep 60 & wait; fi`,
    ]);
    file("x/listener", inFolder(launchListener, "x"));
  });

  /** Starts the one who waits. */
  function listen(patience = 60, limit = 60): ChildProcess {
    const args = [join(folder, "x/listener"), own, other, `${patience}`, `${limit}`];
    const child = spawn("perl", args, {
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, PAIR_KEY: key },
    });
    running.push(child);
    return child;
  }
  const dial = async (from: string): Promise<Socket> => {
    for (;;) {
      const socket = connect({ host: own, port: launchPort, localAddress: from });
      const reached = await Promise.race([
        once(socket, "connect").then(() => true),
        once(socket, "error").then(() => false),
      ]).catch(() => false);
      if (reached) return socket;
    }
  };
  /** Sends a line, and waits for the end of the answer. */
  const send = async (line: string, from = other): Promise<string> => {
    const socket = await dial(from);
    socket.write(line);
    // Who is sent away before anybody has read what he says gets no end, but a reset.
    return text(socket).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "ECONNRESET") return "";
      throw error;
    });
  };
  const prted = (): string => `${folder}/mpi/bin/prted`;
  const done = (): string[] =>
    existsSync(join(folder, "calls")) ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n") : [];

  it("starts what has the key of the test, once, and ends", async () => {
    const listener = listen();
    const [ended] = await Promise.all([once(listener, "exit"), send(`${key} ${prted()} one\n`)]);
    expect(ended).toEqual([0, null]);
    expect(done()).toEqual(["one"]);
  });

  it("answers with what the daemon said, and how it ended", async () => {
    program("mpi/bin/prted", ["echo 'no such library' >&2", "exit 3"]);
    listen();
    expect(await send(`${key} ${prted()}\n`)).toBe("no such library\n\n== ended 3\n");
  });

  it.each<[string, (own: { key: string; prted: string }) => string]>([
    ["another key", ({ prted }) => `${newKey()} ${prted} x\n`],
    ["no key", ({ prted }) => `${prted} x\n`],
    ["a part of the key", ({ key, prted }) => `${key.slice(0, 31)} ${prted} x\n`],
    ["the key with more", ({ key, prted }) => `${key}0 ${prted} x\n`],
    ["an empty line", () => "\n"],
    ["another program", ({ key, prted }) => `${key} touch ${prted}\n`],
    ["a program of the same name elsewhere", ({ key, prted }) => `${key} /tmp${prted} x\n`],
    ["a second command", ({ key, prted }) => `${key} ${prted} x; ${prted} y\n`],
    ["a command in an argument", ({ key, prted }) => `${key} ${prted} "$(${prted} x)"\n`],
    ["a command in a backquote", ({ key, prted }) => `${key} ${prted} \`${prted} x\`\n`],
    ["a command in a variable", ({ key, prted }) => `${key} A=$(${prted} x);export A;${prted}\n`],
    ["a variable for one command", ({ key, prted }) => `${key} LD_PRELOAD=x ${prted}\n`],
    ["a way into a file", ({ key, prted }) => `${key} ${prted} > x\n`],
    ["two lines", ({ key, prted }) => `${key} \n${prted} x\n`],
  ])("sends %s away, and goes on waiting for the right one", async (_, line) => {
    const listener = listen();
    expect(await send(line({ key, prted: prted() }))).toBe("");
    expect(done()).toEqual([]);
    await Promise.all([once(listener, "exit"), send(`${key} ${prted()} right\n`)]);
    expect(done()).toEqual(["right"]);
  });

  it("hears no other address, whatever it knows", async () => {
    listen();
    expect(await send(`${key} ${prted()} x\n`, address())).toBe("");
    await send(`${key} ${prted()} right\n`);
    expect(done()).toEqual(["right"]);
  });

  it("ends where nobody comes, and where somebody comes and says nothing", async () => {
    const silent = listen(1);
    await dial(other);
    expect((await once(silent, "exit"))[0]).not.toBe(0);
    expect((await once(listen(1), "exit"))[0]).not.toBe(0);
  });

  it("ends the daemon when the other side goes, and when time is up", async () => {
    const listener = listen();
    const socket = await dial(other);
    socket.write(`${key} ${prted()} stays\n`);
    while (done().length === 0) await once(createInterface(spawn("true").stdout), "close");
    socket.destroy();
    expect(await once(listener, "exit")).toEqual([1, null]);
    expect(done()).toEqual(["stays", "ends"]);
    const [late] = await Promise.all([once(listen(60, 1), "exit"), send(`${key} ${prted()} stays\n`)]);
    expect(late).toEqual([1, null]);
  });

  it("is not reached for long by an agent that has nobody to call", async () => {
    file("x/agent", inFolder(launchAgent, "x"));
    const env = { ...process.env, PAIR_KEY: key, PAIR_FROM: other, PAIR_PATIENCE: "0" };
    const agent = spawn("perl", [join(folder, "x/agent"), own, "prted"], { env });
    expect(await text(agent.stderr)).toBe(`Couldn't connect to ${own} at port ${launchPort}\n`);
    expect(existsSync(join(folder, "x/nobody"))).toBe(true);
  });
});
