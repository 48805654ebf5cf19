import { addressCount, contains, formatCidr, overlaps, parseAddress, parseCidr, type Cidr } from "../../../core/cidr";
import type { Problems } from "../../../core/problems";
import type { z } from "zod";
import { limits } from "../../../catalog/limits";
import { instead, isPrivate, readKubernetesRanges, readRange, type NamedRange } from "../check-ranges";
import type { clusterNetworkShape } from "./shape";
import { longestAddressSpacePrefix } from "./subnet-layout";

type Shape = z.output<typeof clusterNetworkShape>;

/** Reads every range of the shape; what cannot be read is told and left out. */
export function readRanges(shape: Shape, problems: Problems): NamedRange[] {
  const space = readRange("addressSpace", shape.addressSpace, "chosen", problems);
  for (const { path, cidr } of space) {
    const { prefixLength } = cidr;
    problems.require(isPrivate(cidr), path, "must be private (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)", {
      got: shape.addressSpace,
      remedy: "10.64.0.0/16 is one",
    });
    problems.require(
      prefixLength >= 8 && prefixLength <= longestAddressSpacePrefix,
      path,
      `must be a /8 to /${longestAddressSpacePrefix}: a smaller one has no room for the subnets`,
      { got: shape.addressSpace, remedy: "A /16 holds 32,000 nodes" },
    );
  }
  const kubernetes = readKubernetesRanges(shape, problems);
  const peers = Object.entries(shape.peers).flatMap(([name, peer]) =>
    peer.addressSpace.flatMap((text, at) =>
      readRange(`peers.${name}.addressSpace[${at}]`, text, "neighbours", problems),
    ),
  );
  checkHeadNodes(shape, kubernetes, problems);
  return [...space, ...kubernetes, ...peers];
}

/** The smallest of the private classes is a /16: a range of head nodes never is one. */
const widestHeadNodes = 17;

function checkHeadNodes({ headNodeRanges }: Shape, kubernetes: readonly NamedRange[], problems: Problems): void {
  headNodeRanges.forEach((text, at) => {
    const cidr = parseCidr(text);
    const path = `headNodeRanges[${at}]`;
    const readable = cidr !== undefined && isPrivate(cidr);
    problems.require(
      readable,
      path,
      "must be a private IPv4 range such as 10.1.0.0/24, with all host bits zero and no leading zeros",
      { got: text, remedy: cidr === undefined ? instead(text) : "Name the subnet of the head nodes" },
    );
    problems.require(
      !readable || cidr.prefixLength >= widestHeadNodes,
      path,
      `must be a /${widestHeadNodes} or smaller: all of it reaches every port of the scale sets`,
      { got: text, remedy: "Name the subnet of the head nodes" },
    );
    for (const taken of kubernetes) {
      problems.require(
        !readable || !overlaps(taken.cidr, cidr),
        path,
        `must not overlap ${taken.path} (${formatCidr(taken.cidr)})`,
        {
          got: text,
          remedy: "Name the subnet of the head nodes: to a scale set a pod has the address of its node",
        },
      );
    }
    problems.require(headNodeRanges.indexOf(text) === at, path, "must not stand twice", {
      got: text,
      remedy: "Leave one out",
    });
  });
}

/** Azure's own DNS server, the same in every network. */
const azureDns = "168.63.129.16";

/** Addresses outside the network that it depends on: the DNS servers and the firewall. */
export function checkAddresses(
  { dnsServers, outbound, natAddresses }: Shape,
  ranges: readonly NamedRange[],
  problems: Problems,
): void {
  const reachable = ranges.filter((it) => it.path === "addressSpace" || it.whose === "neighbours").map((it) => it.cidr);
  const peers = ranges.filter((it) => it.whose === "neighbours").map((it) => it.cidr);
  const most = limits.virtualNetworkDnsServers.value;
  problems.require(dnsServers.length <= most, "dnsServers", `must be at most ${most}`, {
    got: dnsServers.length,
    remedy: "Two answer when one is down",
  });
  dnsServers.forEach((text, at) => {
    const path = `dnsServers[${at}]`;
    problems.require(
      text === azureDns || isIn(parseAddress(text), reachable),
      path,
      `must be a private IPv4 address in addressSpace or in the range of a peer, or ${azureDns} (Azure's own)`,
      { got: text, remedy: "Peer with the network of the server" },
    );
    checkEdge(text, reachable, path, problems);
    problems.require(dnsServers.indexOf(text) === at, path, "must not stand twice", {
      got: text,
      remedy: "Leave one out",
    });
  });
  if (outbound === "natGateway") return;
  const { nextHopAddress } = outbound.firewall;
  problems.require(
    isIn(parseAddress(nextHopAddress), peers),
    "outbound.firewall.nextHopAddress",
    "must be a private IPv4 address in the range of a peer",
    { got: nextHopAddress, remedy: "Peer with the network of the firewall" },
  );
  checkEdge(nextHopAddress, peers, "outbound.firewall.nextHopAddress", problems);
  problems.require(natAddresses === 1, "natAddresses", "must be left out: with a firewall there is no NAT gateway", {
    got: natAddresses,
    remedy: "Leave it out",
  });
}

/** Azure keeps the first four addresses and the last of each subnet, and so of each range: no machine ever has one. */
function checkEdge(text: string, ranges: readonly Cidr[], path: string, problems: Problems): void {
  const at = parseAddress(text)?.base;
  const edge = ranges.some(
    (it) => at !== undefined && ((at >= it.base && at < it.base + 4) || at === it.base + addressCount(it) - 1),
  );
  problems.require(
    !edge,
    path,
    "must be the address of a machine: Azure keeps the first four of a range and the last",
    {
      got: text,
      remedy: "az network nic list shows the addresses of machines",
    },
  );
}

function isIn(address: Cidr | undefined, ranges: readonly Cidr[]): boolean {
  return address !== undefined && isPrivate(address) && ranges.some((it) => contains(it, address));
}
