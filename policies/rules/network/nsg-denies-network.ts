import { isAnywhere } from "../../engine/address-ranges";
import { about, isText, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, locate, read, text } from "../../../core/property-tree";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { everyPort, parsePorts, portPaths, sourcePaths } from "./nsg";

export const nsgDeniesNetwork: StackRule = {
  id: 233,
  name: "nsg-denies-network",
  area: "network",
  kind: "stack",
  types: [types.securityGroup, types.securityRule],
  title: "A network security group denies what its own rules do not allow, from inside the network as well.",
  why: "Azure's last rule lets in the whole network and every peered one: an empty group on the subnet of Lustre is an open file system.",
  remedy:
    "Allow who must connect by name, then add an inbound rule that denies VirtualNetwork on every port, with a priority above theirs.",
  severity: "high",
  levels: levels.advised,
  source:
    "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview (AllowVNetInBound); CIS, PSRule Azure.NSG.LateralTraversal",
  check: (resources) => {
    const own = resources.filter(({ type }) => sameType(type, types.securityRule));
    return resources
      .filter(({ type }) => sameType(type, types.securityGroup))
      .flatMap((group) => checkGroup(group, own));
  },
};

/** One rule of a group: in it, or a resource of its own. */
interface SecurityRule {
  readonly holder: Subject;
  /** Path of the rule, ends with a dot unless it is empty. */
  readonly at: string;
}

function checkGroup(group: Subject, others: readonly Subject[]): StackOutcome[] {
  const rules: SecurityRule[] = [
    ...items(group.inputs, "securityRules").map(({ path }) => ({ holder: group, at: `${path}.` })),
    ...others.filter((it) => mayBeIn(it, group)).map((holder) => ({ holder, at: "" })),
  ];
  if (rules.some(deniesNetwork)) return [];
  const [vague] = rules.flatMap(unknownsOf);
  if (vague !== undefined) return [vague];
  const is = `${rules.length === 0 ? "empty" : "without a denial"}, so the whole network gets in`;
  return about(group, [{ path: "securityRules", is, must: "deny inbound VirtualNetwork on every port" }]);
}

/** Whether a rule of its own stands in a group. Of a group whose name is not known yet it may. */
function mayBeIn({ inputs }: Subject, group: Subject): boolean {
  const [wanted, given] = [read(inputs, "networkSecurityGroupName"), text(group.inputs, "networkSecurityGroupName")];
  return isUnknown(wanted) || given === undefined || (isText(wanted) && wanted.toLowerCase() === given.toLowerCase());
}

function deniesNetwork({ holder, at }: SecurityRule): boolean {
  const says = (path: string, wanted: string): boolean => text(holder.inputs, at + path)?.toLowerCase() === wanted;
  const values = (paths: readonly string[]): readonly unknown[] =>
    paths.flatMap((it) => locate(holder.inputs, at + it)).map(({ value }) => value);
  return (
    says("direction", "inbound") &&
    says("access", "deny") &&
    says("protocol", "*") &&
    values(sourcePaths).some((it) => isText(it) && (it.toLowerCase() === "virtualnetwork" || isAnywhere(it))) &&
    everyPort(values(portPaths).flatMap((it) => parsePorts(it)))
  );
}

/** What is not known yet of a rule, and decides whether it denies the network. */
function unknownsOf({ holder, at }: SecurityRule): StackOutcome[] {
  const unknowns = ["direction", "access", "protocol", ...sourcePaths, ...portPaths]
    .flatMap((it) => locate(holder.inputs, at + it))
    .filter(({ value }) => isUnknown(value));
  return about(
    holder,
    unknowns.map(({ path }) => unjudged(path)),
  );
}
