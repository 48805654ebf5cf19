import type { VmSize } from "../catalog/vm-size";
import { list, text, texts } from "../core/property-tree";
import type { Value } from "../core/property-value";
import { armVersions } from "./arm-versions";
import type { Check } from "./check";
import { type Finding, missing, ok, warning } from "./line";
import { plannedMachines } from "./planned-machines";
import { type Answer, get, type Question, unanswered } from "./question";

/** What is asked of one size: all machines of it together. */
export interface SizeNeed {
  readonly name: string;
  /** What the catalogue says, null for a size that nobody knows. */
  readonly row: VmSize | null;
  readonly zones: readonly string[];
  readonly spot: boolean;
  readonly encryptionAtHost: boolean;
  readonly reserved: boolean;
  /** Whether AKS makes machines of it. */
  readonly aks: boolean;
}

interface Needs {
  readonly subscriptionId: string;
  readonly location: string;
  readonly sizes: readonly SizeNeed[];
}

/** What the subscription may buy, and what AKS takes: whether each size is sold in the region and the zones, to this subscription. */
export const sizes: Check<Needs, { readonly skus: Answer; readonly aksSkus: Answer | null }> = {
  name: "sizes",
  needs: ({ subscriptionId, location, resources }) => {
    const needs = new Map<string, SizeNeed>();
    for (const it of plannedMachines(resources)) {
      const before = needs.get(it.size);
      needs.set(it.size, {
        name: it.size,
        row: it.vmSize,
        zones: [...new Set([...(before?.zones ?? []), ...it.zones])].sort(),
        spot: before?.spot === true || it.spot,
        encryptionAtHost: before?.encryptionAtHost === true || it.encryptionAtHost,
        reserved: before?.reserved === true || it.reservationGroupId !== null,
        aks: before?.aks === true || it.as === "cluster",
      });
    }
    return needs.size === 0 ? null : { subscriptionId, location, sizes: [...needs.values()] };
  },
  ask: async ({ subscriptionId, location, sizes: wanted }, ask) => {
    const [skus, aksSkus] = await Promise.all([
      ask(skusOf(subscriptionId, location)),
      wanted.some((it) => it.aks) ? ask(aksSkusOf(subscriptionId, location)) : null,
    ]);
    return { skus, aksSkus };
  },
  judge: ({ location, sizes: wanted }, { skus, aksSkus }) =>
    wanted.flatMap((it) => [
      judgeSize(it, location, skus),
      ...(it.aks && aksSkus !== null ? [judgeAks(it, location, aksSkus)] : []),
    ]),
};

function skusOf(subscriptionId: string, location: string): Question {
  return get(`/subscriptions/${subscriptionId}/providers/Microsoft.Compute/skus`, {
    apiVersion: armVersions.skus,
    right: "Microsoft.Compute/skus/read",
    has: "value",
    query: { $filter: `location eq '${location}'` },
  });
}

function aksSkusOf(subscriptionId: string, location: string): Question {
  return get(`/subscriptions/${subscriptionId}/providers/Microsoft.ContainerService/locations/${location}/vmSkus`, {
    apiVersion: armVersions.aksSizes,
    right: "Microsoft.ContainerService/locations/vmSkus/read",
    has: "value",
  });
}

function judgeSize(need: SizeNeed, location: string, answer: Answer): Finding {
  const { name, zones } = need;
  const wanted = zones.length === 0 ? `sold in ${location}` : `sold in ${location}, zones ${zones.join(", ")}`;
  if (answer.kind !== "found") return unanswered(name, wanted, answer);
  const sku = skuOf(answer, name);
  if (sku === undefined) return missing(name, wanted, `not sold in ${location}`, elsewhere(name));
  const refusal = refusalOf(sku, need, location);
  if (refusal !== null) return missing(name, wanted, refusal, accessTo(name));
  const lacking = lackingOf(sku, need);
  if (lacking !== null) return missing(name, wanted, lacking, "Take another size, or leave that out");
  const differing = differences(sku, need);
  return differing.length === 0
    ? ok(name, wanted, "sold to this subscription")
    : warning(
        name,
        wanted,
        `sold; Azure says otherwise than the catalogue: ${differing.join("; ")}`,
        "Report it: a row of catalog/sizes is wrong or old",
      );
}

