import { about, expectAt, isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { number, read, text } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";
import { lustreSubnetPrefixLength } from "../../../catalog/lustre-tiers";
import { expectLargest } from "./subnet-ranges";
import { subnetOf } from "./subnet-of";

const path = "filesystemSubnet";

export const subnetSizeAmlfs: StackRule = {
  id: 112,
  name: "subnet-size-amlfs",
  area: "network",
  kind: "stack",
  types: [types.subnet, types.lustre],
  title: "A Lustre file system has a subnet that no other one has, that is large enough and that is not delegated.",
  why: "Azure refuses a small or delegated subnet late, and no file system moves to another one.",
  remedy: "Give each file system a subnet of its own, of the size that Azure asks for its capacity.",
  severity: "medium",
  levels: levels.always,
  source: "https://learn.microsoft.com/azure/azure-managed-lustre/amlfs-prerequisites",
  check: (resources) => {
    const subnets = resources.filter(({ type }) => sameType(type, types.subnet));
    const systems = resources.filter(({ type }) => sameType(type, types.lustre));
    const found = systems.map((it) => subnetOf(it, path, subnets));
    return systems.flatMap((system, at) => {
      const subnet = found[at];
      if (subnet === null) return about(system, [unjudged(path)]);
      const id = read(system.inputs, path);
      const sharers = systems
        .slice(0, at)
        .filter(
          (it, before) =>
            (subnet !== undefined && found[before] === subnet) ||
            (isText(id) && text(it.inputs, path)?.toLowerCase() === id.toLowerCase()),
        );
      return [
        ...about(
          system,
          sharers.map((it) => violation(path, isUnknown(id) ? subnet?.name : id, `not be the subnet of ${it.name}`)),
        ),
        ...(subnet === undefined ? [] : about(subnet, judgeSubnet(subnet, system))),
      ];
    });
  },
};

function judgeSubnet({ inputs }: Subject, system: Subject): readonly Outcome[] {
  const capacity = number(system.inputs, "storageCapacityTiB");
  const needed = lustreSubnetPrefixLength(capacity);
  return [
    ...expectAt(inputs, "delegations", (it) => it === undefined || (isList(it) && it.length === 0), "be absent"),
    ...(needed === null ? [] : expectLargest(inputs, needed, `be a /${needed} or larger for ${capacity} TiB`)),
  ];
}
