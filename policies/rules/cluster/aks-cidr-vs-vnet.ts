import { expectUnreserved, type Keeper } from "../../engine/address-ranges";
import { about, isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { overlaps, parseCidr, type Cidr } from "../../../core/cidr";
import { clustersOf } from "./infiniband-pools";

const peerSpaces = ["remoteAddressSpace.addressPrefixes[]", "remoteVirtualNetworkAddressSpace.addressPrefixes[]"];
const clusterRanges = [
  "networkProfile.podCidr",
  "networkProfile.podCidrs[]",
  "networkProfile.serviceCidr",
  "networkProfile.serviceCidrs[]",
];

interface Range {
  readonly path: string;
  readonly text: string;
  readonly cidr: Cidr;
  readonly owner: string;
}

export const aksCidrVsVnet: StackRule = {
  id: 50,
  name: "aks-cidr-vs-vnet",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.nodePool, types.virtualNetwork, types.peering],
  title:
    "Ranges of pods and services are outside the address spaces of the networks, and of InfiniBand where pools have it.",
  why: "What lies at the same address in the network cannot be reached from pods, which shows up as timeouts at random.",
  remedy:
    "Choose podCidr and serviceCidr outside the address space of the VNet and of every peer; they are fixed at creation.",
  severity: "high",
  levels: levels.always,
  source:
    "MicrosoftDocs/azure-aks-docs:articles/aks/configure-azure-cni.md; MicrosoftDocs/azure-compute-docs setup-infiniband.md",
  check: (resources) => {
    const networks = resources
      .filter(({ type }) => [types.virtualNetwork, types.peering].some((it) => sameType(it, type)))
      .flatMap((it) =>
        rangesAt(it, ...(sameType(it.type, types.peering) ? peerSpaces : ["addressSpace.addressPrefixes[]"])),
      );
    return clustersOf(resources).flatMap(({ cluster, infiniband }) =>
      about(cluster, judgeCluster(cluster, networks, infiniband)),
    );
  },
};

function judgeCluster(cluster: Subject, networks: readonly Range[], infiniband: boolean): readonly Outcome[] {
  const unknown = clusterRanges.flatMap((it) => locate(cluster.inputs, it)).filter(({ value }) => isUnknown(value));
  const seen = new Set(unknown.map(({ path }) => path));
  const keepers: readonly Keeper[] = infiniband ? ["infiniband"] : [];
  return [
    ...[...seen].map((path) => unjudged(path)),
    ...rangesAt(cluster, ...clusterRanges).flatMap(({ path, text: own, cidr }) => [
      ...expectUnreserved(path, cidr, own, keepers),
      ...networks
        .filter((it) => overlaps(it.cidr, cidr))
        .map((it) => violation(path, own, `not overlap ${it.text} of ${it.owner}`)),
    ]),
  ];
}

function rangesAt({ inputs, name }: Subject, ...paths: readonly string[]): readonly Range[] {
  return paths
    .flatMap((path) => locate(inputs, path))
    .flatMap(({ path, value }) => {
      if (!isText(value)) return [];
      const cidr = parseCidr(value);
      return cidr === undefined ? [] : [{ path, text: value, cidr, owner: name }];
    });
}
