import type { z } from "zod";
import { ephemeralOsDiskGiB } from "../../../catalog/ephemeral-os-disk";
import { limits } from "../../../catalog/limits";
import type { Place } from "../../../catalog/place";
import { labels } from "../../../catalog/scheduling";
import { sizeTags } from "../../../catalog/size-tags";
import type { VmSize } from "../../../catalog/vm-size";
import { Problems } from "../../../core/problems";
import { readShape } from "../../../core/shape";
import { checkCounts } from "../agent-pool/check-counts";
import { checkSoftware } from "../agent-pool/check-software";
import { checkNodeSettings, nodeSettingsBody, nodeSettingsNotes } from "../agent-pool/node-settings";
import { commonBody, securityProfileOf } from "../agent-pool/common-body";
import { heldNotes } from "../agent-pool/notes";
import { type AgentPoolPlan, countsOf, ignoredChanges, mostNodes, type PoolPlan } from "../agent-pool/plan";
import { surgeNodes, upgradeWithSurge } from "../agent-pool/upgrade";
import { checkNodes, findCpuSize } from "./check-pool";
import type { CpuPoolRef } from "./cpu-pool-ref";
import { cpuPoolShape, type CpuPoolShape } from "./shape";

/** A checked pool without GPUs: what to ask of Azure, and what the rest of the environment must know of it. */
export interface CpuPoolPlan extends PoolPlan {
  readonly section: "cpuPools";
  readonly ref: CpuPoolRef;
}

/**
 * All decisions of one pool.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planCpuPool(key: string, given: CpuPoolShape, place: Place): CpuPoolPlan {
  const subject = `CPU pool '${key}'`;
  const shape = readShape(cpuPoolShape, given, subject);
  const problems = new Problems();
  const size = findCpuSize(shape.size, place.sizes, problems);
  problems.require(limits.aksPoolName.pattern.test(key), "name", limits.aksPoolName.rule, { got: key });
  checkCounts(shape, problems);
  checkSoftware(shape, place.today, problems);
  checkNodeSettings(shape, size, problems);
  if (size !== undefined) checkNodes(shape, size, place, problems);
  problems.throwIfAny(subject);
  if (size === undefined) throw new Error(`${subject}: the checks let an unknown size pass`);

  const { osSku } = shape;
  const maxNodes = mostNodes(shape);
  return {
    section: "cpuPools",
    key,
    size,
    osSku,
    kubernetesVersion: shape.kubernetesVersion ?? null,
    held: shape.nodeImageSnapshotId !== undefined,
    today: place.today,
    maxNodes,
    infiniband: false,
    subnets: [{ role: "nodes", addresses: maxNodes + surgeNodes(maxNodes), what: "AKS nodes" }],
    domainLimit: null,
    notes: [...heldNotes(shape.nodeImageSnapshotId), ...nodeSettingsNotes(shape)],
    agentPools: [
      {
        name: key,
        body: agentPool(key, shape, size, osSku, shape.zones ?? place.zones),
        tags: sizeTags(size),
        ignoreChanges: ignoredChanges(shape),
      },
    ],
    ref: {
      key,
      size: size.name,
      ...(size.declared !== undefined && { figures: size.declared }),
      architecture: size.architecture,
      maxNodes,
    },
  };
}

function agentPool(
  key: string,
  shape: z.output<typeof cpuPoolShape>,
  size: VmSize,
  osSku: string,
  zones: readonly string[],
): AgentPoolPlan["body"] {
  const { osDiskGiB, nodeImageSnapshotId: snapshot } = shape;
  const local = ephemeralOsDiskGiB(size) >= osDiskGiB;
  return {
    ...commonBody,
    agentPoolName: key,
    mode: "User",
    vmSize: size.name,
    osSKU: osSku,
    ...countsOf(shape),
    // Nothing on these nodes needs the local disk more than the image and the containers do.
    osDiskType: local ? "Ephemeral" : "Managed",
    osDiskSizeGB: osDiskGiB,
    securityProfile: securityProfileOf(size),
    ...(zones.length > 0 && { availabilityZones: [...zones] }),
    ...(snapshot !== undefined && { creationData: { sourceResourceId: snapshot } }),
    nodeLabels: { [labels.pool]: key },
    ...nodeSettingsBody(shape),
    upgradeSettings: upgradeWithSurge,
  };
}
