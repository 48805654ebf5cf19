import { describe, expect, it } from "vitest";
import { dcgmCountersFile } from "../../../catalog/dcgm-counters";
import { versions } from "../../../catalog/versions";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import type { PlatformShape } from "../../../components/platform/add-ons";
import { gpuOperator } from "../../../components/platform/gpu-operator";
import { networkOperator } from "../../../components/platform/network-operator";
import { nodeFeatureDiscovery } from "../../../components/platform/node-feature-discovery";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { text } from "../../../core/property-tree";
import { problemsOf } from "../../recorded";
import { unknownPaths } from "./chart-paths";
import { pool } from "./facts";
import { describeWithChart } from "./with-chart";

const h100 = { ...pool("h100"), rdmaResource: "rdma/ib" };
const nc: GpuPoolRef = pool("nc", "Standard_NC40ads_H100_v5");
const a10: GpuPoolRef = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver" };
const v100 = { ...pool("v100", "Standard_ND40rs_v2"), rdmaResource: "rdma/ib" };
const gb300: GpuPoolRef = {
  ...pool("gb300", "Standard_ND128isr_GB300_v6"),
  gpuStack: "gb-dra",
  rdmaResource: "rdma/ib",
};

function planOf(pools: readonly GpuPoolRef[], choice?: PlatformShape["gpuOperator"]): AddOnPlan | undefined {
  const choices = { gpuOperator: choice ?? {} };
  const rows = { nodeFeatureDiscovery, networkOperator, gpuOperator };
  return planPlatform(rows, choices, { kubernetesVersion: "1.36", pools }).addOns.find(
    (it) => it.key === "gpuOperator",
  );
}

const off = { enabled: false };
const system = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };
const aksRuntime = { ...system, runtimeClass: "nvidia-container-runtime" };
const driver = (peermem: boolean, version = "595.91.07"): object => ({
  enabled: true,
  version,
  rdma: { enabled: peermem, useHostMofed: false },
  upgradePolicy: { autoUpgrade: false },
});
const toolkit = { enabled: true, env: [{ name: "RUNTIME_CONFIG_SOURCE", value: "file" }] };

/** All values, with those that pools decide. */
const values = (byPools: object): object => ({
  nfd: off,
  cdi: { enabled: true },
  devicePlugin: { env: [{ name: "DEVICE_LIST_STRATEGY", value: "cdi-annotations,cdi-cri" }] },
  daemonsets: {
    tolerations: [
      { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" },
      { key: "startup-taint.cluster-autoscaler.kubernetes.io/memlock", operator: "Exists", effect: "NoSchedule" },
      { key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health", operator: "Exists", effect: "NoSchedule" },
      { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
    ],
  },
  dcgmExporter: {
    config: { create: true, name: "dcgm-counters", data: dcgmCountersFile() },
    serviceMonitor: off,
  },
  migManager: off,
  ccManager: off,
  kataSandboxDevicePlugin: off,
  sandboxDevicePlugin: off,
  vfioManager: off,
  vgpuDeviceManager: off,
  ...byPools,
});

describe("the GPU operator", () => {
  it.each([
    ["H100 with InfiniBand", [h100], { operator: system, driver: driver(true), toolkit }],
    ["a pool whose driver is AKS's", [a10], { operator: aksRuntime, driver: off, toolkit: off }],
    ["both", [h100, a10], { operator: aksRuntime, driver: driver(true), toolkit }],
    ["H100 without InfiniBand", [nc], { operator: system, driver: driver(false), toolkit }],
    [
      "H100 with InfiniBand and AKS's driver",
      [{ ...h100, gpuStack: "aks-driver" }],
      { operator: aksRuntime, driver: off, toolkit: off },
    ],
    ["H100 and GB300, which it does not serve", [h100, gb300], { operator: system, driver: driver(true), toolkit }],
    [
      "divided GPUs",
      [{ ...nc, migProfile: "MIG1g" }],
      { operator: system, driver: driver(false), toolkit, migManager: { enabled: true } },
    ],
    [
      "GPUs that AKS divided",
      [{ ...nc, gpuStack: "aks-driver", migProfile: "MIG1g" }],
      { operator: aksRuntime, driver: off, toolkit: off },
    ],
  ] satisfies [string, GpuPoolRef[], object][])("for %s has these values", (_, pools, byPools) => {
    const choices = { gpuOperator: {}, networkOperator: false };
    const rows = { nodeFeatureDiscovery, networkOperator, gpuOperator };
    const { addOns } = planPlatform(rows, choices, { kubernetesVersion: "1.36", pools });
    expect(addOns.find((it) => it.key === "gpuOperator")?.release?.values).toEqual(values(byPools));
  });

  it("is a release in a namespace for privileged pods, and nothing else", () => {
    const plan = planOf([a10]);
    expect({ ...plan?.release, values: {} }).toEqual({
      name: "gpu-operator",
      namespace: "gpu-operator",
      chart: "gpu-operator",
      version: "v26.7.0",
      repositoryOpts: { repo: "https://helm.ngc.nvidia.com/nvidia" },
      atomic: true,
      timeout: 600,
      values: {},
    });
    expect(plan).toMatchObject({ crds: {}, objects: {}, handsOver: {} });
    expect(plan?.namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("privileged");
  });

  it("is not there where it is refused", () => {
    expect(planOf([h100], false)).toBeUndefined();
  });

  it("fails where it is asked for and there is no such pool", () => {
    expect(problemsOf(() => planOf([gb300], {}))).toEqual([
      "gpuOperator: is not possible: no GPU pool has gpuStack gpu-operator or aks-driver. " +
        "Leave it out: whoever owns the driver of the other pools brings the rest",
    ]);
  });

  it("brings another driver where one is asked for, and needs one that knows the GPUs", () => {
    expect(planOf([v100, h100], { driverVersion: "580.126.20" })?.release?.values).toMatchObject({
      driver: driver(true, "580.126.20"),
    });
    expect(problemsOf(() => planOf([v100, h100]))).toEqual([
      'gpuOperator.driverVersion: must be of branch 580 or older: newer drivers do not know the GPUs of gpuPools.v100; got "595.91.07". ' +
        "NVIDIA lists driver containers at https://catalog.ngc.nvidia.com/orgs/nvidia/containers/driver",
    ]);
  });

  it.each(["580", "latest", "580.126.20-ubuntu24.04"])("fails on the driver version %s", (driverVersion) => {
    expect(problemsOf(() => planOf([h100], { driverVersion }))).toEqual([
      `gpuOperator.driverVersion: must be a version of NVIDIA's driver, such as 580.126.20; got "${driverVersion}". For example 580.126.20`,
    ]);
  });
});

describeWithChart("gpu-operator-v26.7.0", (chart) => {
  it.each([
    ["H100 with InfiniBand", [h100]],
    ["a pool whose driver is AKS's", [a10]],
    ["both", [h100, a10]],
  ])("knows every value that we give for %s", (_, pools) => {
    expect(unknownPaths(planOf(pools)?.release?.values, chart)).toEqual([]);
  });

  it("brings the driver of the catalogue", () => {
    expect(text(chart.values, "driver.version")).toBe(versions.nvidiaDriver.version);
  });
});
