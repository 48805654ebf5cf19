import { about, isText, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { locate } from "../../../core/property-tree";
import { expectLargest } from "./subnet-ranges";
import { occupantsOf, occupantTypes } from "./subnet-occupants";
import { subnetOf } from "./subnet-of";

const path = "subnetId";
const service = "Microsoft.NetApp/volumes";

export const subnetDelegationAnf: StackRule = {
  id: 111,
  name: "subnet-delegation-anf",
  area: "network",
  kind: "stack",
  types: [types.subnet, ...occupantTypes],
  title: "The subnet of a NetApp volume is delegated to it, holds 16 addresses or more, and nothing else lies there.",
  why: "Azure makes no volume in another subnet, and says so only after the pool was paid for.",
  remedy:
    "Delegate the subnet to Microsoft.NetApp/volumes, make it a /28 or larger, and put everything else elsewhere.",
  severity: "medium",
  levels: levels.always,
  source: "MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-delegate-subnet.md",
  check: (resources) => {
    const subnets = resources.filter(({ type }) => sameType(type, types.subnet));
    const volumes = resources.filter(({ type }) => sameType(type, types.netAppVolume));
    const found = volumes.map((it) => subnetOf(it, path, subnets));
    return [
      ...volumes.flatMap((it, at) => (found[at] === null ? about(it, [unjudged(path)]) : [])),
      ...[...new Set(found)].flatMap((it) => (it == null ? [] : about(it, judgeSubnet(it)))),
      ...occupantsOf(resources, subnets)
        .filter(({ occupant, subnet }) => !volumes.includes(occupant) && found.includes(subnet))
        .flatMap(({ occupant, path: at, subnet }) =>
          about(occupant, [violation(at, subnet.name, "be another subnet: NetApp volumes have it to themselves")]),
        ),
    ];
  },
};

function judgeSubnet({ inputs }: Subject): readonly Outcome[] {
  const names = locate(inputs, "delegations[].serviceName");
  const delegated =
    names.some(({ value }) => isUnknown(value)) ||
    names.some(({ value }) => isText(value) && value.toLowerCase() === service.toLowerCase());
  return [
    ...(delegated ? [] : [violation("delegations", names.map(({ value }) => value).filter(isText), `hold ${service}`)]),
    ...expectLargest(inputs, 28, "be a /28 or larger"),
  ];
}
