import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { networkOperator } from "../../../components/platform/network-operator";
import { nodeFeatureDiscovery } from "../../../components/platform/node-feature-discovery";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { read, record, text } from "../../../core/property-tree";
import { problemsOf } from "../../recorded";
import { unknownPaths } from "./chart-paths";
import { pool } from "./facts";
import { describeWithChart } from "./with-chart";

const h100 = { ...pool("h100"), rdmaResource: "rdma/ib" };
const h200 = { ...pool("h200", "Standard_ND96isr_H200_v5"), rdmaResource: "rdma/ib" };
const aksH100: GpuPoolRef = { ...h100, key: "serve", gpuStack: "aks-driver" };
const gb300: GpuPoolRef = {
  ...pool("gb300", "Standard_ND128isr_GB300_v6"),
  gpuStack: "gb-dra",
  rdmaResource: "rdma/ib",
};
const mi300x: GpuPoolRef = {
  ...pool("mi300x", "Standard_ND96isr_MI300X_v5"),
  gpuStack: "amd-operator",
  rdmaResource: "rdma/ib",
};
const a10: GpuPoolRef = { ...pool("a10", "Standard_NV36ads_A10_v5"), gpuStack: "aks-driver" };

function planOf(pools: readonly GpuPoolRef[], choice?: object | false): AddOnPlan | undefined {
  const choices = { networkOperator: choice ?? {} };
  const rows = { nodeFeatureDiscovery, networkOperator };
  return planPlatform(rows, choices, { kubernetesVersion: "1.36", pools }).addOns.find(
    (it) => it.name === "network-operator",
  );
}

const ofedDriver = {
  repository: "nvcr.io/nvidia/mellanox",
  image: "doca-driver",
  version: "doca3.4.1-26.04-1.1.0.0-1",
  env: [{ name: "OFED_BLACKLIST_MODULES_FILE", value: "/host/etc/modprobe.d/blacklist-ofed-modules.conf" }],
  upgradePolicy: { autoUpgrade: false },
};

/** The policy for the nodes of these pools. */
function policy(
  keys: readonly string[],
  [prefix, name]: readonly [string, string],
  gpuTaint: string,
  more: object,
): object {
  return {
    "network-operator-policy": {
      apiVersion: "mellanox.com/v1alpha1",
      kind: "NicClusterPolicy",
      metadata: { name: "nic-cluster-policy" },
      spec: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: keys }] },
            ],
          },
        },
        tolerations: [
          { key: gpuTaint, operator: "Exists", effect: "NoSchedule" },
          { key: "startup-taint.cluster-autoscaler.kubernetes.io/memlock", operator: "Exists", effect: "NoSchedule" },
          {
            key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
            operator: "Exists",
            effect: "NoSchedule",
          },
          { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
        ],
        sriovDevicePlugin: {
          repository: "nvcr.io/nvidia/mellanox",
          image: "sriov-network-device-plugin",
          version: "network-operator-v26.4.1",
          config:
            `{"resourceList":[{"resourcePrefix":"${prefix}","resourceName":"${name}",` +
            '"selectors":{"vendors":["15b3"],"linkTypes":["infiniband"],"isRdma":true}}]}',
        },
        ...more,
      },
    },
  };
}

