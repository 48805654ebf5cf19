import { type ChartVersion, operandImages, versions } from "./versions";

/** An image that a chart runs, and which of the chart's values says where it lies. */
export interface ChartImage {
  /** Whole name, with its registry. */
  readonly image: string;
  /** Tag that the chart gives it, unless its values have another one. */
  readonly tag: string;
  /** Path of the value that says where it lies, */
  readonly at: string;
  /** and how much of the name stands there: all of it, the registry alone, or everything before the last part. */
  readonly holds: "name" | "registry" | "folder";
  /** Path of the value that turns it on, and what that value is where nobody writes it. Absent: it always runs. */
  readonly on?: { readonly value: string; readonly byDefault: boolean };
}

/** A component that comes as a chart. */
type ChartKey = {
  [K in keyof typeof versions]: (typeof versions)[K] extends ChartVersion ? K : never;
}[keyof typeof versions];

/** The usual way of a chart: one image, with its whole name in `image.repository`. */
function single(image: string, tag: string, at = "image.repository"): readonly ChartImage[] {
  return [{ image, tag, at, holds: "name" }];
}

/** An image of NVIDIA, whose charts write folder and name apart. */
function ofNvidia(image: string, tag: string, section: string, on?: ChartImage["on"]): ChartImage {
  return { image: `nvcr.io/nvidia/${image}`, tag, at: `${section}.repository`, holds: "folder", ...(on && { on }) };
}

const driverOn = { value: "driver.enabled", byDefault: true } as const;

/** Tags that a version of NVIDIA's operator gives what it installs. */
interface GpuOperands {
  readonly driverManager: string;
  readonly toolkit: string;
  readonly devicePlugin: string;
  readonly dcgm: string;
  readonly dcgmExporter: string;
  readonly migManager: string;
}

/** Sources: NVIDIA/gpu-operator:deployments/gpu-operator/values.yaml (v26.7.0); list of images of NVIDIA/aicr (v26.7.1). */
const gpuOperandTags: Readonly<Record<string, GpuOperands>> = {
  "v26.7.0": {
    driverManager: "v0.12.0",
    toolkit: "v1.20.0",
    devicePlugin: "v0.20.0",
    dcgm: "4.6.0-1-ubuntu24.04",
    dcgmExporter: "4.6.0-4.8.3-distroless",
    migManager: "v0.15.0",
  },
  "v26.7.1": {
    driverManager: "v0.12.1",
    toolkit: "v1.20.1",
    devicePlugin: "v0.20.1",
    dcgm: "4.6.1-1-ubuntu24.04",
    dcgmExporter: "4.6.1-4.8.4-distroless",
    migManager: "v0.15.1",
  },
};

/** Of a version that is in no lock nobody knows them; the plan refuses it. */
function gpuOperands(version: string): GpuOperands {
  const found = gpuOperandTags[version] ?? gpuOperandTags[versions.gpuOperator.version];
  if (found === undefined)
    throw new Error(`The catalogue does not have what ${version} of NVIDIA's operator installs.`);
  return found;
}

/**
 * Images of each chart as far as our values let it run them; what they turn off is not here. Image and tag are those of the released
 * chart, which for Kueue and JobSet differ from those in their repositories.
 * Sources: values.yaml and templates of each chart, where `versions` says; kubernetes-sigs/kueue:hack/helm-chart-package.sh (v0.19.2);
 * kubernetes-sigs/jobset:Makefile (v0.12.0)
 */
