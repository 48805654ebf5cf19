import { describe, expect, it } from "vitest";
import { diffInputs } from "../../../simulator/azure/diff";
import type { Props } from "../../../core/property-value";
import { secret, unknownValue } from "../../../core/property-marks";
import { inputs, types } from "./bench";

const pool = inputs.pool("h100", { tags: { owner: "me" }, nodeTaints: ["a"] });

describe("what changed", () => {
  it.each<[string, Props, readonly string[], boolean]>([
    ["nothing", {}, [], false],
    ["a tag", { tags: { owner: "you" } }, ["tags.owner update"], false],
    ["a tag more and one less", { tags: { team: "x" } }, ["tags.owner delete", "tags.team add"], false],
    [
      "a tag with a dot, in the words of the engine",
      { tags: { owner: "me", "vmSize.vcpus": "96" } },
      ['tags["vmSize.vcpus"] add'],
      false,
    ],
    ["a list", { nodeTaints: ["a", "b"] }, ["nodeTaints[1] add"], false],
    ["null for absent", { zones: null }, [], false],
    ["the size, which replaces", { vmSize: "other" }, ["vmSize update REPLACES"], true],
    [
      "a name, which replaces without need to delete first",
      { agentPoolName: "b" },
      ["agentPoolName update REPLACES"],
      false,
    ],
    ["a disk, which Azure will refuse", { osDiskSizeGB: 1 }, ["osDiskSizeGB update"], false],
    ["a size that nobody knows yet", { vmSize: unknownValue }, ["vmSize update REPLACES"], true],
    ["a cluster that nobody knows yet", { resourceName: unknownValue }, ["resourceName update REPLACES"], false],
    ["only a secret mark", { vmSize: secret(pool["vmSize"] ?? "") }, [], false],
  ])("%s", (_, change, expected, deleteFirst) => {
    const diff = diffInputs(types.pool, pool, { ...pool, ...change });
    expect(diff.changes.map((it) => `${it.path} ${it.kind}${it.replaces ? " REPLACES" : ""}`)).toEqual(expected);
    expect(diff.deleteBeforeReplace).toBe(deleteFirst);
  });

  it("sees a location for every type", () => {
    const moved = { ...inputs.account, location: "westus" };
    expect(diffInputs(types.account, inputs.account, moved)).toEqual({
      changes: [{ path: "location", kind: "update", replaces: true }],
      deleteBeforeReplace: true,
    });
  });
});
