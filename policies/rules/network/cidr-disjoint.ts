import { contains, formatCidr, overlaps, parseCidr, type Cidr } from "../../../core/cidr";
import { expectUnreserved, isRange, rangeForm } from "../../engine/address-ranges";
import { about, expectAt, isText, violation } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { locate } from "../../../core/property-tree";
import { levels, sameType, type Subject, type StackOutcome, type StackRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const cidrDisjoint: StackRule = {
  id: 113,
  name: "cidr-disjoint",
  area: "network",
  kind: "stack",
  types: [types.virtualNetwork, types.subnet],
  title: "Subnets lie inside their network and overlap neither each other nor a range that AKS keeps.",
  why: "Azure refuses some clashes late, and the others show up as routing that fails now and then.",
  remedy: "Choose ranges that are free and inside the address space of the network.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs configure-azure-cni.md",
  check: (resources) => {
    const networks = resources.filter((it) => sameType(it.type, types.virtualNetwork));
    const subnets = resources.filter((it) => sameType(it.type, types.subnet));
    return [
      ...networks.flatMap(checkNetwork),
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

function checkNetwork(network: Subject): StackOutcome[] {
  const path = "addressSpace.addressPrefixes[]";
  const clashes = rangesOf(network, path).flatMap((it) => expectUnreserved(it.path, it.cidr, it.text));
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
