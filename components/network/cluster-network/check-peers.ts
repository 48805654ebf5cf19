import type { z } from "zod";
import { limits } from "../../../catalog/limits";
import { reservedRanges } from "../../../catalog/reserved-ranges";
import { formatCidr, overlaps, parseCidr } from "../../../core/cidr";
import type { Problems } from "../../../core/problems";
import { checkNetworkId } from "../check-ids";
import { checkApart, type NamedRange } from "../check-ranges";
import type { SubnetRole } from "../subnet-ref";
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
  const theirs = ranges.filter((it) => it.whose === "neighbours");
  checkApart(theirs, "Azure refuses the second peering: leave one out, or give that network other addresses", problems);
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
