import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { vmSizes } from "../../../catalog/vm-sizes";
import { nodeField } from "../../../preview/html/node-field";
import { nodeStates } from "../../../preview/html/node-states";
import type { NodeGroup } from "../../../preview/summary/node-groups";
import { attribute, parsePage } from "./parsed";

const sizes = [...vmSizes.values()].filter((it) => it.gpu !== null || it.category === "general").slice(0, 60);

/** Groups as a plan may have them, and stranger ones. */
const groups = fc
  .record({
    size: fc.constantFrom(...sizes),
    nodes: fc.integer({ min: 1, max: 1200 }),
    least: fc.integer({ min: 0, max: 1200 }),
    spareNodes: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ size, nodes, least, spareNodes }): NodeGroup => ({
    name: "pool",
    kind: "AKS GPU pool",
    cluster: "aks",
    size,
    startNodes: 0,
    minNodes: Math.min(least, nodes),
    maxNodes: nodes,
    surgeNodes: 0,
    spareNodes,
    zones: [],
    infinibandDomain: null,
    system: false,
    spot: false,
    maxSpotUsdPerHour: null,
    onShare: 1,
    reservationGroup: null,
  }));

/** Left upper corners of nodes, by what they are drawn with, and the size of the whole. */
function drawn(group: NodeGroup): {
  readonly places: [number, number][];
  readonly states: Record<string, number>;
  readonly width: number;
  readonly height: number;
} {
  const { errors, elements } = parsePage(`<!doctype html><title>t</title>${nodeField(group, "f").toString()}`);
  expect(errors).toEqual([]);
  const number = (it: (typeof elements)[number] | undefined, name: string): number => Number(it && attribute(it, name));
  const uses = elements.filter((it) => it.tagName === "use");
  const states: Record<string, number> = {};
  for (const it of uses) {
    const state = attribute(it, "href")?.split("-").at(-1) ?? "";
    states[state] = (states[state] ?? 0) + 1;
  }
  const svg = elements.find((it) => it.tagName === "svg");
  const [, , width = 0, height = 0] = (svg === undefined ? "" : (attribute(svg, "viewBox") ?? ""))
    .split(" ")
    .map(Number);
  return { places: uses.map((it) => [number(it, "x"), number(it, "y")]), states, width, height };
}

describe("a field of nodes", () => {
  it("draws each node once, by its state, apart from the others and inside", () => {
    fc.assert(
      fc.property(groups, (group) => {
        const { places, states, width, height } = drawn(group);
        expect(places.length).toBe(group.maxNodes);
        expect(states).toEqual(Object.fromEntries(nodeStates(group).filter(([, nodes]) => nodes > 0)));
        const seen = new Set(places.map(([x, y]) => `${x} ${y}`));
        expect(seen.size).toBe(places.length);
        expect(places.every(([x, y]) => x >= 0 && y >= 0 && x < width && y < height)).toBe(true);
        // The smallest node is 9 wide and 9 high.
        for (const row of new Set(places.map(([, y]) => y))) {
          const xs = places.flatMap(([x, y]) => (y === row ? [x] : [])).sort((a, b) => a - b);
          expect(xs.every((x, at) => at === 0 || x - (xs[at - 1] ?? 0) >= 9)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["as wide as a telephone where that is enough", "Standard_ND96isr_H200_v5", 100, 300],
    ["wider where rows would be too many to read", "Standard_NC80adis_H100_v5", 1000, 800],
  ])("is %s", (_, name, maxNodes, widest) => {
    const size = vmSizes.get(name);
    if (size === undefined) throw new Error(`There is no ${name}.`);
    const [group] = fc.sample(groups, 1);
    if (group === undefined) throw new Error("There is no group.");
    const { width } = drawn({ ...group, size, maxNodes, minNodes: 0, spareNodes: 0 });
    expect(width).toBeLessThanOrEqual(widest);
  });
});

describe("states of nodes", () => {
  it.each([
    [
      { minNodes: 66, maxNodes: 66, spareNodes: 2 },
      { always: 64, whenNeeded: 0, spare: 2 },
    ],
    [
      { minNodes: 0, maxNodes: 4, spareNodes: 0 },
      { always: 0, whenNeeded: 4, spare: 0 },
    ],
    [
      { minNodes: 3, maxNodes: 4, spareNodes: 2 },
      { always: 2, whenNeeded: 0, spare: 2 },
    ],
    [
      { minNodes: 1, maxNodes: 1, spareNodes: 9 },
      { always: 0, whenNeeded: 0, spare: 1 },
    ],
  ])("of %j", (group, states) => {
    expect(Object.fromEntries(nodeStates(group))).toEqual(states);
  });
});
