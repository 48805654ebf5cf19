import { describe, expect, it, test } from "vitest";
import { armBody } from "../../../../azure/arm-body";
import { findArmType } from "../../../../azure/arm-types";
import { type AzurePolicy, azurePolicies } from "../../../../catalog/azure-policies";
import { planAzurePolicies } from "../../../../components/foundation/azure-policies/plan";
import type { AzurePoliciesShape } from "../../../../components/foundation/azure-policies/shape";
import {
  nodesDefinition,
  ownDefinitions,
  sizesDefinition,
} from "../../../../components/foundation/azure-policies/size-policies";
import { keysOf } from "../../../../core/records";
import { read } from "../../../../core/property-tree";
import { toProps } from "../../../../core/property-value";
import { rules } from "../../../../policies/rules";
import { shippedPreview } from "../../../shipped-previews";
import { shippedStackNames } from "../../../stack-files";
import { demands, letsThrough } from "./demands";
import { holds } from "./policy-rule";

const names = { workload: "gpu", environment: "dev", location: "eastus", suffix: "abc123" };
const plan = (shape: AzurePoliciesShape): ReturnType<typeof planAzurePolicies> =>
  planAzurePolicies("policy", shape, { names });
const policies: Readonly<Record<string, AzurePolicy>> = azurePolicies;

/** Bodies of what a shipped stack makes in Azure, as ARM gets them. */
async function bodiesOf(
  stack: (typeof shippedStackNames)[number],
): Promise<{ name: string; type: string; body: Readonly<Record<string, unknown>> }[]> {
  const { plan: recorded } = await shippedPreview(stack);
  return recorded.resources.flatMap(({ type: token, inputs, name }) => {
    const type = findArmType(token)?.arm;
    return type === undefined ? [] : [{ name, type, body: toProps(armBody(token, inputs)) }];
  });
}

