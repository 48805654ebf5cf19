import { contains, formatCidr, parseCidr, type Cidr } from "../../../core/cidr";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { isOpen } from "../../engine/address-ranges";
import { about, expectAt, isText } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { subnetOf } from "../network/subnet-of";

export const anfExportNotOpen: StackRule = {
  id: 142,
  name: "anf-export-not-open",
  area: "storage",
  kind: "stack",
  types: [types.netAppVolume, types.subnet, types.virtualNetwork, types.peering],
  title: "An NFS volume names the machines that may mount it, and all of them are in its network or a peer of it.",
  why: "NFS has no other gate: it believes whoever reaches the address to be who they say.",
  remedy: "Set allowedClients of each rule of the exportPolicy to the ranges of the nodes.",
  severity: "critical",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs articles/azure-netapp-files/azure-netapp-files-configure-export-policy.md",
  check: (resources) => {
    const of = (type: string): readonly Subject[] => resources.filter((it) => sameType(it.type, type));
    const [subnets, networks, peerings] = [of(types.subnet), of(types.virtualNetwork), of(types.peering)];
    return of(types.netAppVolume).flatMap((volume) => {
      const subnet = subnetOf(volume, "subnetId", subnets);
      const network = subnet == null ? undefined : networks.find((it) => belongsTo(subnet, it, networks, "network"));
      const peers = peerings.filter((it) => network !== undefined && belongsTo(it, network, networks, "network"));
      return about(volume, judge(volume, network === undefined ? null : spacesOf(network, peers)));
    });
  },
};

/** The ranges that machines of a network and of its peers have; `null` where one of them says none that could be read. */
function spacesOf(network: Subject, peers: readonly Subject[]): readonly Cidr[] | null {
  const spaces = [
    rangesAt(network, "addressSpace.addressPrefixes[]"),
    ...peers.map((it) =>
      rangesAt(it, "remoteAddressSpace.addressPrefixes[]", "remoteVirtualNetworkAddressSpace.addressPrefixes[]"),
    ),
  ];
  return spaces.some((it) => it.length === 0) ? null : spaces.flat();
}

function rangesAt({ inputs }: Subject, ...paths: readonly string[]): readonly Cidr[] {
  return paths
    .flatMap((path) => locate(inputs, path))
    .flatMap(({ value }) => (isText(value) && !isUnknown(value) ? (parseCidr(value) ?? []) : []));
}

function judge({ inputs }: Subject, spaces: readonly Cidr[] | null): readonly Outcome[] {
  const path = "exportPolicy.rules[].allowedClients";
  const open = expectAt(inputs, path, (it) => isText(it) && isClosed(it), "name ranges, and not all addresses");
  if (open.length > 0 || spaces === null) return open;
  const inside = (client: string): boolean => {
    const range = parseCidr(client.includes("/") ? client : `${client}/32`);
    // A name is looked up by the volume itself.
    return range === undefined || spaces.some((it) => contains(it, range));
  };
  return expectAt(
    inputs,
    path,
    (it) => isText(it) && clientsOf(it).every(inside),
    `be inside ${spaces.map(formatCidr).join(", ")}, the network of the volume and its peers`,
  );
}

function clientsOf(clients: string): readonly string[] {
  return clients.split(",").map((it) => it.trim());
}

function isClosed(clients: string): boolean {
  return clientsOf(clients).every((it) => it !== "" && !isOpen(it));
}
