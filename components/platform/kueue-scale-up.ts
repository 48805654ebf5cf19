import { queuedDevices } from "../../catalog/node-devices";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { KubernetesObjects } from "./add-on";

const apiVersion = "kueue.x-k8s.io/v1beta2";

/** Name of the admission check, and of its configuration. */
export const scaleUpCheck = "scale-up";

/**
 * How pools grow for a queue: it asks the autoscaler for all nodes of a job at once, and lets the job in when they are there. Without it
 * the first pods of a job would start, and bill, while the last ones wait for nodes that the region may not have. Nothing without
 * pools that grow.
 * Sources: kubernetes-sigs/kueue:apis/kueue/v1beta2/provisioningrequestconfig_types.go (v0.19.2);
 * https://learn.microsoft.com/azure/aks/configure-kueue-with-cluster-autoscaler
 */
export function kueueScaleUp(pools: readonly GpuPoolRef[]): KubernetesObjects {
  const growing = pools.filter((it) => it.autoscaled === true);
  if (growing.length === 0) return {};
  const devices = growing.flatMap((pool) => {
    const size = findVmSize(pool.size, pool.figures);
    return size === undefined ? [] : Object.keys(queuedDevices(size, pool));
  });
  return {
    "kueue-scale-up": {
      apiVersion,
      kind: "AdmissionCheck",
      metadata: { name: scaleUpCheck },
      spec: {
        controllerName: "kueue.x-k8s.io/provisioning-request",
        parameters: { apiGroup: "kueue.x-k8s.io", kind: "ProvisioningRequestConfig", name: scaleUpCheck },
      },
    },
    "kueue-scale-up-config": {
      apiVersion,
      kind: "ProvisioningRequestConfig",
      metadata: { name: scaleUpCheck },
      spec: {
        provisioningClassName: "best-effort-atomic-scale-up.autoscaling.x-k8s.io",
        // Pods without these need no node of such a pool.
        managedResources: [...new Set(devices)],
      },
    },
  };
}
