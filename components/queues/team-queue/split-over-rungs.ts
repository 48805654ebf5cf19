import { flavorName, mayGrow } from "../../../catalog/capacity";
import type { QueuedPool } from "./plan";

/** What of a pool is a team's, in GPUs. */
interface Share {
  readonly gpus: number;
  readonly borrow: number;
  /** `undefined`: all of its own. */
  readonly lend: number | undefined;
  /** GPUs that shares of other teams take before. */
  readonly ahead: number;
}

/** What of one flavor is a team's, in GPUs. */
interface FlavorShare extends Omit<Share, "ahead"> {
  readonly flavor: string;
  /** Whether nodes for it may have to be made. */
  readonly grows: boolean;
}

/**
 * Splits a team's share of a pool over its flavors. The nodes of a ladder stand in a row, best first, and teams take their shares from it
 * one behind the other: so no rung is given away twice, and the reserved one first. What a team does not lend it keeps of its best. Of each
 * rung it may borrow the whole amount; the quota of its namespace holds the sum.
 */
export function splitOverRungs({ gpus, borrow, lend, ahead }: Share, pool: QueuedPool): FlavorShare[] {
  const { rungs } = pool;
  if (rungs === undefined) {
    return [{ flavor: flavorName(pool.key, null), grows: pool.autoscaled === true, gpus, borrow, lend }];
  }
  let start = 0;
  let [open, kept] = [gpus, lend === undefined ? 0 : gpus - lend];
  return rungs.map(({ kind, maxNodes }, at) => {
    const all = maxNodes * pool.gpusPerNode;
    const end = start + all;
    const free = Math.max(0, end - Math.max(start, ahead));
    // Shares that come to more than the pool has are told elsewhere: here the last rung has what is left.
    const own = at === rungs.length - 1 ? open : Math.min(open, free);
    const keeps = Math.min(kept, own);
    start = end;
    open -= own;
    kept -= keeps;
    return {
      flavor: flavorName(pool.key, kind),
      grows: mayGrow(rungs, at),
      gpus: own,
      borrow: Math.min(borrow, Math.max(0, all - own)),
      lend: lend === undefined ? undefined : own - keeps,
    };
  });
}
