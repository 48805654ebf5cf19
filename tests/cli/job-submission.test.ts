import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { SubmitArguments } from "../../cli/job-arguments";
import { planSubmission } from "../../cli/job-submission";
import { type JobTeam, jobTeam } from "../../cli/job-team";
import { MisconfiguredError } from "../../core/problems";
import { plainStacks, shippedStacks, today } from "../stack-files";

const dev = jobTeam(plainStacks.dev, "vision", today);
const prod = jobTeam(shippedStacks["prod-workloads"], "vision", today);
const script = { file: "train.py", text: "print('hello')" };

const asked: SubmitArguments = {
  action: "submit",
  environment: "dev",
  team: "vision",
  kubeconfig: undefined,
  context: undefined,
  json: false,
  script: "train.py",
  gpus: 16,
  runtime: "torch-ib",
  image: undefined,
  name: undefined,
  priority: undefined,
  env: { LR: "3" },
  args: ["--epochs", "2"],
  volumes: { lustre: "/data" },
  secrets: [],
  checkpoint: { claim: "lustre", path: "/saved" },
  follow: false,
  dryRun: false,
};

/** What is wrong with a submission, a line each. */
function problems(more: Partial<SubmitArguments>, team: JobTeam = dev, file = script.file): string[] {
  try {
    planSubmission({ ...asked, ...more }, team, { script: { ...script, file }, suffix: "abcde" });
  } catch (error) {
    if (error instanceof MisconfiguredError)
      return error.message
        .split("\n")
        .slice(1)
        .map((it) => it.trim());
    throw error;
  }
  return [];
}

/** The dev stack file with another text in it, as a file of its own. */
function variant(from: string | RegExp, to: string): string {
  const text = readFileSync(plainStacks.dev, "utf8");
  expect(text).toMatch(from);
  const file = path.join(mkdtempSync(path.join(tmpdir(), "job-")), "Pulumi.dev.yaml");
  writeFileSync(file, text.replace(from, to));
  return file;
}

test("a submission becomes a request, named after its script", () => {
  const { pool, ...request } = planSubmission(asked, dev, { script, suffix: "abcde" });
  expect(pool.key).toBe("h100");
  expect(request).toEqual({
    name: "train-abcde",
    namespace: "train-vision",
    team: "vision",
    runtime: "torch-ib",
    nodes: 2,
    image: expect.stringMatching(/^nvcr\.io\/nvidia\/pytorch:.*@sha256:[0-9a-f]{64}$/) as unknown,
    command: ["python", "/job/train.py", "--epochs", "2"],
    env: { LR: "3" },
    files: { "train.py": "print('hello')" },
    volumes: { lustre: "/data" },
    secrets: [],
    serviceAccount: "workload",
    checkpoint: { claim: "lustre", path: "/saved" },
  });
});

test("a secret of the team is mounted, and one that it has not is refused by name", () => {
  const team = { ...dev, secrets: ["hf-token", "wandb"] };
  const { secrets } = planSubmission({ ...asked, secrets: ["wandb"] }, team, { script, suffix: "abcde" });
  expect(secrets).toEqual(["wandb"]);
  expect(problems({ secrets: ["hf-tokn"] }, team)).toEqual([
    '--secret: must be a secret of team vision; got "hf-tokn". Closest: hf-token',
  ]);
  expect(problems({ secrets: ["hf-token"] })).toEqual([
    '--secret: must be a secret of team vision; got "hf-token". It has none: add it to secrets of the team',
  ]);
});

test("a name, an image, a class and a shell script are taken as they are", () => {
  const more = { name: "night", image: "mine:1", priority: "idle", args: [] };
  const request = planSubmission({ ...asked, ...more }, dev, { script: { file: "run.sh", text: "" }, suffix: "abcde" });
  expect(request).toMatchObject({
    name: "night",
    image: "mine:1",
    priorityClass: "idle",
    command: ["bash", "/job/run.sh"],
  });
});

test("a program of the image has no files, and is named after its runtime", () => {
  const more = { script: null, runtime: "nccl-test", image: "tests:1", args: ["all_reduce_perf", "-b", "8G"] };
  const request = planSubmission({ ...asked, ...more }, dev, { script: null, suffix: "abcde" });
  expect(request).toMatchObject({ name: "nccl-test-abcde", command: ["all_reduce_perf", "-b", "8G"] });
  expect(request).not.toHaveProperty("files");
});

test("a runtime whose image nobody can guess asks for one, and says what it must have", () => {
  expect(problems({ runtime: "nccl-test" })).toEqual([
    "--image: must be given for runtime nccl-test. It must have nccl-tests, OpenMPI, an SSH server and root as its user",
  ]);
});

test.each([
  ["Train_LLM-v2.py", "train-llm-v2-abcde"],
  ["01.py", "job-abcde"],
  [`${"long-".repeat(20)}.py`, "long-long-long-long-long-long-long-abcde"],
])("the job of %s is called %s", (file, name) => {
  expect(planSubmission(asked, dev, { script: { file, text: "" }, suffix: "abcde" }).name).toBe(name);
});

