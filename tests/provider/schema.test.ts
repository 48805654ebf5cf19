import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../stack-files";

type Properties = Readonly<Record<string, { readonly description?: string }>>;
interface Schema {
  readonly resources: Readonly<Record<string, Readonly<Record<"properties" | "inputProperties", Properties>>>>;
  readonly types: Readonly<Record<string, { readonly description?: string; readonly properties: Properties }>>;
}

const schema = JSON.parse(readFileSync(path.join(root, "provider/schema.json"), "utf8")) as Schema;

it("says of every type, every input, every output and every key what it is", () => {
  const { resources, types } = schema;
  const all = [
    ...Object.entries(resources).flatMap(([type, { properties, inputProperties }]) => [
      [`outputs of ${type}`, properties] as const,
      [`inputs of ${type}`, inputProperties] as const,
    ]),
    ...Object.entries(types).map(([type, { properties }]) => [type, properties] as const),
    ["types", types] as const,
  ];
  const silent = all.flatMap(([where, properties]) =>
    Object.entries(properties)
      .filter(([, { description = "" }]) => description === "")
      .map(([key]) => `${where}: ${key}`),
  );
  expect(all.length).toBeGreaterThan(200);
  expect(silent).toEqual([]);
});