const imagesOf: Readonly<Partial<Record<ChartKey, (version: string) => readonly ChartImage[]>>> = {
  certManager: (version) =>
    ["controller", "webhook", "cainjector", "startupapicheck", "acmesolver"].map((part) => ({
      image: `quay.io/jetstack/cert-manager-${part}`,
      tag: version,
      at: "imageRegistry",
      holds: "registry",
    })),
  nodeFeatureDiscovery: (version) => single("registry.k8s.io/nfd/node-feature-discovery", `v${version}`),
  networkOperator: (version) => [
    ofNvidia("cloud-native/network-operator", `v${version}`, "operator"),
    ofNvidia(
      "mellanox/network-operator-init-container",
      `network-operator-v${version}`,
      "operator.ofedDriver.initContainer",
    ),
  ],
  gpuOperator: (version) => [
    ofNvidia("gpu-operator", version, "operator"),
    ofNvidia("gpu-operator", version, "validator"),
    ofNvidia("driver", versions.nvidiaDriver.version, "driver", driverOn),
    ofNvidia("cloud-native/k8s-driver-manager", gpuOperands(version).driverManager, "driver.manager", driverOn),
    ofNvidia("k8s/container-toolkit", gpuOperands(version).toolkit, "toolkit", {
      value: "toolkit.enabled",
      byDefault: true,
    }),
    ofNvidia("k8s-device-plugin", gpuOperands(version).devicePlugin, "devicePlugin"),
    ofNvidia("k8s-device-plugin", gpuOperands(version).devicePlugin, "gfd"),
    ofNvidia("cloud-native/dcgm", gpuOperands(version).dcgm, "dcgm", { value: "dcgm.enabled", byDefault: false }),
    ofNvidia("k8s/dcgm-exporter", gpuOperands(version).dcgmExporter, "dcgmExporter"),
    // For virtual machines, and turned off. The chart names it in its ClusterPolicy all the same.
    ofNvidia("kubevirt-gpu-device-plugin", "v1.6.0", "sandboxDevicePlugin", {
      value: "sandboxDevicePlugin.enabled",
      byDefault: true,
    }),
    ofNvidia("cloud-native/k8s-mig-manager", gpuOperands(version).migManager, "migManager", {
      value: "migManager.enabled",
      byDefault: true,
    }),
  ],
  amdGpuOperator: (version) =>
    single("docker.io/rocm/amd-gpu-operator", version, "controllerManager.manager.image.repository"),
  nvidiaDraDriver: (version) => single("registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu", `v${version}`),
  dranet: (version) => single("registry.k8s.io/networking/dranet", `v${version}`),
  kueue: (version) =>
    single("registry.k8s.io/kueue/kueue", `v${version}`, "controllerManager.manager.image.repository"),
  jobSet: (version) => single("registry.k8s.io/jobset/jobset", `v${version}`),
  leaderWorkerSet: (version) => single("registry.k8s.io/lws/lws", `v${version}`, "image.manager.repository"),
  trainer: (version) => [
    {
      image: "ghcr.io/kubeflow/trainer/trainer-controller-manager",
      tag: `v${version}`,
      at: "image.registry",
      holds: "registry",
    },
  ],
  kubeRay: (version) => single("quay.io/kuberay/operator", `v${version}`),
  agentgatewayKinds: () => [],
  // The second is of the pods of Gateways, which the controller makes: it takes the version of its own.
  // Source: agentgateway/agentgateway:controller/pkg/controller/start.go (v1.4.1)
  agentgateway: (version) =>
    ["controller", "agentgateway"].map((part) => ({
      image: `cr.agentgateway.dev/${part}`,
      tag: version,
      at: "image.registry",
      holds: "registry",
    })),
  kServeKinds: () => [],
  // The chart writes no registry, and nodes then take Docker's. Its ConfigMap names more images, which only KServe's other controllers run.
  kServeController: (version) => [
    ...single("docker.io/kserve/llmisvc-controller", version, "kserve.llmisvc.controller.image"),
    // Fetches the weights of models.
    ...single("docker.io/kserve/storage-initializer", version, "kserve.storage.image"),
  ],
  localCsiDriver: (version) =>
    [
      ["driver", "localcsidriver.azurecr.io/acstor/local-csi-driver", version],
      ["manager", "localcsidriver.azurecr.io/acstor/local-csi-manager", version],
      ["csiProvisioner", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-provisioner", "v5.2.0"],
      ["csiResizer", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-resizer", "v1.13.2"],
      ["nodeDriverRegistrar", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-node-driver-registrar", "v2.16.0"],
    ].flatMap(([part = "", image = "", tag = ""]) => single(image, tag, `image.${part}.repository`)),
};

/**
 * Images of a chart by its name or address, undefined for a chart that the catalogue does not have.
 * @param version Of the chart. @default the catalogue's
 */
export function imagesOfChart(chart: string | undefined, version?: string): readonly ChartImage[] | undefined {
  const found = Object.entries(imagesOf).find(([key]) => {
    const row: ChartVersion | object = versions[key as ChartKey];
    return "chart" in row && row.chart === chart;
  });
  return found?.[1](version ?? versions[found[0] as ChartKey].version);
}

/** Images of which each node pulls the one for its own OS: to the tag an operator adds what the node runs. */
export const imagesPerOs: ReadonlySet<string> = new Set([
  "nvcr.io/nvidia/driver",
  `${operandImages.docaDriver.repository}/${operandImages.docaDriver.image}`,
]);
