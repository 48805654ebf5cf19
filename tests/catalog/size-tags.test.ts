import { describe, expect, it } from "vitest";
import { declaredFigures } from "../../catalog/declared-figures";
import { declaredSize } from "../../catalog/declared-size";
import { findTaggedSize, sizeTags } from "../../catalog/size-tags";
import { findVmSize } from "../../catalog/vm-sizes";

const name = "Standard_ND128isr_B300_v7";
const size = declaredSize(
  name,
  declaredFigures.parse({
    vcpus: 128,
    memoryGiB: 3800.5,
    quotaFamily: "standardNDSB300v7Family",
    gpu: { vendor: "nvidia", count: 8, boardPowerW: 1100 },
    infiniband: { hcas: 8, gbitsPerSecondPerHca: 800 },
    nvme: { disks: 8, totalGiB: 28_600 },
    tempDiskGiB: 1000,
    ephemeralOsDisk: true,
    trustedLaunch: false,
    hpcImage: "nvidia",
    price: { usdPerHour: 98.5, asOf: "2026-09-30" },
  }),
);

describe("the tags of a declared size", () => {
  it("say all that is declared, each as Azure takes it", () => {
    const tags = sizeTags(size);
    expect(tags).toMatchObject({ "vmSize.vcpus": "128", "vmSize.quotaFamily": "standardNDSB300v7Family" });
    expect(Object.keys(tags)).toHaveLength(Object.keys(size.declared ?? {}).length);
    for (const [key, value] of Object.entries(tags)) {
      expect(key).toMatch(/^[^<>%&\\?/]{1,512}$/);
      expect(value.length).toBeLessThanOrEqual(256);
    }
  });

  it("come back as the same size", () => {
    expect(findTaggedSize(name, { owner: "ml", ...sizeTags(size) })).toEqual(size);
  });

  it("are none for a size of the catalogue, whose row stands whatever tags say", () => {
    const h100 = findVmSize("Standard_ND96isr_H100_v5");
    expect(h100 && sizeTags(h100)).toEqual({});
    expect(findTaggedSize("Standard_ND96isr_H100_v5", sizeTags(size))).toBe(h100);
  });

  it.each<readonly [string, unknown]>([
    ["no tags", undefined],
    ["tags of something else", { owner: "ml", ibDomain: "b300" }],
    ["figures that lack some", { "vmSize.vcpus": "128" }],
    ["figures that contradict the name", { ...sizeTags(size), "vmSize.vcpus": "64" }],
    ["text that is no figure", { ...sizeTags(size), "vmSize.gpu": "{" }],
    ["a list", [sizeTags(size)]],
  ])("count for nothing: %s", (_, tags) => {
    expect(findTaggedSize(name, tags)).toBeUndefined();
  });
});
