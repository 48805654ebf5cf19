import { describe, expect, it } from "vitest";
import { parseSizeName } from "../../catalog/size-name";
import { vmSizes } from "../../catalog/vm-sizes";

describe("parseSizeName", () => {
  it.each([
    ["Standard_ND96isr_H100_v5", "ND", 96, "isr", "H100", "v5"],
    ["Standard_ND128isr_NDR_GB200_v6", "ND", 128, "isr", "NDR_GB200", "v6"],
    ["Standard_HX176rs", "HX", 176, "rs", null, null],
    ["Standard_D8pds_v6", "D", 8, "pds", null, "v6"],
  ])("reads %s", (name, family, vcpus, features, accelerator, version) => {
    expect(parseSizeName(name)).toEqual({ family, vcpus, machineVcpus: vcpus, features, accelerator, version });
  });

  it("tells constrained vCPUs from those of the machine", () => {
    expect(parseSizeName("Standard_HB176-48rs_v4")).toMatchObject({ vcpus: 48, machineVcpus: 176 });
  });

  it.each([
    "",
    "banana",
    "D8s_v5",
    "standard_D8s_v5",
    "Standard_",
    "Standard_DS3_v2",
    "Standard_GS5-16",
    "Standard_D8s v5",
  ])("takes %j for no name", (name) => {
    expect(parseSizeName(name)).toBeUndefined();
  });

  it.each([...vmSizes.values()])("agrees with the row of $name", ({ name, vcpus, infiniband, gpu, architecture }) => {
    const parsed = parseSizeName(name);
    expect(parsed?.vcpus).toBe(vcpus);
    expect(parsed?.features.includes("r")).toBe(infiniband !== null);
    expect(parsed?.family.startsWith("N")).toBe(gpu !== null);
    // Grace has no letter: it comes with its GPU.
    if (parsed?.accelerator?.includes("GB") !== true) {
      expect(parsed?.features.includes("p")).toBe(architecture === "arm64");
    }
  });
});
