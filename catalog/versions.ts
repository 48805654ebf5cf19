/** Where the CustomResourceDefinitions of a product lie: a folder, or one file, of a Go module at the product's version. */
export interface CrdSource {
  readonly module: string;
  readonly path: string;
}

/** A kind that a product's CRDs define. */
export interface DefinedKind {
  /** Group and version. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/**
 * Kinds of a product whose CRDs lie in no Go module that is known, or in one too large to fetch for them: what their fields may be only its
 * chart tells.
 */
export interface CrdKinds {
  readonly kinds: readonly DefinedKind[];
}

/** A Helm chart at one version. `repository` is absent for OCI charts, whose `chart` is the whole address. */
export interface ChartVersion {
  readonly chart: string;
  readonly version: string;
  readonly repository?: string;
  readonly source: string;
  /** Null for a product without CRDs, and for one of whose kinds we write none. */
  readonly crds: CrdSource | CrdKinds | null;
}

/** An API or module at one version. */
export interface ComponentVersion {
  readonly version: string;
  readonly source: string;
  /** As for a chart. */
  readonly crds: CrdSource | CrdKinds | null;
}

/** A container image at one version. A tag can be moved to another image, so nodes pull it by its digest. */
export interface ImageVersion extends ComponentVersion {
  /** Registry and repository. */
  readonly image: string;
  /** Of the list of images for all architectures, not of one of them. */
  readonly digest: `sha256:${string}`;
}

/**
 * An image that an operator pulls for a node. It puts the tag together from this version and the OS of the node, so that there is no
 * digest to name.
 */
export interface OperandImage {
  readonly repository: string;
  readonly image: string;
  readonly version: string;
  readonly source: string;
}

const ngc = "https://helm.ngc.nvidia.com/nvidia";

/**
 * Versions that are known to work together, read in August to October 2026. Move them together: Kueue 0.20 will need
 * Trainer 2.3.0, LWS 0.10.0 and KubeRay 1.7.0. No two of these products can be upgraded blindly alone.
 *
 * CRDs stand here and not with the add-ons, because a simulated cluster reads them and knows no component. They are the
 * `bases` of a product, not a chart's copy: that one wants a conversion webhook.
 */
export const versions = {
  certManager: {
    chart: "oci://quay.io/jetstack/charts/cert-manager",
    version: "v1.21.1",
    source: "cert-manager/cert-manager v1.21.1",
    crds: { module: "github.com/cert-manager/cert-manager", path: "deploy/crds" },
  },
  nodeFeatureDiscovery: {
    chart: "oci://registry.k8s.io/nfd/charts/node-feature-discovery",
    version: "0.19.0",
    source: "as bundled by NVIDIA/gpu-operator v26.7.0",
    crds: { module: "sigs.k8s.io/node-feature-discovery", path: "deployment/base/nfd-crds" },
  },
  /** The conservative pair of the AKS guide is network-operator 26.4.0 with gpu-operator v26.3.3. */
  networkOperator: {
    chart: "network-operator",
    version: "26.4.1",
    repository: ngc,
    source: "Mellanox/network-operator 26.4.1",
    // Its CRDs lie in github.com/Mellanox/network-operator, whose tags name no version of that module.
    crds: {
      kinds: [
        {
          apiVersion: "mellanox.com/v1alpha1",
          kind: "NicClusterPolicy",
          plural: "nicclusterpolicies",
          namespaced: false,
        },
        { apiVersion: "mellanox.com/v1alpha1", kind: "NicNodePolicy", plural: "nicnodepolicies", namespaced: false },
      ],
    },
  },
  gpuOperator: {
    chart: "gpu-operator",
    version: "v26.7.0",
    repository: ngc,
    source: "NVIDIA/gpu-operator v26.7.0",
    // As for the network operator: github.com/NVIDIA/gpu-operator.
    crds: null,
  },
  /** Driver that the GPU operator brings. */
  nvidiaDriver: {
    version: "595.91.07",
    source: "NVIDIA/gpu-operator:deployments/gpu-operator/values.yaml (v26.7.0)",
    crds: null,
  },
  amdGpuOperator: {
    chart: "gpu-operator-charts",
    version: "v1.5.1",
    repository: "https://rocm.github.io/gpu-operator",
    source: "ROCm/gpu-operator v1.5.1",
    // Its module is no version that the module proxy has.
    crds: {
      kinds: [{ apiVersion: "amd.com/v1alpha1", kind: "DeviceConfig", plural: "deviceconfigs", namespaced: true }],
    },
  },
  /** Driver for AMD GPUs, as a release of AMD's packages for Ubuntu. */
  amdDriver: {
    version: "30.20.1",
    source:
      "Azure/aks-rdma-infiniband:configs/amd-driver-installer/configmap.yaml (2026-07-16); the same in " +
      "ROCm/gpu-operator:helm-charts-k8s/values.yaml (v1.5.1)",
    crds: null,
  },
  nvidiaDraDriver: {
    chart: "oci://registry.k8s.io/dra-driver-nvidia/charts/dra-driver-nvidia-gpu",
    version: "0.4.1",
    source: "kubernetes-sigs/dra-driver-nvidia-gpu v0.4.1",
    crds: { module: "sigs.k8s.io/dra-driver-nvidia-gpu", path: "deployments/helm/dra-driver-nvidia-gpu/crds" },
  },
  dranet: {
    chart: "oci://registry.k8s.io/networking/charts/dranet",
    version: "1.4.0",
    source: "kubernetes-sigs/dranet v1.4.0 (its Makefile and RELEASE.md say where the chart is and that it has no v)",
    crds: null,
  },
  kueue: {
    chart: "oci://registry.k8s.io/kueue/charts/kueue",
    version: "0.19.2",
    source: "kubernetes-sigs/kueue v0.19.2",
    crds: { module: "sigs.k8s.io/kueue", path: "config/components/crd/bases" },
  },
  jobSet: {
    chart: "oci://registry.k8s.io/jobset/charts/jobset",
    version: "0.12.0",
    source: "go.mod of kubernetes-sigs/kueue v0.19.2",
    crds: { module: "sigs.k8s.io/jobset", path: "config/components/crd/bases" },
  },
  /** Not 0.10.0: Kueue 0.19 is not tested with it. */
  leaderWorkerSet: {
    chart: "oci://registry.k8s.io/lws/charts/lws",
    version: "0.9.0",
    source: "go.mod of kubernetes-sigs/kueue v0.19.2",
    crds: { module: "sigs.k8s.io/lws", path: "config/crd/bases" },
  },
  /** Kueue 0.19.2 is compiled with Trainer 2.2.1: try `runtimePatches` before relying on them. */
  trainer: {
    chart: "oci://ghcr.io/kubeflow/charts/kubeflow-trainer",
    version: "2.3.0",
    source: "kubeflow/trainer v2.3.0",
    crds: { module: "github.com/kubeflow/trainer/v2", path: "manifests/base/crds" },
  },
  mpiOperator: {
    version: "0.8.2",
    source: "go.mod of kubernetes-sigs/kueue v0.19.2",
    crds: { module: "github.com/kubeflow/mpi-operator", path: "manifests/base/kubeflow.org_mpijobs.yaml" },
  },
  kubeRay: {
    chart: "kuberay-operator",
    version: "1.6.2",
    repository: "https://ray-project.github.io/kuberay-helm/",
    source: "go.mod of kubernetes-sigs/kueue v0.19.2",
    crds: { module: "github.com/ray-project/kuberay/ray-operator", path: "config/crd/bases" },
  },
  /**
   * Part of AKS's own network. The version is the least that AKS has with Kubernetes 1.34 and 1.35; of 1.36 its table says nothing.
   * CRDs under Apache-2.0.
   */
  cilium: {
    version: "1.18.6",
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/azure-cni-powered-by-cilium.md (2026-06-26)",
    crds: {
      module: "github.com/cilium/cilium",
      path: "pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml",
    },
  },
  /** Runs Pulumi stacks from a cluster. Its CRDs lie in a Go module that the module proxy does not have. */
  pulumiOperator: {
    chart: "oci://ghcr.io/pulumi/helm-charts/pulumi-kubernetes-operator",
    version: "2.9.0",
    source:
      "pulumi/pulumi-kubernetes-operator:deploy/helm/pulumi-operator/Chart.yaml, deploy/crds (v2.9.0, 2026-07-29)",
    crds: {
      kinds: [
        { apiVersion: "pulumi.com/v1", kind: "Stack", plural: "stacks", namespaced: true },
        { apiVersion: "pulumi.com/v1", kind: "Program", plural: "programs", namespaced: true },
        { apiVersion: "auto.pulumi.com/v1alpha1", kind: "Workspace", plural: "workspaces", namespaced: true },
        { apiVersion: "auto.pulumi.com/v1alpha1", kind: "Update", plural: "updates", namespaced: true },
      ],
    },
  },
  /** Flux as a whole. Of its notifications the CRDs lie in no Go module that the proxy has. */
  flux: {
    version: "2.9.5",
    source: "fluxcd/flux2 v2.9.5; kinds in fluxcd/notification-controller:api/v1beta3 (v1.9.4)",
    crds: {
      kinds: [
        { apiVersion: "notification.toolkit.fluxcd.io/v1beta3", kind: "Alert", plural: "alerts", namespaced: true },
        {
          apiVersion: "notification.toolkit.fluxcd.io/v1beta3",
          kind: "Provider",
          plural: "providers",
          namespaced: true,
        },
      ],
    },
  },
  fluxSources: {
    version: "1.9.5",
    source: "go.mod of fluxcd/flux2 v2.9.5",
    crds: { module: "github.com/fluxcd/source-controller", path: "config/crd/bases" },
  },
  fluxKustomizations: {
    version: "1.9.5",
    source: "go.mod of fluxcd/flux2 v2.9.5",
    crds: { module: "github.com/fluxcd/kustomize-controller", path: "config/crd/bases" },
  },
  /** Agents of Azure's managed Prometheus, which AKS installs and renews. */
  managedPrometheus: {
    version: "7.1.1",
    source: "Azure/prometheus-collector v7.1.1-main-07-21-2026-39583fd5",
    crds: null,
  },
  gatewayApi: {
    version: "1.5.1",
    source: "managed Gateway API of AKS 1.36, https://learn.microsoft.com/azure/aks",
    crds: { module: "sigs.k8s.io/gateway-api", path: "config/crd/standard" },
  },
  gatewayApiInferenceExtension: {
    version: "1.5.0",
    source: "kserve/kserve:kserve-deps.env (v0.20.0)",
    crds: { module: "sigs.k8s.io/gateway-api-inference-extension", path: "config/crd/bases" },
  },
  /** Kinds of agentgateway, a gateway that knows InferencePools. */
  agentgatewayKinds: {
    chart: "oci://cr.agentgateway.dev/charts/agentgateway-crds",
    version: "v1.4.1",
    source: "agentgateway/agentgateway:.github/workflows/release.yml, controller/Makefile (v1.4.1)",
    crds: {
      module: "github.com/agentgateway/agentgateway",
      path: "controller/install/helm/agentgateway-crds/templates",
    },
  },
  agentgateway: {
    chart: "oci://cr.agentgateway.dev/charts/agentgateway",
    version: "v1.4.1",
    source: "agentgateway/agentgateway:.github/workflows/release.yml, controller/Makefile (v1.4.1)",
    crds: null,
  },
  /** Kinds of KServe for language models: the chart with their whole schemas. */
  kServeKinds: {
    chart: "oci://ghcr.io/kserve/charts/kserve-llmisvc-crd",
    version: "v0.20.0",
    source: "kserve/kserve:charts/kserve-llmisvc-crd/Chart.yaml (v0.20.0)",
    // They lie in github.com/kserve/kserve, a module of 441 MB.
    crds: {
      kinds: [
        {
          apiVersion: "serving.kserve.io/v1alpha2",
          kind: "LLMInferenceService",
          plural: "llminferenceservices",
          namespaced: true,
        },
        {
          apiVersion: "serving.kserve.io/v1alpha2",
          kind: "LLMInferenceServiceConfig",
          plural: "llminferenceserviceconfigs",
          namespaced: true,
        },
      ],
    },
  },
  kServeController: {
    chart: "oci://ghcr.io/kserve/charts/kserve-llmisvc-resources",
    version: "v0.20.0",
    source: "kserve/kserve:charts/kserve-llmisvc-resources/Chart.yaml (v0.20.0)",
    crds: null,
  },
  /** Presets of KServe: with them it runs llm-d's router 0.9.0 and llm-d's image of vLLM, 0.8.0. */
  kServePresets: {
    chart: "oci://ghcr.io/kserve/charts/kserve-runtime-configs",
    version: "v0.20.0",
    source: "kserve/kserve:charts/kserve-runtime-configs Chart.yaml and files/llmisvcconfigs/resources.yaml (v0.20.0)",
    crds: null,
  },
  /** Image with vLLM and its benchmark, for GPUs of NVIDIA, on x64 and arm64. */
  vllm: {
    image: "docker.io/vllm/vllm-openai",
    version: "v0.26.0",
    digest: "sha256:ffb2d59b1c059a5bd8d781320c9f5189de8293693b7d95da54befddaa54abf52",
    source:
      "version as llm-d/llm-d 0.9 has it; digest of the list of images as several public configurations pin it, three of which " +
      "name the one of amd64 beside it",
    crds: null,
  },
  /** Image with SGLang, for GPUs of NVIDIA, on x64 and arm64. */
  sglang: {
    image: "docker.io/lmsysorg/sglang",
    version: "v0.5.12",
    digest: "sha256:42194170546745092e74cd5f81ad32a7c6e944c7111fe7bf13588152277ff356",
    source:
      "version as llm-d/llm-d-router:config/manifests/sglang/gpu-deployment.yaml (v0.10.0) has it; digest of the list of images, with " +
      "amd64 and arm64 in it, as a public benchmark names it, and as two public projects pin that tag",
    crds: null,
  },
  /**
   * Image with NVIDIA Triton Inference Server, its vLLM backend (vLLM 0.24.0) and its frontend with OpenAI's API, for GPUs of NVIDIA. It
   * stands here without a digest: the one that a single public project pins may be for x64 alone. Whoever mirrors it names one.
   */
  triton: {
    image: "nvcr.io/nvidia/tritonserver",
    version: "26.07-vllm-python-py3",
    source:
      "triton-inference-server/server:docs/introduction/compatibility.md (v2.71.0, 2026-07-24), which names tag and vLLM; 26.07 is the " +
      "first release with the fixes of a deadlock and of memory used after it was freed in asynchronous Python backends",
    crds: null,
  },
  /** Picks the server of a model that a request goes to; the gateway asks it. Image of llm-d's router, for x64 and arm64. */
  endpointPicker: {
    image: "ghcr.io/llm-d/llm-d-router-endpoint-picker",
    version: "v0.10.0",
    digest: "sha256:2e516fa1310da7be59b82beb1445362139597d6d553ef04d546716abe3aaaa70",
    source:
      "version as kserve/kserve v0.20.0 and llm-d 0.9 work with its kinds; digest as three public records of a pull have it for that tag",
    crds: null,
  },
  /**
   * The proxy before a server that has prompts read by others. Image of llm-d's router, for x64 and arm64. It stands here without a digest:
   * the one that a public project pins, beside a digest of vLLM's image for x64 alone, may be for x64 alone. Whoever mirrors it names one.
   */
  routingProxy: {
    image: "ghcr.io/llm-d/llm-d-router-disagg-sidecar",
    version: "v0.10.0",
    source: "llm-d/llm-d-router:.github/workflows/ci-release.yaml (v0.10.0); the tag as public manifests pull it",
    crds: null,
  },
  /** Image with Varnish and varnish-modules, for x64 and arm64: the cache before a server of a model. */
  varnish: {
    image: "docker.io/library/varnish",
    version: "8.0.2",
    digest: "sha256:4b595728592a5b9709c9aac15368ca492e9742fb269ed12466b434a62b2c1b63",
    source:
      "varnish/docker-varnish:old/debian/Dockerfile; digest of the list of images, with amd64 and arm64 in it, as docker-library/repo-info " +
      "has it for varnish:8 built from 8.0.2-1 (2026-07-14), and as a public project pins it beside the tag",
    crds: null,
  },
  /** Managed add-on: the version follows Kubernetes 1.36. */
  keda: {
    version: "2.19.0",
    source: "Azure/AKS:CHANGELOG.md (2026-07-17)",
    crds: { module: "github.com/kedacore/keda/v2", path: "config/crd/bases" },
  },
  /** Managed add-on, for secrets of a Key Vault. AKS says no version of it: this is the newest patch of the one that its provider is built with. */
  secretsStoreCsiDriver: {
    version: "1.5.5",
    source: "go.mod of Azure/secrets-store-csi-driver-provider-azure v1.8.2 (v1.5.4)",
    crds: { module: "sigs.k8s.io/secrets-store-csi-driver", path: "config/crd/bases" },
  },
  nvSentinel: {
    chart: "oci://ghcr.io/nvidia/nvsentinel",
    version: "v1.31.0",
    source: "NVIDIA/NVSentinel v1.31.0",
    crds: null,
  },
  lustreCsiDriver: { version: "0.4.0", source: "kubernetes-sigs/azurelustre-csi-driver (2026-05-14)", crds: null },
  /** Image with a shell and curl, for what nodes need before they take pods. Its container packages name both. */
  azureLinux: {
    image: "mcr.microsoft.com/azurelinux/base/core",
    version: "3.0.20260722",
    digest: "sha256:a30e18dd24a8080ee0b72d0f998a688e99380678a407bdd7c3a0ac7417b15eb3",
    source:
      "tag as in the Dockerfile of microsoft/scitt-ccf-ledger 0.19.0; digest as two public records of a pull give it: " +
      "a build of that Dockerfile, and a daily scan that dates the image 2026-07-22",
    crds: null,
  },
  /** Image with Node.js, no shell and no root, for a program of this project. */
  nodeJs: {
    image: "mcr.microsoft.com/azurelinux/distroless/nodejs",
    version: "24.21.0-1-nonroot-azl3.0.20261005",
    digest: "sha256:be12f1235ae675a4246ac2a276ac20aac8b573e70914f726c17b96615a573ced",
    source:
      "tag and digest as in a public Dockerfile (HERMES Helfer); a public daily scan of base images has the same digest for 24.21-nonroot " +
      "and dates the image 2026-10-06",
    crds: null,
  },
  /**
   * Image with the tools that check a node: nvbandwidth, nccl-tests, perftest. For x64 alone. It stands here without a digest, because
   * none has been published: whoever mirrors it names one.
   */
  nodeHealthChecks: {
    image: "mcr.microsoft.com/aznhc/aznhc-nv",
    version: "1.2.0",
    source:
      "Azure/azurehpc-health-checks:dockerfile/azure-nvrt-nhc.dockerfile; the tag as public manifests for AKS pull it",
    crds: null,
  },
  /** Image with PyTorch, NCCL and torchrun, for x64 and arm64. */
  pyTorch: {
    image: "nvcr.io/nvidia/pytorch",
    version: "26.08-py3",
    digest: "sha256:3becd068f49bd2ad38f90db5f9a4803019a76933a24e63d821376c44e7a9200a",
    source:
      "digest of the list of images, with amd64 and arm64 in it, as three public records of a pull give it (2026-09-07, -13 and -15), " +
      "one with the list's media type",
    crds: null,
  },
  /** Image with PyTorch, RCCL and torchrun for GPUs of AMD, for x64 alone. */
  pyTorchRocm: {
    image: "docker.io/rocm/pytorch",
    version: "rocm7.2.4_ubuntu24.04_py3.12_pytorch_release_2.10.0",
    digest: "sha256:4449f856653602317e4101a76fce599c7fcd58ccec2e539951fce5f73083179e",
    source:
      "tag and digest as the records of ROCm/aorta (2026-08-20 to 2026-09-01) and several public builds have them",
    crds: null,
  },
  /** Image with DCGM 4 and, in its plug-ins, `ubergemm`. It stands here without a digest, because none has been published. */
  dcgm: {
    image: "nvcr.io/nvidia/cloud-native/dcgm",
    version: "4.6.0-1-ubuntu24.04",
    source:
      "NVIDIA/gpu-operator:deployments/gpu-operator/values.yaml (v26.7.0, dcgm.version) as a public user of it quotes it",
    crds: null,
  },
  /** Image with fio, for volumes. */
  fio: {
    image: "docker.io/openeuler/fio",
    version: "3.42-oe2403sp3",
    digest: "sha256:5aa41b711c36d226852d4ce1e4a0d5d31e5e15d641f4526febf58c28def9caea",
    source: "tag and digest as a public Terraform project for benchmarks of storage has them",
    crds: null,
  },
  localCsiDriver: {
    chart: "oci://localcsidriver.azurecr.io/acstor/charts/local-csi-driver",
    version: "0.3.0",
    source: "Azure/local-csi-driver tag v0.3.0 (2026-08-21; its README still shows 0.2.13)",
    crds: null,
  },
} as const satisfies Readonly<Record<string, ChartVersion | ComponentVersion | ImageVersion>>;

/** Images that the network operator is told to pull. They move with its chart. */
export const operandImages = {
  /** OFED, the network driver that `nvidia-peermem` needs. */
  docaDriver: {
    repository: "nvcr.io/nvidia/mellanox",
    image: "doca-driver",
    version: "doca3.4.1-26.04-1.1.0.0-1",
    source: "Mellanox/network-operator:hack/release.yaml (v26.4.1)",
  },
  sriovDevicePlugin: {
    repository: "nvcr.io/nvidia/mellanox",
    image: "sriov-network-device-plugin",
    version: "network-operator-v26.4.1",
    source: "Mellanox/network-operator:hack/release.yaml (v26.4.1)",
  },
} as const satisfies Readonly<Record<string, OperandImage>>;

/** Images that AMD's operator is told to pull: its own tags are moved to newer ones. */
export const amdOperandImages = {
  devicePlugin: {
    image:
      "docker.io/rocm/k8s-device-plugin:1.31.0.10@sha256:0555caf9ccc1cf407b353d1aade87d4598059f87a784085aafe3ece19405b612",
    source: "tag of ROCm/k8s-device-plugin; digest as two public configurations that pull it have it",
  },
  metricsExporter: {
    image: "docker.io/rocm/device-metrics-exporter:v1.5.1",
    source: "ROCm/device-metrics-exporter v1.5.1, which its documentation runs",
  },
} as const satisfies Readonly<Record<string, { readonly image: string; readonly source: string }>>;
