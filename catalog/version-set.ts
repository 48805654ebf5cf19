import type { versions } from "./versions";

/** A component of the set, by its key in `versions`. */
export type VersionKey = keyof typeof versions;

/** What one component needs of Kubernetes and of the others: what its own project says. */
export interface VersionRule {
  readonly component: VersionKey;
  /** Minor versions of the component that the rule is about. */
  readonly of: readonly string[];
  /** Oldest minor version of Kubernetes, null where its project names none. */
  readonly kubernetesSince: string | null;
  /** Minor versions of others that it is built or known to work with. */
  readonly worksWith: Readonly<Partial<Record<VersionKey, readonly string[]>>>;
  readonly source: string;
}

/** Rules of the components that have any. */
export const versionRules: readonly VersionRule[] = [
  {
    component: "kueue",
    of: ["0.19"],
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
    of: ["2.3"],
    kubernetesSince: null,
    worksWith: { jobSet: ["0.12"] },
    source: "kubeflow/trainer:go.mod (v2.3.0)",
  },
  {
    component: "gpuOperator",
    of: ["26.7"],
    kubernetesSince: null,
    worksWith: { nodeFeatureDiscovery: ["0.19"] },
    source: "NVIDIA/gpu-operator:deployments/gpu-operator/Chart.yaml (v26.7.0)",
  },
  {
    component: "networkOperator",
    of: ["26.4", "26.7"],
    kubernetesSince: "1.32",
    worksWith: {},
    source:
      "https://docs.nvidia.com/networking/display/kubernetes2640/platform-support.html; of 26.7 nothing is known that contradicts it",
  },
  {
    component: "nodeFeatureDiscovery",
    of: ["0.19"],
    kubernetesSince: "1.24",
    worksWith: {},
    source: "kubernetes-sigs/node-feature-discovery:docs/get-started/introduction.md (v0.19.0)",
  },
  {
    component: "amdGpuOperator",
    of: ["1.5"],
    kubernetesSince: "1.29",
    worksWith: {},
    source: "ROCm/gpu-operator:helm-charts-k8s/Chart.yaml (v1.5.1)",
  },
  {
    component: "nvidiaDraDriver",
    of: ["0.4"],
    kubernetesSince: "1.34",
    worksWith: {},
    source: "kubernetes-sigs/dra-driver-nvidia-gpu README (v0.4.1)",
  },
  {
    component: "nvidiaDraDriver",
    of: ["0.5"],
    // Its own README says 1.32. The stable API, which the claims here are written in, is of 1.34.
    kubernetesSince: "1.34",
    worksWith: {},
    source:
      "kubernetes-sigs/dra-driver-nvidia-gpu:README.md, deployments/helm/dra-driver-nvidia-gpu/Chart.yaml (v0.5.0)",
  },
  {
    component: "agentgateway",
    of: ["1.4"],
    kubernetesSince: null,
    worksWith: { agentgatewayKinds: ["1.4"] },
    source: "agentgateway/agentgateway:.github/workflows/release.yml (v1.4.1): one release of both charts",
  },
  {
    component: "kServeController",
    of: ["0.20"],
    kubernetesSince: "1.32",
    worksWith: { kServeKinds: ["0.20"], kServePresets: ["0.20"], leaderWorkerSet: ["0.8", "0.9"] },
    source: "kserve/kserve:docs/samples/llmisvc/e2e-gpt-oss/README.md, kserve-deps.env (v0.20.0)",
  },
];

/** Two components of the set of which one project tests its own with another version of the other. */
export interface UntestedPair {
  readonly component: VersionKey;
  readonly other: VersionKey;
  /** Minor version of the other one that the component is tested with. */
  readonly testedWith: string;
  /** What was found that lets them run together all the same. */
  readonly because: string;
  readonly source: string;
}

/** Pairs of the set that were read and not run. The preview names those that are installed. */
export const untestedPairs: readonly UntestedPair[] = [
  {
    component: "kServeController",
    other: "leaderWorkerSet",
    testedWith: "0.8",
    because: "0.9 changed none of the fields that KServe writes",
    source:
      "kserve/kserve:kserve-deps.env, pkg/controller/v1alpha2/llmisvc/workload_multi_node.go (v0.20.0); " +
      "kubernetes-sigs/lws:api/leaderworkerset/v1/leaderworkerset_types.go (v0.8.0, v0.9.0)",
  },
  {
    component: "kServeController",
    other: "certManager",
    testedWith: "1.17",
    because: "KServe asks it for one Issuer and one Certificate of the stable API",
    source:
      "kserve/kserve:kserve-deps.env, charts/kserve-llmisvc-resources files/common/certmanager.yaml and files/llmisvc/resources.yaml (v0.20.0)",
  },
];

/** `2.3` of `2.3.0` or `v2.3.0`. */
export function minorOfComponent(version: string): string {
  return version.replace(/^v/, "").split(".").slice(0, 2).join(".");
}

/** The rule of a component at a version, undefined where it has none. */
export function versionRuleOf(component: VersionKey, version: string): VersionRule | undefined {
  return versionRules.find((it) => it.component === component && it.of.includes(minorOfComponent(version)));
}
