import type { z } from "zod";
import { isTimeZone, minutesOf } from "../../../catalog/off-hours";
import type { Problems } from "../../../core/problems";
import { canBeTold } from "../agent-pool/node-template";
import type { gpuPoolShape } from "./shape";
import type { Variant } from "./variants";

/** Notes a problem for hours that are none, for nodes that would stay all the same, and for a pool that would never come back. */
export function checkOff(
  { off, rdma, rdmaResource = "" }: z.output<typeof gpuPoolShape>,
  variants: readonly Variant[],
  problems: Problems,
): void {
  if (off === undefined) return;
  const { nights, weekends, timeZone } = off;
  const stranded = rdma === "dranet" ? `rdma ${rdma}` : canBeTold(rdmaResource) ? null : rdmaResource;
  problems.require(
    stranded === null,
    "off",
    `is not possible with ${stranded ?? ""}: once empty the pool never grows again, for only nodes that are there tell what pods of it ask for`,
    { remedy: "Leave off out and keep a node by minNodes: 1, or leave this way to adapters out" },
  );
  problems.require(nights !== undefined || weekends === true, "off", "must have nights, weekends or both", {
    remedy: 'Write weekends: true, or nights: { from: "20:00", to: "07:00" }',
  });
  problems.require(isTimeZone(timeZone), "off.timeZone", "must be a time zone of the IANA database", {
    got: timeZone,
    remedy:
      "Write Europe/Berlin, America/New_York or UTC for example: an abbreviation or an offset knows no summer time",
  });
  if (nights !== undefined) {
    const [from, to] = [minutesOf(nights.from), minutesOf(nights.to)];
    for (const [key, minutes] of [
      ["from", from],
      ["to", to],
    ] as const) {
      problems.require(minutes !== undefined, `off.nights.${key}`, "must be a time of a day as hh:mm, in quotes", {
        got: nights[key],
        remedy: 'Write "20:00" for example',
      });
    }
    problems.require(
      from === undefined || to === undefined || to < from,
      "off.nights.to",
      `must be earlier than from (${nights.from}): a night ends on the next morning`,
      { got: nights.to, remedy: 'Write from: "20:00" and to: "07:00" for example' },
    );
  }
  for (const { shape, rung } of variants) {
    const { nodes, minNodes = 0 } = shape;
    const path = `${rung === null ? "" : `${rung.path}.`}${nodes === undefined ? "minNodes" : "nodes"}`;
    problems.require(
      nodes === undefined && minNodes === 0,
      path,
      "must not hold nodes in a pool with off: the autoscaler takes away what is idle, and these it may not",
      { got: nodes ?? minNodes, remedy: "Write maxNodes alone, or leave off out" },
    );
  }
}
