import { createHook } from "node:async_hooks";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { prodWith } from "../../cli/bench-stacks";
import type { PlannedResource } from "../../core/planned-resource";
import { preview, type Preview } from "../../preview/preview";
import { renderText } from "../../preview/render-text";
import { today } from "../stack-files";
import { callsOf } from "./calls";

/** prod with so many teams. */
const planTeams = (teams: number): Promise<Preview> =>
  preview(prodWith(teams, mkdtempSync(path.join(tmpdir(), "teams-"))), { today });

/** What a preview takes, of what can be counted: the clock of a busy machine says less. */
interface Cost {
  readonly shown: Preview;
  readonly promises: number;
  readonly resources: number;
  /** By function. */
  readonly calls: ReadonlyMap<string, number>;
}

async function costOf(teams: number): Promise<Cost> {
  let promises = 0;
  const hook = createHook({
    init: (_, type) => {
      if (type === "PROMISE") promises += 1;
    },
  });
  const { result: shown, calls } = await callsOf(async () => {
    hook.enable();
    const shown = await planTeams(teams);
    hook.disable();
    renderText(shown, (_, text) => text);
    return shown;
  });
  return { shown, promises, resources: shown.plan.resources.length, calls };
}

let two: Cost, five: Cost, ten: Cost, twenty: Cost;
beforeAll(async () => {
  // What is made once is made with the first.
  two = await costOf(2);
  five = await costOf(5);
  ten = await costOf(10);
  twenty = await costOf(20);
});

it("makes as many promises for the twentieth team as for the tenth, and few for each of its resources", () => {
  const perResource = (few: Cost, many: Cost): number =>
    (many.promises - few.promises) / (many.resources - few.resources);
  expect(twenty.resources - ten.resources).toBe(2 * (ten.resources - five.resources));
  expect(perResource(ten, twenty) / perResource(five, ten)).toBeLessThan(1.1);
  // 504 when this was written, nearly all of the SDK's; 1,280 with the aliases of all old API versions.
  expect(perResource(ten, twenty)).toBeLessThan(700);
});

it("calls no function more often for the twentieth team than for the tenth", () => {
  const oftener = [...twenty.calls].flatMap(([name, calls]) => {
    const [first, second] = [five, ten].map((it) => it.calls.get(name) ?? 0) as [number, number];
    const [before, after] = [(second - first) / 5, (calls - second) / 10];
    // Called for each pair of teams a function has 7 and 14, and 3 are for what is called now and then.
    return after > 1.1 * before + 3 ? [`${name}: ${before} times for each team up to ten, then ${after}`] : [];
  });
  expect(oftener).toEqual([]);
});

it("prints eight times the components in about eight times the time", () => {
  const { shown } = two;
  const root = shown.plan.resources.find((it) => it.type === "pulumi:pulumi:Stack")?.urn ?? "";
  const component = shown.plan.resources.find((it) => it.parent === root && !it.custom);
  if (component === undefined) throw new Error("prod has components");
  const timeOf = (count: number): number => {
    const more = Array.from({ length: count }, (_, at): PlannedResource => ({ ...component, urn: `urn:${at}` }));
    const big = { ...shown, plan: { ...shown.plan, resources: [...shown.plan.resources, ...more] } };
    // The best of some: what else the machine does only adds.
    const samples = Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      renderText(big, (_, text) => text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...samples);
  };
  timeOf(100);
  // Some 64 times when each child is added to a copy of the list of its siblings.
  expect(timeOf(40_000) / timeOf(5_000)).toBeLessThan(30);
});
