import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { preview } from "../../preview/preview";
import { shippedStacks, type ShippedStack, today } from "../stack-files";

/** Notes on a shipped stack file with a part of its text replaced. */
async function notesOn(
  stack: ShippedStack,
  from: string | RegExp,
  to: string,
  day = today,
): Promise<readonly string[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "notes-")), `Pulumi.${stack}.yaml`);
  const text = readFileSync(shippedStacks[stack], "utf8");
  const changed = text.replace(from, to);
  expect(changed === text).toBe(from === "");
  writeFileSync(file, changed);
  return (await preview(file, { today: day })).notes;
}

describe("a note", () => {
  it.each([
    [
      "a region in another spelling",
      "location: eastus",
      "location: East US",
      'azure-native:location: "East US" is read as eastus',
    ],
    ["a range that is nobody's", "", "", "cluster.apiServer: 203.0.113.0/28 is reserved for documentation"],
    [
      "a size that goes",
      "general: { size: Standard_D8ds_v5",
      "general: { size: Standard_D8s_v3",
      "Standard_D8s_v3: End of life: gone on 2029-11-15; new subscriptions cannot have it, and nobody gets more quota.",
    ],
    ["no subscription", "", "", "azure-native:subscriptionId is not set"],
    [
      "a fixed pool without a team",
      "a10: { size: Standard_NV36ads_A10_v5, minNodes: 0, maxNodes: 2 }",
      "a10: { size: Standard_NV36ads_A10_v5, minNodes: 0, maxNodes: 2 }\n    idle: { size: Standard_NV36ads_A10_v5, nodes: 3 }",
      "gpuPools.idle: no team works on it, and its 3 nodes bill all the time",
    ],
    [
      "Lustre that nobody mounts",
      /blob: \{\}\n.*trainingTeams:\n.*\n/,
      'blob: {}\n    lustre: { tier: AMLFS-Durable-Premium-250, sizeTiB: 16, zone: "1" }\n',
      "storage.lustre: no team mounts it",
    ],
  ])("tells of %s", async (_, from, to, said) => {
    expect((await notesOn("dev", from, to)).join("\n")).toContain(said);
  });

  it("tells of the end of a version's support in the month before it, and not earlier", async () => {
    const ends = "cluster.kubernetesVersion: support of 1.36 ends on 2027-06-30";
    expect((await notesOn("dev", "", "", "2027-06-24")).join("\n")).toContain(`${ends}, 6 days from now`);
    expect((await notesOn("dev", "", "", "2027-05-01")).join("\n")).not.toContain(ends);
  });

  it("is only given where there is a reason", async () => {
    const said = (await notesOn("dev", "", "")).join("\n");
    for (const word of ["no team works", "lustre", "kubernetesVersion", "is private"]) expect(said).not.toContain(word);
  });
});
