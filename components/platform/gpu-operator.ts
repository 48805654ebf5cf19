import { z } from "zod";
import { dcgmCountersFile } from "../../catalog/dcgm-counters";
import { gpuDirectOf } from "../../catalog/gpu-direct";
import { gpuStackRows } from "../../catalog/gpu-stacks";
import { gpuNodeTolerations, systemNodeToleration } from "../../catalog/scheduling";
import { versionsOf } from "../../catalog/version-locks";
import { versions } from "../../catalog/versions";
import { gpuStacks, type VmSize } from "../../catalog/vm-size";
import { findVmSize } from "../../catalog/vm-sizes";
import type { Problems } from "../../core/problems";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, PlatformFacts } from "./add-on";

/** Choices for NVIDIA GPUs. */
const settings = z.strictObject({
  /**
   * Version of the driver that the operator brings; NVIDIA must offer it as a container for the OS of the nodes. Nodes that have
   * another one keep it until they are made anew. Without this key: the operator's own.
   */
  driverVersion: z
    .string()
    .regex(/^\d{3}(\.\d+){1,2}$/, "must be a version of NVIDIA's driver, such as 580.126.20")
    .exactOptional(),
});

/** A pool that the operator serves. */
interface Served {
  readonly pool: GpuPoolRef;
  readonly size: VmSize | undefined;
}

/** Part of the operator that serves virtual machines or confidential ones, or another kind of device plugin. */
const off = { enabled: false } as const;

/**
 * NVIDIA GPUs as a resource that pods ask for, with metrics of each, and driver and container runtime where AKS brings none. One
 * ClusterPolicy serves the cluster, so pools whose driver AKS owns opt out by labels of their nodes. Costs nothing.
 */
export const gpuOperator: AddOn<typeof settings> = {
  name: "gpu-operator",
  gives: "NVIDIA GPUs as a resource of the nodes, and their driver where AKS brings none",
  verify:
    "kubectl get clusterpolicies; kubectl get nodes -o custom-columns=NAME:.metadata.name,GPUS:.status.allocatable.nvidia\\.com/gpu",
  wanted: {
    when: "a GPU pool has gpuStack `gpu-operator` or `aks-driver`",
    holds: (facts) => served(facts).length > 0,
  },
  needs: ["nodeFeatureDiscovery"],
  // A network driver that comes later unloads the module by which GPUs reach the adapters.
  after: ["networkOperator"],
  // It loads kernel modules and changes the container runtime.
  namespace: { name: "gpu-operator", podSecurity: "privileged", ingressPorts: [] },
  release: { name: "gpu-operator", chart: versions.gpuOperator, timeoutSeconds: 600 },
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents({ settings: { driverVersion: chosen }, facts, installed, lock }, problems) {
    const driverVersion = chosen ?? versionsOf(lock).nvidiaDriver.version;
    const pools = served(facts);
    problems.require(pools.length > 0, "", `is not possible: no GPU pool has gpuStack ${servedStacks.join(" or ")}`, {
      remedy: "Leave it out: whoever owns the driver of the other pools brings the rest",
    });
    const driven = pools.filter(({ pool }) => gpuStackRows[pool.gpuStack].driver === "gpuOperator");
    checkDriver(driverVersion, driven, problems);
    const values = {
      ...valuesOf(pools, driven, driverVersion),
      // A host engine of its own, for whoever asks beside the exporter, which has one inside.
      ...(installed.has("nvSentinel") && { dcgm: { enabled: true } }),
    };
    return { values, crds: null, objects: null, handsOver: null };
  },
};

/** Stacks that the operator has a part in. */
const servedStacks = gpuStacks.filter((it) => gpuStackRows[it].devicePlugin === "gpuOperator");

/** Pools that the operator has a part in. */
export function poolsOfGpuOperator({ pools }: PlatformFacts): GpuPoolRef[] {
  return pools.filter(({ gpuStack }) => servedStacks.includes(gpuStack));
}

function served(facts: PlatformFacts): Served[] {
  return poolsOfGpuOperator(facts).map((pool) => ({ pool, size: findVmSize(pool.size, pool.figures) }));
}

/** A driver that no longer knows a GPU never becomes ready on its nodes. */
function checkDriver(version: string, driven: readonly Served[], problems: Problems): void {
  for (const { pool, size } of driven) {
    const last = size?.gpu?.lastDriverBranch ?? null;
    problems.require(
      last === null || Number.parseInt(version, 10) <= Number.parseInt(last, 10),
      "driverVersion",
      `must be of branch ${last ?? ""} or older: newer drivers do not know the GPUs of gpuPools.${pool.key}`,
      {
        got: version,
        remedy: "NVIDIA lists driver containers at https://catalog.ngc.nvidia.com/orgs/nvidia/containers/driver",
      },
    );
  }
}

/** Source of every path: NVIDIA/gpu-operator:deployments/gpu-operator/values.yaml (v26.7.0) */
function valuesOf(pools: readonly Served[], driven: readonly Served[], driverVersion: string): Record<string, unknown> {
  const gpus = pools.flatMap(({ size }) => size?.gpu ?? []);
  const drives = driven.length > 0;
  return {
    nfd: off,
    // Devices reach a container by CDI, so by what the kubelet says: what an image writes into NVIDIA_VISIBLE_DEVICES counts for
    // nothing. The strategies are the operator's own with CDI, said here because the fence around teams rests on them.
    cdi: { enabled: true },
    devicePlugin: { env: [{ name: "DEVICE_LIST_STRATEGY", value: "cdi-annotations,cdi-cri" }] },
    operator: {
      tolerations: [systemNodeToleration],
      // What the container runtime of AKS calls it where AKS owns the driver. Elsewhere the toolkit takes this name, too.
      ...(driven.length < pools.length && { runtimeClass: "nvidia-container-runtime" }),
    },
    // The list takes the place of the chart's.
    daemonsets: { tolerations: gpuNodeTolerations(gpus) },
    driver: drives ? driverValues(driven, driverVersion) : off,
    toolkit: drives ? toolkitValues : off,
    dcgmExporter: {
      config: { create: true, name: "dcgm-counters", data: dcgmCountersFile() },
      // It writes a kind of Prometheus's own operator, which AKS's managed Prometheus does not read.
      serviceMonitor: off,
    },
    // Only to divide GPUs as a pool says: it undoes any other division.
    migManager: { enabled: driven.some(({ pool }) => pool.migProfile !== null) },
    ccManager: off,
    kataSandboxDevicePlugin: off,
    sandboxDevicePlugin: off,
    vfioManager: off,
    vgpuDeviceManager: off,
  };
}

function driverValues(driven: readonly Served[], version: string): object {
  const peermem = driven.some(
    ({ pool, size }) => pool.rdmaResource !== null && gpuDirectOf(size, pool.gpuStack)?.mode === "peermem",
  );
  return {
    enabled: true,
    version,
    // OFED comes from the network operator, not with the node.
    rdma: { enabled: peermem, useHostMofed: false },
    // A new driver stops what runs on a node, so it comes with new nodes.
    upgradePolicy: { autoUpgrade: false },
  };
}

/**
 * By itself the toolkit adds a file in a newer format than AKS's own configuration of the container runtime has, and the runtime does
 * not start again. With this it keeps to the format that it finds.
 * Source: NVIDIA/aicr issues 1688 and 1689, NVIDIA/gpu-operator issue 2646
 */
const toolkitValues = { enabled: true, env: [{ name: "RUNTIME_CONFIG_SOURCE", value: "file" }] } as const;
