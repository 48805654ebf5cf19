import { expect, it } from "vitest";
import { certManager } from "../../../components/platform/cert-manager";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, unknownPaths } from "./chart-values";

const planOf = (choice?: object | false): PlatformPlan =>
  planPlatform({ certManager }, choice === undefined ? {} : { certManager: choice }, {
    kubernetesVersion: "1.36",
    pools: [],
  });

const resources = { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "1Gi" } };

it("is installed whole", () => {
  expect(planOf({}).addOns).toEqual([
    {
      key: "certManager",
      name: "cert-manager",
      aliases: [],
      after: [],
      namespace: {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: {
          name: "cert-manager",
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
        metadata: { name: "ingress", namespace: "cert-manager" },
        spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 10250 }] }] },
      },
      release: {
        name: "cert-manager",
        namespace: "cert-manager",
        chart: "oci://quay.io/jetstack/charts/cert-manager",
        version: "v1.21.1",
        atomic: true,
        timeout: 600,
        values: {
          crds: { enabled: true, keep: true },
          global: { leaderElection: { namespace: "cert-manager" } },
          resources,
          cainjector: { resources },
          webhook: { replicaCount: 2, podDisruptionBudget: { enabled: true, minAvailable: 1 }, resources },
          startupapicheck: { enabled: true, resources },
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
  expect(problemsOf(() => planOf({ issuer: "letsencrypt" }))).toEqual([
    "certManager.issuer: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("uses values and a port that the chart has", async ({ skip }) => {
  const chart = (await chartInModule("certManager", "deploy/charts/cert-manager")) ?? skip("no chart");
  const values = toProps(planOf({}).addOns[0]?.release?.values);
  expect(unknownPaths(values, chart)).toEqual([]);
  expect(chart.defaults).toMatchObject({ webhook: { securePort: 10250 } });
});
