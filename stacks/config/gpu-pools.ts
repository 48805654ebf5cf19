import { z } from "zod";
import { gpuStacks } from "../../catalog/vm-size";

/** GPU pools of the AKS cluster, by key. */
export const gpuPoolsSection = z
  .record(
    z.string().regex(/^[a-z][a-z0-9]{0,8}$/, "must be 1 to 9 lowercase letters or digits and start with a letter"),
    z.strictObject({
      size: z.string().describe("Azure VM size with GPUs (docs/sizes.md). Changing it replaces the pool."),
      domains: z
        .int()
        .min(1, "must be a whole number from 1")
        .max(99, "must be a whole number up to 99")
        .exactOptional()
        .describe("InfiniBand domains: one AKS pool each, all alike. A job never spans two. Default: 1."),
      nodes: z.int().exactOptional().describe("Nodes of each domain, fixed. Either this, or minNodes and maxNodes."),
      minNodes: z.int().exactOptional().describe("Nodes of each domain kept when idle. Default: 0."),
      maxNodes: z.int().exactOptional().describe("Nodes of each domain at most."),
      spareNodes: z
        .int()
        .exactOptional()
        .describe("Nodes of each domain held back for repairs: paid, not in the largest job. Default: 0."),
      gpuStack: z
        .enum(gpuStacks)
        .exactOptional()
        .describe("Owner of GPU driver and fabric. Default: what the catalogue prefers for the size."),
      osSku: z.string().exactOptional().describe("Node image family. Default: what the catalogue prefers."),
      osDiskGiB: z.int().exactOptional().describe("128 to 2048. Default: 512."),
      zone: z.string().exactOptional().describe('In quotes: "1". Each constraint costs capacity. Default: none.'),
      migProfile: z.string().exactOptional().describe("For example MIG1g. Needs a fixed pool. Default: whole GPUs."),
      spot: z
        .strictObject({ maxUsdPerHour: z.number().describe("-1: up to the on-demand price.") })
        .exactOptional()
        .describe("Spot priority: cheap, evicted with 30 s notice. Not with InfiniBand, not in prod."),
      domainLimit: z.int().exactOptional().describe("Nodes that Azure support allows in one domain. Default: 100."),
    }),
  )
  .describe("GPU pools of the AKS cluster, by key. A pool with InfiniBand becomes one AKS pool for each domain.");
