import type { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { limits } from "../../../catalog/limits";
import { gpusPerNode, migConfig, migConfigLabel } from "../../../catalog/mig";
import { checkOffer } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import {
  formatTaint,
  gpuTaint,
  infinibandDomainTag,
  labels,
  rdmaResource,
  spotTaint,
} from "../../../catalog/scheduling";
import { countedDevices } from "../../../catalog/node-devices";
import { sizeTags } from "../../../catalog/size-tags";
import type { Gpu, GpuStack, VmSize } from "../../../catalog/vm-size";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { commonBody, securityProfileOf } from "../agent-pool/common-body";
import { checkCounts } from "../agent-pool/check-counts";
import { checkSoftware } from "../agent-pool/check-software";
import { checkNodeSettings, nodeSettingsBody } from "../agent-pool/node-settings";
import { nodeTemplateTags } from "../agent-pool/node-template";
import { type AgentPoolPlan, countsOf, ignoredChanges, mostNodes, type PoolPlan } from "../agent-pool/plan";
import { upgradeInPlace } from "../agent-pool/upgrade";
import { checkAgainstSize, checkSparesAndDisk, findGpuSize } from "./check-pool";
import { checkNuma } from "./check-numa";
import { checkRdmaMode } from "./check-rdma-mode";
import { checkRdmaResource } from "./check-rdma-resource";
import type { GpuPoolRef } from "./gpu-pool-ref";
import { notesOf } from "./notes";
import { gpuPoolShape, type GpuPoolShape } from "./shape";

/** A checked pool: what to ask of Azure, and what the rest of the environment must know of it. */
export interface GpuPoolPlan extends PoolPlan {
  readonly section: "gpuPools";
  readonly gpuStack: GpuStack;
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
  const size = findGpuSize(shape.size, place.sizes, problems);
  const adapters = shape.rdmaResource ?? rdmaResource;
  const names = agentPoolNames(key, size?.infiniband == null ? null : (shape.domains ?? 1));
  // The last name is the longest.
  problems.require(limits.aksPoolName.pattern.test(names.at(-1) ?? ""), "name", limits.aksPoolName.rule, {
    got: names.at(-1),
  });
  checkCounts(shape, problems);
  checkSparesAndDisk(shape, problems);
  checkSoftware(shape, place.today, problems);
  checkNodeSettings(shape, size, problems);
  if (size !== undefined) {
    checkAgainstSize(shape, size, problems);
    checkRdmaResource(shape.rdmaResource, adapters, shape, size, problems);
    checkRdmaMode(shape, size, problems);
    checkNuma(shape, size, problems);
    checkOffer(size, shape.zone, place, problems);
  }
  problems.throwIfAny(subject);
  if (size?.gpu == null || size.aks == null) throw new Error(`${subject}: the checks let a size without GPU pass`);
  const { gpu } = size;

  const gpuStack: GpuStack = shape.gpuStack ?? size.aks.gpuStacks[0] ?? "gpu-operator";
  const { osSku } = shape;
  const maxNodes = names.length * mostNodes(shape);
  const perNode = gpusPerNode(size, shape.migProfile);
  const common = agentPool(shape, { size, gpu, gpuStack, osSku });
  const infiniband = size.infiniband !== null;
  const counted = {
    gpusPerNode: perNode,
    rdmaResource: infiniband ? adapters : null,
    ...(shape.rdma === "dranet" && { rdma: shape.rdma }),
  };
  const memlock = infiniband ? (shape.memlock ?? "node") : null;
  return {
    section: "gpuPools",
    key,
    size,
    gpuStack,
    osSku,
    kubernetesVersion: shape.kubernetesVersion ?? null,
    held: shape.nodeImageSnapshotId !== undefined,
    today: place.today,
    maxNodes,
    infiniband,
    subnets: [{ role: "nodes", addresses: maxNodes, what: "AKS nodes" }],
    domainLimit: shape.domainLimit ?? null,
    ignoreChanges: ignoredChanges(shape),
    notes: notesOf(shape, gpuStack, size),
    agentPools: names.map((name) => ({
      name,
      body: {
        ...common,
        agentPoolName: name,
        nodeLabels: {
          [labels.pool]: key,
          [labels.gpuStack]: gpuStack,
          ...(infiniband && { [labels.infinibandDomain]: name }),
          // By this the add-on `memlock` finds the node, closes it and makes it ready. The pool cannot close it: its taints stay on
          // its nodes for good, and AKS refuses `nodeInitializationTaints`, a preview, in a request for a pool.
          // Source: MicrosoftDocs/azure-aks-docs:articles/aks/use-node-taints.md (2024-05-07)
          ...(memlock !== null && { [labels.memlock]: memlock }),
          ...migLabel(gpu, gpuStack, shape.migProfile),
          ...gpuStackRows[gpuStack].nodeLabels,
        },
      },
      tags: {
        ...(infiniband && { [infinibandDomainTag]: name }),
        spareNodes: String(shape.spareNodes),
        ...sizeTags(size),
        ...(shape.nodes === undefined && nodeTemplateTags(countedDevices(size, counted))),
      },
    })),
    ref: {
      key,
      size: size.name,
      ...(size.declared !== undefined && { figures: size.declared }),
      gpuStack,
      memlock,
      ...counted,
      ...(shape.ncclTopologyFile && { ncclTopologyFile: true }),
      nodePools: names,
      maxNodes,
      spareNodes: names.length * shape.spareNodes,
      ...(shape.nodes === undefined && (shape.minNodes ?? 0) < mostNodes(shape) && { autoscaled: true as const }),
      migProfile: shape.migProfile ?? null,
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
  const { spot, nodeImageSnapshotId: snapshot } = shape;
  const { driver, mig } = gpuStackRows[gpuStack];
  return {
    ...commonBody,
    mode: "User",
    vmSize: size.name,
    osSKU: osSku,
    ...countsOf(shape),
    // Explicit: the default depends on the size, and an ephemeral disk takes the local disk that scratch needs.
    osDiskType: "Managed",
    osDiskSizeGB: shape.osDiskGiB,
    securityProfile: securityProfileOf(size),
    gpuProfile: { driver: driver === "aks" ? "Install" : "None" },
    ...(mig === "aks" && shape.migProfile !== undefined && { gpuInstanceProfile: shape.migProfile }),
    ...(snapshot !== undefined && { creationData: { sourceResourceId: snapshot } }),
    ...(shape.zone !== undefined && { availabilityZones: [shape.zone] }),
    ...(spot !== undefined && {
      scaleSetPriority: "Spot",
      scaleSetEvictionPolicy: "Delete",
      spotMaxPrice: spot.maxUsdPerHour,
    }),
    // Whole-node jobs want pinned cores and near memory, but must not be refused for spanning two sockets.
    ...nodeSettingsBody(shape, { cpuManagerPolicy: "static", topologyManagerPolicy: "best-effort" }),
    // Of a spot pool Azure refuses the settings ("Spot pools can't set max surge"): its nodes are evicted, not drained.
    ...(spot === undefined && { upgradeSettings: upgradeInPlace }),
    nodeTaints: [formatTaint(gpuTaint(gpu)), ...(spot === undefined ? [] : [formatTaint(spotTaint)])],
  };
}

/** Where the GPU operator owns the driver it divides the GPUs, too, as this label says. */
function migLabel(gpu: Gpu, gpuStack: GpuStack, migProfile: string | undefined): Record<string, string> {
  const layout = migProfile === undefined ? undefined : migConfig(gpu, migProfile);
  return gpuStackRows[gpuStack].mig === "gpuOperator" && layout !== undefined ? { [migConfigLabel]: layout } : {};
}
