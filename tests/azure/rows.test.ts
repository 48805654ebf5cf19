import { describe, expect, expectTypeOf, it } from "vitest";
import { findArmType } from "../../azure/arm-types";
import { findRegistered, findRow, privateDnsZone, rowOf, rows, type PrivateEndpointGroup } from "../../azure/rows";
import { sdkType } from "../../azure/sdk-type";

/** Top-level inputs that a path begins with. */
const topOf = (path: string): string => /^\w+/.exec(path)?.[0] ?? "";

describe.each([...rows])("the row of %s", (token, row) => {
  const inputs = sdkType(token)?.inputs ?? [];
  const names = [...(findArmType(token)?.names ?? []), "location"];

  it("is of a type whose path is published", () => {
    expect(findArmType(token)).toBeDefined();
    expect(findRegistered(findArmType(token)?.arm.toUpperCase() ?? "")).toBeDefined();
  });

  it("says of tags what the SDK says", () => {
    expect(row.taggable).toBe(inputs.includes("tags"));
  });

  it("names inputs, each with a source, and repeats no name or location", () => {
    for (const { path, source } of row.fixed ?? []) {
      expect(inputs).toContain(topOf(path));
      expect(names).not.toContain(path);
      expect(source).not.toBe("");
    }
    const paths = (row.fixed ?? []).map((it) => it.path);
    expect(new Set(paths).size).toBe(paths.length);
    const read = [row.disjointRange?.property, row.inlineChildren?.property, ...(row.unique?.inputs ?? [])];
    expect(inputs).toEqual(expect.arrayContaining(read.filter((it) => it !== undefined)));
  });

  it("adds outputs that the SDK reads", () => {
    const given = Object.fromEntries(names.map((name) => [name, "x"]));
    const { inputs: taken = [], outputs = [] } = sdkType(token) ?? {};
    expect([...taken, ...outputs]).toEqual(expect.arrayContaining(Object.keys(row.answers?.(given, "/id") ?? {})));
  });
});

describe("rowOf", () => {
  it("finds a row with or without an API version", () => {
    expect(rowOf("azure-native:network/v20240501:Subnet")).toBe(findRow("azure-native:network:Subnet"));
  });

  it("names the file to edit for a type without a row", () => {
    expect(() => rowOf("azure-native:keyvault:Secret")).toThrow(
      "No row for azure-native:keyvault:Secret: add Secret to azure/keyvault.ts (azure/README.md says how).",
    );
  });

  it("names the list and the command, too, for a type that was never generated", () => {
    expect(() => rowOf("azure-native:batch:BatchAccount")).toThrow(
      /add BatchAccount to azure\/batch\.ts .* add it to azure\/generate\/wanted-types\.ts and run npm run azure-types/,
    );
  });
});

it("knows the DNS zone of each private endpoint", () => {
  expect(privateDnsZone("blob")).toBe("privatelink.blob.core.windows.net");
  expect(privateDnsZone("dfs")).toBe("privatelink.dfs.core.windows.net");
  expectTypeOf<"blob" | "dfs">().toExtend<PrivateEndpointGroup>();
  expectTypeOf<string>().not.toExtend<PrivateEndpointGroup>();
});
