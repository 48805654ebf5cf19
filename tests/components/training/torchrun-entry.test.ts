import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { clusterTrainingRuntimes } from "../../../components/training/training-runtime";
import { list } from "../../../core/property-tree";
import { cpuTorch } from "../../examples/cpu-torch";
import { root } from "../../stack-files";
import { pools } from "./pools";

const torch = cpuTorch(path.join(root, "examples/training/requirements.txt"));
const folder = mkdtempSync(path.join(tmpdir(), "torchrun-entry-"));

const file = (name: string, content: string, mode: number): string => {
  const whole = path.join(folder, name);
  writeFileSync(whole, content, { mode });
  return whole;
};
const shell = (script: string): readonly string[] => ["sh", "-c", script];

/** Runs a program by the command of the runtime of PyTorch, as two processes on this machine. */
async function run(
  program: readonly string[],
  skip: (why: string) => never,
  onText: (text: string, torchrun: ChildProcess) => void = () => undefined,
): Promise<{ readonly exitCode: unknown; readonly said: string }> {
  const found = await torch;
  if (typeof found === "string") return skip(found);
  const containers = "spec.template.spec.replicatedJobs[0].template.spec.template.spec.containers[0].command";
  const [, ...command] = list(clusterTrainingRuntimes(pools.h100)[0], containers).map((it) =>
    String(it)
      .replace("$(PET_MASTER_ADDR):$(PET_MASTER_PORT)", "127.0.0.1:0")
      .replace("--nproc-per-node=8", "--nproc-per-node=2"),
  );
  const child = spawn(found.python, [...command, ...program], { env: found.env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      onText(text, child);
    });
  const [exitCode] = (await once(child, "close")) as unknown[];
  return { exitCode, said };
}

test.for<[does: string, program: readonly string[], exitCode: number, tells: string]>([
  ["does its work", shell("exit 0"), 0, ""],
  ["says that no restart helps", shell("exit 2"), 2, "exitcode  : 2"],
  ["fails otherwise", shell("exit 75"), 75, "exitcode  : 75"],
  // torchrun makes one dollar of two.
  ["is killed", shell("kill -KILL $$$$"), 137, "Signal 9 (SIGKILL)"],
  [
    "fails in one process, while the other works",
    shell('test "$LOCAL_RANK" = 1 && exit 2; exec sleep 600'),
    2,
    "rank      : 1",
  ],
  ["is not there", [path.join(folder, "nowhere.py")], 127, "nowhere.py"],
  ["may not be run", [file("plain.py", "print('hello')\n", 0o644)], 126, "plain.py"],
  ["is of no kind that can be run", [file("bare.py", "print('hello')\n", 0o755)], 126, "bare.py"],
])("torchrun ends as a program that %s", async ([, program, expected, tells], { skip }) => {
  const { exitCode, said } = await run(program, skip);
  expect({ exitCode, said }).toEqual({ exitCode: expected, said: expect.stringContaining(tells) as unknown });
});

test("torchrun that is asked to end lets its processes end, and says by which signal", async ({ skip }) => {
  // torchrun forgets processes that it is still starting when it is asked to end (2.15.0): a pod takes them along, a test waits for them
  // for ever. So one process ends at once, and the other is ready when torchrun, which looks after both by then, has seen that.
  const ended = path.join(folder, "ended");
  const program = shell(
    `if test "$LOCAL_RANK" = 1; then echo $$$$ > ${ended}.new; mv ${ended}.new ${ended}; exit 0; fi
    trap 'echo saved; exit 75' TERM
    until test -e ${ended} && ! kill -0 "$(cat ${ended})" 2>/dev/null; do sleep 0.1; done
    echo ready
    while :; do sleep 0.2; done`,
  );
  const { exitCode, said } = await run(program, skip, (text, torchrun) => {
    // Once: a second one ends torchrun itself.
    if (text.includes("ready") && !torchrun.killed) torchrun.kill("SIGTERM");
  });
  expect([exitCode, said.split("saved").length - 1]).toEqual([143, 1]);
});
