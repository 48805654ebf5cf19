import type { ControllerConfig } from "../controller-config";
import type { NodeState, Report } from "./node-state";

/**
 * Checks whose failure no job of the node survives, or by which its results may be wrong. A node that is only slow keeps its pods.
 * The list is ours.
 */
const hardChecks = ["Devices", "GpuCount", "EccErrors", "RowRemaps", "NvLinks", "Xid", "RasErrors", "Adapters"];

/** Whether what a node failed by is worth taking its pods away. */
export function mayBeEmptied({ verdict, reasons }: Report): boolean {
  return verdict === "fail" && reasons.some((it) => hardChecks.includes(/^\w+/.exec(it)?.[0] ?? ""));
}

/** By what a pool is spared. */
export type RemedyLimits = Pick<ControllerConfig, "maxClosedPercent" | "coolDownMinutes">;

/**
 * Why no node of a pool may be closed now because it failed, null where one may: so that a fault of many at once, such as a bad driver,
 * does not take the pool away.
 */
export function closingHeldBack(
  nodes: readonly NodeState[],
  { maxClosedPercent, coolDownMinutes }: RemedyLimits,
  now: number,
): string | null {
  const failed = nodes.filter(({ closed, report }) => closed && report?.verdict === "fail").length;
  if (failed >= mostAtOnce(nodes.length, maxClosedPercent)) return "too many of its pool are closed";
  return coolingDown(nodes, coolDownMinutes, now);
}

/** How many nodes of a pool may be out of work because they failed. One always may. */
export function mostAtOnce(nodes: number, maxClosedPercent: number): number {
  return Math.max(1, Math.floor((nodes * maxClosedPercent) / 100));
}

/** Whether something was done to a node of a pool a moment ago, in words; null where not. */
export function coolingDown(nodes: readonly NodeState[], coolDownMinutes: number, now: number): string | null {
  const last = nodes.find(({ report }) => report?.remedy != null && now - report.remedy.at < coolDownMinutes * 60_000);
  return last === undefined ? null : `${last.name} was closed or emptied less than ${coolDownMinutes} minutes ago`;
}

/** What gives a node another machine. For a person: the old one is not to be had back. */
export function replaceCommand({ name }: Pick<NodeState, "name">): string {
  return `npm run replace -- ENVIRONMENT ${name}`;
}
