import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import { shippedStacks, today } from "../stack-files";

const teams = `config:
  azure-native:location: eastus
  pulumi:disable-default-providers: [kubernetes]
  azure-gpu-cluster:environment: { kind: prod, owner: a, costCenter: b }
  azure-gpu-cluster:layers: [tenants]
  azure-gpu-cluster:handover: organization/azure-gpu-cluster/`;

/** Writes stacks of tenants that read one from the other, and plans the first. */
function plan(...chain: readonly (readonly [stack: string, reads: string])[]): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), "chain-"));
  for (const [stack, reads] of chain) writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), `${teams}${reads}\n`);
  return preview(path.join(folder, `Pulumi.${chain[0]?.[0] ?? ""}.yaml`), { today });
}

describe("a chain of handovers", () => {
  it.each([
    ["itself", [["a", "a"]], "handover (line 6): must name another stack"],
    [
      "a circle",
      [
        ["a", "b"],
        ["b", "a"],
      ],
      "handover (line 6): must not close a circle: a reads b reads a",
    ],
    [
      "a circle that begins later",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "b"],
      ],
      "must not close a circle: b reads c reads b",
    ],
    [
      "a long one",
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
        ["d", "e"],
        ["e", "f"],
      ],
      "must not be the end of a chain of more than 3 stacks: a reads b reads c",
    ],
    ["an end that is not there", [["a", "b"]], "cannot be planned: Pulumi.b.yaml does not stand beside this file"],
  ] as const)("is refused: %s", async (_, chain, said) => {
    await expect(plan(...chain)).rejects.toThrow(said);
  });
});

it("gives one environment one name for its storage, however its subscription is written", async () => {
  const accountOf = async (id: string): Promise<unknown> => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), "subscription-")), "Pulumi.dev.yaml");
    const text = readFileSync(shippedStacks.dev, "utf8");
    writeFileSync(file, text.replace("config:\n", `config:\n  azure-native:subscriptionId: ${id}\n`));
    const { plan } = await preview(file, { today });
    return plan.resources.find((it) => it.type === "azure-native:storage:StorageAccount")?.inputs["accountName"];
  };
  const id = "12345678-abcd-4234-8234-123456789abc";
  expect(await accountOf(id.toUpperCase())).toBe(await accountOf(id));
});
