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

/**
 * Images of each chart as far as our values let it run them; what they turn off is not here. Image and tag are those of the released
 * chart, which for Kueue and JobSet differ from those in their repositories.
 * Sources: values.yaml and templates of each chart, where `versions` says; kubernetes-sigs/kueue:hack/helm-chart-package.sh (v0.19.2);
 * kubernetes-sigs/jobset:Makefile (v0.12.0)
 */
const imagesOf: Readonly<Partial<Record<ChartKey, readonly ChartImage[]>>> = {
  certManager: ["controller", "webhook", "cainjector", "startupapicheck", "acmesolver"].map((part) => ({
    image: `quay.io/jetstack/cert-manager-${part}`,
    tag: versions.certManager.version,
    at: "imageRegistry",
    holds: "registry",
  })),
  nodeFeatureDiscovery: single(
    "registry.k8s.io/nfd/node-feature-discovery",
    `v${versions.nodeFeatureDiscovery.version}`,
  ),
  networkOperator: [
    ofNvidia("cloud-native/network-operator", `v${versions.networkOperator.version}`, "operator"),
    ofNvidia(
      "mellanox/network-operator-init-container",
      operandImages.sriovDevicePlugin.version,
      "operator.ofedDriver.initContainer",
    ),
  ],
  gpuOperator: [
    ofNvidia("gpu-operator", versions.gpuOperator.version, "operator"),
    ofNvidia("gpu-operator", versions.gpuOperator.version, "validator"),
    ofNvidia("driver", versions.nvidiaDriver.version, "driver", driverOn),
    ofNvidia("cloud-native/k8s-driver-manager", "v0.12.0", "driver.manager", driverOn),
    ofNvidia("k8s/container-toolkit", "v1.20.0", "toolkit", { value: "toolkit.enabled", byDefault: true }),
    ofNvidia("k8s-device-plugin", "v0.20.0", "devicePlugin"),
    ofNvidia("k8s-device-plugin", "v0.20.0", "gfd"),
    ofNvidia("cloud-native/dcgm", versions.dcgm.version, "dcgm", { value: "dcgm.enabled", byDefault: false }),
    ofNvidia("k8s/dcgm-exporter", "4.6.0-4.8.3-distroless", "dcgmExporter"),
    // For virtual machines, and turned off. The chart names it in its ClusterPolicy all the same.
    ofNvidia("kubevirt-gpu-device-plugin", "v1.6.0", "sandboxDevicePlugin", {
      value: "sandboxDevicePlugin.enabled",
      byDefault: true,
    }),
    ofNvidia("cloud-native/k8s-mig-manager", "v0.15.0", "migManager", { value: "migManager.enabled", byDefault: true }),
  ],
  amdGpuOperator: single(
    "docker.io/rocm/amd-gpu-operator",
    versions.amdGpuOperator.version,
    "controllerManager.manager.image.repository",
  ),
  nvidiaDraDriver: single(
    "registry.k8s.io/dra-driver-nvidia/dra-driver-nvidia-gpu",
    `v${versions.nvidiaDraDriver.version}`,
  ),
  dranet: single("registry.k8s.io/networking/dranet", `v${versions.dranet.version}`),
  kueue: single(
    "registry.k8s.io/kueue/kueue",
    `v${versions.kueue.version}`,
    "controllerManager.manager.image.repository",
  ),
  jobSet: single("registry.k8s.io/jobset/jobset", `v${versions.jobSet.version}`),
  leaderWorkerSet: single(
    "registry.k8s.io/lws/lws",
    `v${versions.leaderWorkerSet.version}`,
    "image.manager.repository",
  ),
  trainer: [
    {
      image: "ghcr.io/kubeflow/trainer/trainer-controller-manager",
      tag: `v${versions.trainer.version}`,
      at: "image.registry",
      holds: "registry",
    },
  ],
  kubeRay: single("quay.io/kuberay/operator", `v${versions.kubeRay.version}`),
  agentgatewayKinds: [],
  // The second is of the pods of Gateways, which the controller makes: it takes the version of its own.
  // Source: agentgateway/agentgateway:controller/pkg/controller/start.go (v1.4.1)
  agentgateway: ["controller", "agentgateway"].map((part) => ({
    image: `cr.agentgateway.dev/${part}`,
    tag: versions.agentgateway.version,
    at: "image.registry",
    holds: "registry",
  })),
  kServeKinds: [],
  // The chart writes no registry, and nodes then take Docker's. Its ConfigMap names more images, which only KServe's other controllers run.
  kServeController: [
    ...single(
      "docker.io/kserve/llmisvc-controller",
      versions.kServeController.version,
      "kserve.llmisvc.controller.image",
    ),
    // Fetches the weights of models.
    ...single("docker.io/kserve/storage-initializer", versions.kServeController.version, "kserve.storage.image"),
  ],
  localCsiDriver: [
    ["driver", "localcsidriver.azurecr.io/acstor/local-csi-driver", versions.localCsiDriver.version],
    ["manager", "localcsidriver.azurecr.io/acstor/local-csi-manager", versions.localCsiDriver.version],
    ["csiProvisioner", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-provisioner", "v5.2.0"],
    ["csiResizer", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-resizer", "v1.13.2"],
    ["nodeDriverRegistrar", "mcr.microsoft.com/oss/v2/kubernetes-csi/csi-node-driver-registrar", "v2.16.0"],
  ].flatMap(([part = "", image = "", tag = ""]) => single(image, tag, `image.${part}.repository`)),
};

/** Images of a chart by its name or address, undefined for a chart that the catalogue does not have. */
export function imagesOfChart(chart: string | undefined): readonly ChartImage[] | undefined {
  const found = Object.entries(imagesOf).find(([key]) => {
    const row: ChartVersion | object = versions[key as ChartKey];
    return "chart" in row && row.chart === chart;
  });
  return found?.[1];
}

/** Images of which each node pulls the one for its own OS: to the tag an operator adds what the node runs. */
export const imagesPerOs: ReadonlySet<string> = new Set([
  "nvcr.io/nvidia/driver",
  `${operandImages.docaDriver.repository}/${operandImages.docaDriver.image}`,
]);
