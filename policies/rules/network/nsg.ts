import { isOpen } from "../../engine/address-ranges";
import { isText, numeral, unjudged } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, locate, read, type Spot } from "../../../core/property-tree";
import { sameType, type Outcome, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";

/** Resources that hold security rules. */
export const securityRuleTypes = [types.securityGroup, types.securityRule, types.adminRule];

/** A range of ports, both ends included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** An inbound rule that lets the internet in. */
interface OpenRule {
  /** The source that is too wide, where it stands. */
  readonly source: { readonly path: string; readonly value: string };
  readonly ports: readonly Ports[];
  /** What it lets through, where it stands. */
  readonly protocol: Spot;
}

/** Where a rule names who sends. */
export const sourcePaths = ["sourceAddressPrefix", "sourceAddressPrefixes[]", "sources[].addressPrefix"];

/** Where a rule names ports of who receives. */
export const portPaths = ["destinationPortRange", "destinationPortRanges[]"];

/** Asks `judge` about each inbound rule of a resource that allows the internet, or a range that is nearly that wide. */
export function onOpenRules(resource: Subject, judge: (rule: OpenRule) => readonly Outcome[]): readonly Outcome[] {
  if (!sameType(resource.type, types.securityGroup)) return judgeRule(resource.inputs, "", judge);
  return items(resource.inputs, "securityRules").flatMap(({ path, value }) =>
    isUnknown(value) ? [unjudged(path)] : judgeRule(resource.inputs, `${path}.`, judge),
  );
}

function judgeRule(inputs: unknown, at: string, judge: (rule: OpenRule) => readonly Outcome[]): readonly Outcome[] {
  // Azure reads these words in any letter case, and AlwaysAllow is an admin rule that nobody below can deny.
  if (excludes(read(inputs, `${at}direction`), "inbound")) return [];
  if (excludes(read(inputs, `${at}access`), "allow", "alwaysallow")) return [];
  const deciding = [`${at}direction`, `${at}access`, ...[...sourcePaths, ...portPaths].map((it) => `${at}${it}`)];
  const unknown = deciding.flatMap((it) => locate(inputs, it)).find(({ value }) => isUnknown(value));
  const sources = sourcePaths.flatMap((it) => locate(inputs, `${at}${it}`));
  const [source] = sources.flatMap(({ path, value }) => (isText(value) && isOpen(value) ? [{ path, value }] : []));
  if (unknown !== undefined) return [unjudged(unknown.path)];
  if (source === undefined) return [];
  const ports = portPaths.flatMap((it) => locate(inputs, `${at}${it}`)).flatMap(({ value }) => parsePorts(value));
  return judge({ source, ports, protocol: { path: `${at}protocol`, value: read(inputs, `${at}protocol`) } });
}

/** Whether a word is known and none of those wanted, which are in lowercase. */
function excludes(value: unknown, ...wanted: readonly string[]): boolean {
  return !isUnknown(value) && !(isText(value) && wanted.includes(value.toLowerCase()));
}

/** Reads `22`, `8000-9000`, `22,80-90` or `*`. Anything else is no port. */
export function parsePorts(value: unknown): readonly Ports[] {
  const ranges = numeral(value)?.split(",") ?? [];
  return ranges.flatMap((part) => {
    const range = part.trim();
    if (range === "*") return [{ from: 0, to: 65_535 }];
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range);
    return match === null ? [] : [{ from: Number(match[1]), to: Number(match[2] ?? match[1]) }];
  });
}

/** Whether one of the ranges holds every port. Nothing listens on port 0. */
export function everyPort(ports: readonly Ports[]): boolean {
  return ports.some(({ from, to }) => from <= 1 && to >= 65_535);
}
