import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configSchema, policyConfigs, renderPolicyDocs } from "../../../policies/engine/docs";

const root = join(__dirname, "../../..");
const committed = (path: string): string =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
const remedy = "A rule changed: run `npm run docs` and commit the result.";

describe("generated files are current", () => {
  it("docs/policies.md", () => {
    expect(committed("docs/policies.md"), remedy).toBe(renderPolicyDocs());
  });

  it("policies/config.schema.json", () => {
    expect(JSON.parse(committed("policies/config.schema.json")), remedy).toEqual(JSON.parse(configSchema()));
  });

  it.each(Object.entries(policyConfigs(committed)))("%s", (path, content) => {
    expect(committed(path), remedy).toBe(content);
  });

  it("keeps what people wrote in a configuration, and takes levels from the rules", () => {
    const before = JSON.stringify({
      "st-public-off": { enforcementLevel: "mandatory", note: 1 },
      "st-tls21": "advisory",
    });
    const configs = Object.values(policyConfigs(() => before)).map((it) => JSON.parse(it) as Record<string, unknown>);
    expect(configs.map((it) => it["st-public-off"])).toEqual([
      { enforcementLevel: "disabled", note: 1 },
      { enforcementLevel: "advisory", note: 1 },
      { enforcementLevel: "mandatory", note: 1 },
    ]);
    expect(configs.map((it) => "st-tls21" in it)).toEqual([false, false, false]);
  });

  it("have the same rules in every environment", () => {
    const names = Object.values(policyConfigs(committed)).map((it) => it.match(/"[a-z0-9-]+"(?=:)/g)?.join());
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toContain("ib-single-placement-group");
  });
});
