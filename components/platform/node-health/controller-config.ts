import type { Expected } from "./expected";

/** A pool whose nodes are checked. */
export interface CheckedPool {
  /** Extended resources of a node, by name: all GPUs and adapters. */
  readonly devices: Readonly<Record<string, number>>;
  readonly expected: Expected;
}

/** What the controller is told, as JSON in its ConfigMap. */
export interface ControllerConfig {
  /** Namespace of the controller and of the pods that check. */
  readonly namespace: string;
  /** What the nodes of each pool must have and show, by key of the pool. */
  readonly pools: Readonly<Record<string, CheckedPool>>;
  /** What becomes of a node that worked and then fails: `observe` says it, `close` also lets no new pods onto it. */
  readonly remediate: "observe" | "close";
  /** How much of a pool may be closed after it failed, in percent of its nodes; one node always may. */
  readonly maxClosedPercent: number;
  /** Hours after which an idle node that passed is checked again. */
  readonly recheckHours: number;
  /** Hours after which a node that did not pass is checked again. */
  readonly retryHours: number;
  /** Minutes that checks may take from the moment that they are due: a new node gets its driver and the image first. */
  readonly deadlineMinutes: number;
}

/** Label of the pods that check, under `app`. */
export const checksApp = "node-checks";

/** Container of such a pod that runs the checks. */
export const checksContainer = "checks";

/** Type of the condition by which a node says what its checks came to. */
export const conditionType = "GpuHealthy";
