import { describe, expect, it } from "vitest";
import {
  isAtLeast,
  kubernetesVersions,
  minorOf,
  osSkuRuns,
  releaseOf,
  parseKubernetesVersion,
  supportOf,
} from "../../catalog/kubernetes-versions";

describe("kubernetesVersions", () => {
  it.each(kubernetesVersions)("$minor ends in order", (row) => {
    expect(row.minor).toMatch(/^1\.\d{2}$/);
    const dates = [row.generalAvailability ?? "2000-01-01", row.endOfSupport, row.endOfLongTermSupport];
    expect([...dates].sort()).toEqual(dates);
    for (const date of dates) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
  });
});

describe("supportOf", () => {
  it.each([
    ["1.36", "2026-06-18", "not-released"],
    ["1.36", "2026-06-19", "community"],
    ["1.36.2", "2026-11-21", "community"],
    ["1.36", "2027-06-30", "community"],
    ["1.36", "2027-07-01", "long-term"],
    ["1.36", "2028-07-01", "ended"],
    ["1.34", "2026-11-30", "community"],
    ["1.34", "2026-12-01", "long-term"],
    ["1.33", "2026-08-05", "long-term"],
    ["1.37", "2026-10-24", "not-released"],
    ["1.37.1", "2026-10-25", "community"],
    ["1.37", "2027-11-01", "long-term"],
    ["1.38", "2026-11-21", "unknown"],
    ["v1.36", "2026-11-21", "unknown"],
    ["1.36.2.1", "2026-11-21", "unknown"],
    ["1.36-rc1", "2026-11-21", "unknown"],
    // In the month after 1.36.5 there are at most two patches more.
    ["1.36.0", "2026-11-21", "community"],
    ["1.36.7", "2026-11-21", "community"],
    ["1.36.8", "2026-11-21", "unknown"],
    ["1.36.9", "2027-01-21", "community"],
    ["1.36.99", "2026-11-21", "unknown"],
    ["1.36.99", "2028-06-30", "unknown"],
    ["1.36.99999999999999999999", "2026-11-21", "unknown"],
    ["1.36.002", "2026-11-21", "unknown"],
    ["01.36", "2026-11-21", "unknown"],
    ["1.036", "2026-11-21", "unknown"],
    // AKS's own patches begin when those of the community end.
    ["1.34.100", "2026-11-21", "unknown"],
    ["1.34.100", "2026-12-01", "long-term"],
    ["1.33.103", "2026-11-03", "long-term"],
    ["1.33.105", "2026-11-03", "unknown"],
    ["", "2026-11-21", "unknown"],
  ])("%s on %s is %s", (version, date, expected) => {
    expect(supportOf(version, date)).toBe(expected);
  });
});

describe("reading a version", () => {
  it("takes minor and patch apart", () => {
    expect(parseKubernetesVersion("1.36")).toEqual({ minor: "1.36", patch: null });
    expect(parseKubernetesVersion("1.36.10")).toEqual({ minor: "1.36", patch: 10 });
    expect(parseKubernetesVersion("latest")).toBeUndefined();
  });

  it("gives the minor, and fails on what was never checked", () => {
    expect(minorOf("1.36.2")).toBe("1.36");
    expect(minorOf("1.36")).toBe("1.36");
    expect(() => minorOf("v1.36")).toThrow("not a Kubernetes version: v1.36");
  });
});

describe("isAtLeast", () => {
  it.each([
    ["1.35.9", false],
    ["1.36", true],
    ["1.36.0", true],
    ["1.100", true],
    ["1.9", false],
  ])("%s is 1.36 or later: %s", (version, expected) => {
    expect(isAtLeast(version, "1.36")).toBe(expected);
  });
});

it.each([
  ["Ubuntu", "1.34.9", "Ubuntu2204"],
  ["Ubuntu", "1.35", "Ubuntu2404"],
  ["Ubuntu", "1.37", "Ubuntu2404"],
  ["Ubuntu", "1.38.0", "Ubuntu2604"],
  ["AzureLinux3", "1.36", "AzureLinux3"],
  ["Ubuntu", "newest", "Ubuntu"],
])("%s on %s is %s", (osSku, version, release) => {
  expect(releaseOf(osSku, version)).toBe(release);
});

describe("osSkuRuns", () => {
  it.each([
    ["Ubuntu2404", "1.31", false],
    ["Ubuntu2404", "1.32", true],
    ["Ubuntu2404", "1.38", true],
    ["Ubuntu2404", "1.39", false],
    ["Ubuntu2204", "1.36.2", true],
    ["Ubuntu2204", "1.37", false],
    ["AzureLinux3", "1.36", true],
    ["AzureLinux3", "1.37", false],
    ["Ubuntu2404", "newest", null],
  ])("%s on %s: %s", (osSku, version, expected) => {
    expect(osSkuRuns(osSku, version)).toBe(expected);
  });
});
