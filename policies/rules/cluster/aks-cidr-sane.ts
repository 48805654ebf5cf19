import { contains, overlaps, parseAddress, parseCidr, type Cidr } from "../../../core/cidr";
import { expectUnreserved, isRange, rangeForm } from "../../engine/address-ranges";
import { expectAt, isText, violation } from "../../engine/expect";
import { isUnknown } from "../../../core/property-marks";
import { items, locate, read, text } from "../../../core/property-tree";
import { levels, type Outcome, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

const pods = "networkProfile.podCidr";
const services = "networkProfile.serviceCidr";
const dns = "networkProfile.dnsServiceIP";

export const aksCidrSane: ResourceRule = {
  id: 49,
  name: "aks-cidr-sane",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "Pod and service ranges are chosen, disjoint and clear of the ranges that AKS keeps.",
  why: "They are fixed at creation, and a clash shows up as timeouts long after.",
  remedy: "Set podCidr, serviceCidr and dnsServiceIP to free private ranges and an address inside the service range.",
  severity: "high",
  levels: levels.always,
  source: "MicrosoftDocs/azure-aks-docs configure-azure-cni.md",
  check: ({ inputs }) => {
    // A flat network takes pod addresses from a subnet and has no pod range.
    const flat = read(inputs, "networkProfile.networkPluginMode") === undefined && read(inputs, pods) === undefined;
    const owed = flat ? [services] : [pods, services];
    return [
      // With both families the ranges stand in a list.
      ...owed
        .filter((it) => items(inputs, `${it}s`).length === 0 || read(inputs, it) !== undefined)
        .flatMap((path) => expectAt(inputs, path, isRange, rangeForm)),
      ...[pods, services].flatMap((it) => expectAt(inputs, `${it}s[]`, isRangeOrIpv6, rangeForm)),
      ...[...rangesAt(inputs, pods), ...rangesAt(inputs, services)].flatMap(({ path, range, value }) =>
        expectUnreserved(path, range, value),
      ),
      ...clashWithEachOther(inputs),
      ...checkDns(inputs),
    ];
  },
};

interface Range {
  readonly path: string;
  readonly value: string;
  readonly range: Cidr;
}

/** The IPv4 ranges of pods or of services, each told once: the list repeats the single one. */
function rangesAt(inputs: unknown, single: string): readonly Range[] {
  const found = [single, `${single}s[]`]
    .flatMap((it) => locate(inputs, it))
    .flatMap(({ path, value }): readonly Range[] => {
      const range = isText(value) && !isUnknown(value) ? parseCidr(value) : undefined;
      return range === undefined || !isText(value) ? [] : [{ path, value, range }];
    });
  return found.filter(({ value }, at) => found.findIndex((it) => it.value === value) === at);
}

function isRangeOrIpv6(value: unknown): boolean {
  return isRange(value) || (isText(value) && value.includes(":"));
}

function clashWithEachOther(inputs: unknown): Outcome[] {
  return rangesAt(inputs, services).flatMap(({ path, value, range }) =>
    rangesAt(inputs, pods)
      .filter((it) => overlaps(it.range, range))
      .map((it) => violation(path, value, `not overlap ${it.path} (${it.value})`)),
  );
}

function checkDns(inputs: unknown): Outcome[] {
  const range = parseCidr(text(inputs, services) ?? "");
  if (range === undefined) return [];
  const fits = (it: unknown): boolean => {
    const address = isText(it) ? parseAddress(it) : undefined;
    // The first address is the API server's own service.
    return address !== undefined && contains(range, address) && address.base > range.base + 1;
  };
  return expectAt(inputs, dns, fits, `be inside ${text(inputs, services) ?? ""} and not its first address`);
}
