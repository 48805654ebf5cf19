import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import { limits } from "../../catalog/limits";
import { gpusPerNode } from "../../catalog/mig";
import { formatTaint, gpuTaint, labels } from "../../catalog/scheduling";
import type { GpuStack, VmSize } from "../../catalog/vm-size";
import { closestHint } from "../../core/closest-names";
import { findVmSize, vmSizes } from "../../catalog/vm-sizes";
import { Problems } from "../../core/problems";

/** What decides how a GPU node pool looks: plain values, no wiring. */
export interface GpuNodePoolShape {
  /** Azure VM size with GPUs. Changing it replaces the pool. */
  readonly size: string;
  /** Owner of GPU driver and fabric. Changing it replaces the pool. @default the first that the catalogue allows */
  readonly gpuStack?: GpuStack;
  /** Nodes of a pool with a fixed size. Either this, or `minNodes` and `maxNodes`. */
  readonly nodes?: number;
  /** Nodes kept when idle, in an autoscaled pool. @default 0 - an idle pool costs nothing */
  readonly minNodes?: number;
  /** Upper limit for the autoscaler, in nodes. */
  readonly maxNodes?: number;
  /** Nodes held back for repairs: paid for, left out of the largest job. @default 0 */
  readonly spareNodes?: number;
  /** Node image family. Changing it replaces the pool. @default the first that the catalogue allows */
  readonly osSku?: string;
  /** OS disk in GiB, 128 to 2,048. Images of 10 to 20 GB fill a small one. Changing it replaces the pool. @default 512 */
  readonly osDiskGiB?: number;
  /** Availability zone, `1` to `3`. Each constraint costs capacity. Changing it replaces the pool. @default none */
  readonly zone?: string;
  /** MIG profile, for example `MIG1g`. Changing it replaces the pool. @default none: whole GPUs */
  readonly migProfile?: string;
  /** Spot priority: cheap, evicted with 30 s notice. Changing it replaces the pool. @default on demand */
  readonly spot?: SpotPrice;
  /** Nodes that one InfiniBand domain may have, when Azure support has raised it. @default the catalogue's, 100 */
  readonly domainLimit?: number;
}

/** Highest price to pay for a spot node. */
export interface SpotPrice {
  /** USD per node and hour with at most 5 decimals; -1 pays up to the on-demand price and is never evicted for price. */
  readonly maxUsdPerHour: number;
}

/** A checked pool: what to ask of Azure, and what the rest of the environment must know of it. */
export interface GpuNodePoolPlan {
  readonly name: string;
  readonly size: VmSize;
  readonly gpuStack: GpuStack;
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly spareNodes: number;
  /** MIG profile, `null` while GPUs are whole. */
  readonly migProfile: string | null;
  /** What Kubernetes counts on a node: GPUs, or instances of the MIG profile. */
  readonly gpusPerNode: number;
  readonly agentPool: Omit<AgentPoolArgs, "resourceGroupName" | "resourceName">;
  /** Properties that somebody else writes after creation. */
  readonly ignoreChanges: string[];
}

