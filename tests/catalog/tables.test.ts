import { describe, expect, it } from "vitest";
import { hpcImages, imageVersionFits } from "../../catalog/hpc-images";
import { limits } from "../../catalog/limits";
import { reservedRanges } from "../../catalog/reserved-ranges";
import { roleDefinitionId, roles } from "../../catalog/roles";
import { versions } from "../../catalog/versions";
import type { VmSize } from "../../catalog/vm-size";
import { vmSizes } from "../../catalog/vm-sizes";
import { overlaps, parseCidr } from "../../core/cidr";

describe("limits", () => {
  it.each(Object.entries(limits))("%s has a source", (_, limit) => {
    expect(limit.source).toMatch(/^(https:\/\/|[\w.-]+\/[\w.-]+:)/);
    if ("value" in limit) expect(Number.isInteger(limit.value) && limit.value > 0).toBe(true);
  });

  it("fit together", () => {
    expect(limits.aksNodesPerPool.value * limits.aksPools.value).toBeGreaterThan(limits.aksNodes.value);
    // A node's own range must hold all its pods.
    expect(2 ** (32 - limits.overlayPrefixPerNode.value)).toBeGreaterThan(limits.aksPodsPerNode.value);
  });

  it("allow what the documentation allows", () => {
    expect(limits.virtualNetworkPeerings.value).toBe(500);
    expect(limits.authorizedIpRanges.value).toBe(2000);
    expect(limits.aksNodesFreeTier.value).toBe(1000);
    expect(limits.systemPoolVcpus.value).toBe(4);
  });

  it("explain the pool name", () => {
    expect(["h100", "a", "abcdefghijkl"].every((it) => limits.aksPoolName.pattern.test(it))).toBe(true);
    expect(["", "1h", "H100", "h-1", "abcdefghijklm"].some((it) => limits.aksPoolName.pattern.test(it))).toBe(false);
    expect(limits.scaleSetName.rule).toBe("must be 1 to 12 lowercase letters or digits and start with a letter");
  });
});

describe("reservedRanges", () => {
  const parsed = reservedRanges.map((range) => ({ range, cidr: parseCidr(range.cidr) }));

  it.each(parsed)("$range.cidr is a range with a reason", ({ range, cidr }) => {
    expect(cidr).toBeDefined();
    expect(range.reason).not.toBe("");
    expect(range.source).toMatch(/^https:/);
  });

  it("does not say anything twice", () => {
    const cidrs = parsed.flatMap(({ cidr }) => (cidr === undefined ? [] : [cidr]));
    cidrs.forEach((a, at) => {
      for (const b of cidrs.slice(at + 1)) expect(overlaps(a, b)).toBe(false);
    });
  });

  it("binds InfiniBand only to its own range", () => {
    const bound = reservedRanges.filter(({ appliesTo }) => appliesTo === "infiniband").map(({ cidr }) => cidr);
    expect(bound).toEqual(["172.16.0.0/16"]);
  });
});

describe("roles", () => {
  it("have different GUIDs", () => {
    const ids = Object.values(roles).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("mark those that can give themselves anything", () => {
    const privileged = Object.entries(roles).flatMap(([name, role]) => (role.privileged ? [name] : []));
    expect(privileged.sort()).toEqual([
      "Contributor",
      "Owner",
      "Role Based Access Control Administrator",
      "User Access Administrator",
    ]);
  });

  it("make an ID with the subscription", () => {
    expect(roleDefinitionId("s", "Reader")).toBe(
      "/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7",
    );
  });
});

describe("versions", () => {
  it.each(Object.entries(versions))("%s is pinned and sourced", (_, entry) => {
    // Tags of images say more than the version of what is in them, and not in one form.
    expect(entry.version).toMatch("image" in entry ? /^[\w.-]*\d+\.\d+[\w.-]*$/ : /^v?\d+\.\d+\.\d+$/);
    expect(entry.source).not.toBe("");
    if (!("chart" in entry)) return;
    // Either the whole address is in `chart`, or the chart needs a repository.
    expect(entry.chart.startsWith("oci://")).toBe(!("repository" in entry));
  });
});

describe("the HPC image", () => {
  it.each([
    ["Standard_ND96isr_H100_v5", "2404"],
    ["Standard_NC96ads_A100_v4", "2404"],
    ["Standard_NC40ads_H100_v5", "2404"],
    ["Standard_HB368rs_v5", "2404"],
    ["Standard_ND96isr_MI300X_v5", "2404-rocm"],
    ["Standard_ND40rs_v2", "2204-v100"],
    ["Standard_ND128isr_GB300_v6", "2404-gb"],
    ["Standard_NV36ads_A10_v5", "vGPU sizes need the GRID driver that AKS installs"],
    ["Standard_NC144ds_xl_RTXPRO6000BSE_v6", "vGPU sizes need the GRID driver that AKS installs"],
    ["Standard_NV24ads_V710_v5", "V710 needs another ROCm than the image for MI300X has"],
    ["Standard_NCC40ads_H100_v5", "a confidential VM needs an attested image"],
    ["Standard_D16ds_v5", "general sizes have neither GPU nor InfiniBand"],
  ])("of %s is %s", (name, skuOrReason) => {
    const image = vmSizes.get(name)?.hpcImage;
    expect(image && ("because" in image ? image.because : image.sku)).toBe(skuOrReason);
  });

  it("is there for every InfiniBand size", () => {
    const without = [...vmSizes.values()].filter((size) => size.infiniband !== null && "because" in size.hpcImage);
    expect(without).toEqual([]);
  });

  it("is asked for by the compiler: no row of a new GPU gets none without a reason of its own", () => {
    const newGpu = (row: Omit<VmSize, "hpcImage">): VmSize =>
      // @ts-expect-error a row without image is no row of the catalogue
      row;
    expect(newGpu).toBeDefined();
  });

  it("shows versions in the form that the marketplace uses", () => {
    const known = Object.values(hpcImages).flatMap(({ versionKnown }) => versionKnown ?? []);
    expect(known.length).toBeGreaterThan(0);
    for (const version of known) expect(version).toMatch(/^\d+\.\d+\.\d{10}$/);
  });

  it.each([
    ["2404", "24.04.2026072901", true],
    ["2404", "24.04.2026080101", true],
    ["2404", "22.04.2025041101", false],
    ["2404-rocm", "24.04.2026072801", true],
    // Known as a version of the image for NVIDIA.
    ["2404-rocm", "24.04.2026072901", false],
    ["2204-v100", "22.04.2025082501", true],
    ["2204-v100", "24.04.2026072901", false],
    ["2404", "24.041.2026072901", false],
    ["2004", "20.04.2024010101", false],
  ])("%s has a version %s: %s", (sku, version, expected) => {
    expect(imageVersionFits(sku, version)).toBe(expected);
  });

  it("begins its versions with its release", () => {
    for (const { sku, release, versionKnown } of Object.values(hpcImages)) {
      expect(sku.startsWith(release.replace(".", ""))).toBe(true);
      if (versionKnown !== null) expect(imageVersionFits(sku, versionKnown)).toBe(true);
    }
  });
});
