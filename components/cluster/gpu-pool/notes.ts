import type { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { fittingImages } from "../../../catalog/node-images";
import type { GpuStack, NodeImages, VmSize } from "../../../catalog/vm-size";
import { nodeSettingsNotes } from "../agent-pool/node-settings";
import { heldNotes } from "../agent-pool/notes";
import type { gpuPoolShape } from "./shape";

/** What a person should know of a GPU pool before `up`. */
export function notesOf(
  shape: z.output<typeof gpuPoolShape>,
  gpuStack: GpuStack,
  { infiniband, nvme, aks }: VmSize,
): string[] {
  const fromZero = shape.nodes === undefined && (shape.minNodes ?? 0) === 0;
  const byTag = fromZero && (infiniband !== null || gpuStackRows[gpuStack].fromZero === "tags");
  return [
    ...heldNotes(shape.nodeImageSnapshotId),
    ...nodeSettingsNotes(shape),
    ...(byTag
      ? [
          `while it is empty it grows for RDMA or AMD GPUs only if AKS heeds its autoscaler tags, which is not proven; ${shape.off === undefined ? "" : "it may not come back from off, and without off "}minNodes: 1 is sure`,
        ]
      : []),
    // The tags of a pool can name resources and no storage. Source: kubernetes/autoscaler azure_template.go
    ...(fromZero && nvme !== null
      ? [
          "while it is empty a pod that wants a scratch volume may not make it grow: the autoscaler knows no local disks",
        ]
      : []),
    ...imageNotes(aks?.nodeImages ?? null),
    // Only training teams get adapters, and they take whole GPUs.
    ...(shape.migProfile !== undefined && infiniband !== null
      ? [
          `its ${infiniband.hcas} InfiniBand adapters lie idle: only training teams get them, on whole GPUs, and ${shape.migProfile} divides these`,
        ]
      : []),
  ];
}

function imageNotes(images: NodeImages | null): string[] {
  return images === null
    ? []
    : [`its GPU needs node image ${fittingImages(images)}: an older pool wants renewed nodes`];
}
