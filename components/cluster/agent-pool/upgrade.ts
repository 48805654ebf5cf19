import type { AgentPoolPlan } from "./plan";

type UpgradeSettings = NonNullable<AgentPoolPlan["body"]["upgradeSettings"]>;

/** Minutes of one upgrade: how long jobs may take to leave a node, to renew it and start its driver, and the whole pool. */
const minutes = { drain: 60, renew: 20, pool: 480 } as const;

/**
 * Nodes of a pool that are upgraded at once, in percent. If every node takes its longest, the whole pool goes in as many rounds as
 * fit into the timeout: 6 rounds of 80 minutes are 8 hours, so 17 % at once, of 100 nodes as of 2. AKS rounds the nodes up.
 * Source: MicrosoftDocs/azure-aks-docs:articles/aks/upgrade-aks-node-pools-rolling.md (2026-05-29). That a GPU node is back in 20
 * minutes is our estimate.
 */
const percentAtOnce = Math.ceil(100 / Math.floor(minutes.pool / (minutes.drain + minutes.renew)));

/** Without nodes beside the others: they need quota and capacity that a GPU pool rarely has, and the upgrade would wait for them. */
export const upgradeInPlace = {
  maxSurge: "0",
  maxUnavailable: `${percentAtOnce}%`,
  drainTimeoutInMinutes: minutes.drain,
  undrainableNodeBehavior: "Cordon",
} as const satisfies UpgradeSettings;

/** With a third more nodes for the time of the upgrade, as Azure recommends for production. Source: as above. */
export const upgradeWithSurge = {
  maxSurge: "33%",
  drainTimeoutInMinutes: 30,
  undrainableNodeBehavior: "Cordon",
} as const satisfies UpgradeSettings;

/** With one node more for the time, for a few nodes. One that cannot be drained stays, cordoned, and does not stop the others. */
export const upgradeOneByOne = { ...upgradeWithSurge, maxSurge: "1" } as const satisfies UpgradeSettings;

/** Nodes that stand beside the others while a pool is upgraded with surge. */
export function surgeNodes(nodes: number): number {
  return Math.ceil((nodes * Number.parseInt(upgradeWithSurge.maxSurge, 10)) / 100);
}

/** Minutes in which an upgraded GPU node is back, when nothing had to leave it. Our estimate. */
export const renewMinutes = minutes.renew;

/** How long Pulumi waits. Large GPU pools are slow to allocate and slow to drain. */
export const poolTimeouts = { create: "90m", update: `${minutes.pool}m`, delete: "60m" } as const;
