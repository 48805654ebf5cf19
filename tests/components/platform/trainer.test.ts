import { describe, expect, it } from "vitest";
import { jobSet } from "../../../components/platform/job-set";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { trainer } from "../../../components/platform/trainer";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, portsOf, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const planOf = (choices: Readonly<Record<string, object | false>>, pools = [pool("h100")]): PlatformPlan =>
  planPlatform({ trainer, jobSet }, { trainer: {}, ...choices }, { kubernetesVersion: "1.36", pools });

const keysOf = ({ addOns }: PlatformPlan): string[] => addOns.map((it) => it.key);

it("is installed whole, behind JobSet", () => {
  expect(keysOf(planOf({}))).toEqual(["jobSet", "trainer"]);
  expect(planOf({}).addOns[1]).toEqual({
    key: "trainer",
    name: "trainer",
    aliases: [],
    after: ["jobSet"],
    namespace: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name: "trainer-system",
        labels: {
          "pod-security.kubernetes.io/enforce": "restricted",
          "pod-security.kubernetes.io/warn": "restricted",
          "pod-security.kubernetes.io/audit": "restricted",
          "pod-security.kubernetes.io/enforce-version": "v1.36",
          "azure-gpu-cluster/workload": "platform",
        },
      },
    },
    ingress: {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "ingress", namespace: "trainer-system" },
      spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }] },
    },
    release: {
      name: "kubeflow-trainer",
      namespace: "trainer-system",
      chart: "oci://ghcr.io/kubeflow/charts/kubeflow-trainer",
      version: "2.3.0",
      atomic: true,
      timeout: 600,
      values: {
        jobset: { install: false },
        runtimes: { defaultEnabled: false },
        manager: {
          replicas: 2,
          resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
        },
      },
    },
    crds: {},
    objects: {},
    handsOver: {},
  });
});

describe("trainer", () => {
  it("is not installed where it is refused", () => {
    expect(keysOf(planOf({ trainer: false }))).toEqual(["jobSet"]);
  });

  it("brings JobSet where it is asked for", () => {
    expect(keysOf(planOf({ trainer: {} }, []))).toEqual(["jobSet", "trainer"]);
  });

  it("fails where JobSet is refused", () => {
    expect(problemsOf(() => planOf({ jobSet: false }))).toEqual([
      "jobSet: cannot be left out: trainer needs it; got false. Remove it, or write trainer: false as well",
    ]);
  });

  it("fails on a setting: it has none", () => {
    expect(problemsOf(() => planOf({ trainer: { runtimes: true } }))).toEqual([
      "trainer.runtimes: is not a known key; unknown keys are never ignored. Remove it",
    ]);
  });
});

it("uses values and ports that the chart has", async ({ skip }) => {
  const chart = (await chartInModule("trainer", "charts/kubeflow-trainer")) ?? skip("no chart");
  expect(unknownPaths(toProps(planOf({}).addOns[1]?.release?.values), chart)).toEqual([]);
  expect([...portsOf(chart)]).toContain(9443);
});
