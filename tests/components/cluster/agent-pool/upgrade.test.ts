import { describe, expect, it } from "vitest";
import { poolTimeouts, surgeNodes, upgradeInPlace } from "../../../../components/cluster/agent-pool/upgrade";

describe("an upgrade in place", () => {
  it.each([1, 2, 16, 66, 100, 300, 1000])("of %i nodes ends in time though every node takes its longest", (nodes) => {
    // AKS rounds a part of a node up.
    const atOnce = Math.ceil((nodes * Number.parseInt(upgradeInPlace.maxUnavailable, 10)) / 100);
    const rounds = Math.ceil(nodes / atOnce);
    expect(rounds * (upgradeInPlace.drainTimeoutInMinutes + 20)).toBeLessThanOrEqual(
      Number.parseInt(poolTimeouts.update, 10),
    );
    // And most of a pool goes on working.
    expect(nodes === 1 || atOnce <= nodes / 2).toBe(true);
  });
});

it.each([
  [0, 0],
  [1, 1],
  [3, 1],
  [4, 2],
  [100, 33],
])("%i nodes surge by %i", (nodes, surge) => {
  expect(surgeNodes(nodes)).toBe(surge);
});
