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

  it("have the same rules in every environment", () => {
    const names = Object.values(policyConfigs(committed)).map((it) => it.match(/"[a-z0-9-]+"(?=:)/g)?.join());
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toContain("ib-single-placement-group");
  });
});
