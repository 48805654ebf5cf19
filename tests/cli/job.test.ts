import { expect, it } from "vitest";
import { jobStack } from "../../cli/job-stack";
import { readJobArguments } from "../../cli/job-arguments";
import { plainStacks } from "../stack-files";
import { runHere } from "./run-here";

const submit = (...args: readonly string[]): ReturnType<typeof runHere> =>
  runHere(() => {
    const command = readJobArguments(["submit", "dev", ...args, "--team", "vision", "--dry-run"]);
    if (command === "help") throw new Error("No help was asked for.");
    return jobStack(plainStacks.dev, command);
  });

it("tells of script and GPUs in one run", async () => {
  const { error, out } = await submit("nowhere.py", "--gpus", "24");
  expect(out).toBe("");
  expect((error as Error).message.split("\n")).toEqual([
    "The job is misconfigured:",
    '  SCRIPT: must be a file that can be read; got "nowhere.py". Name the program to run',
    "  --gpus: must be at most 16, the share of team vision; got 24. Use 16",
    "  --gpus: must be at most 16: no InfiniBand domain of pool h100 has more, its spare nodes aside; got 24. Use 16",
  ]);
});

it("prints the objects of a job and touches no cluster", async () => {
  const { code, out, err } = await submit("examples/training/train.py", "--gpus", "16");
  expect([code, err]).toEqual([0, ""]);
  expect(out.match(/^kind: .*/gm)).toEqual(["kind: ConfigMap", "kind: TrainJob"]);
});
