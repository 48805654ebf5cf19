import type { Expected } from "./expected";

/** A pool whose nodes are checked. */
export interface CheckedPool {
  /** Extended resources of a node, by name: all GPUs and adapters. */
  readonly devices: Readonly<Record<string, number>>;
  readonly expected: Expected;
}

/** What may be done about a node that worked and then fails, from nothing to the most. */
export const remedies = ["observe", "close", "drain"] as const;
type Remediate = (typeof remedies)[number];

/** What the controller is told, as JSON in its ConfigMap. */
export interface ControllerConfig {
  /** Namespace of the controller and of the pods that check. */
  readonly namespace: string;
  /** What the nodes of each pool must have and show, by key of the pool. */
  readonly pools: Readonly<Record<string, CheckedPool>>;
  /** What becomes of a node that worked and then fails: see the setting. */
  readonly remediate: Remediate;
  /** How much of a pool may be closed after it failed, in percent of its nodes; one node always may. */
  readonly maxClosedPercent: number;
  /** Minutes between two nodes of a pool that are closed, or emptied, because they failed. */
  readonly coolDownMinutes: number;
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

/** Container of such a pod that multiplies matrices before them, where the size has a floor for it. */
export const productsContainer = "products";

/** Container of such a pod that writes to other nodes afterwards, where the pool has InfiniBand and a floor for it. */
export const pairsContainer = "pairs";

/** ConfigMap with the tests between nodes, under the key `pairs`: those that the pods are to make, and what came of others. */
export const pairsName = "node-health-pairs";

/** TCP port on which the controller tells Prometheus what it knows. */
export const metricsPort = 8080;

/** Type of the condition by which a node says what its checks came to. */
export const conditionType = "GpuHealthy";
