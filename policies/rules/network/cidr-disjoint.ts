import { contains, formatCidr, overlaps, parseCidr, type Cidr } from "../../../core/cidr";
import { expectUnreserved, type Keeper, isRange, rangeForm } from "../../engine/address-ranges";
import { about, expectAt, isText, violation } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { locate } from "../../../core/property-tree";
import { machineHolders, machinesOf } from "../../engine/machines";
import { levels, sameType, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { sizeAt } from "../../engine/sizes";
import { types } from "../../engine/types";

export const cidrDisjoint: StackRule = {
  id: 113,
  name: "cidr-disjoint",
  area: "network",
  kind: "stack",
  types: [types.virtualNetwork, types.subnet, types.peering, ...machineHolders],
  title:
    "Subnets lie inside their network and overlap neither each other nor a range that AKS keeps, and the network neither a peer nor what its machines keep.",
  why: "Azure refuses some clashes late, and the others show up as routing that fails now and then.",
  remedy: "Choose ranges that are free and inside the address space of the network.",
  severity: "high",
  levels: levels.always,
  source:
    "MicrosoftDocs/azure-aks-docs configure-azure-cni.md; MicrosoftDocs/azure-compute-docs setup-infiniband.md; catalog/reserved-ranges.ts",
  check: (resources) => {
    const networks = resources.filter((it) => sameType(it.type, types.virtualNetwork));
    const subnets = resources.filter((it) => sameType(it.type, types.subnet));
    const keepers = keepersAmong(resources);
    const peerings = resources
      .filter((it) => sameType(it.type, types.peering))
      .map((peering) => ({ peering, owner: networks.find((it) => belongsTo(peering, it, networks, "network")) }));
    return [
      ...networks.flatMap((network) => checkNetwork(network, keepers, peerings)),
      ...subnets.flatMap(checkShape),
      ...networks.flatMap((network) =>
        checkSubnets(
          network,
          subnets.filter((it) => belongsTo(it, network, networks, "network")),
        ),
      ),
    ];
  },
};

interface Range {
  readonly path: string;
  readonly text: string;
  readonly cidr: Cidr;
}

/** IPv6 is left alone: nothing of ours uses it, and it cannot clash with IPv4. */
function rangesOf({ inputs }: Subject, ...paths: readonly string[]): readonly Range[] {
  return paths
    .flatMap((path) => locate(inputs, path))
    .flatMap(({ path, value }) => {
      const cidr = isText(value) ? parseCidr(value) : undefined;
      return cidr === undefined || !isText(value) ? [] : [{ path, text: value, cidr }];
    });
}

const isRangeOrIpv6 = (value: unknown): boolean => isRange(value) || (isText(value) && value.includes(":"));

/** Who keeps ranges beside the machines of a stack. */
function keepersAmong(resources: readonly Subject[]): readonly Keeper[] {
  const machines = resources.flatMap((it) => machinesOf(it).map((one) => ({ ...one, inputs: it.inputs })));
  const infiniband = machines.some(({ inputs, size }) => (sizeAt(inputs, size)?.infiniband ?? null) !== null);
  const bare = machines.some(({ pool }) => pool === undefined);
  return ["aks", ...(infiniband ? (["infiniband"] as const) : []), ...(bare ? (["scaleSets"] as const) : [])];
}

const remoteSpaces = ["remoteAddressSpace.addressPrefixes[]", "remoteVirtualNetworkAddressSpace.addressPrefixes[]"];

function checkNetwork(
  network: Subject,
  keepers: readonly Keeper[],
  peerings: readonly { readonly peering: Subject; readonly owner: Subject | undefined }[],
): StackOutcome[] {
  const path = "addressSpace.addressPrefixes[]";
  const own = rangesOf(network, path);
  const peers = peerings
    .filter(({ owner }) => owner === network)
    .flatMap(({ peering }) => rangesOf(peering, ...remoteSpaces).map((it) => ({ ...it, peer: peering.name })));
  const clashes = own.flatMap((it) => [
    ...expectUnreserved(it.path, it.cidr, it.text, keepers),
    ...peers
      .filter(({ cidr }) => overlaps(cidr, it.cidr))
      .map(({ text, peer }) => violation(it.path, it.text, `not overlap ${text} beyond the peering ${peer}`)),
  ]);
  return about(network, [...expectAt(network.inputs, path, isRangeOrIpv6, rangeForm), ...clashes]);
}

function checkShape(subnet: Subject): StackOutcome[] {
  const path = locate(subnet.inputs, "addressPrefixes[]").length > 0 ? "addressPrefixes[]" : "addressPrefix";
  return about(subnet, expectAt(subnet.inputs, path, isRangeOrIpv6, rangeForm));
}

function checkSubnets(network: Subject, subnets: readonly Subject[]): StackOutcome[] {
  const spaces = rangesOf(network, "addressSpace.addressPrefixes[]");
  const ranges = subnets.flatMap((subnet) =>
    rangesOf(subnet, "addressPrefix", "addressPrefixes[]").map((range) => ({ subnet, ...range })),
  );
  return ranges.flatMap(({ subnet, path, text, cidr }, at) => {
    const outside = spaces.length > 0 && !spaces.some((space) => contains(space.cidr, cidr));
    const spacesText = spaces.map((space) => formatCidr(space.cidr)).join(", ");
    const earlier = ranges.slice(0, at).filter((it) => it.subnet !== subnet && overlaps(it.cidr, cidr));
    return about(subnet, [
      ...(outside ? [violation(path, text, `be inside ${spacesText}, the address space of ${network.name}`)] : []),
      ...earlier.map((it) => violation(path, text, `not overlap ${it.text} of ${it.subnet.name}`)),
    ]);
  });
}
