import { expect, test } from "vitest";
import { readJobArguments } from "../../cli/job-arguments";

const place = { environment: "dev", team: "vision", kubeconfig: undefined, context: undefined, json: false };

test("a submission with all that it may have", () => {
  const given = [
    ["submit", "dev", "train.py", "--team", "vision", "--gpus", "16", "--runtime", "jax-ib", "--image", "a/b@sha256:1"],
    ["--name", "night", "--priority", "idle", "--env", "A=b=c", "--env", "EMPTY=", "--arg=--lr", "--arg", "3"],
    [
      "--volume",
      "lustre=/data",
      "--checkpoint",
      "blob=/saved",
      "--secret",
      "wandb",
      "--secret",
      "hf-token",
      "--follow",
      "--kubeconfig",
      "file",
      "--context",
      "there",
      "--json",
    ],
  ].flat();
  expect(readJobArguments(given)).toEqual({
    action: "submit",
    environment: "dev",
    team: "vision",
    kubeconfig: "file",
    context: "there",
    json: true,
    script: "train.py",
    gpus: 16,
    runtime: "jax-ib",
    image: "a/b@sha256:1",
    name: "night",
    priority: "idle",
    env: { A: "b=c", EMPTY: "" },
    args: ["--lr", "3"],
    volumes: { lustre: "/data" },
    secrets: ["wandb", "hf-token"],
    checkpoint: { claim: "blob", path: "/saved" },
    follow: true,
    dryRun: false,
  });
});

test("a copy, whose paths begin at the root of a claim", () => {
  expect(readJobArguments(["copy", "dev", "--from", "blob:/data/a:b/", "--to", "lustre:", "--team", "vision"])).toEqual(
    {
      ...place,
      action: "copy",
      from: { claim: "blob", path: "data/a:b" },
      to: { claim: "lustre", path: "" },
      parts: 2,
      image: undefined,
      name: undefined,
      follow: false,
      dryRun: false,
    },
  );
});

test("a submission with what it must have", () => {
  expect(readJobArguments(["submit", "dev", "train.py", "--team", "vision", "--gpus", "16"])).toEqual({
    ...place,
    action: "submit",
    script: "train.py",
    gpus: 16,
    runtime: "torch-ib",
    image: undefined,
    name: undefined,
    priority: undefined,
    env: {},
    args: [],
    volumes: {},
    secrets: [],
    checkpoint: undefined,
    follow: false,
    dryRun: false,
  });
});

test.each([
  [["list", "dev"], { ...place, action: "list" }],
  [["show", "dev", "night"], { ...place, action: "show", name: "night" }],
  [["why", "dev", "night"], { ...place, action: "why", name: "night" }],
  [["cancel", "dev", "night"], { ...place, action: "cancel", name: "night" }],
])("%j", (words, command) => {
  expect(readJobArguments([...words, "--team", "vision"])).toEqual(command);
});

test("a program of the image needs no script", () => {
  const command = readJobArguments(["submit", "dev", "--team", "vision", "--gpus", "16", "--arg", "all_reduce_perf"]);
  expect(command).toMatchObject({ script: null, args: ["all_reduce_perf"] });
});

test("help, beside whatever else", () => {
  expect(readJobArguments(["submit", "-h"])).toBe("help");
});

const team = ["--team", "vision"];
const submit = ["submit", "dev", "train.py", ...team];
const copy = ["copy", "dev", ...team];

test.each([
  [[], "the first word must be one of submit, copy, list, show, why, cancel; got nothing"],
  [["stop", "dev"], "the first word must be one of submit, copy, list, show, why, cancel; got stop"],
  [["list"], "ENVIRONMENT must be given"],
  [["list", "dev"], "--team must be given"],
  [["list", "dev", "night", ...team], "list takes no more words; got night"],
  [["show", "dev", ...team], "NAME must be given"],
  [["cancel", "dev", "one", "two", ...team], "cancel takes no more words; got two"],
  [["why", "dev", "night", "--gpus", "8", ...team], "--gpus is about submit"],
  [["list", "dev", "--follow", ...team], "--follow is about submit and copy"],
  [["submit", "dev", ...team], "SCRIPT must be given, or --arg with the name of a program of the image"],
  [submit, "--gpus must be given"],
  [[...submit, "--gpus", "many"], "--gpus must be a whole number above 0; got many"],
  [[...submit, "--gpus", "0"], "--gpus must be a whole number above 0; got 0"],
  [[...submit, "--gpus", ""], "--gpus must be a whole number above 0; got "],
  [[...submit, "--gpus", "8", "--env", "1=secret"], "--env must be KEY=VALUE, KEY of letters, digits and underscores"],
  [[...submit, "--gpus", "8", "--env", "A=1", "--env", "A=2"], "--env must give A once"],
  [[...submit, "--gpus", "8", "--volume", "lustre"], "--volume must be CLAIM=/PATH; got lustre"],
  [[...submit, "--gpus", "8", "--volume", "a=/b", "--volume", "a=/c"], "--volume must give a once"],
  [[...submit, "--gpus", "8", "--secret", "a", "--secret", "a"], "--secret must give a once"],
  [[...submit, "--gpus", "8", "--checkpoint", "a=b"], "--checkpoint must be CLAIM=/PATH; got a=b"],
  [[...submit, "--gpus", "8", "--parts", "2"], "--parts is about copy"],
  [[...copy, "data"], "copy takes no more words; got data"],
  [copy, "--from must be given"],
  [[...copy, "--from", "blob:"], "--to must be given"],
  [[...copy, "--from", "blob", "--to", "lustre:"], "--from must be CLAIM:PATH; got blob"],
  [[...copy, "--from", ":a", "--to", "lustre:"], "--from must be CLAIM:PATH; got :a"],
  [[...copy, "--from", "a:", "--to", "b:", "--parts", "x"], "--parts must be a whole number above 0; got x"],
  [[...copy, "--from", "a:", "--to", "b:", "--gpus", "8"], "--gpus is about submit"],
  [
    [...submit, "--gpus", "8", "--follow", "--dry-run"],
    "--follow is about a job that was submitted, and --dry-run submits none",
  ],
])("%j is refused", (words, rule) => {
  expect(() => readJobArguments(words)).toThrow(
    `The command is misconfigured:\n  arguments: ${rule}. npm run job -- --help`,
  );
});