function judgeAks({ name }: SizeNeed, location: string, answer: Answer): Finding {
  const subject = `${name} in AKS`;
  const wanted = "taken by AKS";
  // Its version is a preview: a cloud may not have it, and one day none will.
  if (answer.kind === "absent" || answer.kind === "refused")
    return warning(
      subject,
      wanted,
      `this cloud has no list of AKS of ${armVersions.aksSizes}`,
      "Look at the release notes of AKS",
    );
  if (answer.kind !== "found") return unanswered(subject, wanted, answer);
  const sku = skuOf(answer, name);
  if (sku === undefined) return missing(subject, wanted, `AKS does not list it in ${location}`, elsewhere(name));
  const [reason] = restrictions(sku).flatMap(({ type, reasonCode }) => (type === "Location" ? [reasonCode] : []));
  return reason === undefined
    ? ok(subject, wanted, "in the list of AKS")
    : missing(subject, wanted, `AKS has it restricted for this subscription: ${reason}`, accessTo(name));
}

function skuOf(answer: Answer, name: string): Value | undefined {
  if (answer.kind !== "found") return undefined;
  return list(answer.body, "value").find(
    (it) => text(it, "resourceType") === "virtualMachines" && text(it, "name") === name,
  );
}

/** Why the subscription may not buy a size, null where it may. */
function refusalOf(sku: Value, { zones }: SizeNeed, location: string): string | null {
  const offered = list(sku, "locationInfo").find((it) => text(it, "location")?.toLowerCase() === location);
  const there = texts(offered, "zones");
  const absent = zones.filter((it) => !there.includes(it));
  if (absent.length > 0)
    return `not sold in zone ${absent.join(", ")}: ${there.length === 0 ? "in none" : `in ${[...there].sort().join(", ")}`}`;
  for (const { type, reasonCode, zones: restricted } of restrictions(sku)) {
    if (type === "Location") return `restricted for this subscription: ${reasonCode}`;
    const met = zones.filter((it) => restricted.includes(it));
    if (met.length > 0) return `restricted for this subscription in zone ${met.join(", ")}: ${reasonCode}`;
  }
  return null;
}

interface Restriction {
  readonly type: string;
  readonly reasonCode: string;
  readonly zones: readonly string[];
}

function restrictions(sku: Value): readonly Restriction[] {
  return list(sku, "restrictions").map((it) => ({
    type: text(it, "type") ?? "",
    reasonCode: text(it, "reasonCode") ?? "no reason given",
    zones: texts(it, "restrictionInfo.zones"),
  }));
}

/** A capability that the plan needs and Azure says no to, null where there is none. */
function lackingOf(sku: Value, { spot, encryptionAtHost, reserved }: SizeNeed): string | null {
  const denied = (name: string): boolean => capability(sku, name) === "False";
  if (encryptionAtHost && denied("EncryptionAtHostSupported")) return "no encryption at host";
  if (spot && denied("LowPriorityCapable")) return "not sold as spot";
  if (
    reserved &&
    denied("CapacityReservationSupported") &&
    capability(sku, "SupportedCapacityReservationTypes") === undefined
  )
    return "no capacity reservation for it here";
  return null;
}

/** What Azure says otherwise than the catalogue. What it does not say is no contradiction. */
function differences(sku: Value, { row }: SizeNeed): string[] {
  if (row === null) return [];
  const pairs: readonly (readonly [what: string, said: string | undefined, known: string | null])[] = [
    ["vCPUs", capability(sku, "vCPUs"), String(row.vcpus)],
    ["RDMA", capability(sku, "RdmaEnabled"), row.infiniband === null ? "False" : "True"],
    ["architecture", capability(sku, "CpuArchitectureType")?.toLowerCase(), row.architecture],
    ["quota family", text(sku, "family"), row.quotaFamily],
  ];
  return pairs.flatMap(([what, said, known]) =>
    said === undefined || known === null || said.toLowerCase() === known.toLowerCase()
      ? []
      : [`${what} ${said}, not ${known}`],
  );
}

function capability(sku: Value, name: string): string | undefined {
  const found = list(sku, "capabilities").find((it) => text(it, "name")?.toLowerCase() === name.toLowerCase());
  return text(found, "value");
}

function elsewhere(name: string): string {
  return `Take another region: az vm list-skus --size ${name} --all --query '[].locations[]' --output tsv`;
}

/** Source: https://learn.microsoft.com/troubleshoot/azure/general/region-access-request-process */
function accessTo(name: string): string {
  return `Ask Azure support for access to ${name} (https://learn.microsoft.com/troubleshoot/azure/general/region-access-request-process), or take another zone or region`;
}
