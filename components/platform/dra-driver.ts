import { z } from "zod";
import { gpuStackRows } from "../../catalog/gpu-stacks";
import { imexPort } from "../../catalog/ports";
import { gpuNodeTolerations, labels } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, PlatformFacts } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * NVIDIA's driver for claims of devices, for ComputeDomains alone: the nodes of one job reach one another's GPUs over the NVLink of
 * their rack, and no other job does. GPUs themselves stay what a device plugin counts. Costs one small pod, which runs on system nodes
 * or general ones.
 */
export const draDriver: AddOn<typeof settings> = {
  name: "dra-driver",
  gives: "ComputeDomains: NVLink between the nodes of one job on a rack of GB200 or GB300",
  verify: "kubectl get deviceclasses; kubectl get resourceslices -o wide | grep compute-domain",
  wanted: { when: "a GPU pool reaches GPUs of other nodes over NVLink", holds: (facts) => poolsOf(facts).length > 0 },
  needs: [],
  // That chart carries the same CRDs, of which a cluster has one owner.
  after: ["gpuOperator"],
  // It hands out devices of the node. A daemon for each node of a ComputeDomain runs here, too, and they call one another.
  namespace: { name: "dra-driver-nvidia", podSecurity: "privileged", ingressPorts: [imexPort] },
  release: { name: "dra-driver-nvidia-gpu", chart: versions.nvidiaDraDriver, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents({ facts, installed }, problems) {
    const pools = poolsOf(facts);
    problems.require(pools.length > 0, "", "is not possible: no GPU pool reaches GPUs of other nodes over NVLink", {
      remedy: "Leave it out, or declare a pool of GB200 or GB300 (docs/sizes.md)",
    });
    return {
      values: valuesOf(pools),
      // Without any of ours: the release brings none where the GPU operator, which came first, has brought them.
      crds: installed.has("gpuOperator") ? {} : null,
      objects: null,
      handsOver: null,
    };
  },
};

function poolsOf({ pools }: PlatformFacts): GpuPoolRef[] {
  return pools.filter(({ gpuStack }) => gpuStackRows[gpuStack].computeDomain);
}

/** Source of every path: kubernetes-sigs/dra-driver-nvidia-gpu:deployments/helm/dra-driver-nvidia-gpu/values.yaml (v0.4.1) */
function valuesOf(pools: readonly GpuPoolRef[]): Record<string, unknown> {
  const gpus = pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []);
  const resources = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "512Mi" } };
  return {
    // The image of these nodes has the driver where a machine has it.
    nvidiaDriverRoot: "/",
    resources: {
      // A device plugin counts them: with both, a GPU would be handed out twice.
      gpus: { enabled: false },
      computeDomains: { enabled: true },
    },
    controller: {
      containers: {
        computeDomain: {
          resources,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            seccompProfile: { type: "RuntimeDefault" },
          },
        },
      },
    },
    kubeletPlugin: {
      containers: { computeDomains: { resources } },
      tolerations: gpuNodeTolerations(gpus),
      // In place of the labels of a discovery of devices, which also lead to GPUs without such an NVLink.
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: labels.pool, operator: "In", values: pools.map(({ key }) => key) }] },
            ],
          },
        },
      },
    },
  };
}
