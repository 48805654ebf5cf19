import { expect, it } from "vitest";
import { benchPack, packLine, packRow } from "../../cli/bench-pack";
import { scaleSet } from "../policies/fixtures";

it("measures a pack that answers twice, once it is loaded", async () => {
  const { load, first, again } = await benchPack([scaleSet]);
  expect(Math.min(first, again)).toBeGreaterThan(0);
  expect(load).toBeGreaterThan(first);
});

it("shows medians, and the first round over what every program takes", () => {
  const runs = [
    { load: 1.1, first: 0.9, again: 0.4 },
    { load: 9, first: 0.5, again: 0.41 },
    { load: 1, first: 0.6, again: 7 },
  ];
  const row = packRow({ stack: "prod", resources: 130, hold: "1 s" }, runs, 0.8);
  expect(row).toEqual({
    stack: "prod",
    resources: 130,
    load: 1.1,
    first: 0.6,
    again: 0.41,
    timesFloor: 0.75,
    hold: "1 s",
  });
  expect(packLine(row)).toBe(
    "pack over prod, 130 resources                     0.60 s, 0.41 s again, after 1.10 s to load  x 0.75  hold 1 s",
  );
  expect(packLine({ ...row, hold: "" })).not.toContain("hold");
});
