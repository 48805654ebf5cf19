import type { z } from "zod";
import { limits } from "../../../catalog/limits";
import { reservedRanges } from "../../../catalog/reserved-ranges";
import { addressCount, formatCidr, overlaps, parseCidr } from "../../../core/cidr";
import type { Problems } from "../../../core/problems";
import { checkNetworkId } from "../check-network-id";
import type { SubnetRole } from "../subnet-ref";
import { isPeers, type NamedRange } from "./check-ranges";
import type { clusterNetworkShape } from "./shape";

/** What the peers are checked with: all ranges that could be read, and what is in the network. */
export interface Surroundings {
  readonly ranges: readonly NamedRange[];
  readonly infiniband: boolean;
  readonly subnets: readonly SubnetRole[];
}

/** Each peer by itself, then all of them together. */
export function checkPeers(
  { peers }: z.output<typeof clusterNetworkShape>,
  { ranges, infiniband, subnets }: Surroundings,
  problems: Problems,
): void {
  const all = Object.entries(peers);
  const most = limits.virtualNetworkPeerings.value;
  problems.require(
    all.length <= most,
    "peers",
    `must be at most ${most}: Azure takes no more peerings of one network`,
    {
      got: all.length,
      remedy: "Reach some of them through a hub",
    },
  );
  const seen = new Map<string, string>();
  for (const [name, { virtualNetworkResourceId: id, mayReach }] of all) {
    const path = `peers.${name}`;
    checkNetworkId(`${path}.virtualNetworkResourceId`, id, problems);
    const before = seen.get(id.toLowerCase());
    problems.require(
      before === undefined,
      `${path}.virtualNetworkResourceId`,
      `must not be the network of peers.${before ?? ""}: two networks have one peering`,
      { got: id, remedy: `Give peers.${before ?? ""} all of its ranges` },
    );
    seen.set(id.toLowerCase(), name);
    mayReach.forEach((to, at) => {
      problems.require(
        subnets.some((it) => it === to) && mayReach.indexOf(to) === at,
        `${path}.mayReach[${at}]`,
        mayReach.indexOf(to) === at ? "must be a subnet that this network has" : "must not stand twice",
        { got: to, remedy: "Leave it out" },
      );
    });
  }
  const theirs = ranges.filter(isPeers);
  checkApart(theirs, problems);
  for (const { cidr, reason } of infiniband ? reservedRanges.filter((it) => it.appliesTo === "infiniband") : []) {
    const kept = parseCidr(cidr);
    for (const range of theirs) {
      problems.require(
        kept === undefined || !overlaps(range.cidr, kept),
        range.path,
        `is hidden by ${cidr}: ${reason}`,
        {
          got: formatCidr(range.cidr),
          remedy: "Leave the range out: no node with InfiniBand reaches it",
        },
      );
    }
  }
}

/** Azure refuses a peering whose ranges meet those of another one. In the order of their bases, so only neighbours can meet. */
function checkApart(ranges: readonly NamedRange[], problems: Problems): void {
  const order = new Map(ranges.map(({ path }, at) => [path, at]));
  let widest: NamedRange | undefined;
  for (const range of ranges.toSorted((a, b) => a.cidr.base - b.cidr.base)) {
    if (widest !== undefined && overlaps(widest.cidr, range.cidr)) {
      const later = (order.get(range.path) ?? 0) > (order.get(widest.path) ?? 0);
      const [second, first] = later ? [range, widest] : [widest, range];
      problems.require(false, second.path, `must not overlap ${first.path} (${formatCidr(first.cidr)})`, {
        got: formatCidr(second.cidr),
        remedy: "Azure refuses the second peering: leave one out, or give that network other addresses",
      });
    }
    if (widest === undefined || endOf(range) > endOf(widest)) widest = range;
  }
}

function endOf({ cidr }: NamedRange): number {
  return cidr.base + addressCount(cidr);
}
