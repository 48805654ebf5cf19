import { expect, it } from "vitest";
import { jobStack } from "../../cli/job-stack";
import { readJobArguments } from "../../cli/job-arguments";
import { plainStacks } from "../stack-files";
import { runHere } from "./run-here";

const dryRun = (action: string, args: readonly string[]): ReturnType<typeof runHere> =>
  runHere(() => {
    const command = readJobArguments([action, "dev", ...args, "--team", "vision", "--dry-run"]);
    if (command === "help") throw new Error("No help was asked for.");
    return jobStack(plainStacks.dev, command);
  });
const submit = (...args: readonly string[]): ReturnType<typeof runHere> => dryRun("submit", args);
const copy = (...args: readonly string[]): ReturnType<typeof runHere> => dryRun("copy", args);

it("tells of script and GPUs in one run", async () => {
  const { error, out } = await submit("nowhere.py", "--gpus", "24");
  expect(out).toBe("");
  expect((error as Error).message.split("\n")).toEqual([
    "The job is misconfigured:",
    '  SCRIPT: must be a file that is there; got "nowhere.py". Name the program to run',
    "  --gpus: must be at most 16, the share of team vision; got 24. Use 16",
    "  --gpus: must be at most 16: no InfiniBand domain of pool h100 has more, its spare nodes aside; got 24. Use 16",
  ]);
});

it("prints the objects of a job and touches no cluster", async () => {
  const { code, out, err } = await submit("examples/training/train.py", "--gpus", "16");
  expect([code, err]).toEqual([0, ""]);
  expect(out.match(/^kind: .*/gm)).toEqual(["kind: ConfigMap", "kind: TrainJob"]);
});

it("prints the job of a copy, named by what it copies", async () => {
  const { code, out, err } = await copy("--from", "blob:Data/ImageNet", "--to", "lustre:imagenet");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^ {2}name: copy-data-imagenet-[a-z0-9]{5}$/m);
});

it("tells all that is wrong with a copy in one run", async () => {
  const wrong = ["--from", "blob:a/../b", "--to", "blob:a/../b/c", "--parts", "65", "--name", "A"];
  const { error, out } = await copy(...wrong);
  expect(out).toBe("");
  expect((error as Error).message.split("\n")).toEqual([
    "The copy is misconfigured:",
    '  name: must be 1 to 40 lowercase letters, digits or hyphens, start with a letter and not end with a hyphen; got "A"',
    "  parts: must be a whole number from 1 to 64; got 65. Use 64",
    '  from: must be a path from the root of the claim, without . and .. in it; got "a/../b"',
    '  to: must be a path from the root of the claim, without . and .. in it; got "a/../b/c"',
    '  to: must not be what is copied, nor in it; got "blob:a/../b/c". Name another folder, or another claim',
  ]);
});
