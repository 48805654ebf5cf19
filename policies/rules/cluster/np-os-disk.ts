import { absentOr, expectAt, isCount, oneOf, violation } from "../../engine/expect";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { onSize, nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";
import { read } from "../../../core/property-tree";
import { ephemeralOsDiskGiB } from "../../../catalog/ephemeral-os-disk";

export const npOsDisk: ResourceRule = {
  id: 84,
  name: "np-os-disk",
  area: "cluster",
  kind: "resource",
  types: [types.nodePool, types.cluster],
  title: "A pool says where its OS disk is, and an ephemeral one fits its size.",
  why: "Left out, AKS decides by the size: the same pool on another size has other disks, or Azure refuses it late.",
  remedy: "Set osDiskType to Managed, or to Ephemeral with an osDiskSizeGB that the local disk of the size holds.",
  severity: "medium",
  levels: levels.mandatoryInProd,
  source: "PSRule AZR-000287; CKV_AZURE_226; Azure/AKS#2694",
  check: (resource) =>
    nodePools(resource).flatMap((pool) => [
      ...expectAt(resource.inputs, `${pool}osDiskType`, oneOf("Managed", "Ephemeral"), "be Managed or Ephemeral"),
      ...judgeEphemeral(resource.inputs, pool),
    ]),
};

function judgeEphemeral(inputs: unknown, pool: string): readonly Outcome[] {
  if (read(inputs, `${pool}osDiskType`) !== "Ephemeral") return [];
  return onSize(inputs, `${pool}vmSize`, (size) => {
    const most = ephemeralOsDiskGiB(size);
    if (!size.ephemeralOsDisk) return [violation(`${pool}osDiskType`, "Ephemeral", `be Managed on ${size.name}`)];
    // A cache disk may hold one all the same, and no source of the catalogue gives its size.
    return most === 0
      ? []
      : expectAt(
          inputs,
          `${pool}osDiskSizeGB`,
          absentOr((it) => isCount(it, 0, most)),
          `be at most ${most}, which ${size.name} has room for`,
        );
  });
}
