import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { cellWith, prodWith } from "../../cli/bench-stacks";
import { loadEnvironment } from "../../stacks/load-environment";
import { today } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "bench-stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([16, 64])("measures a cell with %d domains, which is a stack file without a fault", (pools) => {
  const { infra } = loadEnvironment(cellWith(pools, folder), today).environment;
  const domains = infra?.gpuPools.map((it) => it.agentPools.length);
  expect(domains).toEqual([pools]);
});

it.each([
  [20, 2],
  [500, 8],
])("measures prod with %d teams on %d domains, which have a node for each", (count, domains) => {
  const file = prodWith(count, folder);
  const { teams } = loadEnvironment(file, today).environment;
  const { infra } = loadEnvironment(path.join(path.dirname(file), "Pulumi.prod.yaml"), today).environment;
  const pool = infra?.gpuPools.find(({ key }) => key === "h200");
  const gpus = teams.reduce((sum, team) => sum + team.gpus, 0);
  expect([teams.length, pool?.agentPools.length]).toEqual([count, domains]);
  expect(gpus).toBeLessThanOrEqual(64 * domains * 8);
});
