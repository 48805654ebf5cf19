import type { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { limits } from "../../../catalog/limits";
import { gpusPerNode, migConfig, migConfigLabel } from "../../../catalog/mig";
import { checkOffer } from "../../../catalog/offer";
import { offHoursTags } from "../../../catalog/off-hours";
import type { Place } from "../../../catalog/place";
import {
  capacityAfterTaint,
  capacityFrom,
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
import { type AgentPoolPlan, countsOf, grows, ignoredChanges, mostNodes, type PoolPlan } from "../agent-pool/plan";
import { upgradeInPlace } from "../agent-pool/upgrade";
import type { CapacityReservationPlan } from "../capacity-reservation/plan";
import { checkAgainstSize, checkSparesAndDisk, findGpuSize } from "./check-pool";
import { checkNuma } from "./check-numa";
import { checkRdmaMode } from "./check-rdma-mode";
import { checkRdmaResource } from "./check-rdma-resource";
import { capacityNotes } from "./capacity-notes";
import { checkCapacity, checkVariant } from "./check-capacity";
import { checkOff } from "./check-off";
import type { GpuPoolRef } from "./gpu-pool-ref";
import { offNotes } from "./off-notes";
import { notesOf } from "./notes";
import { planPoolReservation, reservationGroupToGrant } from "./pool-reservation";
import { rungRefs } from "./rung-refs";
import { gpuPoolShape, type GpuPoolShape } from "./shape";
import { type Variant, variantsOf } from "./variants";

/** A checked pool: what to ask of Azure, and what the rest of the environment must know of it. */
export interface GpuPoolPlan extends PoolPlan {
  readonly section: "gpuPools";
  readonly gpuStack: GpuStack;
  readonly ref: GpuPoolRef;
  /** The reservation that is made with it, `null` for none. */
  readonly reservation: CapacityReservationPlan | null;
  /** ARM ID of somebody else's group that the identity of the cluster gets its right on, `null` for none. */
  readonly grantOnGroupId: string | null;
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
  const variants = variantsOf(key, shape, size?.infiniband == null ? null : (shape.domains ?? 1));
  const names = variants.map((it) => it.name);
  const [longest] = names.toSorted((a, b) => b.length - a.length);
  problems.require(limits.aksPoolName.pattern.test(longest ?? key), "name", limits.aksPoolName.rule, { got: longest });
  checkSoftware(shape, place.today, problems);
  checkNodeSettings(shape, size, problems);
  if (size !== undefined) {
    checkCapacity(shape, size, place.sizes, problems);
    checkRdmaMode(shape, size, problems);
    checkNuma(shape, size, problems);
    checkOffer(size, shape.zone, place, problems);
  }
  for (const it of variants) {
    checkVariant(
      it,
      (own, found) => {
        checkCounts(own, found);
        checkSparesAndDisk(own, found);
        if (size === undefined) return;
        checkAgainstSize(own, size, found);
        checkRdmaResource(own.rdmaResource, adapters, own, size, found);
      },
      problems,
    );
  }
  checkOff(shape, variants, problems);
  const reservation = planPoolReservation(key, variants, place, problems);
  problems.throwIfAny(subject);
  if (size?.gpu == null || size.aks == null) throw new Error(`${subject}: the checks let a size without GPU pass`);
  const { gpu } = size;

  const gpuStack: GpuStack = shape.gpuStack ?? size.aks.gpuStacks[0] ?? "gpu-operator";
  const { osSku } = shape;
  const maxNodes = variants.reduce((sum, it) => sum + mostNodes(it.shape), 0);
  const perNode = gpusPerNode(size, shape.migProfile);
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
    reservation,
    grantOnGroupId: reservationGroupToGrant(variants),
    notes: [
      ...new Set(variants.flatMap((it) => notesOf(it.shape, gpuStack, size))),
      ...capacityNotes(variants, size),
      ...offNotes(shape.off, variants),
    ],
    agentPools: variants.map(({ name, shape: own, rung, before }) => ({
      name,
      body: {
        ...agentPool(own, { size, gpuStack, osSku }),
        ...(rung?.reserved?.groupResourceId !== undefined && {
          capacityReservationGroupID: rung.reserved.groupResourceId,
        }),
        agentPoolName: name,
        nodeTaints: [
          gpuTaint(gpu),
          ...(own.spot === undefined ? [] : [spotTaint]),
          ...before.map(capacityAfterTaint),
        ].map(formatTaint),
        nodeLabels: {
          [labels.pool]: key,
          ...capacityLabels(rung, before),
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
        // With `finish` a job may go on through all of them, so nobody can count on it.
        ...(shape.off?.jobs === "stop" && offHoursTags(shape.off)),
        ...(own.nodes === undefined && nodeTemplateTags(countedDevices(size, counted))),
      },
      ignoreChanges: ignoredChanges(own),
      ...(rung?.reserved != null && rung.reserved.groupResourceId === undefined && { takesReservation: true as const }),
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
      ...(variants.some(({ shape: own }) => grows(own)) && { autoscaled: true as const }),
      ...(variants.some(({ shape: own }) => own.spot !== undefined) && { spot: true as const }),
      ...(shape.capacity !== undefined && { rungs: rungRefs(variants) }),
      ...(shape.off !== undefined && { off: { jobs: "finish" as const, ...shape.off } }),
      migProfile: shape.migProfile ?? null,
    },
  };
}

/** Labels of the nodes of a rung: its own, and of each rung that it stands in for. */
function capacityLabels(rung: Variant["rung"], before: Variant["before"]): Record<string, string> {
  if (rung === null) return {};
  const from = [...before, rung.kind].map((it) => [capacityFrom(it), "yes"] as const);
  return { [labels.capacity]: rung.kind, ...Object.fromEntries(from) };
}

interface Owners {
  readonly size: VmSize;
  readonly gpuStack: GpuStack;
  readonly osSku: string;
}

/** What all AKS pools of a GPU pool have in common. */
function agentPool(
  shape: z.output<typeof gpuPoolShape>,
  { size, gpuStack, osSku }: Owners,
): Omit<AgentPoolPlan["body"], "agentPoolName" | "nodeLabels" | "nodeTaints"> {
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
  };
}

/** Where the GPU operator owns the driver it divides the GPUs, too, as this label says. */
function migLabel(gpu: Gpu, gpuStack: GpuStack, migProfile: string | undefined): Record<string, string> {
  const layout = migProfile === undefined ? undefined : migConfig(gpu, migProfile);
  return gpuStackRows[gpuStack].mig === "gpuOperator" && layout !== undefined ? { [migConfigLabel]: layout } : {};
}
