import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { armBody } from "../../azure/arm-body";
import { armInputs } from "../../azure/arm-inputs";
import { armTypes, findArmType } from "../../azure/arm-types";
import { isSecret, unknownValue } from "../../core/property-marks";
import { isList, isRecord } from "../../core/property-value";
import { shippedPreview } from "../shipped-previews";
import { shippedStackNames } from "../stack-files";

const sdk = path.join(__dirname, "../../node_modules/@pulumi/azure-native");

/** What the body leaves out: secrets, and inputs that nobody set. */
function plain(value: unknown): unknown {
  if (isList(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const said = Object.entries(value).filter(([, it]) => it !== undefined && !isSecret(it));
  return Object.fromEntries(said.map(([key, it]) => [key, plain(it)]));
}

describe("inputs of an ARM body", () => {
  it.each(shippedStackNames)("are those that made it, for every resource of %s", async (stack) => {
    const { plan } = await shippedPreview(stack);
    const azure = plan.resources.filter(({ type }) => findArmType(type) !== undefined);
    expect(azure).not.toEqual([]);
    for (const { type, inputs, urn } of azure) {
      const names = findArmType(type)?.names ?? [];
      const own = names.at(-1) ?? "";
      const { ...wanted } = plain(inputs) as Record<string, unknown>;
      // The body has its own name alone.
      for (const it of names) if (it !== own || typeof inputs[it] !== "string") wanted[it] = unknownValue;
      expect([urn, armInputs(type, armBody(type, inputs))]).toEqual([urn, wanted]);
    }
  });

  it.each<[token: string, body: Readonly<Record<string, unknown>>, inputs: object]>([
    [
      "network:VirtualNetwork",
      {
        name: "net",
        properties: { subnets: [{ name: "a", properties: { delegations: [{ properties: { a: 1 } }] } }] },
      },
      { virtualNetworkName: "net", subnets: [{ name: "a", delegations: [{ a: 1 }] }], resourceGroupName: unknownValue },
    ],
    [
      "containerservice:ManagedCluster",
      { name: "aks", properties: { autoScalerProfile: { "max-node-provision-time": "45m" } } },
      {
        resourceName: "aks",
        resourceGroupName: unknownValue,
        autoScalerProfile: { maxNodeProvisionTime: "45m" },
      },
    ],
    // What is free in its form stays as it was written.
    [
      "compute:VirtualMachineExtension",
      { name: "vm/ext", properties: { type: "x", settings: { properties: { a: 1 } } }, tags: { properties: "x" } },
      {
        vmName: "vm",
        vmExtensionName: "ext",
        resourceGroupName: unknownValue,
        type: "x",
        settings: { properties: { a: 1 } },
        tags: { properties: "x" },
      },
    ],
    // Of a part of the name that is always the same nothing is an input.
    [
      "storage:BlobContainer",
      { name: "st/default/data", properties: { publicAccess: "None" } },
      { accountName: "st", containerName: "data", resourceGroupName: unknownValue, publicAccess: "None" },
    ],
    [
      "authorization:RoleAssignment",
      { name: unknownValue, scope: "/subscriptions/one", properties: { principalId: "p" } },
      { scope: "/subscriptions/one", roleAssignmentName: unknownValue, principalId: "p" },
    ],
    [
      "storage:StorageAccount",
      { name: "st", properties: { isNfsV3Enabled: true, networkAcls: { defaultAction: "Deny" } } },
      {
        accountName: "st",
        resourceGroupName: unknownValue,
        enableNfsV3: true,
        networkRuleSet: { defaultAction: "Deny" },
      },
    ],
    [
      "keyvault:Vault",
      { name: "kv", properties: { sku: { name: "standard" } } },
      { vaultName: "kv", resourceGroupName: unknownValue, properties: { sku: { name: "standard" } } },
    ],
  ])("of %s have the names and the form of the SDK", (token, body, inputs) => {
    expect(armInputs(`azure-native:${token}`, body)).toEqual(inputs);
  });

  it("keep `properties` for the types whose inputs have it, as the pinned SDK says", () => {
    const wrong = [...armTypes.keys()].filter((token) => {
      const [, area = "", name = ""] = token.split(":");
      const file = path.join(sdk, area, `${name.charAt(0).toLowerCase()}${name.slice(1)}.d.ts`);
      const [, args = ""] = readFileSync(file, "utf8").split(`export interface ${name}Args`);
      const has = /^ {4}properties\??:/m.test(args);
      return has !== "properties" in armInputs(token, { properties: { a: 1 } });
    });
    expect(wrong).toEqual([]);
  });
});
