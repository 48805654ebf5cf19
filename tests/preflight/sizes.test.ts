import { describe, expect, it } from "vitest";
import { findVmSize } from "../../catalog/vm-sizes";
import type { Value } from "../../core/property-value";
import { type SizeNeed, sizes } from "../../preflight/sizes";
import { absent, found, silent, told } from "./answers";

const name = "Standard_ND96isr_H100_v5";
const need: SizeNeed = {
  name,
  row: findVmSize(name) ?? null,
  zones: ["1"],
  spot: false,
  encryptionAtHost: true,
  reserved: false,
  aks: false,
};
const capabilities = (more: Readonly<Record<string, string>>): Value =>
  Object.entries({ vCPUs: "96", RdmaEnabled: "True", EncryptionAtHostSupported: "True", ...more }).map(
    ([key, value]) => ({
      name: key,
      value,
    }),
  );
const sku = (more: Readonly<Record<string, Value>> = {}): Value => ({
  resourceType: "virtualMachines",
  name,
  family: "standardNDSH100v5Family",
  locationInfo: [{ location: "eastus", zones: ["1", "3"] }],
  capabilities: capabilities({}),
  ...more,
});
const restriction = (type: string, zones: readonly string[]): Value => [
  { type, reasonCode: "QuotaId", restrictionInfo: { locations: ["eastus"], zones } },
];
const judge = (given: Value, more: Partial<SizeNeed> = {}): ReturnType<typeof told> =>
  told(
    sizes.judge(
      { subscriptionId: "one", location: "eastus", sizes: [{ ...need, ...more }] },
      { skus: found({ value: [given] }), aksSkus: found({ value: [given] }) },
    ),
  );

describe("a size", () => {
  it.each<[what: string, given: Value, more: Partial<SizeNeed>, verdict: string, have: string]>([
    ["that is sold", sku(), {}, "ok", "sold to this subscription"],
    ["of another kind of machine", sku({ resourceType: "hostGroups/hosts" }), {}, "missing", "not sold in eastus"],
    ["in another zone", sku(), { zones: ["1", "2"] }, "missing", "not sold in zone 2: in 1, 3"],
    ["in no zone", sku({ locationInfo: [] }), {}, "missing", "not sold in zone 1: in none"],
    ["without a zone, where it has none", sku({ locationInfo: [] }), { zones: [] }, "ok", "sold to this subscription"],
    [
      "of an offer that may not have it",
      sku({ restrictions: restriction("Location", []) }),
      {},
      "missing",
      "restricted for this subscription: QuotaId",
    ],
    [
      "restricted in its zone",
      sku({ restrictions: restriction("Zone", ["1"]) }),
      {},
      "missing",
      "restricted for this subscription in zone 1: QuotaId",
    ],
    [
      "restricted in another zone",
      sku({ restrictions: restriction("Zone", ["3"]) }),
      {},
      "ok",
      "sold to this subscription",
    ],
    [
      "without encryption at host",
      sku({ capabilities: capabilities({ EncryptionAtHostSupported: "False" }) }),
      {},
      "missing",
      "no encryption at host",
    ],
    [
      "that is no spot size",
      sku({ capabilities: capabilities({ LowPriorityCapable: "False" }) }),
      { spot: true },
      "missing",
      "not sold as spot",
    ],
    [
      "that is no spot size, on demand",
      sku({ capabilities: capabilities({ LowPriorityCapable: "False" }) }),
      {},
      "ok",
      "sold to this subscription",
    ],
    [
      "without reservations",
      sku({ capabilities: capabilities({ CapacityReservationSupported: "False" }) }),
      { reserved: true },
      "missing",
      "no capacity reservation for it here",
    ],
    [
      "with reservations of another type",
      sku({
        capabilities: capabilities({
          CapacityReservationSupported: "False",
          SupportedCapacityReservationTypes: "Block",
        }),
      }),
      { reserved: true },
      "ok",
      "sold to this subscription",
    ],
    [
      "of another family",
      sku({ family: "standardNDv5Family", capabilities: capabilities({ CpuArchitectureType: "Arm64" }) }),
      {},
      "warning",
      "sold; Azure says otherwise than the catalogue: architecture arm64, not x64; quota family standardNDv5Family, not standardNDSH100v5Family",
    ],
    ["that nobody knows", sku({ family: "other" }), { row: null }, "ok", "sold to this subscription"],
  ])("%s", (_, given, more, verdict, have) => {
    expect(judge(given, more)).toEqual([[verdict, have]]);
  });

  it("that AKS has restricted is told apart", () => {
    expect(judge(sku({ restrictions: restriction("Location", []) }), { aks: true }).at(-1)).toEqual([
      "missing",
      "AKS has it restricted for this subscription: QuotaId",
    ]);
  });

  it("that AKS is not asked about, where its list is not there, is to be looked up", () => {
    const needs = { subscriptionId: "one", location: "eastus", sizes: [{ ...need, aks: true }] };
    expect(told(sizes.judge(needs, { skus: found({ value: [sku()] }), aksSkus: absent })).at(-1)).toEqual([
      "warning",
      "this cloud has no list of AKS of 2026-05-02-preview",
    ]);
  });

  it("of which nobody says anything stays unknown", () => {
    const needs = { subscriptionId: "one", location: "eastus", sizes: [{ ...need, aks: true }] };
    expect(told(sizes.judge(needs, { skus: silent, aksSkus: silent }))).toEqual([
      ["unknown", "could not be asked: Azure failed"],
      ["unknown", "could not be asked: Azure failed"],
    ]);
  });
});
