import { expect, it } from "vitest";
import { leaderWorkerSet } from "../../../components/platform/leader-worker-set";
import { planPlatform, type PlatformPlan } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, portsOf, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const planOf = (choice: object | false | undefined, pools = [pool("h100")]): PlatformPlan =>
  planPlatform(
    { leaderWorkerSet },
    { leaderWorkerSet: choice ?? {} },
    {
      kubernetesVersion: "1.36",
      pools,
    },
  );

it("is installed whole", () => {
  expect(planOf(undefined)).toEqual({
    fetches: ["oci://registry.k8s.io/lws/charts/lws:0.9.0", "registry.k8s.io/lws/lws:v0.9.0"].map((it) => ({
      from: it,
      to: it,
    })),
    handsOver: {},
    addOns: [
      {
        key: "leaderWorkerSet",
        name: "leader-worker-set",
        aliases: [],
        after: [],
        namespace: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "lws-system",
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
          metadata: { name: "ingress", namespace: "lws-system" },
          spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ ports: [{ protocol: "TCP", port: 9443 }] }] },
        },
        release: {
          name: "lws",
          namespace: "lws-system",
          chart: "oci://registry.k8s.io/lws/charts/lws",
          version: "0.9.0",
          atomic: true,
          timeout: 600,
          values: {
            replicaCount: 2,
            image: {
              manager: { repository: "registry.k8s.io/lws/lws", tag: "v0.9.0", pullPolicy: "IfNotPresent" },
            },
            podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          },
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
  expect(planOf({}, []).addOns.map((it) => it.key)).toEqual(["leaderWorkerSet"]);
});

it("fails on a setting: it has none", () => {
  expect(problemsOf(() => planOf({ replicas: 3 }))).toEqual([
    "leaderWorkerSet.replicas: is not a known key; unknown keys are never ignored. Remove it",
  ]);
});

it("uses values and ports that the chart has", async ({ skip }) => {
  const chart = (await chartInModule("leaderWorkerSet", "charts/lws")) ?? skip("no chart");
  expect(unknownPaths(toProps(planOf({}).addOns[0]?.release?.values), chart)).toEqual([]);
  expect([...portsOf(chart)]).toContain(9443);
});
