import type { versions } from "./versions";

/** A component of the set, by its key in `versions`. */
export type VersionKey = keyof typeof versions;

/** What one component needs of Kubernetes and of the others: what its own project says. */
export interface VersionRule {
  readonly component: VersionKey;
  /** Oldest minor version of Kubernetes, null where its project names none. */
  readonly kubernetesSince: string | null;
  /** Minor versions of others that it is built or known to work with. */
  readonly worksWith: Readonly<Partial<Record<VersionKey, readonly string[]>>>;
  readonly source: string;
}

/**
 * Newest Kubernetes that somebody has looked at the set with; no project names an upper end.
 * Source: https://github.com/Azure/AKS/releases/tag/2026-10-25
 */
export const newestKubernetesOfSet = "1.37";

/** Rules of the components that have any. */
export const versionRules: readonly VersionRule[] = [
  {
    component: "kueue",
    kubernetesSince: "1.29",
    worksWith: {
      jobSet: ["0.12"],
      leaderWorkerSet: ["0.9"],
      // Built with 2.2. A TrainJob of 2.3 was queued and started by it on a real API server.
      trainer: ["2.2", "2.3"],
      mpiOperator: ["0.8"],
      kubeRay: ["1.6"],
    },
    source: "kubernetes-sigs/kueue:README.md, go.mod (v0.19.2)",
  },
  {
    component: "trainer",
    kubernetesSince: null,
    worksWith: { jobSet: ["0.12"] },
    source: "kubeflow/trainer:go.mod (v2.3.0)",
  },
  {
    component: "gpuOperator",
    kubernetesSince: null,
    worksWith: { nodeFeatureDiscovery: ["0.19"] },
    source: "NVIDIA/gpu-operator:deployments/gpu-operator/Chart.yaml (v26.7.0)",
  },
  {
    component: "networkOperator",
    kubernetesSince: "1.32",
    worksWith: {},
    source: "https://docs.nvidia.com/networking/display/kubernetes2640/platform-support.html",
  },
  {
    component: "nodeFeatureDiscovery",
    kubernetesSince: "1.24",
    worksWith: {},
    source: "kubernetes-sigs/node-feature-discovery:docs/get-started/introduction.md (v0.19.0)",
  },
  {
    component: "amdGpuOperator",
    kubernetesSince: "1.29",
    worksWith: {},
    source: "ROCm/gpu-operator:helm-charts-k8s/Chart.yaml (v1.5.1)",
  },
  {
    component: "nvidiaDraDriver",
    kubernetesSince: "1.34",
    worksWith: {},
    source: "kubernetes-sigs/dra-driver-nvidia-gpu README (v0.4.1)",
  },
];