describe("the network operator", () => {
  it.each([
    ["H100, driver of the operator", [h100], policy(["h100"], ["rdma", "ib"], "nvidia.com/gpu", { ofedDriver })],
    ["H100, driver of AKS", [aksH100], policy(["serve"], ["rdma", "ib"], "nvidia.com/gpu", {})],
    [
      "two such pools and one without InfiniBand",
      [h100, a10, h200],
      policy(["h100", "h200"], ["rdma", "ib"], "nvidia.com/gpu", { ofedDriver }),
    ],
    [
      "H100 beside a pool whose adapters are claimed",
      [h100, { ...gb300, rdma: "dranet" }],
      policy(["h100"], ["rdma", "ib"], "nvidia.com/gpu", { ofedDriver }),
    ],
    ["GB300, driver of the image", [gb300], policy(["gb300"], ["rdma", "ib"], "nvidia.com/gpu", {})],
    ["MI300X", [mi300x], policy(["mi300x"], ["rdma", "ib"], "amd.com/gpu", { ofedDriver })],
    [
      "a name of the user's",
      [{ ...h100, rdmaResource: "nvidia.com/mlnxnics" }],
      policy(["h100"], ["nvidia.com", "mlnxnics"], "nvidia.com/gpu", { ofedDriver }),
    ],
  ] satisfies [string, GpuPoolRef[], object][])("for %s makes this policy", (_, pools, objects) => {
    expect(planOf(pools)?.objects).toEqual(objects);
  });

  it("is a release without discovery of its own, whose pods find the system pool", () => {
    expect(planOf([h100])?.release).toEqual({
      name: "network-operator",
      namespace: "network-operator",
      chart: "network-operator",
      version: "26.4.1",
      repositoryOpts: { repo: "https://helm.ngc.nvidia.com/nvidia" },
      atomic: true,
      timeout: 600,
      values: {
        nfd: { enabled: false, deployNodeFeatureRules: false },
        operator: { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] },
      },
    });
    expect(planOf([h100])?.namespace?.metadata.labels?.["pod-security.kubernetes.io/enforce"]).toBe("privileged");
  });

  it("is not there where it is refused", () => {
    expect(planOf([h100], false)).toBeUndefined();
  });

  it("fails where it is asked for and no pool has InfiniBand", () => {
    expect(problemsOf(() => planOf([a10], {}))).toEqual([
      "networkOperator: is not possible: no GPU pool has InfiniBand and rdma sriov. Leave it out, or declare a pool of a size with InfiniBand (docs/sizes.md)",
    ]);
  });

  it("has a policy for each pool where they differ in names or in OFED, and one of the cluster that brings neither", () => {
    const other = { ...h200, rdmaResource: "nvidia.com/mlnxnics" };
    const objects = planOf([h100, other, aksH100])?.objects ?? {};
    expect(Object.keys(objects)).toEqual([
      "network-operator-policy",
      "network-operator-policy-h100",
      "network-operator-policy-h200",
      "network-operator-policy-serve",
    ]);
    const cluster = record(objects["network-operator-policy"], "spec");
    expect(Object.keys(cluster)).toEqual(["nodeAffinity", "tolerations"]);
    const own = ["h100", "h200", "serve"].map((key) => {
      const { kind, metadata, ...rest } = objects[`network-operator-policy-${key}`] ?? {};
      const config: unknown = JSON.parse(text(rest, "spec.sriovDevicePlugin.config") ?? "");
      return [
        kind,
        metadata,
        read(rest, "spec.nodeSelector"),
        read(config, "resourceList[0].resourceName"),
        read(rest, "spec.ofedDriver") !== undefined,
      ];
    });
    const of = (key: string, name: string, ofed: boolean): unknown[] => [
      "NicNodePolicy",
      { name: key },
      { "azure-gpu-cluster/pool": key },
      name,
      ofed,
    ];
    expect(own).toEqual([of("h100", "ib", true), of("h200", "mlnxnics", true), of("serve", "ib", false)]);
  });

  it.each(["rdma/i-b", "rdma/i.b"])("fails on %s, which the device plugin does not take", (rdmaResource) => {
    expect(problemsOf(() => planOf([{ ...h100, rdmaResource }]))).toEqual([
      `networkOperator: must give adapters a name of letters, digits and underscores after the slash; got "${rdmaResource}". ` +
        "Write another rdmaResource at gpuPools.h100, or networkOperator: false and install a device plugin yourself",
    ]);
  });
});

describeWithChart("network-operator-26.4.1", (chart) => {
  it("knows every value that we give", () => {
    expect(unknownPaths(planOf([h100])?.release?.values, chart)).toEqual([]);
  });
});
