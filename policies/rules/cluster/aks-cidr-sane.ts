import { contains, overlaps, parseAddress, parseCidr, type Cidr } from "../../../core/cidr";
import { expectUnreserved, isRange, rangeForm } from "../../engine/address-ranges";
import { expectAt, isText, violation } from "../../engine/expect";
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
  const given = rangeAt(inputs, path);
  return given === undefined ? [] : expectUnreserved(path, given.range, given.written);
}

function clashWithEachOther(inputs: unknown): Outcome[] {
  const [ofPods, ofServices] = [rangeAt(inputs, pods), rangeAt(inputs, services)];
  if (ofPods === undefined || ofServices === undefined || !overlaps(ofPods.range, ofServices.range)) return [];
  return [violation(services, ofServices.written, `not overlap ${pods} (${ofPods.written})`)];
}

function checkDns(inputs: unknown): Outcome[] {
  const given = rangeAt(inputs, services);
  if (given === undefined) return [];
  const { range, written } = given;
  const fits = (it: unknown): boolean => {
    const address = isText(it) ? parseAddress(it) : undefined;
    // The first address is the API server's own service.
    return address !== undefined && contains(range, address) && address.base > range.base + 1;
  };
  return expectAt(inputs, dns, fits, `be inside ${written} and not its first address`);
}

/** A range as it is written and as it is read; `undefined` where there is none. */
function rangeAt(inputs: unknown, path: string): { readonly written: string; readonly range: Cidr } | undefined {
  const written = text(inputs, path);
  if (written === undefined) return undefined;
  const range = parseCidr(written);
  return range && { written, range };
}
