import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../stack-files";

const sdk = path.join(root, "node_modules/@pulumi/azure-native");

// What components/compute/README.md says of racks. When this fails, a scale set can claim one: build it, and take the refusal back.
it("the pinned provider has interconnect groups, and nothing by which a scale set claims a rack", () => {
  expect(existsSync(path.join(sdk, "network/interconnectGroup.d.ts"))).toBe(true);
  expect(existsSync(path.join(sdk, "compute/interconnectBlock.d.ts"))).toBe(false);
  expect(readFileSync(path.join(sdk, "types/input.d.ts"), "utf8")).not.toMatch(/interconnectBlock(Profile)?\??:/);
});
