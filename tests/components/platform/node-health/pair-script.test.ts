import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Check } from "../../../../components/platform/node-health/controller/check";
import { pairCheck } from "../../../../components/platform/node-health/controller/pair-check";
import { pairTestsText } from "../../../../components/platform/node-health/controller/pair-tests";
import { pairScript } from "../../../../components/platform/node-health/pair-script";

const at = 1_764_000_000;
const floor = { hcas: 2, gbitsPerSecond: 380 };
let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "node-health-test-"));
});
afterEach(() => {
  for (const it of running.splice(0)) if (it.pid !== undefined) process.kill(-it.pid);
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

/** Starts what the pod of a node runs. What it wrote comes when it says that a test is over. */
function start(name: string, ends = `== end pair ${at} 0`): Promise<string> {
  const script = pairScript("gpu")
    .replaceAll("/azure-nhc/bin", join(folder, name, "tools"))
    .replaceAll("/sys/class/infiniband", join(folder, name, "sys"))
    .replaceAll("/pairs/pairs", join(folder, "pairs"))
    .replaceAll("patience=300", "patience=2")
    .replaceAll("patience + 60", "patience + 1");
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

const tell = (...sides: readonly [string, string][]): void => {
  const [first = ["", ""], second = ["", ""]] = sides;
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
      },
    ]);
  // What is over, what is of others and what nobody wrote comes first.
  const other = test(["c", "10.0.0.3"], ["d", "10.0.0.4"], at, "runs");
  file(
    "pairs",
    `a[$(touch ${folder}/broken)] runs - a 1 b 2\n${test(first, second, at - 9, "pass")}${other}${test(first, second, at, "runs")}`,
  );
};
const read = (logs: [string, string]): Check | null => pairCheck(logs, at, floor);

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
    expect(pairCheck([one, one], at, floor)).toMatchObject({ measured: 391, ok: true });
  });

  it("say that nobody came, which is no fault of the adapters", async () => {
    node("a", "10.0.0.1", 391);
    tell(["a", "10.0.0.1"], ["b", "10.0.0.2"]);
    const log = await start("a");
    expect(log).toContain(`Couldn't connect to 10.0.0.2:18530\n\n== end pair ${at} mlx5_0 127\n`);
    expect(read([log, log])).toMatchObject({ ok: null });
  });

  it("show an adapter that breaks as a failure", async () => {
    node("a", "10.0.0.1", 391);
    node("b", "10.0.0.2", 391);
    program("a/tools/ib_write_bw", ["echo 'Failed to modify QP to RTR' >&2", "exit 1"]);
    const logs = [start("a"), start("b")];
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
    expect(pairScript("host")).toContain('/azure-nhc/bin/ib_write_bw_nongdr -d "$adapter"');
    expect(existsSync(join(folder, "broken"))).toBe(false);
  });
});
