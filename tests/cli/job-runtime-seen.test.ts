import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { onceRuntimeIsSeen } from "../../cli/job-runtime-seen";
import { RefusedError } from "../../verification/api-answer";

/** A refusal as the API server answers it. */
const refused = (message: string): RefusedError =>
  new RefusedError({ status: 403, body: JSON.stringify({ kind: "Status", status: "Failure", message }) });

const byTrainer = (kind: string): RefusedError =>
  refused(
    `admission webhook "validator.trainjob.trainer.kubeflow.org" denied the request: spec.runtimeRef: Invalid value: {"name":"night"}: ${kind}.trainer.kubeflow.org "night" not found: specified ${kind.charAt(0).toLowerCase()}${kind.slice(1)} must be created before the TrainJob is created`,
  );
const byKueue = refused("admission webhook \"vtrainjob.kb.io\" denied the request: runtime 'night' not found");

/** Answers with each refusal once, and then with a UID. */
function answers(...refusals: readonly Error[]) {
  const left = [...refusals];
  return vi.fn(() => {
    const next = left.shift();
    return next === undefined ? Promise.resolve("uid") : Promise.reject(next);
  });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a runtime that was made a moment ago", () => {
  it.each([
    ["Trainer, its own", "Trainer", byTrainer("TrainingRuntime")],
    ["Trainer, the cluster's", "Trainer", byTrainer("ClusterTrainingRuntime")],
    ["Kueue", "Kueue", byKueue],
  ])("is waited for, and told of once: %s", async (_, who, refusal) => {
    const notes: string[] = [];
    const make = answers(refusal, refusal);
    const made = onceRuntimeIsSeen(make, { note: (line) => notes.push(line) });
    await vi.advanceTimersByTimeAsync(249);
    expect(make).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(251);
    expect(await made).toBe("uid");
    expect(make).toHaveBeenCalledTimes(3);
    expect(notes).toEqual([`waits: ${who} has not seen its runtime yet`]);
  });

  test("is waited for by one after the other", async () => {
    const notes: string[] = [];
    const make = answers(byTrainer("TrainingRuntime"), byKueue, byTrainer("TrainingRuntime"));
    const made = onceRuntimeIsSeen(make, { note: (line) => notes.push(line) });
    await vi.advanceTimersByTimeAsync(750);
    expect(await made).toBe("uid");
    expect(notes).toEqual(["Trainer", "Kueue"].map((who) => `waits: ${who} has not seen its runtime yet`));
  });
});

test("a runtime that is not there ends the wait with the refusal", async () => {
  const refusal = byTrainer("ClusterTrainingRuntime");
  const make = vi.fn(() => Promise.reject(refusal));
  const end = onceRuntimeIsSeen(make, { note: () => undefined }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(14_999);
  const tries = make.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toBe(refusal);
  expect([tries, make.mock.calls.length]).toEqual([60, 61]);
});

test("who does not want to wait any more gets the refusal", async () => {
  const stop = new AbortController();
  const make = vi.fn(() => Promise.reject(byKueue));
  const end = onceRuntimeIsSeen(make, { note: () => undefined, signal: stop.signal }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(300);
  stop.abort();
  await vi.advanceTimersByTimeAsync(200);
  expect(await end).toBe(byKueue);
  expect(make).toHaveBeenCalledTimes(2);
});

test.each([
  ["a runtime that Trainer refuses", 'admission webhook "validator.trainjob.trainer.kubeflow.org" denied the request'],
  ["a queue that is not found", "admission webhook \"vjob.kb.io\" denied the request: queue 'night' not found"],
  ["no right", 'trainjobs.trainer.kubeflow.org is forbidden: User "a" cannot create resource "trainjobs"'],
])("any other refusal comes at once: %s", async (_, message) => {
  const [notes, refusal]: [string[], Error] = [[], refused(message)];
  await expect(onceRuntimeIsSeen(answers(refusal), { note: (line) => notes.push(line) })).rejects.toBe(refusal);
  expect(notes).toEqual([]);
});