/**
 * All decisions of one pool. One pool is one scale set, so with InfiniBand it is one InfiniBand domain.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planGpuNodePool(name: string, shape: GpuNodePoolShape): GpuNodePoolPlan {
  const subject = `GPU node pool '${name}'`;
  const problems = new Problems();
  problems.require(limits.aksPoolName.pattern.test(name), "name", limits.aksPoolName.rule, { got: name });

  const size = findGpuSize(shape.size, problems);
  const autoscaled = shape.nodes === undefined;
  const maxNodes = shape.nodes ?? shape.maxNodes ?? 0;
  const minNodes = shape.nodes ?? shape.minNodes ?? 0;
  checkNodeCounts(shape, problems);
  if (size !== undefined) checkAgainstSize(shape, size, problems);
  problems.throwIfAny(subject);
  if (size?.gpu == null || size.aks == null) throw new Error(`${subject}: the checks let a size without GPU pass`);

  const gpuStack = shape.gpuStack ?? size.aks.gpuStacks[0] ?? "gpu-operator";
  // Only pools with InfiniBand carry the number of their domain.
  const key = size.infiniband === null ? name : name.replace(/d\d+$/, "");
  return {
    name,
    size,
    gpuStack,
    minNodes,
    maxNodes,
    spareNodes: shape.spareNodes ?? 0,
    migProfile: shape.migProfile ?? null,
    gpusPerNode: gpusPerNode(size, shape.migProfile),
    ignoreChanges: autoscaled ? ["count"] : [],
    agentPool: {
      agentPoolName: name,
      mode: "User",
      type: "VirtualMachineScaleSets",
      vmSize: size.name,
      osType: "Linux",
      osSKU: shape.osSku ?? size.aks.osSkus[0] ?? "Ubuntu2404",
      count: minNodes,
      enableAutoScaling: autoscaled,
      ...(autoscaled && { minCount: minNodes, maxCount: maxNodes }),
      scaleDownMode: "Delete",
      // Explicit: the default depends on the size, and an ephemeral disk takes the local disk that scratch needs.
      osDiskType: "Managed",
      osDiskSizeGB: shape.osDiskGiB ?? 512,
      enableNodePublicIP: false,
      enableEncryptionAtHost: true,
      securityProfile: { sshAccess: "Disabled" },
      gpuProfile: { driver: gpuStack === "aks-driver" ? "Install" : "None" },
      ...(shape.migProfile !== undefined && { gpuInstanceProfile: shape.migProfile }),
      ...(shape.zone !== undefined && { availabilityZones: [shape.zone] }),
      ...(shape.spot !== undefined && {
        scaleSetPriority: "Spot",
        scaleSetEvictionPolicy: "Delete",
        spotMaxPrice: shape.spot.maxUsdPerHour,
      }),
      // Whole-node jobs want pinned cores and near memory, but must not be refused for spanning two sockets.
      kubeletConfig: { cpuManagerPolicy: "static", topologyManagerPolicy: "best-effort" },
      // A surge node needs quota and capacity that a GPU pool rarely has; without it the upgrade would hang. Of a spot
      // pool Azure refuses the settings ("Spot pools can't set max surge"): its nodes are evicted, not drained.
      ...(shape.spot === undefined && {
        upgradeSettings: {
          maxSurge: "0",
          maxUnavailable: "1",
          drainTimeoutInMinutes: 60,
          undrainableNodeBehavior: "Cordon",
        },
      }),
      nodeTaints: [
        formatTaint(gpuTaint(size.gpu)),
        ...(shape.spot === undefined ? [] : ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]),
      ],
      nodeLabels: {
        [labels.pool]: key,
        [labels.gpuStack]: gpuStack,
        ...(size.infiniband !== null && { [labels.infinibandDomain]: name }),
        // AKS owns the driver here, so a GPU operator that serves other pools must keep its hands off.
        ...(gpuStack === "aks-driver" && {
          "nvidia.com/gpu.deploy.driver": "false",
          "nvidia.com/gpu.deploy.container-toolkit": "false",
        }),
      },
    },
  };
}

function findGpuSize(name: string, problems: Problems): VmSize | undefined {
  const size = findVmSize(name);
  if (size === undefined) {
    const names = [...vmSizes.values()].filter((it) => it.gpu !== null).map((it) => it.name);
    problems.require(false, "size", "must be a VM size of the catalogue (docs/sizes.md)", {
      got: name,
      remedy: closestHint(name, names, "CONTRIBUTING.md says how to add a size"),
    });
    return undefined;
  }
  const before = problems.list.length;
  problems.require(size.gpu !== null, "size", "must be a size with GPUs", { got: name });
  problems.require(size.aks !== null, "size", "is not offered on AKS by this project; a bare scale set can use it", {
    got: name,
  });
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: name,
  });
  return problems.list.length === before ? size : undefined;
}

function checkNodeCounts(shape: GpuNodePoolShape, problems: Problems): void {
  const { nodes, minNodes = 0, maxNodes, spareNodes = 0 } = shape;
  const most = limits.aksNodesPerPool.value;
  if (nodes !== undefined) {
    problems.require(
      shape.minNodes === undefined && maxNodes === undefined,
      "nodes",
      "must stand alone: a fixed pool has no minNodes or maxNodes",
      {
        got: nodes,
        remedy: "Remove nodes to autoscale, or minNodes and maxNodes for a fixed size",
      },
    );
    problems.requireWhole("nodes", nodes, [0, most]);
  } else {
    problems.require(maxNodes !== undefined, "maxNodes", "must be given, or nodes for a fixed size");
    if (maxNodes !== undefined) {
      problems.requireWhole("maxNodes", maxNodes, [1, most]);
      problems.require(
        isCount(minNodes, 0, maxNodes),
        "minNodes",
        `must be a whole number from 0 to maxNodes (${maxNodes})`,
        { got: minNodes },
      );
    }
  }
  const poolNodes = nodes ?? maxNodes ?? 0;
  problems.require(
    isCount(spareNodes, 0, Math.max(0, poolNodes - 1)),
    "spareNodes",
    `must be a whole number below the pool's nodes (${poolNodes})`,
    { got: spareNodes },
  );
  const disk = shape.osDiskGiB ?? 512;
  problems.requireWhole("osDiskGiB", disk, [128, 2048]);
}

function checkAgainstSize(shape: GpuNodePoolShape, size: VmSize, problems: Problems): void {
  const { aks, infiniband: ib } = size;
  if (aks === null) return;
  const nodes = shape.nodes ?? shape.maxNodes ?? 0;
  const autoscaled = shape.nodes === undefined;
  const oneOf = (path: string, value: string | undefined, allowed: readonly string[], none: string): void => {
    if (value === undefined) return;
    const rule = allowed.length === 0 ? none : `must be one of ${allowed.join(", ")} for ${size.name}`;
    problems.require(allowed.includes(value), path, rule, { got: value });
  };
  oneOf("gpuStack", shape.gpuStack, aks.gpuStacks, "");
  oneOf("osSku", shape.osSku, aks.osSkus, "");
  oneOf("migProfile", shape.migProfile, aks.migProfiles, `is not possible: AKS offers no MIG on ${size.name}`);

  problems.require(
    !autoscaled || aks.autoscale,
    "nodes",
    `must be given: ${size.name} pools have a fixed size, the autoscaler cannot add part of a rack`,
  );
  problems.require(
    !(autoscaled && shape.migProfile !== undefined),
    "migProfile",
    "needs a fixed pool (nodes): the autoscaler knows only whole GPUs",
    { got: shape.migProfile },
  );
  if (shape.spot !== undefined) {
    const price = shape.spot.maxUsdPerHour;
    problems.require(
      aks.spot && ib === null,
      "spot",
      `is not possible with ${size.name}: one eviction stops a job on the whole InfiniBand domain`,
    );
    problems.require(
      price === -1 || (price > 0 && Number.isFinite(price) && Number(price.toFixed(5)) === price),
      "spot.maxUsdPerHour",
      "must be -1, or more than 0 with at most 5 decimals",
      { got: price },
    );
    problems.require(
      autoscaled,
      "spot",
      "needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler",
    );
  }
  if (ib === null) {
    problems.require(shape.domainLimit === undefined, "domainLimit", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.domainLimit,
    });
    return;
  }
  const limit = shape.domainLimit ?? ib.maxDomainNodes;
  problems.requireWhole("domainLimit", limit, [ib.maxDomainNodes, ib.maxDomainNodesOnRequest]);
  problems.require(
    nodes <= limit,
    autoscaled ? "maxNodes" : "nodes",
    `must be at most ${limit}: one InfiniBand domain is one scale set, and a larger one splits the fabric`,
    {
      got: nodes,
      remedy: `Use more domains, or set domainLimit (up to ${ib.maxDomainNodesOnRequest}) once Azure support has raised it`,
    },
  );
  if (ib.rackNodes !== null) {
    problems.require(nodes === ib.rackNodes, "nodes", `must be ${ib.rackNodes}: one pool is one rack`, {
      got: nodes,
      remedy: "Use domains for more racks",
    });
  }
}

function isCount(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
