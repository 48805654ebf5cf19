import { describe, expect, it } from "vitest";
import { gpusPerNode, migConfig, migProfiles } from "../../catalog/mig";
import type { VmSize } from "../../catalog/vm-size";
import { findVmSize, vmSizes } from "../../catalog/vm-sizes";

function sizeOf(name: string): VmSize {
  const size = findVmSize(name);
  if (size === undefined) throw new Error(`no row for ${name}`);
  return size;
}

describe("gpusPerNode", () => {
  it.each([
    ["Standard_ND96isr_H100_v5", 8],
    ["Standard_ND128isr_GB300_v6", 4],
    ["Standard_NV6ads_A10_v5", 1],
    ["Standard_NC24lds_xl_RTXPRO6000BSE_v6", 1],
    ["Standard_D8ds_v5", 0],
  ])("of %s is %i", (name, gpus) => {
    expect(gpusPerNode(sizeOf(name))).toBe(gpus);
  });

  // The documentation shows 56 for MIG1g on this size.
  it.each([
    ["MIG1g", 56],
    ["MIG2g", 24],
    ["MIG3g", 16],
    ["MIG4g", 8],
    ["MIG7g", 8],
  ])("counts the instances of %s: %i on eight GPUs", (profile, instances) => {
    expect(gpusPerNode(sizeOf("Standard_ND96asr_v4"), profile)).toBe(instances);
    expect(migProfiles).toContain(profile);
  });

  it("fails on a profile that AKS does not have", () => {
    expect(() => gpusPerNode(sizeOf("Standard_ND96asr_v4"), "MIG5g")).toThrow("AKS has no MIG profile MIG5g.");
  });
});

describe("migConfig", () => {
  it.each([
    ["Standard_ND96asr_v4", "MIG1g", "all-1g.5gb"],
    ["Standard_NC24ads_A100_v4", "MIG4g", "all-4g.40gb"],
    ["Standard_NC40ads_H100_v5", "MIG2g", "all-2g.24gb"],
    ["Standard_ND96isr_H200_v5", "MIG7g", "all-7g.141gb"],
  ])("of %s with %s is %s", (name, profile, layout) => {
    const { gpu } = sizeOf(name);
    expect(gpu && migConfig(gpu, profile)).toBe(layout);
  });

  it("knows every GPU that AKS divides, and no other", () => {
    for (const { gpu, aks } of vmSizes.values()) {
      if (gpu === null) continue;
      for (const profile of migProfiles) {
        expect(migConfig(gpu, profile) !== undefined || aks?.migProfiles.includes(profile) !== true).toBe(true);
      }
    }
    const a10 = sizeOf("Standard_NV36ads_A10_v5").gpu;
    expect(a10 && migConfig(a10, "MIG1g")).toBeUndefined();
  });
});
