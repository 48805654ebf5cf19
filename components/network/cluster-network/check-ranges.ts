import { limits } from "../../../catalog/limits";
import { reservedRanges } from "../../../catalog/reserved-ranges";
import {
  addressCount,
  contains,
  firstFree,
  formatCidr,
  overlaps,
  parseCidr,
  prefixLengthFor,
  privateRanges,
  type Cidr,
} from "../../../core/cidr";
import type { Problems } from "../../../core/problems";
import type { z } from "zod";
import type { clusterNetworkShape } from "./shape";
import { longestAddressSpacePrefix } from "./subnet-layout";

type Shape = z.output<typeof clusterNetworkShape>;

/** A range and the argument that it came from. */
export interface NamedRange {
  readonly path: string;
  readonly cidr: Cidr;
}

/** Reads every range of the shape; what cannot be read is told and left out. */
export function readRanges(shape: Shape, problems: Problems): NamedRange[] {
  const texts: [path: string, text: string][] = [
    ["addressSpace", shape.addressSpace],
    ["podCidr", shape.podCidr],
    ["serviceCidr", shape.serviceCidr],
    ...Object.entries(shape.peers).flatMap(([name, peer]) =>
      peer.addressSpace.map((text, at): [string, string] => [`peers.${name}.addressSpace[${at}]`, text]),
    ),
  ];
  const found: NamedRange[] = [];
  for (const [path, text] of texts) {
    const cidr = parseCidr(text);
    if (cidr === undefined)
      problems.require(false, path, "must be an IPv4 range such as 10.64.0.0/16, with all host bits zero", {
        got: text,
      });
    else found.push({ path, cidr });
  }
  shape.headNodeRanges.forEach((text, at) => {
    const cidr = parseCidr(text);
    const path = `headNodeRanges[${at}]`;
    problems.require(
      cidr !== undefined && isPrivate(cidr),
      path,
      "must be a private IPv4 range such as 10.1.0.0/24, with all host bits zero",
      { got: text },
    );
    if (cidr === undefined || !isPrivate(cidr)) return;
    problems.require(
      cidr.prefixLength >= widestHeadNodes,
      path,
      `must be a /${widestHeadNodes} or smaller: all of it reaches every port of the scale sets`,
      { got: text, remedy: "Name the subnet of the head nodes" },
    );
    problems.require(shape.headNodeRanges.indexOf(text) === at, path, "must not stand twice", { got: text });
  });
  const space = found.find((it) => it.path === "addressSpace");
  if (space !== undefined) {
    const { prefixLength } = space.cidr;
    problems.require(
      isPrivate(space.cidr),
      "addressSpace",
      "must be private (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
      { got: shape.addressSpace },
    );
    problems.require(
      prefixLength >= 8 && prefixLength <= longestAddressSpacePrefix,
      "addressSpace",
      `must be a /8 to /${longestAddressSpacePrefix}: a smaller one has no room for the subnets`,
      { got: shape.addressSpace },
    );
  }
  for (const { path, cidr } of found.filter((it) => it.path === "podCidr" || it.path === "serviceCidr")) {
    problems.require(
      isPrivate(cidr) || contains(sharedRange, cidr),
      path,
      "must be private or within 100.64.0.0/10: pods could not reach the public addresses that it hides",
      { got: formatCidr(cidr) },
    );
  }
  const services = found.find((it) => it.path === "serviceCidr");
  if (services !== undefined) {
    const { prefixLength } = services.cidr;
    // AKS takes a range "smaller than /12". Source: MicrosoftDocs/azure-aks-docs configure-azure-cni.md
    problems.require(prefixLength >= 13 && prefixLength <= 27, "serviceCidr", "must be a /13 to /27", {
      got: shape.serviceCidr,
    });
  }
  return found;
}

/** The smallest of the private classes is a /16: a range of head nodes never is one. */
const widestHeadNodes = 17;

/** Shared address space of RFC 6598: nobody's on the internet, but peers of some networks. */
const sharedRange: Cidr = { base: 100 * 2 ** 24 + 64 * 2 ** 16, prefixLength: 10 };

/** Whether every address of a range is private: a range that only meets private space holds addresses of others. */
function isPrivate(cidr: Cidr): boolean {
  return privateRanges.some((it) => contains(it, cidr));
}

/** Every range against every other and against what Azure keeps for itself. */
export function checkOverlaps(ranges: readonly NamedRange[], infiniband: boolean, problems: Problems): void {
  // Peers are there already, and stand against each other elsewhere.
  const own = ranges.filter((it) => !isPeers(it));
  const peers = ranges.filter(isPeers);
  const taken = ranges.map((it) => it.cidr);
  const reserved = reservedRanges.filter((it) => it.appliesTo === "aks" || infiniband);
  const forbidden = reserved.flatMap((it) => parseCidr(it.cidr) ?? []);
  const suggest = (cidr: Cidr): string | undefined => {
    const free = firstFree(privateRanges, cidr.prefixLength, [...taken, ...forbidden]);
    return free === undefined ? undefined : `${formatCidr(free)} would fit`;
  };
  own.forEach((range, at) => {
    for (const other of [...own.slice(at + 1), ...peers]) {
      if (!overlaps(range.cidr, other.cidr)) continue;
      // The range that can still move is ours.
      const [moves, stays] = isPeers(other) ? [range, other] : [other, range];
      problems.require(false, moves.path, `must not overlap ${stays.path} (${formatCidr(stays.cidr)})`, {
        got: formatCidr(moves.cidr),
        remedy: suggest(moves.cidr),
      });
    }
    for (const { cidr, reason } of reserved) {
      const kept = parseCidr(cidr);
      if (kept === undefined || !overlaps(range.cidr, kept)) continue;
      problems.require(false, range.path, `must not overlap ${cidr}: ${reason}`, {
        got: formatCidr(range.cidr),
        remedy: suggest(range.cidr),
      });
    }
  });
}

/** Whether a range is a peer's. */
export function isPeers({ path }: NamedRange): boolean {
  return path.startsWith("peers.");
}

/** Whether the pods of all nodes have addresses. */
export function checkPodRange(pods: Cidr, clusterNodes: number, problems: Problems): void {
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
