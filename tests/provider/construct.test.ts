import { output, unknown } from "@pulumi/pulumi";
import { InputPropertiesError, RunError } from "@pulumi/pulumi/errors";
import { describe, expect, it } from "vitest";
import { packagedComponents } from "../../provider/components";
import { construct } from "../../provider/construct";
import { jsonNode } from "../../provider/schema/json-node";
import { requiredOf } from "../../provider/schema/pulumi-types";

/** What the engine is told of wrong inputs: a line for each, with path and reason. */
async function wrong(type: string, inputs: object): Promise<{ readonly message: string; readonly lines: string[] }> {
  const error: unknown = await construct("h100", type, inputs, {}).catch((it: unknown) => it);
  if (!(error instanceof InputPropertiesError)) throw new Error(`Not refused for its inputs: ${String(error)}`);
  return {
    message: error.message,
    lines: error.errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
  };
}

describe("what the plugin refuses", () => {
  it.each(["azure-gpu-cluster:cluster:TpuPool", "azure-gpu-cluster:cluster", "constructor", "__proto__", ""])(
    "is the type %j, by naming those that there are",
    async (type) => {
      const error: unknown = await construct("x", type, {}, {}).catch((it: unknown) => it);
      expect(error).toBeInstanceOf(RunError);
      expect(String(error)).toContain(`This package has no type ${JSON.stringify(type)}. It has `);
      for (const it of Object.keys(packagedComponents)) expect(String(error)).toContain(it);
    },
  );

  it.each(Object.keys(packagedComponents))("is an unknown key of %s, beside all that is missing", async (type) => {
    const { message, lines } = await wrong(type, { colour: "red" });
    expect(message).toMatch(/^.+ 'h100' is misconfigured$/);
    expect(lines.filter((it) => it.startsWith("colour: "))).toHaveLength(1);
    const row = packagedComponents[type];
    const required = row === undefined ? [] : requiredOf(jsonNode(row.inputs, "input"));
    expect(required).toContain("scope");
    for (const key of required) expect(lines.join("\n")).toMatch(new RegExp(`^${key}\\b`, "m"));
  });

  it("is a value that decides and comes later, told once and not as missing, too", async () => {
    const { lines } = await wrong("azure-gpu-cluster:cluster:GpuPool", { nodes: output(unknown as unknown) });
    expect(lines.filter((it) => it.startsWith("nodes: "))).toEqual([
      "nodes: must be known before anything is made: it decides what exists. Write it out, or take it from an output that is known in a preview",
    ]);
  });
});
