import type { z } from "zod";
import { checkName } from "../../../azure/check-name";
import { gatewaySubnets } from "../../../catalog/gateway-subnets";
import { limits } from "../../../catalog/limits";
import { contains, formatCidr } from "../../../core/cidr";
import { Problems } from "../../../core/problems";
import { keysOf } from "../../../core/records";
import { readShape } from "../../../core/shape";
import { checkNetworkId, checkZoneIds } from "../check-ids";
import {
  checkApart,
  checkOverlaps,
  checkPodRange,
  readKubernetesRanges,
  readRange,
  type NamedRange,
} from "../check-ranges";
import { machinesOf, needsOf, prefixFor } from "../needs";
import type { NetworkPlan } from "../network-plan";
import { outboundTypeOf } from "../outbound";
import { subnetSlots, type NetworkUser, type SubnetNeed, type SubnetRole } from "../subnet-ref";
import { existingNetworkShape, type ExistingNetworkShape } from "./shape";

/** A network of somebody else, checked as far as its owner has told of it. */
export interface ExistingNetworkPlan extends NetworkPlan {
  readonly virtualNetworkResourceId: string;
  /** ARM IDs of its subnets. */
  readonly subnetResourceIds: { readonly [R in SubnetRole]?: string };
}

type Shape = z.output<typeof existingNetworkShape>;

/**
 * Finds a subnet for everything that is put into the network. Only what the shape says is known of it: Azure is not asked.
 * @throws MisconfiguredError with every problem of the shape
 */
export function planExistingNetwork(
  name: string,
  given: ExistingNetworkShape,
  users: readonly NetworkUser[],
): ExistingNetworkPlan {
  const subject = `Existing network '${name}'`;
  const shape = readShape(existingNetworkShape, given, subject);
  const problems = new Problems();
  const needs = needsOf(users);
  checkNetworkId("virtualNetworkResourceId", shape.virtualNetworkResourceId, problems);
  checkZoneIds(shape.privateDnsZones, problems);
  const space = shape.addressSpace.flatMap((it, at) => readRange(`addressSpace[${at}]`, it, "given", problems));
  const ranges = [
    ...space,
    ...readKubernetesRanges(shape, problems),
    ...shape.connectedRanges.flatMap((it, at) => readRange(`connectedRanges[${at}]`, it, "neighbours", problems)),
  ];
  checkOverlaps(ranges, machinesOf(users), problems);
  checkApart(space, "Azure has no address twice: leave out the range that is part of the other", problems);
  for (const [key, id] of Object.entries(shape.dnsNetworks)) {
    checkNetworkId(`dnsNetworks.${key}`, id, problems);
    problems.require(
      id.toLowerCase() !== shape.virtualNetworkResourceId.toLowerCase(),
      `dnsNetworks.${key}`,
      "must not be the VNet itself, to which every zone is linked",
      { got: id, remedy: "Leave it out" },
    );
  }
  checkPodRange(ranges, needs.find((it) => it.role === "nodes")?.addresses ?? 0, problems);
  checkSubnets(shape, space, needs, problems);
  problems.throwIfAny(subject);

  const { virtualNetworkResourceId, subnets, podCidr, serviceCidr, outbound } = shape;
  return {
    virtualNetworkResourceId,
    subnetResourceIds: Object.fromEntries(
      Object.entries(subnets).map(([role, subnet]) => [role, `${virtualNetworkResourceId}/subnets/${subnet.name}`]),
    ),
    podCidr,
    serviceCidr,
    endpointCidr: subnets.endpoints?.range ?? "",
    subnetRanges: Object.fromEntries(keysOf(subnetSlots).flatMap((role) => rangeOf(role, subnets))),
    outboundType: outboundTypeOf(outbound),
    foreignDns: Object.keys(shape.dnsNetworks).length > 0,
    // The zone of the API server goes to peers, those of private endpoints where names are looked up: here both are the same.
    peers: shape.dnsNetworks,
    zoneLinks: shape.dnsNetworks,
    privateDnsZones: shape.privateDnsZones,
  };
}

