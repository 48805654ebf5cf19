import { expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { onGpu, nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npOsSku: ResourceRule = {
  id: 92,
  name: "np-os-sku",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A GPU pool names an operating system that its size works with.",
  why: "The driver of a GPU is built for some systems only, and AKS's default moves with its versions.",
  remedy: "Set osSKU to one that docs/sizes.md lists for the size.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure/AKS#5388",
  check: (resource) =>
    nodePools(resource).flatMap((pool) =>
      onGpu(resource.inputs, `${pool}vmSize`, (_, { name, aks }) =>
        aks === null
          ? []
          : expectAt(
              resource.inputs,
              `${pool}osSKU`,
              oneOf(...aks.osSkus),
              `be one of ${aks.osSkus.join(", ")} on ${name}`,
            ),
      ),
    ),
};
