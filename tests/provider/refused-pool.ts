import { expect } from "vitest";
import { root } from "../stack-files";
import type { Ended, SimulatedPackage } from "./simulated-package";

/** What is wrong with the pool of the example once it has these inputs: a size that there is not, and two ways to say how many nodes. */
export const wrongPool = { size: "Standard_ND96isr_H100_v6", nodes: 4, maxNodes: 8 } as const;

/** Expects a program to have failed for the pool `h100` with every problem of `wrongPool`, before anything was made, and to name no file of ours. */
export function expectRefusedPool({ status, text }: Ended, { world }: SimulatedPackage): void {
  expect(status).not.toBe(0);
  expect(text).toContain("GPU pool 'h100' is misconfigured");
  expect(text).toMatch(/size.*Standard_ND96isr_H100_v6/);
  expect(text).toMatch(/nodes.*maxNodes|maxNodes.*nodes/);
  // A program in Node shows its own trace, and one of packages; none of it is in the code of this project.
  const trace = text.split("\n").filter((it) => /^\s+at /.test(it) && !it.includes("/node_modules/"));
  expect(trace.filter((it) => it.includes(`${root}/`))).toEqual([]);
  expect(world.operations()).toEqual([]);
}
