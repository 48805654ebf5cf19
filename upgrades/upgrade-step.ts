/** A change of one line of a stack file: the value at a path of sections, `null` to take the line away. */
export interface FileEdit {
  /** Name of the stack whose file it is. */
  readonly stack: string;
  readonly path: readonly string[];
  readonly value: string | null;
}

/** Nodes that are emptied, one part after the other. */
export interface Drain {
  readonly nodes: number;
  readonly gpus: number;
  /** Nodes that stand beside the others meanwhile, and vCPUs of quota that they take, null where nobody knows the size. */
  readonly surgeNodes: number;
  readonly surgeVcpus: number | null;
}

/** How to get back what was there before a step. */
export interface WayBack {
  readonly edits: readonly FileEdit[];
  readonly commands: readonly string[];
  /** How long it is open, or why there is none. */
  readonly until: string;
}

/** One step of an upgrade. All of them are done in order, and none begins before the gate of the one before it. */
export interface UpgradeStep {
  readonly kind: "control-plane" | "system-pool" | "operators" | "pool";
  readonly title: string;
  /** Pool of the stack file that it is about. */
  readonly pool?: string;
  readonly canary?: true;
  readonly edits: readonly FileEdit[];
  /** Stacks that are brought up to their files, in order. None where Azure is told by hand. */
  readonly up: readonly string[];
  readonly commands: readonly string[];
  readonly drain: Drain | null;
  readonly minutes: { readonly least: number; readonly most: number };
  /** USD of surge nodes and of GPUs that stand idle, if it takes the most minutes; null where a price is not known. */
  readonly usd: number | null;
  readonly back: WayBack;
  /** Whether `npm run verify` has to pass before the next step. */
  readonly gate: boolean;
}
