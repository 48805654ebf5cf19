import { output, secret, unknown } from "@pulumi/pulumi";
import { InputPropertiesError, RunError } from "@pulumi/pulumi/errors";
import { describe, expect, it } from "vitest";
import { record } from "../../preview/record";
import { packagedComponents } from "../../provider/components";
import { construct } from "../../provider/construct";
import { jsonNode } from "../../provider/schema/json-node";
import { requiredOf } from "../../provider/schema/pulumi-types";
import { scope } from "../recorded";

/** What the engine is told of wrong inputs: a line for each, with path and reason. */
async function wrong(type: string, inputs: object): Promise<{ readonly message: string; readonly lines: string[] }> {
  const error: unknown = await construct("h100", type, inputs, {}).catch((it: unknown) => it);
  if (!(error instanceof InputPropertiesError)) throw new Error(`Not refused for its inputs: ${String(error)}`);
  return {
    message: error.message,
    lines: error.errors.map(({ propertyPath, reason }) => `${/^`(.*)`$/.exec(propertyPath)?.[1] ?? "?"}: ${reason}`),
  };
}

const joined = { name: "aks", resourceGroupName: "rg-test", kubernetesVersion: "1.36" };
const pool = { scope, cluster: joined, subnetResourceId: "/subnet", size: "Standard_ND96isr_H100_v5" };

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
    const required = row === undefined ? [] : requiredOf(jsonNode(row.inputs));
    expect(required).not.toEqual([]);
    for (const key of required) expect(lines.join("\n")).toMatch(new RegExp(`^${key}\\b`, "m"));
  });

  it.each([
    ["of its own", { colour: "red" }, "colour: "],
    ["of a mapping", { cluster: { ...joined, colour: "red" } }, "cluster.colour: "],
  ])("is an unknown key %s, beside what does not fit together", async (_, more, told) => {
    const wrongPool = { ...pool, size: "Standard_ND96isr_H100_v6", nodes: 4, ...more };
    const { lines } = await wrong("azure-gpu-cluster:cluster:GpuPool", wrongPool);
    expect(lines.filter((it) => it.startsWith(told))).toHaveLength(1);
    expect(lines.filter((it) => it.startsWith("size: "))).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });

  it("is an unknown key within a list or a mapping, beside what does not fit together", async () => {
    const network = { addressSpace: "10.64.0.0/16", podCidr: "10.64.0.0/14", serviceCidr: "10.96.0.0/16" };
    const needs = [{ role: "nodes", addresses: 40, what: "AKS nodes", colour: "red" }];
    const users = [{ infiniband: false, subnets: needs }];
    const { lines } = await wrong("azure-gpu-cluster:network:ClusterNetwork", { scope, ...network, users });
    expect(lines.filter((it) => it.startsWith("users[0].subnets[0].colour: "))).toHaveLength(1);
    expect(lines.join("\n")).toMatch(/^podCidr: /m);
  });

  it("makes nothing, whatever else would be right", async () => {
    const plan = await record({
      stack: "dev",
      program: () => wrong("azure-gpu-cluster:cluster:GpuPool", { ...pool, nodes: 4, colour: "red" }),
    });
    expect(plan.resources.filter((it) => it.type !== "pulumi:pulumi:Stack")).toEqual([]);
  });

  it.each([
    ["that decides", { size: secret("hidden") }, "size: must not be a secret"],
    ["of another type", { subnetResourceId: secret(["hidden"]) }, "subnetResourceId: must be text"],
    ["in a mapping", { cluster: secret({ ...joined, name: 4711 }) }, "cluster.name: must"],
    ["in what is no mapping", { cluster: [secret("hidden")] }, "cluster: must be a mapping"],
    ["under a key that is none", { colour: secret("hidden") }, "colour: must not be a secret"],
  ])("is a secret %s, whose value is not shown", async (_, more, told) => {
    const { lines } = await wrong("azure-gpu-cluster:cluster:GpuPool", { ...pool, nodes: 4, ...more });
    expect(lines.join("\n")).toContain(told);
    expect(lines.join("\n")).not.toMatch(/hidden|4711/);
  });

  it("is a value that decides and comes later, told once and not as missing, too", async () => {
    const { lines } = await wrong("azure-gpu-cluster:cluster:GpuPool", { nodes: output(unknown as unknown) });
    expect(lines.filter((it) => it.startsWith("nodes: "))).toEqual([
      "nodes: must be known before anything is made: it decides what exists. Write it out, or take it from an output that is known in a preview",
    ]);
  });
});
