import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { azureTypes } from "../../../azure/generate/azure-types";
import { matchType } from "../../../azure/generate/match-type";
import { readPublishedTypes, type PublishedType } from "../../../azure/generate/published-types";
import type { SdkType } from "../../../azure/sdk-type";
import { problemsOf } from "../../recorded";

const folder = mkdtempSync(path.join(tmpdir(), "bicep-types-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The form in which Microsoft publishes: a list whose entries point at each other by number. */
function publish(area: string, entries: readonly object[]): void {
  const at = path.join(folder, "generated", area, "microsoft.demo", "2025-01-01");
  mkdirSync(at, { recursive: true });
  writeFileSync(path.join(at, "types.json"), JSON.stringify(entries));
}

const property = (index: number, flags = 0): object => ({ type: { $ref: `#/${index}` }, flags });

describe("readPublishedTypes", () => {
  publish("demo", [
    { $type: "ResourceType", name: "Microsoft.Demo/boxes@2025-01-01", body: { $ref: "#/1" } },
    {
      $type: "ObjectType",
      properties: { name: property(2, 9), location: property(3), properties: property(4), id: property(3, 10) },
    },
    { $type: "StringType", minLength: 3, maxLength: 24, pattern: "^[a-z]+$" },
    { $type: "StringType" },
    { $type: "ObjectType", properties: { size: property(3), state: property(3, 2) } },
    { $type: "ResourceType", name: "Microsoft.Demo/boxes/parts@2025-01-01", body: { $ref: "#/6" } },
    { $type: "DiscriminatedObjectType", baseProperties: { name: property(7, 9) }, elements: { A: { $ref: "#/9" } } },
    { $type: "UnionType", elements: [{ $ref: "#/8" }, { $ref: "#/3" }] },
    { $type: "StringLiteralType", value: "default" },
    { $type: "ObjectType", properties: { color: property(3) } },
    { $type: "ResourceType", name: "microsoft.demo/boxes@2025-01-01", body: { $ref: "#/6" } },
  ]);

  it("takes name rules, and properties as the SDK flattens them, without what only the service sets", () => {
    expect(readPublishedTypes(folder, "microsoft.demo", "2025-01-01")).toEqual([
      {
        arm: "Microsoft.Demo/boxes",
        properties: new Set(["location", "size", "properties"]),
        name: { min: 3, max: 24, pattern: "^[a-z]+$" },
      },
      {
        arm: "Microsoft.Demo/boxes/parts",
        properties: new Set(["color", "properties"]),
        name: { values: ["default"] },
      },
    ]);
  });

  it("finds nothing in a version that is not published", () => {
    expect(readPublishedTypes(folder, "microsoft.demo", "2019-01-01")).toEqual([]);
  });
});

describe("matchType", () => {
  const type = (arm: string, name: PublishedType["name"] = null): PublishedType => ({
    arm,
    properties: new Set(["location"]),
    name,
  });
  const sdk = (...inputs: readonly string[]): SdkType => ({ inputs, outputs: [], required: [], apiVersion: "" });
  const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Demo";

  it.each<[string, SdkType, readonly PublishedType[], string | undefined]>([
    [
      "Box",
      sdk("location", "resourceGroupName", "boxName"),
      [type("Microsoft.Demo/boxes")],
      `${group}/boxes/{boxName}`,
    ],
    [
      // The own name is the one that says so; the cluster's is the one that is left.
      "AgentPool",
      sdk("agentPoolName", "resourceGroupName", "resourceName"),
      [type("Microsoft.Demo/clusters"), type("Microsoft.Demo/clusters/agentPools")],
      `${group}/clusters/{resourceName}/agentPools/{agentPoolName}`,
    ],
    [
      "BlobContainer",
      sdk("accountName", "containerName", "resourceGroupName"),
      [
        type("Microsoft.Demo/accounts/blobServices", { values: ["default"] }),
        type("Microsoft.Demo/accounts/blobServices/containers"),
      ],
      `${group}/accounts/{accountName}/blobServices/default/containers/{containerName}`,
    ],
    [
      "Grant",
      sdk("grantName", "scope"),
      [type("Microsoft.Demo/grants")],
      "{scope}/providers/Microsoft.Demo/grants/{grantName}",
    ],
    // Two names that nothing tells apart: better no path than a wrong one.
    ["Part", sdk("aName", "bName", "resourceGroupName"), [type("Microsoft.Demo/boxes/parts")], undefined],
    ["Other", sdk("otherName", "resourceGroupName"), [type("Microsoft.Demo/boxes")], undefined],
  ])("finds the path of %s", (name, of, published, expected) => {
    expect(matchType(name, of, published)?.path).toBe(expected);
  });
});

describe("azureTypes", () => {
  it("says what folder it wants", () => {
    expect(problemsOf(() => azureTypes("/nowhere"))).toEqual([
      "FOLDER: must be a checkout of https://github.com/Azure/bicep-types-az; got /nowhere",
    ]);
  });

  it("fails for a type that is not published, by the file to edit", () => {
    expect(() => azureTypes(folder)).toThrow("name it in azure/generate/match-type.ts");
  });
});