test.each([
  [12, "Use 8 or 16"],
  [3, "Use 8"],
  [15, "Use 8 or 16"],
])("%d GPUs are no whole nodes", (gpus, remedy) => {
  expect(problems({ gpus })).toEqual([
    `--gpus: must be a multiple of 8: jobs take whole nodes of Standard_ND96isr_H100_v5; got ${gpus}. ${remedy}`,
  ]);
});

test("more than the share, and more than any domain has, names the number that would do", () => {
  expect(problems({ gpus: 24 }, { ...dev, borrow: 0, pool: { ...dev.pool, maxNodes: 8 } })).toEqual([
    "--gpus: must be at most 16, the share of team vision; got 24. Use 16",
  ]);
  expect(problems({ gpus: 1000 }, { ...prod, borrow: 256 })).toEqual([
    "--gpus: must be at most 744, the share of team vision of 488 and the 256 that it may borrow; got 1000. Use 512",
    "--gpus: must be at most 512: no InfiniBand domain of pool h200 has more, its spare nodes aside; got 1000. Use 512",
  ]);
});

test("all that is wrong is told at once", () => {
  expect(
    problems({ gpus: 9, priority: "acceptance", name: "9", runtime: "torch", image: "a:1" }, dev, "train.exe"),
  ).toEqual([
    "--gpus: must be a multiple of 8: jobs take whole nodes of Standard_ND96isr_H100_v5; got 9. Use 8 or 16",
    'SCRIPT: must end in .py or .sh, by which it is known what runs it; got "train.exe"',
    expect.stringMatching(/^name: must be 1 to 40 lowercase letters.*; got "9"$/) as unknown,
    expect.stringMatching(/^priorityClass: must be one of production, idle; got "acceptance"/) as unknown,
    expect.stringMatching(/^runtime: must be one of .*torch-ib.*; got "torch"/) as unknown,
  ]);
});

test("an image that the fence refuses is refused before anything is sent", () => {
  const images =
    "azure-gpu-cluster:platform: { teamFence: { images: { registries: [nvcr.io/nvidia], digests: true } } }";
  const file = variant("  azure-gpu-cluster:storage:", `  ${images}\n  azure-gpu-cluster:storage:`);
  const team = jobTeam(file, "vision", today);
  expect(problems({}, team)).toEqual([]);
  expect(problems({ image: "ubuntu:24.04" }, team)).toEqual([
    '--image: must be named with its registry, and be from nvcr.io/nvidia; got "ubuntu:24.04". Push it there, or have platform.teamFence.images.registries name another',
    '--image: must be named by its digest, name@sha256:...; got "ubuntu:24.04". az acr manifest list-metadata shows it',
  ]);
});

test("a namespace that an exception lets pass may run any image", () => {
  const exceptions = ["image-digests", "image-registries"]
    .map((rule) => `{ namespace: train-vision, rule: ${rule}, reason: try, expires: "2027-01-31" }`)
    .join(", ");
  const fence = `images: { registries: [nvcr.io/nvidia], digests: true }, exceptions: [${exceptions}]`;
  const file = variant(
    "  azure-gpu-cluster:storage:",
    `  azure-gpu-cluster:platform: { teamFence: { ${fence} } }\n  azure-gpu-cluster:storage:`,
  );
  expect(problems({ image: "ubuntu:24.04" }, jobTeam(file, "vision", today))).toEqual([]);
});

test("a team is read with its cluster, its share and what a node costs", () => {
  const { pool, size, ...team } = prod;
  expect([pool.key, size.name]).toEqual(["h200", "Standard_ND96isr_H200_v5"]);
  expect(team).toEqual({
    name: "vision",
    namespace: "train-vision",
    clusterName: expect.stringMatching(/^aks-gpu-prod-/) as unknown,
    gpus: 488,
    borrow: 24,
    usdPerNodeHour: size.price?.usdPerHour,
    images: { registries: [], digests: false },
    secrets: [],
  });
  expect(size.price?.usdPerHour).toBeGreaterThan(0);
});

test("nodes of Spot cost what Spot costs", () => {
  const spot = "a10: { size: Standard_NV36ads_A10_v5, minNodes: 0, maxNodes: 4, spot: { maxUsdPerHour: 5 } }";
  const file = variant(/a10: \{.*\}([^]*)vision: \{ pool: h100, gpus: 16/, `${spot}$1vision: { pool: a10, gpus: 2`);
  // Of eastus nobody has recorded the price of Spot.
  expect(jobTeam(file, "vision", today).usdPerNodeHour).toBeNull();
  const text = readFileSync(file, "utf8").replace("azure-native:location: eastus", "azure-native:location: westeurope");
  writeFileSync(file, text);
  expect(jobTeam(file, "vision", today).usdPerNodeHour).toBe(0.768768);
});

test.each([
  ["vison", "Closest: vision"],
  // Answers requests, and does not queue.
  ["chat", "Known: vision"],
])("%s is no team that queues", (name, remedy) => {
  expect(() => jobTeam(plainStacks.dev, name, today)).toThrow(
    `--team: must be a team of the environment whose jobs queue; got ${name}. ${remedy}`,
  );
});
