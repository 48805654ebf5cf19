import { describe, expect, it } from "vitest";
import type { GpuPoolRef } from "../../../../components/cluster/gpu-pool/gpu-pool-ref";
import { addOns, type PlatformShape } from "../../../../components/platform/add-ons";
import { type AddOnPlan, planPlatform } from "../../../../components/platform/plan-platform";
import { list, read } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { problemsOf } from "../../../recorded";
import { unknownPaths } from "../chart-paths";
import { pool } from "../facts";
import { describeWithChart } from "../with-chart";

const mi300x: GpuPoolRef = {
  ...pool("mi300x", "Standard_ND96isr_MI300X_v5"),
  gpuStack: "amd-operator",
  rdmaResource: "rdma/ib",
};

function planOf(pools: readonly GpuPoolRef[], choices: PlatformShape = { amdGpuOperator: {} }): AddOnPlan | undefined {
  const plan = planPlatform(addOns, choices, { kubernetesVersion: "1.36", pools });
  return plan.addOns.find(({ key }) => key === "amdGpuOperator");
}

const tolerations = [
  { key: "amd.com/gpu", operator: "Exists", effect: "NoSchedule" },
  { key: "startup-taint.cluster-autoscaler.kubernetes.io/memlock", operator: "Exists", effect: "NoSchedule" },
  { key: "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health", operator: "Exists", effect: "NoSchedule" },
  { key: "kubernetes.azure.com/scalesetpriority", operator: "Exists", effect: "NoSchedule" },
];

describe("the operator of AMD", () => {
  it("is a release of the operator alone", () => {
    expect(planOf([mi300x])?.release).toEqual({
      name: "amd-gpu-operator",
      namespace: "kube-amd-gpu",
      chart: "gpu-operator-charts",
      version: "v1.5.1",
      repositoryOpts: { repo: "https://rocm.github.io/gpu-operator" },
      atomic: true,
      timeout: 600,
      values: {
        "node-feature-discovery": { enabled: false },
        installdefaultNFDRule: false,
        kmm: { enabled: false, watch: false },
        remediation: { enabled: false, installCRDs: false },
        crds: { defaultCR: { install: false } },
        controllerManager: { manager: { imagePullPolicy: "IfNotPresent" } },
      },
    });
  });

  it("counts the GPUs of the nodes of its stack, whose driver it leaves to the pod beside it", () => {
    expect(planOf([mi300x, pool("h100")])?.objects["amd-gpu-operator-devices"]).toEqual({
      apiVersion: "amd.com/v1alpha1",
      kind: "DeviceConfig",
      metadata: { name: "gpu-operator", namespace: "kube-amd-gpu" },
      spec: {
        selector: { "azure-gpu-cluster/gpu-stack": "amd-operator" },
        driver: { enable: false, blacklist: false },
        devicePlugin: {
          enableDevicePlugin: true,
          devicePluginImage:
            "docker.io/rocm/k8s-device-plugin:1.31.0.10@sha256:0555caf9ccc1cf407b353d1aade87d4598059f87a784085aafe3ece19405b612",
          devicePluginImagePullPolicy: "IfNotPresent",
          devicePluginTolerations: tolerations,
          enableNodeLabeller: false,
        },
        metricsExporter: {
          enable: true,
          serviceType: "ClusterIP",
          image: "docker.io/rocm/device-metrics-exporter:v1.5.1",
          imagePullPolicy: "IfNotPresent",
          tolerations,
        },
        testRunner: { enable: false },
        configManager: { enable: false },
      },
    });
  });

  it("installs the driver on those nodes, with no token, and stays there with no right", () => {
    const daemonSet = toProps(planOf([mi300x])?.objects["amd-gpu-operator-driver"]);
    const pod = toProps(read(daemonSet, "spec.template.spec"));
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      nodeSelector: { "azure-gpu-cluster/gpu-stack": "amd-operator" },
      tolerations: [{ operator: "Exists" }],
      hostNetwork: true,
      dnsPolicy: "Default",
    });
    expect(list(pod, "initContainers").map((it) => read(it, "securityContext"))).toEqual([
      { privileged: true, runAsUser: 0 },
    ]);
    expect(list(pod, "containers").map((it) => read(it, "securityContext"))).toEqual([
      {
        runAsNonRoot: true,
        runAsUser: 65532,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      },
    ]);
  });

  it("comes behind the network driver, and beside the discovery of NVIDIA's operators", () => {
    expect(planOf([mi300x])?.after).toEqual(["networkOperator"]);
    expect(planOf([mi300x], { networkOperator: false })?.after).toEqual([]);
  });

  it("is there where its nodes are", () => {
    expect(planOf([mi300x], {})).toBeDefined();
    expect(planOf([pool("h100")], {})).toBeUndefined();
    expect(planOf([mi300x], { amdGpuOperator: false })).toBeUndefined();
  });

  it("fails where no pool has such GPUs", () => {
    expect(problemsOf(() => planOf([pool("h100")]))).toEqual([
      "amdGpuOperator: is not possible: no GPU pool has gpuStack amd-operator. Leave it out, or declare a pool of a size with GPUs of AMD (docs/sizes.md)",
    ]);
  });
});

describeWithChart("amd-gpu-operator-v1.5.1", (chart) => {
  it("knows every value that we give", () => {
    expect(unknownPaths(planOf([mi300x])?.release?.values, chart)).toEqual([]);
  });
});
