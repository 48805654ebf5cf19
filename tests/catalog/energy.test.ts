import { describe, expect, it } from "vitest";
import { defaultPue, hostWattsPerGpuWatt, kgCo2PerHour, nodePowerW } from "../../catalog/energy";
import { regions, type Region } from "../../catalog/regions";
import { vmSizes } from "../../catalog/vm-sizes";

function powerOf(name: string): number | null {
  const size = vmSizes.get(name);
  if (size === undefined) throw new Error(`no row for ${name}`);
  return nodePowerW(size);
}

function region(name: string): Region {
  const found = regions.get(name);
  if (found === undefined) throw new Error(`no region ${name}`);
  return found;
}

describe("nodePowerW", () => {
  it("is the planning value for GB300, and 135 kW for its rack", () => {
    expect(powerOf("Standard_ND128isr_GB300_v6")).toBe(7500);
    expect(18 * (powerOf("Standard_ND128isr_GB300_v6") ?? 0)).toBe(135_000);
  });

  it.each([
    ["Standard_ND128isr_NDR_GB200_v6", 6700],
    ["Standard_ND96isr_H100_v5", 7500],
    ["Standard_ND96isr_MI300X_v5", 8036],
    ["Standard_NV6ads_A10_v5", 33],
    // No source for the part of the GPU, for its power, or no GPU at all.
    ["Standard_NC24lds_xl_RTXPRO6000BSE_v6", null],
    ["Standard_NV24ads_V710_v5", null],
    ["Standard_HB176rs_v4", null],
  ])("of %s is %s", (name, expected) => {
    expect(powerOf(name)).toBe(expected);
  });

  it("says that the host of other nodes is our assumption", () => {
    expect(hostWattsPerGpuWatt.assumption).toBe(true);
    expect(hostWattsPerGpuWatt.value).toBeCloseTo(0.339, 3);
  });
});

describe("kgCo2PerHour", () => {
  it("multiplies power, PUE and grid", () => {
    expect(kgCo2PerHour(100, region("eastus"))).toBeCloseTo(100 * 1.14 * 0.39625, 6);
  });

  it("takes the average PUE where a region has none", () => {
    expect(kgCo2PerHour(100, region("francecentral"))).toBeCloseTo(100 * defaultPue.value * 0.05128, 6);
  });

  it("stays silent without a figure for the grid", () => {
    expect(kgCo2PerHour(100, region("westus3"))).toBeNull();
  });
});
