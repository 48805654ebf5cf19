import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import type { z } from "zod";
import { limits } from "../../../catalog/limits";
import { gpusPerNode } from "../../../catalog/mig";
import { checkOffer } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import { formatTaint, gpuTaint, labels } from "../../../catalog/scheduling";
import type { Gpu, GpuStack, VmSize } from "../../../catalog/vm-size";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import type { NetworkUser } from "../../network/subnet-ref";
import { checkAgainstSize, checkNodeCounts, findGpuSize } from "./check-pool";
import type { GpuPoolRef } from "./gpu-pool-ref";
import { gpuPoolShape, type GpuPoolShape } from "./shape";

/** One AKS pool: one scale set, so with InfiniBand one domain. */
export interface AgentPoolPlan {
  readonly name: string;
  /** The whole body but for the cluster, the subnet, the version and the tags. */
  readonly body: Omit<
    AgentPoolArgs,
    "resourceGroupName" | "resourceName" | "vnetSubnetID" | "orchestratorVersion" | "tags"
  >;
  /** Tags of its own: what a reader of the nodes cannot see otherwise. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A checked pool: what to ask of Azure, and what the rest of the environment must know of it. */
export interface GpuPoolPlan extends NetworkUser {
  readonly key: string;
  readonly size: VmSize;
  readonly gpuStack: GpuStack;
  readonly osSku: string;
  /** Nodes of all its AKS pools at most. */
  readonly maxNodes: number;
  /** One for each InfiniBand domain, one alone without InfiniBand. */
  readonly agentPools: readonly AgentPoolPlan[];
  /** Properties that somebody else writes after creation. */
  readonly ignoreChanges: readonly string[];
  /** Nodes that Azure support allows in one domain, `null` while nobody has said that it raised the limit. */
  readonly domainLimit: number | null;
  readonly ref: GpuPoolRef;
}

/**
 * All decisions of one pool.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planGpuPool(key: string, given: GpuPoolShape, place: Place): GpuPoolPlan {
  const subject = `GPU pool '${key}'`;
  const shape = readShape(gpuPoolShape, given, subject);
  const problems = new Problems();
  const size = findGpuSize(shape.size, problems);
  const names = agentPoolNames(key, size?.infiniband == null ? null : (shape.domains ?? 1));
  // The last name is the longest.
  problems.require(limits.aksPoolName.pattern.test(names.at(-1) ?? ""), "name", limits.aksPoolName.rule, {
    got: names.at(-1),
  });
  checkNodeCounts(shape, problems);
  if (size !== undefined) {
    checkAgainstSize(shape, size, problems);
    checkOffer(size, shape.zone, place, problems);
  }
  problems.throwIfAny(subject);
  if (size?.gpu == null || size.aks == null) throw new Error(`${subject}: the checks let a size without GPU pass`);

  const gpuStack = shape.gpuStack ?? size.aks.gpuStacks[0] ?? "gpu-operator";
  const osSku = shape.osSku ?? size.aks.osSkus[0] ?? "Ubuntu2404";
  const maxNodes = names.length * (shape.nodes ?? shape.maxNodes ?? 0);
  const perNode = gpusPerNode(size, shape.migProfile);
  const common = agentPool(shape, { size, gpu: size.gpu, gpuStack, osSku });
  const infiniband = size.infiniband !== null;
  return {
    key,
    size,
    gpuStack,
    osSku,
    maxNodes,
    infiniband,
    subnets: [{ role: "nodes", addresses: maxNodes, what: "AKS nodes" }],
    domainLimit: shape.domainLimit ?? null,
    ignoreChanges: shape.nodes === undefined ? ["count"] : [],
    agentPools: names.map((name) => ({
      name,
      body: {
        ...common,
        agentPoolName: name,
        nodeLabels: {
          [labels.pool]: key,
          [labels.gpuStack]: gpuStack,
          ...(infiniband && { [labels.infinibandDomain]: name }),
          // AKS owns the driver here, so a GPU operator that serves other pools must keep its hands off.
          ...(gpuStack === "aks-driver" && {
            "nvidia.com/gpu.deploy.driver": "false",
            "nvidia.com/gpu.deploy.container-toolkit": "false",
          }),
        },
      },
      tags: { ...(infiniband && { ibDomain: name }), spareNodes: String(shape.spareNodes) },
    })),
    ref: {
      key,
      size: size.name,
      gpuStack,
      memlock: infiniband ? (shape.memlock ?? "node") : null,
      nodePools: names,
      maxNodes,
      migProfile: shape.migProfile ?? null,
      gpusPerNode: perNode,
    },
  };
}

/** Names of the AKS pools: with InfiniBand numbered from the first on, so that a second domain renames nothing. */
function agentPoolNames(key: string, domains: number | null): string[] {
  return domains === null ? [key] : Array.from({ length: domains }, (_, at) => `${key}d${at + 1}`);
}

interface Owners {
  readonly size: VmSize;
  readonly gpu: Gpu;
  readonly gpuStack: GpuStack;
  readonly osSku: string;
}

/** What all AKS pools of a GPU pool have in common. */
function agentPool(
  shape: z.output<typeof gpuPoolShape>,
  { size, gpu, gpuStack, osSku }: Owners,
): Omit<AgentPoolPlan["body"], "agentPoolName" | "nodeLabels"> {
  const { spot } = shape;
  const autoscaled = shape.nodes === undefined;
  const minNodes = shape.nodes ?? shape.minNodes ?? 0;
  return {
    mode: "User",
    type: "VirtualMachineScaleSets",
    vmSize: size.name,
    osType: "Linux",
    osSKU: osSku,
    count: minNodes,
    enableAutoScaling: autoscaled,
    ...(autoscaled && { minCount: minNodes, maxCount: shape.maxNodes ?? 0 }),
    scaleDownMode: "Delete",
    // Explicit: the default depends on the size, and an ephemeral disk takes the local disk that scratch needs.
    osDiskType: "Managed",
    osDiskSizeGB: shape.osDiskGiB,
    enableNodePublicIP: false,
    enableEncryptionAtHost: true,
    securityProfile: { sshAccess: "Disabled" },
    gpuProfile: { driver: gpuStack === "aks-driver" ? "Install" : "None" },
    ...(shape.migProfile !== undefined && { gpuInstanceProfile: shape.migProfile }),
    ...(shape.zone !== undefined && { availabilityZones: [shape.zone] }),
    ...(spot !== undefined && {
      scaleSetPriority: "Spot",
      scaleSetEvictionPolicy: "Delete",
      spotMaxPrice: spot.maxUsdPerHour,
    }),
    // Whole-node jobs want pinned cores and near memory, but must not be refused for spanning two sockets.
    kubeletConfig: { cpuManagerPolicy: "static", topologyManagerPolicy: "best-effort" },
    // A surge node needs quota and capacity that a GPU pool rarely has; without it the upgrade would hang. Of a spot
    // pool Azure refuses the settings ("Spot pools can't set max surge"): its nodes are evicted, not drained.
    ...(spot === undefined && {
      upgradeSettings: {
        maxSurge: "0",
        maxUnavailable: "1",
        drainTimeoutInMinutes: 60,
        undrainableNodeBehavior: "Cordon",
      },
    }),
    nodeTaints: [
      formatTaint(gpuTaint(gpu)),
      ...(spot === undefined ? [] : ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]),
    ],
  };
}
