import type { z } from "zod";
import { closestHint } from "../../../core/closest-names";
import { limits } from "../../../catalog/limits";
import type { VmSize } from "../../../catalog/vm-size";
import { findVmSize, vmSizes } from "../../../catalog/vm-sizes";
import type { Problems } from "../../../core/problems";
import type { gpuPoolShape } from "./shape";

type Shape = z.output<typeof gpuPoolShape>;

/** The size of a pool, `undefined` when no pool can have it. */
export function findGpuSize(name: string, problems: Problems): VmSize | undefined {
  const size = findVmSize(name);
  if (size === undefined) {
    const names = [...vmSizes.values()].filter((it) => it.gpu !== null).map((it) => it.name);
    problems.require(false, "size", "must be a VM size of the catalogue (docs/sizes.md)", {
      got: name,
      remedy: closestHint(name, names, "CONTRIBUTING.md says how to add a size"),
    });
    return undefined;
  }
  const before = problems.list.length;
  problems.require(size.gpu !== null, "size", "must be a size with GPUs", { got: name });
  problems.require(size.aks !== null, "size", "is not offered on AKS by this project; a bare scale set can use it", {
    got: name,
  });
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: name,
  });
  return problems.list.length === before ? size : undefined;
}

/** Notes a problem for each count that makes no sense, whatever the size. */
export function checkNodeCounts(shape: Shape, problems: Problems): void {
  const { nodes, minNodes = 0, maxNodes, spareNodes } = shape;
  const most = limits.aksNodesPerPool.value;
  if (nodes !== undefined) {
    problems.require(
      shape.minNodes === undefined && maxNodes === undefined,
      "nodes",
      "must stand alone: a fixed pool has no minNodes or maxNodes",
      {
        got: nodes,
        remedy: "Remove nodes to autoscale, or minNodes and maxNodes for a fixed size",
      },
    );
    problems.requireWhole("nodes", nodes, [0, most]);
  } else {
    problems.require(maxNodes !== undefined, "maxNodes", "must be given, or nodes for a fixed size");
    if (maxNodes !== undefined) {
      problems.requireWhole("maxNodes", maxNodes, [1, most]);
      problems.require(
        isCount(minNodes, 0, maxNodes),
        "minNodes",
        `must be a whole number from 0 to maxNodes (${maxNodes})`,
        { got: minNodes },
      );
    }
  }
  const poolNodes = nodes ?? maxNodes ?? 0;
  problems.require(
    isCount(spareNodes, 0, Math.max(0, poolNodes - 1)),
    "spareNodes",
    `must be a whole number below the pool's nodes (${poolNodes})`,
    { got: spareNodes },
  );
  problems.requireWhole("osDiskGiB", shape.osDiskGiB, [128, 2048]);
}

/** Notes a problem for everything that the size does not allow. */
export function checkAgainstSize(shape: Shape, size: VmSize, problems: Problems): void {
  const { aks, infiniband: ib } = size;
  if (aks === null) return;
  const nodes = shape.nodes ?? shape.maxNodes ?? 0;
  const autoscaled = shape.nodes === undefined;
  const oneOf = (path: string, value: string | undefined, allowed: readonly string[], none: string): void => {
    if (value === undefined) return;
    const rule = allowed.length === 0 ? none : `must be one of ${allowed.join(", ")} for ${size.name}`;
    problems.require(allowed.includes(value), path, rule, { got: value });
  };
  oneOf("gpuStack", shape.gpuStack, aks.gpuStacks, "");
  oneOf("osSku", shape.osSku, aks.osSkus, "");
  oneOf("migProfile", shape.migProfile, aks.migProfiles, `is not possible: AKS offers no MIG on ${size.name}`);

  problems.require(
    !autoscaled || aks.autoscale,
    "nodes",
    `must be given: ${size.name} pools have a fixed size, the autoscaler cannot add part of a rack`,
  );
  problems.require(
    !(autoscaled && shape.migProfile !== undefined),
    "migProfile",
    "needs a fixed pool (nodes): the autoscaler knows only whole GPUs",
    { got: shape.migProfile },
  );
  if (shape.spot !== undefined) {
    const price = shape.spot.maxUsdPerHour;
    problems.require(
      aks.spot && ib === null,
      "spot",
      `is not possible with ${size.name}: one eviction stops a job on the whole InfiniBand domain`,
    );
    problems.require(
      price === -1 || (price > 0 && Number(price.toFixed(5)) === price),
      "spot.maxUsdPerHour",
      "must be -1, or more than 0 with at most 5 decimals",
      { got: price },
    );
    problems.require(
      autoscaled,
      "spot",
      "needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler",
    );
  }
  if (ib === null) {
    problems.require(shape.memlock === undefined, "memlock", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.memlock,
    });
    problems.require(shape.domains === undefined, "domains", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.domains,
    });
    problems.require(shape.domainLimit === undefined, "domainLimit", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.domainLimit,
    });
    return;
  }
  const direct = ib.gpuDirect.find(({ stack }) => stack === shape.gpuStack);
  if (direct?.mode === "dma-buf" && shape.osSku !== undefined && aks.osSkus.includes(shape.osSku)) {
    problems.require(
      direct.provenOn.includes(shape.osSku),
      "osSku",
      `must be ${direct.provenOn.join(" or ")} with gpuStack ${direct.stack}: elsewhere InfiniBand would copy through the host`,
      { got: shape.osSku },
    );
  }
  const limit = shape.domainLimit ?? ib.maxDomainNodes;
  problems.requireWhole("domainLimit", limit, [ib.maxDomainNodes, ib.maxDomainNodesOnRequest]);
  problems.require(
    nodes <= limit,
    autoscaled ? "maxNodes" : "nodes",
    `must be at most ${limit}: one InfiniBand domain is one scale set, and a larger one splits the fabric`,
    {
      got: nodes,
      remedy: `Use more domains, or set domainLimit (up to ${ib.maxDomainNodesOnRequest}) once Azure support has raised it`,
    },
  );
  if (ib.rackNodes !== null) {
    problems.require(nodes === ib.rackNodes, "nodes", `must be ${ib.rackNodes}: one pool is one rack`, {
      got: nodes,
      remedy: "Use domains for more racks",
    });
  }
}

function isCount(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
