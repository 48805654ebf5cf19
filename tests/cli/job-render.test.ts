import { expect, test } from "vitest";
import { durationOf, progressOf, priced, renderJob, renderJobs, renderWhy } from "../../cli/job-render";
import type { JobState } from "../../cli/job-state";
import { jobTeam } from "../../cli/job-team";
import { plainStacks, today } from "../stack-files";

const team = { ...jobTeam(plainStacks.dev, "vision", today), usdPerNodeHour: 98.32 };
const plain = (_: unknown, text: string): string => text;

const waits: JobState = {
  name: "night",
  apiVersion: "trainer.kubeflow.org/v1alpha1",
  kind: "TrainJob",
  phase: "waits",
  priority: "idle",
  reasons: [{ plain: "8 GPUs more must become free", said: "insufficient unused quota" }],
  place: { at: 2, of: 3 },
  submitted: "2026-11-21T08:00:00Z",
  waitedSeconds: 5400,
  nodes: 12,
  gpus: 96,
  pods: { ready: 0, ended: 0, all: 12 },
  domains: [],
  nodeNames: [],
  exitCode: null,
};
const runs: JobState = {
  ...waits,
  name: "day",
  phase: "runs",
  priority: null,
  reasons: [],
  place: null,
  waitedSeconds: 4,
  nodes: 1,
  gpus: 8,
  pods: { ready: 1, ended: 0, all: 1 },
  domains: ["h100d1"],
  nodeNames: ["a", "b", "c", "d", "e", "f"],
};

const copies: JobState = { ...runs, nodes: 0, gpus: 0, domains: [], pods: { ready: 2, ended: 0, all: 2 } };

test("a list", () => {
  expect(renderJobs([priced(waits, team), priced(runs, team)], team, plain)).toBe(
    [
      "JOB    STATE  PLACE   GPUS  WAITED    USD/HOUR  DOMAIN",
      "night  waits  2 of 3  96    1 h 30 m  1,179.84",
      "day    runs           8     4 s       98.32     h100d1",
      "",
    ].join("\n"),
  );
  expect(renderJobs([], team, plain)).toBe("Team vision has no jobs.\n");
});

test("one job that waits, and one that runs", () => {
  expect(renderJob(priced(waits, team), plain)).toBe(
    [
      "job        night, a TrainJob of priority idle",
      "state      waits",
      "place      2 of 3 in the queue of the team",
      "submitted  2026-11-21T08:00:00Z",
      "waited     1 h 30 m",
      "size       12 nodes, 96 GPUs",
      "cost       1,179.84 USD an hour while it has its nodes",
      "why        8 GPUs more must become free",
      "",
    ].join("\n"),
  );
  expect(renderJob(priced(runs, { usdPerNodeHour: null }), plain)).toBe(
    [
      "job        day, a TrainJob",
      "state      runs",
      "submitted  2026-11-21T08:00:00Z",
      "waited     4 s",
      "size       1 node, 8 GPUs",
      "cost       the catalogue has no price",
      "pods       1 ready, 0 ended, of 1",
      "where      InfiniBand domain h100d1; a, b, c, d and 2 more",
      "",
    ].join("\n"),
  );
});

test("why: in plain words, then in Kueue's", () => {
  expect(renderWhy(priced(waits, team))).toBe(
    "night waits for 1 h 30 m, 2 of 3 in the queue of the team.\n  8 GPUs more must become free\n    (insufficient unused quota)\n",
  );
  expect(renderWhy(priced({ ...waits, reasons: [], place: null }, team))).toBe(
    "night waits for 1 h 30 m.\n  Kueue has not said why yet.\n",
  );
  expect(renderWhy(priced({ ...waits, phase: "submitted", reasons: [], place: null }, team))).toBe(
    "night is submitted, and Kueue has not seen it yet: ask again in a moment.\n",
  );
  expect(renderWhy(priced(runs, team))).toBe("day runs: it waits for nothing.\n");
});

test("a copy has no nodes, and no cost of its own", () => {
  const shown = renderJob(priced(copies, team), plain);
  expect(shown).toContain("size       2 pods without GPUs\n");
  expect(shown).not.toContain("cost");
});

test.each<[JobState, string]>([
  [waits, "waits for 12 nodes, 96 GPUs: 8 GPUs more must become free"],
  [{ ...runs, phase: "starts", pods: { ready: 3, ended: 1, all: 12 } }, "starts: 4 of 12 pods"],
  [runs, "runs on 1 node of h100d1"],
  [{ ...copies, phase: "waits" }, "waits for 2 pods without GPUs"],
  [copies, "runs in 2 pods without GPUs"],
  [{ ...runs, phase: "succeeded", exitCode: 0 }, "has ended well, exit code 0"],
  [
    { ...runs, phase: "failed", exitCode: 2, reasons: [{ plain: "jobset failed", said: null }] },
    "has failed, exit code 2: jobset failed",
  ],
])("progress of %o", (state, line) => {
  expect(progressOf(state)).toBe(line);
});

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [60, "1 m"],
  [61, "1 m 1 s"],
  [3600, "1 h"],
  [3661, "1 h 1 m"],
  [90_000, "1 d 1 h"],
])("%d seconds are %s", (seconds, said) => {
  expect(durationOf(seconds)).toBe(said);
});
