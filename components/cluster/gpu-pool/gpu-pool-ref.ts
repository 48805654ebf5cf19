import { z } from "zod";
import { capacityKinds } from "../../../catalog/capacity";
import { declaredFigures } from "../../../catalog/declared-figures";
import { rdmaModes } from "../../../catalog/gpu-stacks";
import { memlockModes } from "../../../catalog/memlock";
import { gpuStacks } from "../../../catalog/vm-size";
import { offShape } from "./off-shape";

/** A GPU pool as teams and add-ons know it: all of it is plain, because it decides what exists. */
export const gpuPoolRef = z.object({
  /** Key in the stack file; teams name it, and nodes carry it as the label `azure-gpu-cluster/pool`. */
  key: z.string(),
  /** Azure VM size of the nodes. */
  size: z.string(),
  /** Figures of that size, where the catalogue does not have it. */
  figures: declaredFigures.exactOptional(),
  /** Owner of GPU driver and fabric. */
  gpuStack: z.enum(gpuStacks),
  /** How its pods get to lock memory for RDMA, null without InfiniBand. */
  memlock: z.enum(memlockModes).nullable(),
  /** Extended resource by which its pods ask for InfiniBand adapters, null without InfiniBand. */
  rdmaResource: z.string().nullable(),
  /** How its pods get adapters; absent: a device plugin counts them. */
  rdma: z.enum(rdmaModes).exactOptional(),
  /** Whether its pods get the file that tells NCCL how a node is wired; absent: they do not. */
  ncclTopologyFile: z.boolean().exactOptional(),
  /** Names of its AKS pools: with InfiniBand its domains. */
  nodePools: z.array(z.string()),
  /** Most nodes of all its AKS pools together. */
  maxNodes: z.int(),
  /** Nodes of all its AKS pools together that are held back for repairs: no shares of teams. */
  spareNodes: z.int(),
  /** There where an autoscaler makes its nodes as pods need them, up to `maxNodes`. */
  autoscaled: z.literal(true).exactOptional(),
  /** There where some of its nodes are Spot ones, which jobs must let evict them. */
  spot: z.literal(true).exactOptional(),
  /** Ways to get its nodes, the best first; absent where there is one. */
  rungs: z
    .array(
      z.object({
        /** Which way it is. */
        kind: z.enum(capacityKinds),
        /** Nodes of its AKS pool at most. */
        maxNodes: z.int(),
        /** There where an autoscaler makes them. */
        autoscaled: z.literal(true).exactOptional(),
      }),
    )
    .exactOptional(),
  /** Hours in which it has no nodes; absent: none. */
  off: z
    .object({
      ...offShape.shape,
      /** Whether jobs that run when it begins are let finish, or stop. */
      jobs: z.enum(["finish", "stop"]),
    })
    .exactOptional(),
  /** MIG profile, null while GPUs are whole. */
  migProfile: z.string().nullable(),
  /** What Kubernetes counts on a node: GPUs, or instances of the MIG profile. */
  gpusPerNode: z.int(),
});
export type GpuPoolRef = Readonly<z.output<typeof gpuPoolRef>>;
