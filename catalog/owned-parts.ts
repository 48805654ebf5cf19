import type { FabricMode } from "./gpu-stacks";

/** A part of the work on a node that exactly one thing may do. */
export type OwnedPart = "labels of devices" | "GPU driver" | "count of NVIDIA GPUs" | "count of AMD GPUs";

/** A part that a chart does, unless a value of it says no. */
export interface PartOfChart {
  /** Name of the chart, without its registry. */
  readonly chart: string;
  readonly part: OwnedPart;
  /** Value that turns the part off with `false`; absent it is on. Null: it cannot be turned off. */
  readonly value: string | null;
  readonly source: string;
}

/** Charts that do a part which another one does, too. Most of them bring a Node Feature Discovery of their own. */
export const partsOfCharts: readonly PartOfChart[] = [
  {
    chart: "node-feature-discovery",
    part: "labels of devices",
    value: null,
    source: "kubernetes-sigs/node-feature-discovery:deployment/helm/node-feature-discovery (v0.19.0)",
  },
  ...(
    [
      ["labels of devices", "nfd.enabled"],
      ["GPU driver", "driver.enabled"],
      ["count of NVIDIA GPUs", "devicePlugin.enabled"],
    ] as const
  ).map(([part, value]) => ({
    chart: "gpu-operator",
    part,
    value,
    source: "NVIDIA/gpu-operator:deployments/gpu-operator/values.yaml (v26.7.0)",
  })),
  {
    chart: "network-operator",
    part: "labels of devices",
    value: "nfd.enabled",
    source: "Mellanox/network-operator:deployment/network-operator/values.yaml (v26.4.1)",
  },
  {
    chart: "gpu-operator-charts",
    part: "labels of devices",
    value: "node-feature-discovery.enabled",
    source: "ROCm/gpu-operator:helm-charts-k8s/values.yaml (v1.5.1)",
  },
  {
    chart: "gpu-operator-charts",
    part: "count of AMD GPUs",
    value: null,
    source: "ROCm/gpu-operator:helm-charts-k8s/values.yaml (v1.5.1)",
  },
  {
    chart: "nvidia-device-plugin",
    part: "count of NVIDIA GPUs",
    value: null,
    source: "NVIDIA/k8s-device-plugin:deployments/helm/nvidia-device-plugin (v0.20.0)",
  },
  {
    chart: "dra-driver-nvidia-gpu",
    part: "count of NVIDIA GPUs",
    value: "resources.gpus.enabled",
    source: "kubernetes-sigs/dra-driver-nvidia-gpu:deployments/helm/dra-driver-nvidia-gpu/values.yaml (v0.4.1)",
  },
];

/** Kinds of the network operator that hand out adapters, by the section that does. A section that is absent does nothing. */
export const adapterSections = {
  kinds: ["NicClusterPolicy", "NicNodePolicy"],
  sections: { sriovDevicePlugin: "sriov", rdmaSharedDevicePlugin: "rdma-shared" },
} as const satisfies { readonly kinds: readonly string[]; readonly sections: Readonly<Record<string, FabricMode>> };

/** Name of the chart, and of the device class, by which DRANET hands out adapters. Source: kubernetes-sigs/dranet v1.4.0 */
export const dranetNames = { chart: "dranet", deviceClass: "dranet.net" } as const;

/**
 * Key by which a ResourceQuota counts the devices of a class that claims of a namespace are for, those that pods ask for by name included.
 * Source: kubernetes/api:core/v1/types.go (v0.36.1, ResourceClaimsPerClass)
 */
export function claimedDevices(deviceClass: string): string {
  return `${deviceClass}.deviceclass.resource.k8s.io/devices`;
}
