import type { NodeGroup } from "./node-groups";

/** Nodes that reach each other over InfiniBand, and the largest job that fits. */
export interface InfiniBandDomain {
  readonly name: string;
  readonly size: string;
  readonly nodes: number;
  readonly gpus: number;
  /** Adapters and rate of a node, for example `8 x 400 Gb/s`. */
  readonly link: string;
  /** Whole nodes that a job can use: spares are left out. */
  readonly largestJobNodes: number;
  readonly largestJobGpus: number;
}

/** One domain for each pool or scale set with InfiniBand: no job spans two, however many GPUs are bought. */
export function infinibandDomains(groups: readonly NodeGroup[]): InfiniBandDomain[] {
  return groups.flatMap(({ infinibandDomain, size, maxNodes, spareNodes }) => {
    if (infinibandDomain === null || size.infiniband === null) return [];
    const gpusPerNode = size.gpu?.count ?? 0;
    const { hcas, gbitsPerSecondPerHca } = size.infiniband;
    return [
      {
        name: infinibandDomain,
        size: size.name,
        nodes: maxNodes,
        gpus: maxNodes * gpusPerNode,
        link: `${hcas} x ${gbitsPerSecondPerHca} Gb/s`,
        largestJobNodes: maxNodes - spareNodes,
        largestJobGpus: (maxNodes - spareNodes) * gpusPerNode,
      },
    ];
  });
}
