import { spawnSync } from "node:child_process";
import { beforeAll, expect, it } from "vitest";
import type { PlannedResource } from "../../core/planned-resource";
import { preview } from "../../preview/preview";
import { renderText } from "../../preview/render-text";
import { plainStacks, root, today } from "../stack-files";
import type { Cost } from "./count-teams";

let five: Cost, ten: Cost, twenty: Cost;
beforeAll(() => {
  // What is made once is made with the first. In a process of its own, where nothing else runs, and without the compilers whose
  // programs do not count how often a function is called.
  const options = ["--no-opt", "--no-maglev", "--require", "./cli/start.cjs"];
  const command = [...options, "tests/preview/count-teams.ts", "2", "5", "10", "20"];
  // tsx clears old files out of its cache at a moment of its own choice, and its calls would count for the teams of that moment.
  const env = { ...process.env, TSX_DISABLE_CACHE: "1" };
  const { stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  expect(stderr).toBe("");
  [, five, ten, twenty] = JSON.parse(stdout) as [Cost, Cost, Cost, Cost];
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
  const oftener = Object.entries(twenty.calls).flatMap(([name, calls]) => {
    const [first, second] = [five, ten].map((it) => it.calls[name] ?? 0) as [number, number];
    const [before, after] = [(second - first) / 5, (calls - second) / 10];
    // Called for each pair of teams a function has 7 and 14, and 3 are for what is called now and then.
    return after > 1.1 * before + 3 ? [`${name}: ${before} times for each team up to ten, then ${after}`] : [];
  });
  expect(oftener).toEqual([]);
});

it("prints eight times the components in about eight times the time", async () => {
  const shown = await preview(plainStacks.prod, { today });
  const root = shown.plan.resources.find((it) => it.type === "pulumi:pulumi:Stack")?.urn ?? "";
  const component = shown.plan.resources.find((it) => it.parent === root && !it.custom);
  if (component === undefined) throw new Error("prod has components");
  const timeOf = (count: number): number => {
    const more = Array.from({ length: count }, (_, at): PlannedResource => ({ ...component, urn: `urn:${at}` }));
    const big = { ...shown, plan: { ...shown.plan, resources: [...shown.plan.resources, ...more] } };
    // Of some together: one of them is a few milliseconds, and then the garbage collector.
    const before = process.cpuUsage();
    for (let sample = 0; sample < 5; sample++) renderText(big, (_, text) => text);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  timeOf(100);
  // 9 to 18 when this was written, and 240 to 290 when each child is added to a copy of the list of its siblings.
  expect(timeOf(40_000) / timeOf(5_000)).toBeLessThan(60);
});
