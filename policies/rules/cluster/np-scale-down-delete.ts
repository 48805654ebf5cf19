import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu, nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npScaleDownDelete: ResourceRule = {
  id: 99,
  name: "np-scale-down-delete",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool that shrinks deletes its nodes.",
  why: "A deallocated node keeps no place: Azure may not start it again, and its disks bill on.",
  remedy: "Remove scaleDownMode, or set it to Delete.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure/AKS#5589",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, () =>
        expectAt(resource.inputs, `${pool}scaleDownMode`, absentOr(oneOf("Delete")), "be absent or Delete"),
      ),
    ),
};
