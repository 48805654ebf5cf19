import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { cellWith, devWith } from "../../cli/bench-stacks";
import { loadEnvironment } from "../../stacks/load-environment";
import { today } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "bench-stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([16, 64])("measures a cell with %d domains, which is a stack file without a fault", (pools) => {
  const { infra } = loadEnvironment(cellWith(pools, folder), today).environment;
  const domains = infra?.gpuPools.map((it) => it.agentPools.length);
  expect(domains).toEqual([pools]);
});

it.each([100, 500])("measures %d teams, which are a stack file without a fault", (teams) => {
  expect(loadEnvironment(devWith(teams, folder), today).environment.teams).toHaveLength(teams);
});
