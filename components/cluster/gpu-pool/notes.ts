import type { z } from "zod";
import { fittingImages } from "../../../catalog/node-images";
import type { NodeImages, VmSize } from "../../../catalog/vm-size";
import { heldNotes } from "../agent-pool/notes";
import type { gpuPoolShape } from "./shape";

/** What a person should know of a GPU pool before `up`. */
export function notesOf(shape: z.output<typeof gpuPoolShape>, { gpu, infiniband, nvme, aks }: VmSize): string[] {
  const fromZero = shape.nodes === undefined && (shape.minNodes ?? 0) === 0;
  const byTag = fromZero && (infiniband !== null || gpu?.vendor === "amd");
  return [
    ...heldNotes(shape.nodeImageSnapshotId),
    ...(byTag
      ? [
          "while it is empty it grows for RDMA or AMD GPUs only if AKS heeds its autoscaler tags, which is not proven; minNodes: 1 is sure",
        ]
      : []),
    // The tags of a pool can name resources and no storage. Source: kubernetes/autoscaler azure_template.go
    ...(fromZero && nvme !== null
      ? [
          "while it is empty a pod that wants a scratch volume may not make it grow: the autoscaler knows no local disks",
        ]
      : []),
    ...imageNotes(aks?.nodeImages ?? null),
  ];
}

function imageNotes(images: NodeImages | null): string[] {
  return images === null
    ? []
    : [`its GPU needs node image ${fittingImages(images)}: an older pool wants renewed nodes`];
}
