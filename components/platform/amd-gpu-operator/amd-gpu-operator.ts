import { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { gpuNodeTolerations, labels } from "../../../catalog/scheduling";
import { amdOperandImages, versions } from "../../../catalog/versions";
import { type GpuStack, gpuStacks } from "../../../catalog/vm-size";
import { findVmSize } from "../../../catalog/vm-sizes";
import type { GpuPoolRef } from "../../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject, PlatformFacts } from "../add-on";
import { hostFolder, installDriver } from "./install-driver";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** Name of the namespace, which AMD's documentation has, too. */
const namespace = "kube-amd-gpu";

/** The stack whose nodes it serves. */
const stack: GpuStack | undefined = gpuStacks.find((it) => gpuStackRows[it].devicePlugin === "amdGpuOperator");

/**
 * AMD GPUs as a resource that pods ask for, with metrics of each, and their driver. The operator would compile the driver into an image
 * that it pushes to a registry of yours; here a pod on each node installs AMD's packages instead, which needs a way out to
 * repo.radeon.com and to Ubuntu's packages. So the operator's manager of kernel modules, its webhook and its need for certificates stay
 * away. Costs one small pod on general nodes.
 */
export const amdGpuOperator: AddOn<typeof settings> = {
  name: "amd-gpu-operator",
  gives: "AMD GPUs as a resource of the nodes, and their driver",
  verify:
    "kubectl --namespace kube-amd-gpu get deviceconfigs,pods -o wide; " +
    "kubectl get nodes -o custom-columns=NAME:.metadata.name,GPUS:.status.allocatable.amd\\.com/gpu",
  wanted: { when: "a GPU pool has gpuStack `amd-operator`", holds: (facts) => poolsOf(facts).length > 0 },
  needs: [],
  // A network driver that comes later takes the modules away by which GPUs reach the adapters.
  after: ["networkOperator"],
  // It loads kernel modules and hands out devices.
  namespace: { name: namespace, podSecurity: "privileged", ingressPorts: [] },
  release: { name: "amd-gpu-operator", chart: versions.amdGpuOperator, timeoutSeconds: 600 },
  generalCpus: 0.1,
  manifest: null,
  aliases: [],
  settings,
  contents({ facts }, problems) {
    const pools = poolsOf(facts);
    problems.require(pools.length > 0, "", `is not possible: no GPU pool has gpuStack ${stack ?? ""}`, {
      remedy: "Leave it out, or declare a pool of a size with GPUs of AMD (docs/sizes.md)",
    });
    return {
      values,
      crds: null,
      objects: { "amd-gpu-operator-driver": driver(), "amd-gpu-operator-devices": deviceConfig(pools) },
      handsOver: null,
    };
  },
};

/** Source of every path: ROCm/gpu-operator:helm-charts-k8s/values.yaml (v1.5.1) */
const values = {
  // Nodes are found by their stack, and the cluster has another discovery of devices.
  "node-feature-discovery": { enabled: false },
  installdefaultNFDRule: false,
  // Both off is its documentation's way for a driver that somebody else brings.
  // Source: ROCm/gpu-operator:docs/installation/kubernetes-helm.md (v1.5.1)
  kmm: { enabled: false, watch: false },
  // An engine for workflows that reboots nodes.
  remediation: { enabled: false, installCRDs: false },
  // The one below takes its place.
  crds: { defaultCR: { install: false } },
  controllerManager: { manager: { imagePullPolicy: "IfNotPresent" } },
} as const;

function poolsOf({ pools }: PlatformFacts): GpuPoolRef[] {
  return pools.filter(({ gpuStack }) => gpuStack === stack);
}

const onNodes = { [labels.gpuStack]: stack } as const;

function deviceConfig(pools: readonly GpuPoolRef[]): KubernetesObject {
  const tolerations = gpuNodeTolerations(pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []));
  const off = { enable: false };
  return {
    apiVersion: "amd.com/v1alpha1",
    kind: "DeviceConfig",
    metadata: { name: "gpu-operator", namespace },
    spec: {
      selector: onNodes,
      driver: { enable: false, blacklist: false },
      devicePlugin: {
        enableDevicePlugin: true,
        devicePluginImage: amdOperandImages.devicePlugin.image,
        devicePluginImagePullPolicy: "IfNotPresent",
        devicePluginTolerations: tolerations,
        // Labels that nothing here selects by, written by a pod that may change every node.
        enableNodeLabeller: false,
      },
      metricsExporter: {
        enable: true,
        serviceType: "ClusterIP",
        image: amdOperandImages.metricsExporter.image,
        imagePullPolicy: "IfNotPresent",
        tolerations,
      },
      testRunner: off,
      configManager: off,
    },
  };
}

function driver(): KubernetesObject {
  const name = "amd-driver";
  const podLabels = { app: name };
  const { image: repository, version, digest } = versions.azureLinux;
  const image = `${repository}:${version}@${digest}`;
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: podLabels },
      // Nodes do not wait for one another.
      updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } },
      template: {
        metadata: { labels: podLabels },
        spec: {
          automountServiceAccountToken: false,
          nodeSelector: onNodes,
          // Whatever keeps others away: GPUs, nodes that are not ready for work, Spot.
          tolerations: [{ operator: "Exists" }],
          priorityClassName: "system-node-critical",
          // Packages come by the node's own resolver, which a pod's network does not reach.
          hostNetwork: true,
          dnsPolicy: "Default",
          terminationGracePeriodSeconds: 1,
          initContainers: [
            {
              name: "install",
              image,
              command: ["bash", "-c", installDriver],
              // It compiles a kernel module.
              resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "8Gi" } },
              securityContext: { privileged: true, runAsUser: 0 },
              volumeMounts: [{ name: "node", mountPath: hostFolder }],
            },
          ],
          containers: [
            {
              name: "installed",
              image,
              command: ["sleep", "infinity"],
              resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "64Mi" } },
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 65532,
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
                seccompProfile: { type: "RuntimeDefault" },
              },
            },
          ],
          volumes: [{ name: "node", hostPath: { path: "/" } }],
        },
      },
    },
  };
}
