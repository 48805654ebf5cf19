import { violation } from "../../engine/expect";
import { locate } from "../../../core/property-tree";
import { levels, type ResourceRule } from "../../engine/rule";
import { sizeAt, sizePath, sizePaths } from "../../engine/sizes";

export const sizeInCatalogue: ResourceRule = {
  id: 244,
  name: "size-in-catalogue",
  area: "gpu",
  kind: "resource",
  types: [...sizePaths.keys()],
  title: "The figures of a VM size come from the catalogue, with sources, and not from whoever declares them.",
  why: "Quota, cost, shares of teams and the rules about GPUs and InfiniBand follow from figures that nobody has checked.",
  remedy: "Compare them with `az vm list-skus`, and add the size to the catalogue (catalog/README.md).",
  severity: "low",
  levels: levels.advised,
  source: "ours: a declared size is judged by what its tags say",
  check: ({ type, inputs }) =>
    locate(inputs, sizePath(type)).flatMap(({ path, value }) =>
      sizeAt(inputs, path)?.declared === undefined ? [] : [violation(path, value, "be a size of the catalogue")],
    ),
};
