import { expect, it } from "vitest";
import { kubeRay } from "../../../components/platform/kube-ray";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { problemsOf } from "../../recorded";
import { unknownPaths } from "./chart-paths";
import { describeWithChart } from "./with-chart";

const planOf = (choice?: object | false): PlatformPlan =>
  planPlatform({ kubeRay }, choice === undefined ? {} : { kubeRay: choice }, { kubernetesVersion: "1.36", pools: [] });

it("is installed whole", () => {
  expect(planOf({}).addOns).toEqual([
    {
      key: "kubeRay",
      name: "kube-ray",
      aliases: [],
      after: [],
      namespace: {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name: "kuberay-system",
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
        metadata: { name: "ingress", namespace: "kuberay-system" },
        spec: { podSelector: {}, policyTypes: ["Ingress"] },
      },
      release: {
        name: "kuberay-operator",
        namespace: "kuberay-system",
        chart: "kuberay-operator",
        version: "1.6.2",
        repositoryOpts: { repo: "https://ray-project.github.io/kuberay-helm/" },
        atomic: true,
        timeout: 600,
        values: {
          reconcileConcurrency: 10,
          resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
        },
      },
      crds: {},
      objects: {},
      handsOver: {},
    },
  ]);
});

it("is installed only where it is asked for", () => {
  expect(planOf().addOns).toEqual([]);
  expect(planOf(false).addOns).toEqual([]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ replicas: 2 }))).toEqual([
    "kubeRay.replicas: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

describeWithChart("kuberay-operator-1.6.2", (chart) => {
  it("knows every value that we give, and brings no webhook", () => {
    expect(unknownPaths(planOf({}).addOns[0]?.release?.values, chart)).toEqual([]);
    expect(chart.templates).not.toContain("WebhookConfiguration");
  });
});
