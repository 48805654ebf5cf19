import type { z } from "zod";
import { checkOffer, checkZone } from "../../../catalog/offer";
import type { Place } from "../../../catalog/place";
import { sizeHint } from "../../../catalog/size-hint";
import type { VmSize, VmSizes } from "../../../catalog/vm-size";
import type { Problems } from "../../../core/problems";
import type { cpuPoolShape } from "./shape";

type Shape = z.output<typeof cpuPoolShape>;

/** The size of a pool, `undefined` when no pool without GPUs can have it. */
export function findCpuSize(name: string, sizes: VmSizes, problems: Problems): VmSize | undefined {
  const size = sizes.get(name);
  if (size?.category === "general" && size.aks !== null && size.lifecycle.state !== "retired") return size;
  if (size?.category === "hpc") {
    // Its pools would need all that GPU pools have for the fabric: domains, their limit, spare nodes, locked memory.
    problems.require(false, "size", "is an HPC size, which this project runs in scale sets and not on AKS", {
      got: name,
      remedy: "Use scaleSets",
    });
    return undefined;
  }
  if (size !== undefined && size.gpu !== null) {
    problems.require(false, "size", "must be a size without GPUs", { got: name, remedy: "Use gpuPools" });
    return undefined;
  }
  problems.require(false, "size", "must be a general-purpose size of the catalogue (docs/sizes.md)", {
    got: name,
    remedy: sizeHint(name, sizes, (it) => it.category === "general" && it.aks !== null),
  });
  return undefined;
}

/** Notes a problem for everything that the size or the region does not allow. */
export function checkNodes(shape: Shape, size: VmSize, place: Place, problems: Problems): void {
  checkOffer(size, undefined, place, problems);
  const osSkus = size.aks?.osSkus ?? [];
  problems.require(osSkus.includes(shape.osSku), "osSku", `must be one of ${osSkus.join(", ")} for ${size.name}`, {
    got: shape.osSku,
    remedy: `Write ${osSkus[0] ?? "another size"}`,
  });
  problems.requireWhole("osDiskGiB", shape.osDiskGiB, [64, 2048]);
  problems.require(
    shape.nodes !== undefined || size.architecture === "x64" || (shape.minNodes ?? 0) > 0,
    "minNodes",
    `must be at least 1: ${size.name} has Arm processors, and the autoscaler takes every empty pool for x64`,
    // Source: kubernetes/autoscaler:cluster-autoscaler/cloudprovider/azure/azure_template.go (buildGenericLabels)
    { got: shape.minNodes ?? 0, remedy: "Use 1, or a fixed number of nodes" },
  );
  (shape.zones ?? []).forEach((zone, at, all) => {
    checkZone(zone, `zones[${at}]`, place, problems);
    problems.require(all.indexOf(zone) === at, `zones[${at}]`, "must name each zone once", {
      got: zone,
      remedy: "Remove the second",
    });
  });
  problems.require(shape.zones?.length !== 0, "zones", "must name a zone", {
    remedy: "Leave it out for all zones of the region",
  });
}
