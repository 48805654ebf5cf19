import { isOldImage, oldestNodeImageDays, parseNodeImage } from "../../../catalog/node-images";
import { isUnknown } from "../../../core/property-marks";
import { read } from "../../../core/property-tree";
import { about, isText, violation } from "../../engine/expect";
import { levels, type StackRule } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";

export const npImageAge: StackRule = {
  id: 242,
  name: "np-image-age",
  area: "cluster",
  // Azure says which image runs, so it is in what was made and never in what is asked for: rules about a stack see both.
  kind: "stack",
  types: [types.nodePool, types.cluster],
  title: `The node image of a pool has fixes of the last ${oldestNodeImageDays} days.`,
  why: "Where no channel renews nodes, or a snapshot holds them, they have every hole that was found since.",
  remedy: "Drain a pool at a time and run az aks nodepool upgrade --node-image-only; then pulumi refresh.",
  severity: "medium",
  levels: levels.advised,
  source: "ours; MicrosoftDocs/azure-aks-docs:articles/aks/node-images.md (2026-08-21) asks for current ones",
  check: (resources, { today }) =>
    resources.flatMap((resource) =>
      nodePools(resource).flatMap((pool) => {
        const path = `${pool}nodeImageVersion`;
        const version = read(resource.inputs, path);
        const image = isText(version) && !isUnknown(version) ? parseNodeImage(version) : undefined;
        return image === undefined || !isOldImage(image, today)
          ? []
          : about(resource, [
              violation(path, version, `have fixes of the last ${oldestNodeImageDays} days on ${today}`),
            ]);
      }),
    ),
};
