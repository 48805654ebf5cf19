/** What the first boot of a node has to set up, as far as a plan knows it. */
export interface NodeSetup {
  /** Start of the names of all nodes of the scale set, `slurm-`. */
  readonly namePrefix: string;
  /** Where local NVMe disks are striped and mounted, `null` to leave them raw. */
  readonly scratchPath: string | null;
  /** GPUs that the node must show to count as healthy. */
  readonly gpus: number;
  readonly gpuVendor: "nvidia" | "amd" | null;
  /** InfiniBand ports that must be active to count as healthy. */
  readonly infinibandPorts: number;
  /** Port on which the health service answers, on the node itself only. */
  readonly healthPort: number;
  /** Variables of every login, which programs on GPUs and adapters read: what the image does not set by itself. */
  readonly environment: Readonly<Record<string, string>>;
}
