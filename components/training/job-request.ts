import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";

/** What of a GPU pool decides how a job runs on it. */
export type JobPool = Pick<
  GpuPoolRef,
  | "key"
  | "size"
  | "figures"
  | "gpuStack"
  | "memlock"
  | "rdmaResource"
  | "rdma"
  | "ncclTopologyFile"
  | "gpusPerNode"
  | "nodePools"
  | "maxNodes"
  | "spareNodes"
  | "migProfile"
>;

/** A job on whole nodes, as plain data: what its objects are made from. */
export interface JobRequest {
  /** Name of the job, and of what is made for it: 1 to 40 lowercase letters, digits or hyphens. */
  readonly name: string;
  /** The team's namespace, `train-<team>`. */
  readonly namespace: string;
  /** Name of the team. */
  readonly team: string;
  /** How its program is started on all nodes: a key of `runtimes`. */
  readonly runtime: string;
  /** Pool of the team. */
  readonly pool: JobPool;
  /** Whole nodes that the program runs on, with InfiniBand all of one domain. */
  readonly nodes: number;
  /** Image with the program, or with what runs its files. */
  readonly image: string;
  /**
   * Program and arguments. With `torch-ib` one process for each GPU, with MPI one for each slot, else one for each node. Files of the
   * job lie in `/job`.
   */
  readonly command: readonly string[];
  /** Variables of the program, beside those of the pool's fabric and of the runtime. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Files by name, 1 MiB together, that the job finds in `/job`: the script that was written a minute ago. @default none */
  readonly files?: Readonly<Record<string, string>>;
  /** Where claims of the namespace are mounted, by the claim's name. @default none */
  readonly volumes?: Readonly<Record<string, string>>;
  /**
   * Secrets of the team's, by name, that the program finds as files: `/mnt/secrets-store/NAME/NAME`. They are read as `serviceAccount`.
   * @default none
   */
  readonly secrets?: readonly string[];
  /** Account of the namespace that pods run as. @default the one that every namespace has, which no identity trusts */
  readonly serviceAccount?: string;
  /** Class by which the queue sorts, `production` or `idle`. @default an everyday job */
  readonly priorityClass?: string;
  /**
   * How often the job starts anew after it failed. It then goes on from what the program saved. A lost node alone is no failure, nor is a
   * job that the queue stops. @default 10
   */
  readonly maxRestarts?: number;
  /**
   * Nodes that the job holds beside `nodes`, and that stand in for lost ones at once. They are the team's for as long as it runs.
   * @default 0: a lost node's place is taken by the next free node of the domain
   */
  readonly spareNodes?: number;
  /** Claim for what the program saves, and where it is mounted: the program finds the path in `CHECKPOINT_DIR`. @default none */
  readonly checkpoint?: { readonly claim: string; readonly path: string };
}
