import { describe, expect, it } from "vitest";
import { partsOf, stackUrnOf } from "../../core/urn";

describe("partsOf", () => {
  it("takes a URN apart", () => {
    expect(partsOf("urn:pulumi:dev::azure-gpu-cluster::a:b:Outer$azure-native:compute:Disk::disk")).toEqual({
      stack: "dev",
      types: "a:b:Outer$azure-native:compute:Disk",
      type: "azure-native:compute:Disk",
      name: "disk",
    });
  });

  it("leaves a name whole that holds what is between the parts", () => {
    expect(partsOf("urn:pulumi:dev::p::a:b:C::left::right").name).toBe("left::right");
  });

  it("finds nothing in what is no URN", () => {
    expect(partsOf("")).toEqual({ stack: "", types: "", type: "", name: "" });
    expect(partsOf("no urn").stack).toBe("");
  });
});

describe("stackUrnOf", () => {
  it("names the root of all that a resource is among", () => {
    const root = "urn:pulumi:dev::azure-gpu-cluster::pulumi:pulumi:Stack::azure-gpu-cluster-dev";
    expect(stackUrnOf("urn:pulumi:dev::azure-gpu-cluster::a:b:Outer$a:b:C::left::right")).toBe(root);
    expect(stackUrnOf(root)).toBe(root);
  });
});