/** Whether every purpose has a subnet, of the right size and delegation, inside the network and apart from the others. */
function checkSubnets(
  { subnets }: Shape,
  space: readonly NamedRange[],
  needs: readonly SubnetNeed[],
  problems: Problems,
): void {
  for (const { role, what } of needs) {
    problems.require(subnets[role] !== undefined, `subnets.${role}`, `must be given: the subnet for ${what}`, {
      remedy: "Ask the owner of the network for one",
    });
  }
  const found = keysOf(subnetSlots).flatMap((role) => {
    const subnet = subnets[role];
    if (subnet === undefined) return [];
    const path = `subnets.${role}`;
    const { delegation } = subnetSlots[role];
    checkName("network:Subnet", subnet.name, problems, `${path}.name`);
    problems.require(
      !gatewaySubnets.includes(subnet.name.toLowerCase()),
      `${path}.name`,
      "must not be a subnet of Azure's gateways",
      {
        got: subnet.name,
        remedy: "Ask the owner of the network for one of your own",
      },
    );
    problems.require(
      subnet.delegatedTo?.toLowerCase() === delegation?.toLowerCase(),
      `${path}.delegatedTo`,
      delegation === null ? "must be left out: a delegated subnet takes nothing else" : `must be ${delegation}`,
      { got: subnet.delegatedTo, remedy: "Write what the subnet has, and have its owner change it" },
    );
    const ranges = readRange(`${path}.range`, subnet.range, "given", problems);
    for (const range of ranges) checkSubnet(role, range, { space, needs, taken: subnet.takenAddresses }, problems);
    return ranges;
  });
  checkNames(subnets, problems);
  checkApart(found, "Each purpose has a subnet of its own", problems);
}

function rangeOf(role: SubnetRole, subnets: Shape["subnets"]): [SubnetRole, string][] {
  const subnet = subnets[role];
  return subnet === undefined ? [] : [[role, subnet.range]];
}

/** One name is one subnet. Two with one range besides are told by that. */
function checkNames(subnets: Shape["subnets"], problems: Problems): void {
  const seen = new Map<string, { readonly role: SubnetRole; readonly range: string }>();
  for (const role of keysOf(subnetSlots)) {
    const subnet = subnets[role];
    if (subnet === undefined) continue;
    const { name, range } = subnet;
    const before = seen.get(name.toLowerCase());
    problems.require(
      before === undefined || before.range === range,
      `subnets.${role}.name`,
      `must not be the subnet of subnets.${before?.role ?? ""}`,
      { got: name, remedy: "Each purpose has a subnet of its own" },
    );
    seen.set(name.toLowerCase(), { role, range });
  }
}

function checkSubnet(
  role: SubnetRole,
  { path, cidr }: NamedRange,
  around: { readonly space: readonly NamedRange[]; readonly needs: readonly SubnetNeed[]; readonly taken: number },
  problems: Problems,
): void {
  const { space, needs, taken } = around;
  problems.require(
    space.some((it) => contains(it.cidr, cidr)),
    path,
    "must be inside addressSpace",
    { got: formatCidr(cidr), remedy: "Write all ranges of the VNet in addressSpace" },
  );
  const need = needs.find((it) => it.role === role);
  const smallest = role === "apiServer" ? limits.apiServerSubnetPrefix.value : smallestSubnet;
  const own = need?.addresses ?? 0;
  const addresses = own + taken;
  const needed = Math.min(smallest, need === undefined ? smallest : prefixFor({ ...need, addresses }));
  problems.require(
    cidr.prefixLength <= needed,
    path,
    need === undefined || addresses === 0
      ? `must be a /${needed} or larger`
      : `must be a /${needed} or larger for ${own} ${need.what}${taken === 0 ? "" : ` and ${taken} addresses that others take`}`,
    { got: formatCidr(cidr), remedy: "Ask the owner of the network for a larger subnet" },
  );
}

/** Source: MicrosoftDocs/azure-docs:articles/virtual-network/virtual-networks-faq.md (2019-02-12) */
const smallestSubnet = 29;
