import type { z } from "zod";
import { gpuStackRows } from "../../../catalog/gpu-stacks";
import { migConfig } from "../../../catalog/mig";
import { sizeHint } from "../../../catalog/size-hint";
import type { VmSize, VmSizes } from "../../../catalog/vm-size";
import { closestNames } from "../../../core/closest-names";
import type { Problems } from "../../../core/problems";
import { mostNodes } from "../agent-pool/plan";
import type { gpuPoolShape } from "./shape";

type Shape = z.output<typeof gpuPoolShape>;

/** The size of a pool, `undefined` when no pool can have it. */
export function findGpuSize(name: string, sizes: VmSizes, problems: Problems): VmSize | undefined {
  const size = sizes.get(name);
  if (size === undefined) {
    problems.require(false, "size", "must be a VM size of the catalogue (docs/sizes.md)", {
      got: name,
      remedy: sizeHint(name, sizes, (it) => it.gpu !== null),
    });
    return undefined;
  }
  const before = problems.list.length;
  problems.require(size.gpu !== null, "size", "must be a size with GPUs", {
    got: name,
    remedy: "Write it as a pool of cpuPools, or choose a size with GPUs (docs/sizes.md)",
  });
  problems.require(size.aks !== null, "size", "is not offered on AKS by this project; a bare scale set can use it", {
    got: name,
    remedy: "Move it to the section scaleSets, or choose another size (docs/sizes.md)",
  });
  problems.require(size.lifecycle.state !== "retired", "size", `is retired: ${size.lifecycle.note ?? ""}`, {
    got: name,
    remedy: "Choose another size (docs/sizes.md)",
  });
  return problems.list.length === before ? size : undefined;
}

/** Notes a problem for spare nodes and disks that make no sense, whatever the size. */
export function checkSparesAndDisk(shape: Shape, problems: Problems): void {
  const { spareNodes } = shape;
  const nodes = mostNodes(shape);
  const possible = Number.isInteger(spareNodes) && spareNodes >= 0 && spareNodes <= Math.max(0, nodes - 1);
  problems.require(possible, "spareNodes", `must be a whole number below the pool's nodes (${nodes})`, {
    got: spareNodes,
    remedy: nodes < 2 ? "Leave it out: there is no node to spare" : `Use 0 to ${Math.floor(nodes / 2)}`,
  });
  problems.require(
    !possible || spareNodes === 0 || spareNodes <= nodes / 2,
    "spareNodes",
    `must be at most half of the pool's nodes (${nodes}): a spare is paid and no job may use it`,
    { got: spareNodes, remedy: `Use ${Math.floor(nodes / 2)} or fewer` },
  );
  problems.requireWhole("osDiskGiB", shape.osDiskGiB, [128, 2048]);
}

/** Notes a problem for everything that the size does not allow. */
export function checkAgainstSize(shape: Shape, size: VmSize, problems: Problems): void {
  const { aks, infiniband: ib } = size;
  if (aks === null) return;
  const nodes = mostNodes(shape);
  const autoscaled = shape.nodes === undefined;
  const oneOf = (path: string, value: string | undefined, allowed: readonly string[], none: string): void => {
    if (value === undefined) return;
    const rule = allowed.length === 0 ? none : `must be one of ${allowed.join(", ")} for ${size.name}`;
    const [first] = closestNames(value, allowed, 1).concat(allowed);
    const remedy =
      first === undefined ? "Leave it out, or choose another size" : `Write ${first}, or choose another size`;
    problems.require(allowed.includes(value), path, rule, { got: value, remedy });
  };
  oneOf("gpuStack", shape.gpuStack, aks.gpuStacks, "");
  // What Ubuntu means depends on the Kubernetes version, so it is judged beside the cluster.
  oneOf("osSku", shape.osSku, ["Ubuntu", ...aks.osSkus.filter((it) => it !== "Ubuntu")], "");
  oneOf("migProfile", shape.migProfile, aks.migProfiles, `is not possible: AKS offers no MIG on ${size.name}`);

  problems.require(
    !autoscaled || aks.autoscale,
    "nodes",
    `must be given: ${size.name} pools have a fixed size, the autoscaler cannot add part of a rack`,
    { remedy: `Write nodes: ${size.infiniband?.rackNodes ?? nodes} in place of maxNodes` },
  );
  problems.require(
    !(autoscaled && shape.migProfile !== undefined),
    "migProfile",
    "needs a fixed pool (nodes): the autoscaler knows only whole GPUs",
    { got: shape.migProfile, remedy: `Write nodes: ${nodes} in place of minNodes and maxNodes` },
  );
  checkMigOwner(shape, size, problems);
  problems.require(
    !shape.ncclTopologyFile || size.nccl?.topology != null,
    "ncclTopologyFile",
    `is not possible: Azure publishes no such file for ${size.name}`,
    { got: true, remedy: "Leave it out, and NCCL looks at the node itself" },
  );
  if (shape.spot !== undefined) {
    const price = shape.spot.maxUsdPerHour;
    problems.require(
      aks.spot && ib === null,
      "spot",
      `is not possible with ${size.name}: one eviction stops a job on the whole InfiniBand domain`,
      { remedy: "Leave spot out, or choose a size without InfiniBand" },
    );
    problems.require(
      price === -1 || (price > 0 && Number(price.toFixed(5)) === price),
      "spot.maxUsdPerHour",
      "must be -1, or more than 0 with at most 5 decimals",
      { got: price, remedy: "Write -1, up to the usual price, or a price such as 12.5" },
    );
    problems.require(
      autoscaled,
      "spot",
      "needs an autoscaled pool (maxNodes): evicted nodes come back only through the autoscaler",
      { remedy: "Write maxNodes in place of nodes" },
    );
  }
  if (ib === null) {
    const remedy = "Leave it out, or choose a size with InfiniBand (docs/sizes.md)";
    problems.require(shape.memlock === undefined, "memlock", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.memlock,
      remedy,
    });
    problems.require(shape.domains === undefined, "domains", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.domains,
      remedy,
    });
    problems.require(shape.domainLimit === undefined, "domainLimit", `must be absent: ${size.name} has no InfiniBand`, {
      got: shape.domainLimit,
      remedy,
    });
    return;
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

/**
 * MIG is made by whoever owns the driver. AKS does it where it installs one, and only there; the GPU operator does it by the layouts
 * that it ships.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/gpu-multi-instance.md (2026-05-22), Azure/AgentBaker cse_main.sh
 */
function checkMigOwner({ gpuStack, migProfile }: Shape, { gpu, aks, name }: VmSize, problems: Problems): void {
  if (migProfile === undefined || gpu === null || aks?.migProfiles.includes(migProfile) !== true) return;
  const stack = gpuStack ?? aks.gpuStacks[0];
  const owner = stack === undefined ? null : gpuStackRows[stack].mig;
  const other = aks.gpuStacks.find((it) => gpuStackRows[it].mig === "aks");
  problems.require(
    owner === "aks" || (owner === "gpuOperator" && migConfig(gpu, migProfile) !== undefined),
    "migProfile",
    `is not possible with gpuStack ${stack ?? ""} on ${name}: nobody would divide its GPUs`,
    { got: migProfile, remedy: other === undefined ? undefined : `Use gpuStack ${other}` },
  );
}
