import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renamedTypes } from "../../azure/renamed-types";
import { sameType } from "../../policies/engine/rule";

const sdk = join(__dirname, "../../node_modules/@pulumi/azure-native");

describe("a type that was renamed", () => {
  it.each([...renamedTypes].map(([before, now]) => ({ before, now })))(
    "$before is $now to the SDK",
    ({ before, now }) => {
      const [, module = "", name = ""] = now.split(":");
      const source = readFileSync(join(sdk, module, `${name.charAt(0).toLowerCase()}${name.slice(1)}.js`), "utf8");
      const said = [`{ type: "${before}" }`, `__pulumiType = '${now}'`].filter((it) => source.includes(it));
      expect(said).toHaveLength(2);
    },
  );

  it("is one type to the rules, in whichever API version", () => {
    expect(sameType("azure-native:netapp/v20220901:Volume", "azure-native:netapp:CapacityPoolVolume")).toBe(true);
    expect(sameType("azure-native:netapp:Volume", "azure-native:netapp:CapacityPool")).toBe(false);
  });
});
