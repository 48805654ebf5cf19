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
  const launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"];
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

const modes = [
  { mode: "fsdp", fast: false },
  { mode: "ddp", fast: true },
];

test.for(modes)(
  "a job that is asked to end leaves a whole checkpoint, and the next goes on there: %o",
  async ({ mode, fast }, { skip }) => {
    const into = mkdtempSync(path.join(tmpdir(), "train-"));
    const args = [`--parallel=${mode}`, ...(fast ? [`--fast-dir=${path.join(into, "fast")}`] : [])];
    const shared = `--checkpoint-dir=${path.join(into, "shared")}`;

    const first = await torchrun(["train.py", "--steps=1000000", shared, ...args], skip, endAfter(4));
    const end = lossesOf(first).length;
    expect(first.lines[0]).toEqual({ start: 0, processes: 2, device: "cpu", parallel: mode });
    expect(first.exitCode).not.toBe(0);
    const name = `shared/step-${`${end}`.padStart(8, "0")}`;
    expect(filesIn(into)).toEqual([`${name}/.metadata`, `${name}/__0_0.distcp`, `${name}/__1_0.distcp`]);

    const second = await torchrun(["train.py", `--steps=${end + 3}`, shared, ...args], skip);
    const steps = second.lines.map(({ step }) => step);
    expect([second.exitCode, second.lines[0], ...steps.slice(1, 4)]).toMatchObject([
      0,
      { start: end },
      end + 1,
      end + 2,
      end + 3,
    ]);

    // The same as if nobody had asked: what each step sees follows from its number, and nothing that it learned was lost.
    const other = `--checkpoint-dir=${path.join(into, "other")}`;
    const whole = await torchrun(["train.py", `--steps=${end + 3}`, other, ...args], skip);
    expect([...lossesOf(first), ...lossesOf(second)]).toEqual(lossesOf(whole));
    expect(lossesOf(whole).at(-1)).toBeLessThan(0.7 * (lossesOf(whole)[0] ?? 0));
  },
);

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
