import { z } from "zod";
import { gpuNodeTolerations, nodesOfPools } from "../../catalog/scheduling";
import { versions } from "../../catalog/versions";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn } from "./add-on";
import { poolsOfGpuOperator } from "./gpu-operator";

/** There is nothing to choose: it observes. */
const settings = z.strictObject({});

/**
 * NVIDIA's NVSentinel, as an observer: it reads DCGM and the logs of GPU nodes all the time, and says as conditions and events of a node
 * what it finds. It closes, drains and restarts nothing, so `nodeHealth` stays the one that closes nodes. Costs small pods on GPU nodes and
 * one on general nodes.
 */
export const nvSentinel: AddOn<typeof settings> = {
  name: "nv-sentinel",
  gives:
    "faults of GPUs, and of nodes that have them, as conditions and events while jobs run; it observes and closes no node",
  verify:
    "kubectl --namespace nvsentinel get daemonsets,pods -o wide; " +
    "kubectl get nodes -o custom-columns='NAME:.metadata.name,CONDITIONS:.status.conditions[?(@.status==\"True\")].type'",
  // Asked for: whoever wants it looks at what it says for a while.
  wanted: null,
  // It asks the host engine of DCGM, which the operator runs for it.
  needs: ["certManager", "gpuOperator"],
  after: [],
  // It reads logs and devices of the node.
  namespace: { name: "nvsentinel", podSecurity: "privileged", ingressPorts: [] },
  release: { name: "nvsentinel", chart: versions.nvSentinel, timeoutSeconds: 600 },
  generalCpus: 0.2,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ facts }, problems) => {
    const pools = poolsOfGpuOperator(facts);
    problems.require(pools.length > 0, "", "is not possible: no GPU pool has DCGM, which comes with the GPU operator", {
      remedy: "Leave it out, or declare a pool with gpuStack gpu-operator or aks-driver",
    });
    return { values: valuesOf(pools), crds: null, objects: null, handsOver: null };
  },
};

const off = { enabled: false } as const;

/**
 * Most of what acts is off by default; it is said here because two that close nodes would undo each other's work.
 * Sources: https://docs.nvidia.com/nvsentinel/v1.31.0/configuration/configuration-overview and the page of each module there;
 * NVIDIA/aicr, its page on NVSentinel (chart v1.25.0: what is on and off by default)
 */
function valuesOf(pools: readonly GpuPoolRef[]): Record<string, unknown> {
  const gpus = pools.flatMap(({ size, figures }) => findVmSize(size, figures)?.gpu ?? []);
  return {
    global: {
      dryRun: true,
      tolerations: gpuNodeTolerations(gpus),
      affinity: { nodeAffinity: nodesOfPools(pools.map(({ key }) => key)) },
      faultQuarantine: off,
      nodeDrainer: off,
      faultRemediation: off,
      janitor: off,
      mongodbStore: off,
      // It would write on the disks of nodes what it asks of the API server.
      auditLogging: off,
    },
    // It writes a kind of Prometheus's own operator, which AKS's managed Prometheus does not read.
    podMonitor: off,
  };
}
