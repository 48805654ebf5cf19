import { absentOr, expectAt, isCount, unjudged, violation } from "../../engine/expect";
import { levels, sameType, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";
import { isUnknown } from "../../../core/property-marks";
import { items, read, text, type Spot } from "../../../core/property-tree";
import { isList } from "../../../core/property-value";
import { parsePorts } from "./nsg";

/** Fields that come once for one value and once for several. */
const pairs = [
  ["sourceAddressPrefix", "sourceAddressPrefixes"],
  ["destinationAddressPrefix", "destinationAddressPrefixes"],
  ["sourcePortRange", "sourcePortRanges"],
  ["destinationPortRange", "destinationPortRanges"],
] as const;
const portFields = ["sourcePortRange", "sourcePortRanges[]", "destinationPortRange", "destinationPortRanges[]"];

export const nsgRuleSane: ResourceRule = {
  id: 107,
  name: "nsg-rule-sane",
  area: "network",
  kind: "resource",
  types: [types.securityGroup, types.securityRule],
  title: "Security rules have a priority of their own and say each thing once.",
  why: "Azure refuses two rules of one priority late, and reads only one of a singular and a plural field.",
  remedy:
    "Give each rule of a direction its own priority from 100 to 4096, and use either the singular or the plural field.",
  severity: "medium",
  levels: levels.always,
  source: "ours",
  check: ({ type, inputs }) => {
    if (!sameType(type, types.securityGroup)) return judgeOne(inputs, "");
    const rules = items(inputs, "securityRules");
    return [
      ...rules.flatMap(({ path, value }) => (isUnknown(value) ? [unjudged(path)] : judgeOne(inputs, `${path}.`))),
      ...rules.flatMap(({ path, value }, at) => judgeTwins(path, value, rules.slice(0, at))),
    ];
  },
};

function judgeOne(inputs: unknown, at: string): readonly Outcome[] {
  return [
    ...expectAt(inputs, `${at}priority`, (it) => isCount(it, 100, 4096), "be a whole number from 100 to 4096"),
    ...pairs.flatMap(([one, several]) => {
      const given = read(inputs, `${at}${several}`);
      const both = read(inputs, `${at}${one}`) !== undefined && isList(given) && given.length > 0;
      return both ? [violation(`${at}${several}`, given, `be absent beside ${one}`)] : [];
    }),
    ...portFields.flatMap((field) =>
      expectAt(inputs, `${at}${field}`, absentOr(isPort), "be a port, a range of ports or *"),
    ),
  ];
}

function isPort(value: unknown): boolean {
  const ports = parsePorts(value);
  return ports.length > 0 && ports.every(({ from, to }) => from <= to && to <= 65_535);
}

function judgeTwins(path: string, rule: unknown, earlier: readonly Spot[]): readonly Outcome[] {
  const priority = read(rule, "priority");
  const direction = text(rule, "direction")?.toLowerCase();
  if (typeof priority !== "number" || direction === undefined) return [];
  const twin = earlier.find(
    ({ value }) => read(value, "priority") === priority && text(value, "direction")?.toLowerCase() === direction,
  );
  return twin === undefined ? [] : [violation(`${path}.priority`, priority, `differ from that of ${twin.path}`)];
}
