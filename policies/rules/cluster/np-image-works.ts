import { fittingImages, parseNodeImage, worksWith } from "../../../catalog/node-images";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { about, isText, violation } from "../../engine/expect";
import { levels, type StackRule } from "../../engine/rule";
import { nodePools, sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npImageWorks: StackRule = {
  id: 243,
  name: "np-image-works",
  area: "cluster",
  kind: "stack",
  types: [types.nodePool, types.cluster],
  title: "The GPUs of a pool work with its node image.",
  why: "Host drivers of Azure move, and a node whose image is too old has a GPU that nobody can use.",
  remedy: "Drain the pool and run az aks nodepool upgrade --node-image-only; then pulumi refresh.",
  severity: "high",
  levels: levels.advised,
  source: "Azure/AKS#5875, and the release of 2026-07-17",
  check: (resources) =>
    resources.flatMap((resource) =>
      nodePools(resource).flatMap((pool) => {
        const path = `${pool}nodeImageVersion`;
        const version = read(resource.inputs, path);
        const images = sizeAt(resource.inputs, `${pool}vmSize`)?.aks?.nodeImages;
        const image = isText(version) && !isUnknown(version) ? parseNodeImage(version) : undefined;
        if (images == null || image === undefined || worksWith(image, images)) return [];
        return about(resource, [violation(path, version, `be ${fittingImages(images)}`)]);
      }),
    ),
};
