import { expect, it } from "vitest";
import { jobSet } from "../../../components/platform/job-set";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, portsOf, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const planOf = (choice: object | false | undefined, pools = [pool("h100")]): PlatformPlan =>
  planPlatform({ jobSet }, { jobSet: choice ?? {} }, { kubernetesVersion: "1.36", pools });

it("is installed whole", () => {
  expect(planOf(undefined)).toEqual({
    fetches: ["oci://registry.k8s.io/jobset/charts/jobset:0.12.0", "registry.k8s.io/jobset/jobset:v0.12.0"].map(
      (it) => ({
        from: it,
        to: it,
      }),
    ),
    handsOver: {},
    addOns: [
      {
        key: "jobSet",
        name: "job-set",
        aliases: [],
        after: [],
        namespace: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "jobset-system",
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
          metadata: { name: "ingress", namespace: "jobset-system" },
          spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }] },
        },
        release: {
          name: "jobset",
          namespace: "jobset-system",
          chart: "oci://registry.k8s.io/jobset/charts/jobset",
          version: "0.12.0",
          atomic: true,
          timeout: 600,
          values: { controller: { replicas: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 } } },
        },
        crds: {},
        objects: {},
        handsOver: {},
      },
    ],
  });
});

it("is not installed where it is refused, but where it is asked for", () => {
  expect(planOf(false).addOns).toEqual([]);
  expect(planOf({}, []).addOns.map((it) => it.key)).toEqual(["jobSet"]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ replicas: 3 }))).toEqual([
    "jobSet.replicas: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("uses values and ports that the chart has", async ({ skip }) => {
  const chart = (await chartInModule("jobSet", "charts/jobset")) ?? skip("no chart");
  expect(unknownPaths(toProps(planOf({}).addOns[0]?.release?.values), chart)).toEqual([]);
  expect([...portsOf(chart)]).toContain(9443);
});