describe("definitions that Azure brings", () => {
  it("stand for rules that there are, under an ID of their own", () => {
    const known = rules.map(({ name }) => name);
    const rows = [...Object.values(policies), ...Object.values<{ rules: readonly string[] }>(ownDefinitions)];
    expect(rows.flatMap((it) => it.rules).filter((it) => !known.includes(it))).toEqual([]);
    const ids = Object.values(policies).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.values(policies).filter(({ version }) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  /** What they refuse of shipped stacks, each for a reason that a stack file says. */
  const expected: Readonly<Record<string, readonly string[]>> = {
    // Its API server lets in listed ranges.
    dev: ["privateApiServer aks"],
    // The same, and Lustre moves data by the keys of that account.
    everything: ["privateApiServer aks", "accountKeys lustre-blob"],
  };

  test.each(shippedStackNames)("refuse nothing of %s but what its file asks for", async (stack) => {
    const refused = (await bodiesOf(stack)).flatMap(({ name, type, body }) =>
      keysOf(azurePolicies)
        .filter((key) => !letsThrough(key, type, body))
        .map((key) => `${key} ${name}`),
    );
    expect(refused).toEqual(expected[stack] ?? []);
  });

  it("each demand something of what some shipped stack makes, or of what nobody makes unsafely", async () => {
    const types = new Set<string>();
    for (const stack of shippedStackNames) for (const { type } of await bodiesOf(stack)) types.add(type.toLowerCase());
    const unseen = Object.values(demands)
      .flat()
      .filter(({ type }) => !types.has(type.toLowerCase()));
    expect(unseen).toEqual([]);
  });
});

describe("what definitions demand", () => {
  /** A body with one value at a path. */
  const bodyWith = (path: string, value: unknown): unknown =>
    path
      .split(".")
      .toReversed()
      .reduce<unknown>(
        (inner, key) => (key.endsWith("[*]") ? { [key.slice(0, -3)]: [inner] } : { [key]: inner }),
        value,
      );

  test.each(keysOf(azurePolicies))("%s is broken by another value, and by silence where it must be said", (key) => {
    for (const { type, path, values, absent } of demands[key]) {
      for (const value of values) expect(letsThrough(key, type, bodyWith(path, value))).toBe(true);
      const [first] = values;
      const other = typeof first === "boolean" ? !first : "something else";
      expect(letsThrough(key, type, bodyWith(path, other))).toBe(false);
      expect(letsThrough(key, type, bodyWith(path, undefined))).toBe(absent);
      expect(letsThrough(key, "Microsoft.Other/things", {})).toBe(true);
    }
  });
});

describe("a plan", () => {
  it("refuses all that can be refused, and lists the rest", () => {
    const { builtIn, own } = plan({});
    expect(Object.keys(builtIn)).not.toContain("privateApiServer");
    expect(read(builtIn["localAccounts"], "parameters.effect.value")).toBe("Deny");
    expect(read(builtIn["entraLogin"], "parameters.effect.value")).toBe("Audit");
    expect(builtIn["publicAddresses"]).toMatchObject({ enforcementMode: "Default", parameters: {} });
    expect(own).toEqual({});
  });

  it("lists everything where it only audits: what Azure always refuses is not enforced", () => {
    const { builtIn, denied } = plan({ effect: "audit", privateApiServer: true });
    expect(denied).toEqual([]);
    expect(read(builtIn["localAccounts"], "parameters.effect.value")).toBe("Audit");
    expect(builtIn["publicAddresses"]).toMatchObject({ enforcementMode: "DoNotEnforce" });
  });

  it("audits one alone, with the reason beside it", () => {
    const { builtIn, denied } = plan({ auditOnly: { accountKeys: "Lustre moves data by keys" } });
    expect(denied).not.toContain("accountKeys");
    expect(denied).toContain("localAccounts");
    expect(builtIn["accountKeys"]).toMatchObject({ description: "Audited only: Lustre moves data by keys" });
  });

  it("says which rule is broken, and asks for the version that was read", () => {
    expect(plan({}).builtIn["storageTls"]).toEqual({
      policyAssignmentName: "storage-tls",
      displayName: "azure-gpu-cluster storage tls",
      policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${azurePolicies.storageTls.id}`,
      definitionVersion: "1.*.*",
      enforcementMode: "Default",
      parameters: { effect: { value: "Deny" }, minimumTlsVersion: { value: "TLS1_2" } },
      nonComplianceMessages: [{ message: "azure-gpu-cluster: breaks storage tls, as the rule st-tls12 says." }],
    });
  });

  test.each<readonly [string, unknown, string]>([
    ["a policy that is none", { auditOnly: { locl: "because of something" } }, "auditOnly"],
    ["an exception without a reason", { auditOnly: { accountKeys: "" } }, "at least 10 characters"],
    [
      "an exception of what is only audited",
      { auditOnly: { entraLogin: "because of something" } },
      "Azure only audits",
    ],
    ["an exception of what nobody asked for", { auditOnly: { privateApiServer: "because of it" } }, "privateApiServer"],
    ["no size at all", { sizes: [] }, "must name at least one size"],
    ["a size twice", { sizes: ["Standard_D4ds_v5", "Standard_D4ds_v5"] }, "must name each size once"],
    ["no node", { maxNodes: 0 }, "must be a whole number from 1"],
    ["an unknown key", { deny: true }, "deny"],
  ])("refuses %s", (_, shape, says) => {
    expect(() => plan(shape as AzurePoliciesShape)).toThrow(says);
  });
});

describe("definitions of our own", () => {
  const refuses = (
    definition: { policyRule: object },
    parameters: Record<string, unknown>,
    type: string,
    body: object,
  ): boolean => holds(read(definition.policyRule, "if"), parameters, { type, body: toProps(body), item: undefined });
  const pools = "Microsoft.ContainerService/managedClusters/agentPools";
  const clusters = "Microsoft.ContainerService/managedClusters";
  const scaleSets = "Microsoft.Compute/virtualMachineScaleSets";
  const small = "Standard_D4ds_v5";
  const large = "Standard_ND96isr_H100_v5";

  test.each<readonly [string, boolean, string, object]>([
    ["a pool of a listed size", false, pools, { properties: { vmSize: small } }],
    ["a pool of a listed size, spelt otherwise", false, pools, { properties: { vmSize: small.toUpperCase() } }],
    ["a pool of another size", true, pools, { properties: { vmSize: large } }],
    ["a pool of single machines, which have sizes of their own", false, pools, { properties: { mode: "User" } }],
    [
      "a cluster with a pool of another size",
      true,
      clusters,
      { properties: { agentPoolProfiles: [{ vmSize: small }, { vmSize: large }] } },
    ],
    ["a cluster of listed sizes", false, clusters, { properties: { agentPoolProfiles: [{ vmSize: small }] } }],
    ["a cluster without pools", false, clusters, { properties: {} }],
    ["a scale set of another size", true, scaleSets, { sku: { name: large, capacity: 1 } }],
    ["a scale set of a listed size", false, scaleSets, { sku: { name: small, capacity: 1 } }],
    ["a flexible scale set without a size", false, scaleSets, { properties: {} }],
    ["a machine of another size", true, "Microsoft.Compute/virtualMachines", { sku: { name: large } }],
    ["something else", false, "Microsoft.Storage/storageAccounts", { sku: { name: large } }],
  ])("about sizes: %s is refused: %s", (_, expected, type, body) => {
    expect(refuses(sizesDefinition, { sizes: [small] }, type, body)).toBe(expected);
  });

  test.each<readonly [string, boolean, string, object]>([
    ["a pool that may grow to too many", true, pools, { properties: { count: 0, maxCount: 9 } }],
    ["a pool that has too many", true, pools, { properties: { count: 9 } }],
    ["a pool at the bound", false, pools, { properties: { count: 8, maxCount: 8 } }],
    ["a cluster with too large a pool", true, clusters, { properties: { agentPoolProfiles: [{ count: 9 }] } }],
    ["a scale set of too many", true, scaleSets, { sku: { name: small, capacity: 9 } }],
    ["a scale set at the bound", false, scaleSets, { sku: { name: small, capacity: 8 } }],
  ])("about nodes: %s is refused: %s", (_, expected, type, body) => {
    expect(refuses(nodesDefinition, { maxNodes: 8 }, type, body)).toBe(expected);
  });

  test.each(shippedStackNames)("refuse nothing of %s when they list what it has", async (stack) => {
    const bodies = await bodiesOf(stack);
    const texts = (paths: readonly string[]): unknown[] =>
      bodies.flatMap(({ body }) => [
        ...paths.map((it) => read(body, it)),
        ...((read(body, "properties.agentPoolProfiles") as object[] | undefined) ?? []).map((it) => read(it, "vmSize")),
      ]);
    const sizes = texts(["properties.vmSize", "properties.hardwareProfile.vmSize", "sku.name"]).filter(Boolean);
    const refused = (given: readonly unknown[]): string[] =>
      bodies.filter(({ type, body }) => refuses(sizesDefinition, { sizes: given }, type, body)).map(({ name }) => name);
    expect(refused(sizes)).toEqual([]);
    // Without any they bite wherever there are machines.
    const computes = bodies.some(({ type }) => /managedClusters$|virtualMachineScaleSets$/.test(type));
    expect(refused([]).length > 0).toBe(computes);
  });

  it("stand at the subscription under a name of the environment's", () => {
    const { own } = plan({ sizes: [small], maxNodes: 8 });
    expect(Object.values(own).map(({ definition }) => definition.policyDefinitionName)).toEqual([
      "policy-gpu-dev-eastus-sizes",
      "policy-gpu-dev-eastus-nodes",
    ]);
    expect(own["sizes"]?.assignment).toMatchObject({
      policyAssignmentName: "sizes",
      parameters: { effect: { value: "Deny" }, sizes: { value: [small] } },
    });
  });
});
