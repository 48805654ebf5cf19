import { contains, overlaps, parseCidr } from "../../../core/cidr";
import { expectUnreserved, isRange, rangeForm } from "../../engine/address-ranges";
import { expectAt, violation } from "../../engine/expect";
import { read, text } from "../../../core/property-tree";
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
    const paths = flat ? [services] : [pods, services];
    return [
      ...paths.flatMap((path) => expectAt(inputs, path, isRange, rangeForm)),
      ...paths.flatMap((path) => clashWithReserved(inputs, path)),
      ...clashWithEachOther(inputs),
      ...checkDns(inputs),
    ];
  },
};

function clashWithReserved(inputs: unknown, path: string): Outcome[] {
  const given = text(inputs, path) ?? "";
  const range = parseCidr(given);
  return range === undefined ? [] : expectUnreserved(path, range, given);
}

function clashWithEachOther(inputs: unknown): Outcome[] {
  const [podRange, serviceRange] = [parseCidr(text(inputs, pods) ?? ""), parseCidr(text(inputs, services) ?? "")];
  if (podRange === undefined || serviceRange === undefined || !overlaps(podRange, serviceRange)) return [];
  return [violation(services, text(inputs, services), `not overlap ${pods} (${text(inputs, pods) ?? ""})`)];
}

function checkDns(inputs: unknown): Outcome[] {
  const range = parseCidr(text(inputs, services) ?? "");
  if (range === undefined) return [];
  const fits = (it: unknown): boolean => {
    const address = typeof it === "string" ? parseCidr(`${it}/32`) : undefined;
    // The first address is the API server's own service.
    return address !== undefined && contains(range, address) && address.base > range.base + 1;
  };
  return expectAt(inputs, dns, fits, `be inside ${text(inputs, services) ?? ""} and not its first address`);
}
