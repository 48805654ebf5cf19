import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { root } from "../stack-files";
import { cpuTorch } from "./cpu-torch";

const folder = path.join(root, "examples/training");
const torch = cpuTorch(path.join(folder, "requirements.txt"));

/** A line that a program prints. */
type Line = Readonly<Record<string, unknown>>;

interface Run {
  readonly lines: readonly Line[];
  readonly exitCode: unknown;
}

/** Runs a program as two processes, and shows each line to `seen` as it comes. */
async function torchrun(
  [program, ...args]: readonly [string, ...string[]],
  skip: (why: string) => never,
  seen: (line: Line, torchrun: ChildProcess) => void = () => undefined,
): Promise<Run> {
  const found = await torch;
  if (typeof found === "string") return skip(found);
  // A machine that does other things may take longer than the half minute that a process has to end.
  const launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", "--shutdown-timeout=300"];
  const child = spawn(found.python, [...launcher, path.join(folder, program), ...args], {
    env: found.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (text: Buffer) => said.push(text.toString()));
  const lines: Line[] = [];
  const closed = once(child, "close");
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    seen(line, child);
  }
  const [exitCode] = (await closed) as unknown[];
  if (lines.length === 0) throw new Error(said.join(""));
  return { lines, exitCode };
}

function lossesOf({ lines }: Run): readonly number[] {
  return lines.flatMap(({ loss }) => (typeof loss === "number" ? [loss] : []));
}

/** Every file below a folder, in order. */
function filesIn(below: string): readonly string[] {
  return readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => path.relative(below, path.join(it.parentPath, it.name)))
    .sort();
}

/** Asks for an end as the kubelet does, once. */
function endAfter(step: number): (line: Line, torchrun: ChildProcess) => void {
  return (line, child) => {
    if (line["step"] === step) child.kill("SIGTERM");
  };
}

test("training leaves a whole checkpoint when it is asked to end, goes on there, and learns what it would have learned", async ({
  skip,
}) => {
  const into = mkdtempSync(path.join(tmpdir(), "train-"));
  const split = ["--parallel=fsdp", `--checkpoint-dir=${path.join(into, "split")}`];
  const first = await torchrun(["train.py", "--steps=1000000", ...split], skip, endAfter(4));
  const end = lossesOf(first).length;
  expect(first.lines[0]).toEqual({ start: 0, processes: 2, device: "cpu", parallel: "fsdp" });
  expect(first.exitCode).not.toBe(0);
  expect(filesIn(into)).toEqual(checkpointOf("split", end));

  const last = end + 3;
  const second = await torchrun(["train.py", `--steps=${last}`, ...split], skip);
  const steps = second.lines.map(({ step }) => step);
  expect([second.exitCode, second.lines[0], ...steps.slice(1, 4)]).toMatchObject([
    0,
    { start: end },
    end + 1,
    end + 2,
    last,
  ]);

  // The other way to spread a model computes the same, and saves to the node first.
  const [whole, fast] = [path.join(into, "whole"), path.join(into, "fast")];
  const copied = ["--parallel=ddp", `--checkpoint-dir=${whole}`, `--fast-dir=${fast}`];
  const unbroken = await torchrun(["train.py", `--steps=${last}`, ...copied], skip);
  expect([...lossesOf(first), ...lossesOf(second)]).toEqual(lossesOf(unbroken));
  expect(lossesOf(unbroken).at(-1)).toBeLessThan(0.7 * (lossesOf(unbroken)[0] ?? 0));
  expect([filesIn(fast), filesIn(whole)]).toEqual([[], checkpointOf("", last)]);
});

/** Files of a whole checkpoint that two processes wrote. */
function checkpointOf(below: string, step: number): readonly string[] {
  const name = `step-${`${step}`.padStart(8, "0")}`;
  return [".metadata", "__0_0.distcp", "__1_0.distcp"].map((it) => path.join(below, name, it));
}

test("fine-tuning learns small matrices alone, goes on where it was stopped, and leaves an adapter", async ({
  skip,
}) => {
  const into = mkdtempSync(path.join(tmpdir(), "tune-"));
  const args = [`--output-dir=${into}`, "--rate=0.01"];
  const first = await torchrun(["finetune.py", "--steps=1000000", ...args], skip, endAfter(4));
  const end = lossesOf(first).length;
  expect(first.lines[0]).toEqual({ start: 0, processes: 2, device: "cpu", learning: 36_864, of: 499_456 });
  const second = await torchrun(["finetune.py", `--steps=${end + 20}`, ...args], skip);
  expect(second.exitCode).toBe(0);
  expect(second.lines.slice(0, 2)).toMatchObject([{ start: end }, { step: end + 1 }]);
  const losses = [...lossesOf(first), ...lossesOf(second)];
  expect(losses.at(-1)).toBeLessThan(0.7 * (losses[0] ?? 0));
  expect(filesIn(into)).toEqual(["adapter_config.json", "adapter_model.bin", "state.pt"]);
  expect(JSON.parse(readFileSync(path.join(into, "adapter_config.json"), "utf8"))).toEqual({
    peft_type: "LORA",
    task_type: "CAUSAL_LM",
    base_model_name_or_path: null,
    r: 8,
    lora_alpha: 16,
    target_modules: ["down_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj"],
  });
});
