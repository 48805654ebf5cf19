import { limits } from "../../../catalog/limits";
import { addressCount, parseCidr } from "../../../core/cidr";
import { isUnknown } from "../../../core/property-marks";
import { locate, number, read } from "../../../core/property-tree";
import { about, isText, unjudged, violation } from "../../engine/expect";
import { belongsTo } from "../../engine/ownership";
import { mostNodesPath, surgeOf } from "../../engine/pool-nodes";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { nodePools } from "../../engine/sizes";
import { types } from "../../engine/types";
import { subnetOf } from "../network/subnet-of";

export const npAddressFit: StackRule = {
  id: 95,
  name: "np-address-fit",
  area: "cluster",
  kind: "stack",
  types: [types.cluster, types.nodePool, types.subnet],
  title: "Full pools, with the nodes that an upgrade adds, fit into their subnet and into the range of pods.",
  why: "A pool stops growing, or an upgrade hangs, at the node for which there is no address, and neither range grows in place.",
  remedy:
    "Enlarge the subnet or podCidr, which both need another cluster in most cases, or lower maxCount, maxPods or maxSurge.",
  severity: "medium",
  levels: levels.always,
  source:
    "PSRule AZR-000018, 020; CKV_AZURE_168; MicrosoftDocs/azure-aks-docs:articles/aks/concepts-network-ip-address-planning.md",
  check: (resources) => {
    const clusters = resources.filter(({ type }) => sameType(type, types.cluster));
    const subnets = resources.filter(({ type }) => sameType(type, types.subnet));
    const pools = resources.flatMap((it) => poolsOf(it, clusters));
    return [
      ...pools.flatMap(({ owner, hidden }) => (hidden === undefined ? [] : about(owner, [unjudged(hidden)]))),
      ...expectRoomInSubnets(pools, subnets),
      ...clusters.flatMap((cluster) => expectRoomForPods(cluster, pools)),
    ];
  },
};

/** A pool when it is full. */
interface Pool {
  readonly owner: Subject;
  readonly cluster: Subject | undefined;
  /** Where its subnet stands. */
  readonly subnetAt: string;
  readonly nodes: number;
  /** Addresses of its subnet that each node takes. */
  readonly addresses: number;
  /** What is not known yet of the number of its nodes, which is then not counted. */
  readonly hidden?: string;
}

function poolsOf(owner: Subject, clusters: readonly Subject[]): readonly Pool[] {
  const { type, inputs } = owner;
  const cluster = sameType(type, types.cluster)
    ? owner
    : clusters.find((it) => belongsTo(owner, it, clusters, "cluster"));
  return nodePools(owner).map((pool) => {
    const most = mostNodesPath(inputs, pool);
    const nodes = number(inputs, most);
    const surge = surgeOf(inputs, pool, nodes);
    const hidden = isUnknown(read(inputs, most)) ? most : undefined;
    const subnetAt = `${pool}vnetSubnetID`;
    const addresses = addressesPerNode(inputs, pool, cluster);
    if (surge === undefined)
      return { owner, cluster, subnetAt, nodes, addresses, hidden: `${pool}upgradeSettings.maxSurge` };
    return { owner, cluster, subnetAt, nodes: nodes + surge, addresses, ...(hidden !== undefined && { hidden }) };
  });
}

/** On a flat network pods have addresses of the subnet of their node, unless they have a subnet of their own. */
function addressesPerNode(inputs: unknown, pool: string, cluster: Subject | undefined): number {
  const network = (key: string): unknown => read(cluster?.inputs, `networkProfile.${key}`);
  const flat = network("networkPlugin") === "azure" && network("networkPluginMode") === undefined;
  if (!flat || read(inputs, `${pool}podSubnetID`) !== undefined) return 1;
  return 1 + (number(inputs, `${pool}maxPods`) || limits.flatPodsPerNode.value);
}

function expectRoomInSubnets(pools: readonly Pool[], subnets: readonly Subject[]): readonly StackOutcome[] {
  const placed = pools.map((it) => ({ ...it, subnet: subnetOf(it.owner, it.subnetAt, subnets) }));
  return [
    ...placed.flatMap(({ owner, subnet, subnetAt }) => (subnet === null ? about(owner, [unjudged(subnetAt)]) : [])),
    ...subnets.flatMap((subnet) => {
      const inside = placed.filter((it) => it.subnet === subnet);
      const needed = sum(inside.map(({ nodes, addresses }) => nodes * addresses));
      const ranges = ["addressPrefix", "addressPrefixes[]"]
        .flatMap((it) => locate(subnet.inputs, it))
        .flatMap(({ path, value }) => {
          const range = isText(value) ? parseCidr(value) : undefined;
          return range === undefined ? [] : [{ path, value, size: addressCount(range) }];
        });
      const [first] = ranges;
      const room = sum(ranges.map(({ size }) => size)) - limits.subnetReservedAddresses.value;
      return first === undefined || needed <= room
        ? []
        : about(subnet, [
            violation(
              first.path,
              first.value,
              `have ${needed} addresses for ${inside.map(({ owner }) => owner.name).join(", ")} when full, and has ${Math.max(0, room)}`,
            ),
          ]);
    }),
  ];
}

/** An overlay gives each node a range of its own. */
function expectRoomForPods(cluster: Subject, pools: readonly Pool[]): readonly StackOutcome[] {
  const { inputs } = cluster;
  if (read(inputs, "networkProfile.networkPluginMode") !== "overlay") return [];
  const nodes = sum(pools.filter((it) => it.cluster === cluster).map((it) => it.nodes));
  const perNode = addressCount({ base: 0, prefixLength: limits.overlayPrefixPerNode.value });
  return locate(inputs, "networkProfile.podCidr").flatMap(({ path, value }) => {
    const range = isText(value) ? parseCidr(value) : undefined;
    const room = range === undefined ? Infinity : Math.floor(addressCount(range) / perNode);
    return nodes <= room
      ? []
      : about(cluster, [
          violation(
            path,
            value,
            `hold a /${limits.overlayPrefixPerNode.value} for each of ${nodes} nodes, and holds ${room}`,
          ),
        ]);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, it) => all + it, 0);
}
