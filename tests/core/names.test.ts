import { describe, expect, it } from "vitest";
import { globalName, nameSuffix, physicalName, stableUuid } from "../../core/names";

const parts = { workload: "gpu", environment: "prod-eastus-1", location: "eastus", suffix: "0a1b2c3d" };

it("builds a physical name from type, workload, environment, region and role", () => {
  expect(physicalName("nsg", parts)).toBe("nsg-gpu-prod-eastus-1-eastus");
  expect(physicalName("nsg", parts, "nodes")).toBe("nsg-gpu-prod-eastus-1-eastus-nodes");
});

describe("globalName", () => {
  const long = { ...parts, environment: "a-very-long-environment-name" };

  it("keeps the suffix whole within the letters and digits that there are", () => {
    const account = { maxLength: 24, hyphens: false };
    expect(globalName("st", parts, account)).toBe("stgpuprodeastus10a1b2c3d");
    expect(globalName("st", long, account)).toMatch(/^[a-z0-9]{16}0a1b2c3d$/);
  });

  it("parts the name where hyphens are allowed, and never ends or doubles with one", () => {
    expect(globalName("kv", parts, { maxLength: 63, hyphens: true })).toBe("kv-gpu-prod-eastus-1-0a1b2c3d");
    expect(globalName("kv", long, { maxLength: 24, hyphens: true })).toBe("kv-gpu-a-very-l-0a1b2c3d");
    expect(globalName("kv", long, { maxLength: 18, hyphens: true })).toBe("kv-gpu-a-0a1b2c3d");
  });
});

describe("stable digits", () => {
  it("change with any part and only then", () => {
    expect(nameSuffix("a", "b")).toBe(nameSuffix("a", "b"));
    expect(nameSuffix("a", "b")).not.toBe(nameSuffix("a", "c"));
    expect(stableUuid("x")).toBe(stableUuid("x"));
    expect(stableUuid("x")).not.toBe(stableUuid("y"));
    expect(stableUuid("x")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
