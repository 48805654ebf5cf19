import { describe, expect, it } from "vitest";
import { jobSet } from "../../../components/platform/job-set";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { trainer } from "../../../components/platform/trainer";
import { trainingRuntimes } from "../../../components/platform/training-runtimes";
import { problemsOf } from "../../recorded";
import { pool } from "./facts";

const planOf = (choices: Readonly<Record<string, object | false>> = {}, pools = [pool("h100")]): PlatformPlan =>
  planPlatform({ trainingRuntimes, trainer, jobSet }, choices, { kubernetesVersion: "1.36", pools });
const keysOf = ({ addOns }: PlatformPlan): string[] => addOns.map((it) => it.key);
const namesOf = ({ addOns }: PlatformPlan): string[] =>
  Object.keys(addOns.find((it) => it.key === "trainingRuntimes")?.objects ?? {});

const runtimes = ["torch-ib", "deepspeed-mpi-ib", "jax-ib", "nccl-test", "fine-tune-lora", "fine-tune-full"];

describe("trainingRuntimes", () => {
  it("stands behind Trainer, which looks at each of them, with runtimes for each pool", () => {
    const plan = planOf({}, [pool("h100"), pool("mi300x", "Standard_ND96isr_MI300X_v5")]);
    expect(keysOf(plan)).toEqual(["jobSet", "trainer", "trainingRuntimes"]);
    expect(plan.addOns[2]).toMatchObject({
      after: ["trainer"],
      namespace: null,
      release: null,
      crds: {},
      handsOver: {},
    });
    expect(namesOf(plan)).toEqual(
      ["h100", "mi300x"].flatMap((key) => runtimes.map((it) => `training-runtimes-${it}-${key}`)),
    );
  });

  it("leaves out pools of parts of GPUs, and is not wanted where there are no others", () => {
    const parts = { ...pool("mig"), migProfile: "MIG1g", gpusPerNode: 56 };
    expect(namesOf(planOf({}, [parts, pool("h100")]))).toEqual(runtimes.map((it) => `training-runtimes-${it}-h100`));
    expect(keysOf(planOf({}, [parts]))).toEqual(["jobSet", "trainer"]);
    expect(keysOf(planOf({}, []))).toEqual([]);
  });

  it("is not installed where it is refused, and fails where Trainer is", () => {
    expect(keysOf(planOf({ trainingRuntimes: false }))).toEqual(["jobSet", "trainer"]);
    expect(problemsOf(() => planOf({ trainer: false }))).toEqual([
      "trainer: cannot be left out: trainingRuntimes needs it; got false. Remove it, or write trainingRuntimes: false as well",
    ]);
  });

  it("fails on a setting: it has none", () => {
    expect(problemsOf(() => planOf({ trainingRuntimes: { pools: [] } }))).toEqual([
      "trainingRuntimes.pools: is not a known key; unknown keys are never ignored. Remove it",
    ]);
  });
});
