import { describe, expect, it } from "vitest";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { partsOfCharts } from "../../../catalog/owned-parts";
import { addOns } from "../../../components/platform/add-ons";
import { checkOwners, type PlannedParts } from "../../../components/platform/check-owners";
import { planPlatform } from "../../../components/platform/plan-platform";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { Problems } from "../../../core/problems";
import { read } from "../../../core/property-tree";
import { pool } from "./facts";
import { describeWithChart } from "./with-chart";

const h100: GpuPoolRef = { ...pool("h100"), rdmaResource: "rdma/ib" };
const a10: GpuPoolRef = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver" };
const gb300: GpuPoolRef = {
  ...pool("gb300", "Standard_ND128isr_GB300_v6"),
  gpuStack: "gb-dra",
  rdmaResource: "rdma/ib",
};

/** An add-on that is a chart with values. */
const chart = (key: string, name: string, values: object = {}): PlannedParts => ({
  key,
  release: { chart: name, values: { ...values } },
  crds: {},
  objects: {},
});

/** An add-on that is one object. */
const object = (key: string, kind: string, name: string, spec: object): PlannedParts => ({
  key,
  release: null,
  crds: {},
  objects: { [key]: { apiVersion: "any/v1", kind, metadata: { name }, spec } },
});

const off = { enabled: false };
const gpuOperator = chart("gpuOperator", "gpu-operator", { nfd: off });
const policy = (sections: object, more: object = {}): PlannedParts =>
  object("networkOperator", "NicClusterPolicy", "nic-cluster-policy", { ...sections, ...more });
const heldTo = (...keys: readonly string[]): object => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: keys }] }],
    },
  },
});
const dranet = chart("dranet", "oci://example.com/charts/dranet");

function problemsOf(planned: readonly PlannedParts[], pools: readonly GpuPoolRef[], stacks = gpuStackRows): string[] {
  const problems = new Problems();
  checkOwners(planned, pools, stacks, problems);
  return problems.list.map(({ path, rule }) => `${path}: ${rule}`);
}

it.each([
  ["one operator, its own discovery off", [chart("nfd", "oci://any/node-feature-discovery"), gpuOperator], [h100]],
  ["a pool whose driver is AKS's, and says so by its labels", [gpuOperator], [h100, a10]],
  ["racks, whose image has the driver", [gpuOperator], [h100, gb300]],
  [
    "adapters of different pools in different ways",
    [
      policy({ sriovDevicePlugin: {} }, heldTo("h100")),
      object("shared", "NicNodePolicy", "shared", {
        rdmaSharedDevicePlugin: {},
        nodeSelector: { "azure-gpu-cluster/pool": "h200" },
      }),
    ],
    [h100, { ...h100, key: "h200" }],
  ],
  ["DRANET where no pool has InfiniBand", [dranet, policy({ sriovDevicePlugin: {} })], [a10]],
] satisfies [string, PlannedParts[], GpuPoolRef[]][])("has nothing to say of %s", (_, planned, pools) => {
  expect(problemsOf(planned, pools)).toEqual([]);
});

it.each([
  [
    "a chart with its own Node Feature Discovery on",
    [chart("nodeFeatureDiscovery", "oci://any/node-feature-discovery"), chart("networkOperator", "network-operator")],
    [h100],
    [
      "networkOperator: cannot own the labels of devices: chart network-operator (nfd.enabled) and chart node-feature-discovery of nodeFeatureDiscovery would both do it",
    ],
  ],
  [
    "two device plugins",
    [gpuOperator, chart("draDriver", "oci://any/dra-driver-nvidia-gpu")],
    [h100],
    [
      "draDriver: cannot own the count of NVIDIA GPUs: chart dra-driver-nvidia-gpu (resources.gpus.enabled) and chart gpu-operator (devicePlugin.enabled) of gpuOperator would both do it",
    ],
  ],
  [
    "a policy with both device plugins for adapters",
    [policy({ sriovDevicePlugin: {}, rdmaSharedDevicePlugin: {} }, heldTo("h100"))],
    [h100],
    [
      "networkOperator: cannot own the adapters of gpuPools.h100: NicClusterPolicy nic-cluster-policy (rdmaSharedDevicePlugin) and NicClusterPolicy nic-cluster-policy (sriovDevicePlugin) of networkOperator would both hand them out",
    ],
  ],
  [
    "DRANET beside a device plugin",
    [policy({ sriovDevicePlugin: {} }), dranet],
    [h100],
    [
      "dranet: cannot own the adapters of gpuPools.h100: chart dranet and NicClusterPolicy nic-cluster-policy (sriovDevicePlugin) of networkOperator would both hand them out",
      "dranet: cannot give adapters to gpuPools.h100 as chart dranet does: the pool has rdma sriov",
    ],
  ],
  [
    "a device plugin on nodes whose adapters are claimed",
    [policy({ sriovDevicePlugin: {} }, heldTo("gb300"))],
    [{ ...gb300, rdma: "dranet" }],
    [
      "networkOperator: cannot give adapters to gpuPools.gb300 as NicClusterPolicy nic-cluster-policy (sriovDevicePlugin) does: the pool has rdma dranet",
    ],
  ],
  [
    "shared adapters on racks",
    [policy({ rdmaSharedDevicePlugin: {} })],
    [gb300],
    [
      "networkOperator: cannot give adapters to gpuPools.gb300 as NicClusterPolicy nic-cluster-policy (rdmaSharedDevicePlugin) does: gpuStack gb-dra takes sriov or dranet",
    ],
  ],
] satisfies [string, PlannedParts[], GpuPoolRef[], string[]][])("fails on %s", (_, planned, pools, expected) => {
  expect(problemsOf(planned, pools)).toEqual(expected);
});

it.each([
  [a10, "AKS (gpuProfile.driver: Install)"],
  [gb300, "the node image"],
])("fails where an operator reaches nodes that have a driver: %#", (nodes, owner) => {
  const unlabelled = { ...gpuStackRows[nodes.gpuStack], nodeLabels: {} };
  expect(problemsOf([gpuOperator], [h100, nodes], { ...gpuStackRows, [nodes.gpuStack]: unlabelled })).toEqual([
    `gpuOperator: cannot own the GPU driver of gpuPools.${nodes.key}: ${owner} and chart gpu-operator (driver.enabled) would both bring one`,
  ]);
});

it("is asked of every platform, also with rows of the user's own", () => {
  const own = { ...addOns.gpuOperator, contents: () => ({ values: {}, crds: null, objects: null, handsOver: null }) };
  const rows = { nodeFeatureDiscovery: addOns.nodeFeatureDiscovery, networkOperator: addOns.networkOperator, own };
  expect(() => planPlatform(rows, { own: {} }, { kubernetesVersion: "1.36", pools: [h100] })).toThrow(
    "own: cannot own the labels of devices: chart gpu-operator (nfd.enabled) and chart node-feature-discovery of nodeFeatureDiscovery would both do it. Turn it off in one of them",
  );
});

describe.each([
  ["gpu-operator", "gpu-operator-v26.7.0"],
  ["network-operator", "network-operator-26.4.1"],
  ["gpu-operator-charts", "amd-gpu-operator-v1.5.1"],
])("of the chart %s", (name, folder) => {
  describeWithChart(folder, ({ values }) => {
    it("every part that can be turned off is on by default", () => {
      const parts = partsOfCharts.flatMap((it) => (it.chart === name && it.value !== null ? [it.value] : []));
      expect(parts.map((it) => [it, read(values, it)])).toEqual(parts.map((it) => [it, true]));
      expect(parts).not.toEqual([]);
    });
  });
});
