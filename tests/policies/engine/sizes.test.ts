import { describe, expect, it } from "vitest";
import { unknownValue } from "../../../core/property-marks";
import {
  jobFamily,
  nodePools,
  onGpu,
  onInfiniBand,
  onJobNodes,
  sizePath,
  tagsBeside,
} from "../../../policies/engine/sizes";
import { types } from "../../../policies/engine/types";
import { sizes } from "../fixtures";
import { resource } from "../harness";

const asked = [{ path: "asked", is: "so", must: "be answered" }];

describe("a rule about a size", () => {
  it.each<[string, string, boolean, boolean, boolean]>([
    ["GPUs and InfiniBand", sizes.infiniband, true, true, true],
    ["GPUs alone", sizes.gpu, true, false, true],
    ["InfiniBand alone", "Standard_HB176rs_v4", false, true, true],
    ["neither", sizes.general, false, false, false],
    ["a name that nobody knows", "Standard_ND999_v9", false, false, false],
  ])("is asked for %s", (_, vmSize, gpu, infiniband, jobs) => {
    const said = [onGpu, onInfiniBand, onJobNodes].map((on) => on({ vmSize }, "vmSize", () => asked).length > 0);
    expect(said).toEqual([gpu, infiniband, jobs]);
  });

  it("does not judge a name that is not known yet", () => {
    expect(onGpu({ vmSize: unknownValue }, "vmSize", () => asked)).toEqual([{ path: "vmSize", unknown: true }]);
  });
});

it.each([
  ["vmSize", "tags"],
  ["sku.name", "tags"],
  ["hardwareProfile.vmSize", "tags"],
  ["agentPoolProfiles[1].vmSize", "agentPoolProfiles[1].tags"],
  ["vmSizes", "vmSizes"],
])("has the tags of %s at %s", (path, tags) => expect(tagsBeside(path)).toBe(tags));

it.each([
  ["azure-native:compute/v20250401:VirtualMachineScaleSet", "sku.name"],
  [types.virtualMachine, "hardwareProfile.vmSize"],
  [types.subnet, ""],
])("has the size of %s at %j", (type, path) => expect(sizePath(type)).toBe(path));

it.each([
  ["Standard_ND96isr_H100_v5", true],
  ["standard_hb176rs_v4", true],
  ["Standard_HC44rs", true],
  ["Standard_HX176rs", true],
  ["Standard_H16", false],
  ["Standard_D8ds_v5", false],
  ["my_Standard_ND96", false],
])("says of %s whether it may run jobs: %s", (name, may) => expect(jobFamily.test(name)).toBe(may));

it("has the pools of a cluster that are known", () => {
  expect(nodePools(resource(types.nodePool, {}))).toEqual([""]);
  expect(
    nodePools(resource(types.cluster, { agentPoolProfiles: [{ name: "a" }, unknownValue, { name: "b" }] })),
  ).toEqual(["agentPoolProfiles[0].", "agentPoolProfiles[2]."]);
});
