import type { Logins } from "../login-files";
import type { NodeSettings } from "./node-settings";

/** What the first boot of a node has to set up, as far as a plan knows it. */
export interface NodeSetup extends Logins {
  /** Where local NVMe disks are striped and mounted, `null` to leave them raw. */
  readonly scratchPath: string | null;
  /** GPUs that the node must show to count as healthy. */
  readonly gpus: number;
  readonly gpuVendor: "nvidia" | "amd" | null;
  /** InfiniBand ports that must be active to count as healthy. */
  readonly infinibandPorts: number;
  /** Port on which the health service answers, on the node itself only. */
  readonly healthPort: number;
  /** Settings of kernel and memory. Absent: as the image has them. */
  readonly settings?: NodeSettings;
}
