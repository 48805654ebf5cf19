import { limits } from "../../catalog/limits";
import { isReserved, reservedRanges } from "../../catalog/reserved-ranges";
import {
  addressCount,
  contains,
  firstFree,
  formatCidr,
  nearestCidr,
  overlaps,
  parseCidr,
  prefixLengthFor,
  privateRanges,
  type Cidr,
} from "../../core/cidr";
import type { Problems } from "../../core/problems";

/** A range and the argument that it came from. */
export interface NamedRange {
  readonly path: string;
  readonly cidr: Cidr;
  /** Whose it is: ours to choose; ours to live with, because the network is there; or somebody's next to us. */
  readonly whose: "chosen" | "given" | "neighbours";
}

/** Reads a range; one that cannot be read is told and left out. */
export function readRange(path: string, text: string, whose: NamedRange["whose"], problems: Problems): NamedRange[] {
  const cidr = parseCidr(text);
  problems.require(
    cidr !== undefined,
    path,
    "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero and no leading zeros",
    { got: text, remedy: instead(text) },
  );
  const all = cidr?.prefixLength === 0;
  problems.require(!all, path, "must not be the default route: it says where the rest goes, and not what is there", {
    got: text,
    remedy: "Write the ranges that are used, such as 10.0.0.0/8",
  });
  return cidr === undefined || all ? [] : [{ path, cidr, whose }];
}

/** What to write instead of a text that is no range. */
export function instead(text: string): string {
  const near = nearestCidr(text);
  return near === undefined ? "Write four numbers, a slash and the length of the prefix" : `${near} would be one`;
}

/** Reads the two ranges of Kubernetes, which every network has. */
export function readKubernetesRanges(
  { podCidr, serviceCidr }: { readonly podCidr: string; readonly serviceCidr: string },
  problems: Problems,
): NamedRange[] {
  const found = [
    ...readRange("podCidr", podCidr, "chosen", problems),
    ...readRange("serviceCidr", serviceCidr, "chosen", problems),
  ];
  for (const { path, cidr } of found) {
    problems.require(
      isPrivate(cidr) || contains(sharedRange, cidr),
      path,
      "must be private or within 100.64.0.0/10: pods could not reach the public addresses that it hides",
      { got: formatCidr(cidr), remedy: `Use a range in ${privateRanges.map(formatCidr).join(", ")}` },
    );
    if (path !== "serviceCidr") continue;
    // AKS takes a range "smaller than /12". Source: MicrosoftDocs/azure-aks-docs configure-azure-cni.md
    problems.require(cidr.prefixLength >= 13 && cidr.prefixLength <= 27, path, "must be a /13 to /27", {
      got: serviceCidr,
      remedy: "A /16 holds 65,536 services",
    });
  }
  return found;
}

/** Shared address space of RFC 6598: nobody's on the internet, but peers of some networks. */
const sharedRange: Cidr = { base: 100 * 2 ** 24 + 64 * 2 ** 16, prefixLength: 10 };

/** Whether every address of a range is private: a range that only meets private space holds addresses of others. */
export function isPrivate(cidr: Cidr): boolean {
  return privateRanges.some((it) => contains(it, cidr));
}

/** Every range of ours against every other, and against what Azure keeps for itself. */
export function checkOverlaps(
  ranges: readonly NamedRange[],
  machines: Parameters<typeof isReserved>[1],
  problems: Problems,
): void {
  const own = ranges.filter((it) => it.whose !== "neighbours");
  const neighbours = ranges.filter((it) => it.whose === "neighbours");
  const taken = ranges.map((it) => it.cidr);
  const reserved = reservedRanges.filter((it) => isReserved(it, machines));
  const forbidden = reservedRanges.flatMap((it) => parseCidr(it.cidr) ?? []);
  const suggest = ({ cidr, whose }: NamedRange): string | undefined => {
    if (whose !== "chosen") return undefined;
    const free = firstFree(privateRanges, cidr.prefixLength, [...taken, ...forbidden]);
    return free === undefined ? undefined : `${formatCidr(free)} would fit`;
  };
  own.forEach((range, at) => {
    for (const other of [...own.slice(at + 1), ...neighbours]) {
      if (range.whose === "given" && other.whose !== "chosen") continue;
      if (!overlaps(range.cidr, other.cidr)) continue;
      // A neighbour is there already: the range that can still move is ours.
      const [moves, stays] = other.whose === "neighbours" ? [range, other] : [other, range];
      problems.require(false, moves.path, `must not overlap ${stays.path} (${formatCidr(stays.cidr)})`, {
        got: formatCidr(moves.cidr),
        remedy: suggest(moves),
      });
    }
    for (const { cidr, reason, appliesTo } of reserved) {
      // Behind pods and services there is no bare node.
      if (appliesTo === "scaleSets" && (range.path === "podCidr" || range.path === "serviceCidr")) continue;
      const kept = parseCidr(cidr);
      if (kept === undefined || !overlaps(range.cidr, kept)) continue;
      problems.require(false, range.path, `must not overlap ${cidr}: ${reason}`, {
        got: formatCidr(range.cidr),
        remedy: suggest(range),
      });
    }
  });
}

/**
 * Ranges of others among themselves. In the order of their bases, so that only neighbours can meet.
 * @param remedy What to do about two that meet.
 */
export function checkApart(ranges: readonly NamedRange[], remedy: string, problems: Problems): void {
  const order = new Map(ranges.map(({ path }, at) => [path, at]));
  let widest: NamedRange | undefined;
  for (const range of ranges.toSorted((a, b) => a.cidr.base - b.cidr.base)) {
    if (widest !== undefined && overlaps(widest.cidr, range.cidr)) {
      const later = (order.get(range.path) ?? 0) > (order.get(widest.path) ?? 0);
      const [second, first] = later ? [range, widest] : [widest, range];
      problems.require(false, second.path, `must not overlap ${first.path} (${formatCidr(first.cidr)})`, {
        got: formatCidr(second.cidr),
        remedy,
      });
    }
    if (widest === undefined || endOf(range.cidr) > endOf(widest.cidr)) widest = range;
  }
}

function endOf(cidr: Cidr): number {
  return cidr.base + addressCount(cidr);
}

/** Whether the pods of all nodes have addresses. */
export function checkPodRange(ranges: readonly NamedRange[], clusterNodes: number, problems: Problems): void {
  const pods = ranges.find((it) => it.path === "podCidr")?.cidr;
  if (pods === undefined) return;
  const perNode = 32 - limits.overlayPrefixPerNode.value;
  const room = Math.floor(addressCount(pods) / 2 ** perNode);
  problems.require(
    room >= clusterNodes,
    "podCidr",
    `must hold a /${limits.overlayPrefixPerNode.value} for each of ${clusterNodes} nodes, and has room for ${room}`,
    {
      got: formatCidr(pods),
      remedy: `Use a /${prefixLengthFor(clusterNodes * 2 ** perNode)} or larger`,
    },
  );
}
