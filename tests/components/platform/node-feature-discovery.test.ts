import { describe, expect, it } from "vitest";
import { addOns, type PlatformShape } from "../../../components/platform/add-ons";
import { planPlatform, type AddOnPlan } from "../../../components/platform/plan-platform";
import { problemsOf } from "../../recorded";
import { unknownPaths } from "./chart-paths";
import { pool } from "./facts";
import { describeWithChart } from "./with-chart";

const { nodeFeatureDiscovery, networkOperator, gpuOperator } = addOns;
const rows = { nodeFeatureDiscovery, networkOperator, gpuOperator };
const aks = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver" } as const;
const amd = {
  ...pool("mi300x", "Standard_ND96isr_MI300X_v5"),
  gpuStack: "amd-operator",
  rdmaResource: "rdma/ib",
} as const;
const gb = { ...pool("gb300", "Standard_ND128isr_GB300_v6"), gpuStack: "gb-dra" } as const;

const planOf = (
  pools: Parameters<typeof planPlatform>[2]["pools"],
  choices: PlatformShape = {},
): readonly AddOnPlan[] => planPlatform(rows, choices, { kubernetesVersion: "1.36", pools }).addOns;

/** What each installed add-on waits for, in the order in which they are installed. */
const orderOf = (...args: Parameters<typeof planOf>): unknown => planOf(...args).map(({ key, after }) => [key, after]);

const system = { key: "CriticalAddonsOnly", operator: "Exists" };
const onto = (key: string): object => ({ key, operator: "Exists", effect: "NoSchedule" });
const memlock = "startup-taint.cluster-autoscaler.kubernetes.io/memlock";
const gpuHealth = "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health";
const spot = "kubernetes.azure.com/scalesetpriority";

const values = (gpuTaints: readonly string[]): object => ({
  master: { config: { extraLabelNs: ["nvidia.com"] }, tolerations: [system] },
  gc: { tolerations: [system] },
  worker: {
    config: { sources: { pci: { deviceClassWhitelist: ["0207", "0300", "0302"], deviceLabelFields: ["vendor"] } } },
    tolerations: [...gpuTaints, memlock, gpuHealth, spot].map(onto),
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "azure-gpu-cluster/gpu-stack", operator: "Exists" }] }],
        },
      },
    },
  },
});

describe("node feature discovery", () => {
  it("comes with the operators and before them, the network before the GPUs", () => {
    expect(orderOf([{ ...pool("h100"), rdmaResource: "rdma/ib" }], { gpuOperator: {}, networkOperator: {} })).toEqual([
      ["nodeFeatureDiscovery", []],
      ["networkOperator", ["nodeFeatureDiscovery"]],
      ["gpuOperator", ["nodeFeatureDiscovery", "networkOperator"]],
    ]);
    expect(orderOf([aks], { gpuOperator: {} })).toEqual([
      ["nodeFeatureDiscovery", []],
      ["gpuOperator", ["nodeFeatureDiscovery"]],
    ]);
    expect(orderOf([amd], { networkOperator: {} })).toEqual([
      ["nodeFeatureDiscovery", []],
      ["networkOperator", ["nodeFeatureDiscovery"]],
    ]);
  });

  it("is not there unless an operator needs it, or somebody asks", () => {
    expect(orderOf([gb])).toEqual([]);
    expect(orderOf([])).toEqual([]);
    expect(orderOf([gb], { nodeFeatureDiscovery: {} })).toEqual([["nodeFeatureDiscovery", []]]);
  });

  it("cannot be left out while an operator is there", () => {
    expect(problemsOf(() => planOf([aks], { gpuOperator: {}, nodeFeatureDiscovery: false }))).toEqual([
      "nodeFeatureDiscovery: cannot be left out: gpuOperator needs it; got false. Remove it, or write gpuOperator: false as well",
    ]);
    expect(orderOf([aks], { nodeFeatureDiscovery: false, gpuOperator: false })).toEqual([]);
  });

  it("labels the nodes of GPU pools, closed ones and Spot ones, too", () => {
    const [plan] = planOf([{ ...pool("h100"), rdmaResource: "rdma/ib" }, amd], { networkOperator: {} });
    expect(plan).toEqual({
      key: "nodeFeatureDiscovery",
      name: "nfd",
      aliases: [],
      after: [],
      namespace: expect.objectContaining({ kind: "Namespace" }) as unknown,
      ingress: expect.objectContaining({ spec: { podSelector: {}, policyTypes: ["Ingress"] } }) as unknown,
      release: {
        name: "nfd",
        namespace: "nfd",
        chart: "oci://registry.k8s.io/nfd/charts/node-feature-discovery",
        version: "0.19.0",
        atomic: true,
        timeout: 600,
        values: values(["nvidia.com/gpu", "amd.com/gpu"]),
      },
      crds: {},
      objects: {},
      handsOver: {},
    });
    expect(plan?.namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("privileged");
  });
});

// The GPU operator's chart bundles the one of our version.
describeWithChart("gpu-operator-v26.7.0/charts/node-feature-discovery", (chart) => {
  it("knows every value that we give", () => {
    expect(unknownPaths(planOf([aks])[0]?.release?.values, chart)).toEqual([]);
  });
});
