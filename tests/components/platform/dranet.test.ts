import { describe, expect, it } from "vitest";
import { versions } from "../../../catalog/versions";
import type { GpuPoolRef } from "../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns, type PlatformShape } from "../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../components/platform/plan-platform";
import { toProps } from "../../../core/property-value";
import { problemsOf } from "../../recorded";
import { chartInModule, unknownPaths } from "./chart-values";
import { pool } from "./facts";

const gb300: GpuPoolRef = {
  ...pool("gb300", "Standard_ND128isr_GB300_v6"),
  gpuStack: "gb-dra",
  rdmaResource: "rdma/ib",
  rdma: "dranet",
  gpusPerNode: 4,
};
const h100: GpuPoolRef = { ...pool("h100"), rdmaResource: "rdma/ib" };
const aksH100: GpuPoolRef = { ...h100, key: "serve", gpuStack: "aks-driver", rdma: "dranet" };
const a10 = pool("a10", "Standard_NV36ads_A10_v5");

function planOf(
  pools: readonly GpuPoolRef[],
  choices: PlatformShape = {},
  kubernetesVersion = "1.36",
): AddOnPlan | undefined {
  return planPlatform(addOns, choices, { kubernetesVersion, pools }).addOns.find(({ key }) => key === "dranet");
}

describe("DRANET", () => {
  it("is a release on the nodes of the pools that say so, beside the network operator on others", () => {
    expect(planOf([gb300, a10, aksH100, h100])?.release).toEqual({
      name: "dranet",
      namespace: "dranet",
      chart: "oci://registry.k8s.io/networking/charts/dranet",
      version: "1.4.0",
      atomic: true,
      timeout: 600,
      values: {
        tolerations: [
          { key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" },
          { key: "startup-taint.cluster-autoscaler.kubernetes.io/memlock", operator: "Exists", effect: "NoSchedule" },
          {
            key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
            operator: "Exists",
            effect: "NoSchedule",
          },
          { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
        ],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: "azure-gpu-cluster/pool", operator: "In", values: ["gb300", "serve"] }] },
              ],
            },
          },
        },
        args: { moveIBInterfaces: false, cloudProviderHint: "AZURE" },
        resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { memory: "512Mi" } },
      },
    });
  });

  it.each(["rdma/ib", "nvidia.com/mlnxnics"])("gives adapters to pods that ask for %s, and to claims", (name) => {
    expect(planOf([{ ...gb300, rdmaResource: name }])?.objects).toEqual({
      "dranet-adapters": {
        apiVersion: "resource.k8s.io/v1",
        kind: "DeviceClass",
        metadata: { name: "dranet.net" },
        spec: {
          selectors: [
            { cel: { expression: 'device.driver == "dra.net" && "rdmaDevice" in device.attributes["dra.net"]' } },
          ],
          extendedResourceName: name,
        },
      },
    });
  });

  it("is there where a pool says so, and nowhere else", () => {
    expect(planOf([h100])).toBeUndefined();
    expect(planOf([gb300], { dranet: false })).toBeUndefined();
  });

  it.each([
    [
      "no pool says so",
      () => planOf([h100], { dranet: {} }),
      "dranet: is not possible: no GPU pool has rdma dranet. Leave it out: a pool brings it by its word",
    ],
    [
      "Kubernetes knows no names for devices",
      () => planOf([gb300], { memlock: false }, "1.35"),
      'dranet: needs Kubernetes 1.36, which gives pods that ask for adapters by name the devices of a class; got "1.35". ' +
        "Upgrade the cluster, or leave rdma out at gpuPools.gb300",
    ],
    [
      "two pools call adapters differently",
      () => planOf([gb300, { ...aksH100, rdmaResource: "nvidia.com/mlnxnics" }]),
      'dranet: must give adapters one name: a class of devices has one; got "rdma/ib, nvidia.com/mlnxnics". ' +
        "Write the same rdmaResource at gpuPools.gb300, gpuPools.serve",
    ],
    [
      "the network operator is asked for and has no other nodes",
      () => planOf([gb300], { networkOperator: {} }),
      "networkOperator: is not possible: no GPU pool has InfiniBand and rdma sriov. Leave it out, or declare a pool of a size with InfiniBand (docs/sizes.md)",
    ],
  ])("fails where %s", (_, plan, problem) => {
    expect(problemsOf(plan)).toEqual([problem]);
  });
});

it("uses values that the chart has", async ({ skip }) => {
  const module = `sigs.k8s.io/dranet@v${versions.dranet.version}` as const;
  const chart = (await chartInModule(module, "deployments/helm/dranet")) ?? skip("no chart");
  expect(unknownPaths(toProps(planOf([gb300])?.release?.values), chart)).toEqual([]);
});
