import type { GpuStack } from "./vm-size";

/** Who can do a part of the work on a GPU node: the software of Azure, or an add-on of the cluster, by its key. */
export type NodeOwner = "aks" | "nodeImage" | "gpuOperator" | "amdGpuOperator";

/** A way in which pods get InfiniBand adapters. Two of them on one node would hand out the same adapter twice. */
export type FabricMode = "sriov" | "rdma-shared" | "dranet";

/** What a pool may say of it. Adapters that several pods of a node share are nothing for pods that take whole nodes. */
export const rdmaModes = ["sriov", "dranet"] as const satisfies readonly FabricMode[];
export type RdmaMode = (typeof rdmaModes)[number];

/**
 * One way to run the GPUs of a pool: the answer to each question that a pool, an add-on or a team asks about it. How adapters read
 * GPU memory is not among them: that is only known of a size and a stack together, see `InfiniBand.gpuDirect`.
 *
 * The forms in which Azure manages all of it (managed GPU pools, managed DRANET) are no rows: they are previews, and the API version
 * that the Azure SDK is pinned to has no field for them.
 */
export interface GpuStackRow {
  /** Who brings the GPU driver. Only `aks` is told to AKS, as `gpuProfile.driver`. */
  readonly driver: NodeOwner;
  /** Who makes the GPUs a resource that pods ask for, null: no add-on of this project. */
  readonly devicePlugin: NodeOwner | null;
  /** Who divides the GPUs of a node by a MIG profile, null: nobody. */
  readonly mig: "aks" | "gpuOperator" | null;
  /** Ways in which pods may get the adapters of a size with InfiniBand. */
  readonly fabric: readonly FabricMode[];
  /** Whether a job reaches GPUs of other nodes over NVLink, by a claim that only its own pods have. */
  readonly computeDomain: boolean;
  /** How the cluster autoscaler learns which GPUs a node of an empty pool will have, null: it does not. */
  readonly fromZero: "size" | "tags" | null;
  /** Oldest Kubernetes version that has what the stack works with, null: any that AKS has. */
  readonly kubernetesSince: string | null;
  /** Labels by which nodes of the stack tell an operator that serves other nodes what it must leave alone. */
  readonly nodeLabels: Readonly<Record<string, string>>;
  readonly source: string;
}

/**
 * Labels by which NVIDIA's GPU operator leaves a part of a node to its other owner.
 * Source: NVIDIA/gpu-operator:controllers/{state_manager,nodelabeling_controller}.go (v26.7.0)
 */
const leave = {
  driver: { "nvidia.com/gpu.deploy.driver": "false" },
  runtime: { "nvidia.com/gpu.deploy.container-toolkit": "false" },
  // The operator would undo a division of the GPUs on a node that has no layout of its own.
  mig: { "nvidia.com/gpu.deploy.mig-manager": "false" },
} as const;

/** Every stack, by the word that a pool says. */
export const gpuStackRows: Readonly<Record<GpuStack, GpuStackRow>> = {
  "gpu-operator": {
    driver: "gpuOperator",
    devicePlugin: "gpuOperator",
    mig: "gpuOperator",
    fabric: ["sriov", "rdma-shared", "dranet"],
    computeDomain: false,
    fromZero: "size",
    kubernetesSince: null,
    nodeLabels: {},
    source: "Azure/aks-rdma-infiniband:website/docs/configurations/02-gpu-drivers.md (2026-07-16)",
  },
  "aks-driver": {
    driver: "aks",
    devicePlugin: "gpuOperator",
    mig: "aks",
    // With adapters only where DMA-BUF takes the place of nvidia-peermem, which AKS's driver does not load.
    fabric: ["sriov", "rdma-shared", "dranet"],
    computeDomain: false,
    fromZero: "size",
    kubernetesSince: null,
    nodeLabels: { ...leave.driver, ...leave.runtime, ...leave.mig },
    source:
      "MicrosoftDocs/azure-aks-docs:articles/aks/gpu-multi-instance.md (2026-05-22); https://github.com/Azure/AKS/pull/5975",
  },
  "gb-dra": {
    driver: "nodeImage",
    devicePlugin: null,
    mig: null,
    fabric: ["sriov", "dranet"],
    computeDomain: true,
    // What a claim finds on a node, only a node that is there tells.
    fromZero: null,
    // Claims of devices are served from here on without a feature gate, and the driver asks for no less.
    kubernetesSince: "1.34",
    nodeLabels: leave.driver,
    source:
      "Azure/ai-infrastructure-on-azure:infrastructure_references/aks/README.md (2026-04-22); kubernetes/enhancements KEP-4381; " +
      "kubernetes-sigs/dra-driver-nvidia-gpu README (v0.4.1)",
  },
  "amd-operator": {
    driver: "amdGpuOperator",
    devicePlugin: "amdGpuOperator",
    mig: null,
    fabric: ["sriov", "dranet"],
    computeDomain: false,
    // By itself the autoscaler knows NVIDIA's GPUs only.
    fromZero: "tags",
    kubernetesSince: null,
    nodeLabels: {},
    source: "Azure/aks-rdma-infiniband:configs/amd-device-config (2026-07-16)",
  },
};
