import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnvironment } from "../../../stacks/read-environment";
import { deploy } from "../../../stacks/deploy";
import { record } from "../../../preview/record";
import { findStackFile } from "../../../stacks/find-stack-file";
import { readStackFile } from "../../../stacks/stack-file";
import type { PlannedResource } from "../../../core/planned-resource";
import { checkInputs } from "../../../simulator/azure/check";
import { diffInputs } from "../../../simulator/azure/diff";
import { type Props, toProps } from "../../../core/property-value";
import { fromStruct } from "../../../simulator/plugin/wire";
import { World } from "../../../simulator/azure/world";
import { Bench, codeOf } from "./bench";
import { newFolder, Provider } from "./provider";

/** The Azure resources of one of our stacks, in the order in which the program registers them. */
async function estateOf(
  stack: string,
): Promise<{ type: string; id: string; inputs: Props; recorded: PlannedResource }[]> {
  const file = readStackFile(findStackFile(stack, join(__dirname, "../../..")));
  const environment = readEnvironment({ stack: file.stack, values: file.values, today: "2026-11-21" });
  const plan = await record({ stack: file.stack, program: () => deploy(environment) });
  return plan.resources
    .filter((it) => it.type.startsWith("azure-native:"))
    .map((recorded) => ({ ...recorded, inputs: toProps(recorded.inputs), recorded }));
}

describe.each(["dev", "staging", "prod"])("the simulated Azure and the stack %s", (stack) => {
  it("takes every resource, finds nothing to change, and lets go of everything in reverse", async () => {
    const estate = await estateOf(stack);
    const bench = new Bench();
    for (const { type, id, inputs } of estate) {
      expect(checkInputs(type, inputs), id).toEqual([]);
      expect(codeOf(bench.create(type, inputs)), id).toBeUndefined();
      expect(diffInputs(type, inputs, inputs).changes).toEqual([]);
    }
    expect(
      Object.values(bench.estate.resources)
        .map((it) => it.id)
        .sort(),
    ).toEqual(estate.map((it) => it.id).sort());
    for (const { type, id, inputs } of [...estate].reverse()) {
      expect(codeOf(bench.delete(type, inputs)), id).toBeUndefined();
    }
    expect(bench.estate.resources).toEqual({});
  });
});

describe("the provider and the stack dev", () => {
  it("answers with the outputs that the plan shows", async () => {
    const world = World.open(newFolder());
    const provider = await Provider.start(world.folder, 1e6);
    try {
      for (const { type, id, inputs, recorded } of await estateOf("dev")) {
        const made = await provider.create(type, inputs);
        expect(made.getId()).toBe(id);
        // AgentPool has an input of the name that everything else keeps for the ARM type.
        const shown = { ...toProps(recorded.outputs), type: inputs["type"] ?? recorded.outputs["type"] };
        expect(fromStruct(made.getProperties())).toMatchObject(shown);
      }
    } finally {
      await provider.stop();
    }
    expect(world.operations().every((it) => it.outcome === "succeeded")).toBe(true);
  });
});
