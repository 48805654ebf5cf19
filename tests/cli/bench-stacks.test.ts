import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { cellWith, prodWith } from "../../cli/bench-stacks";
import { preview } from "../../preview/preview";
import { loadEnvironment } from "../../stacks/load-environment";
import { allOf } from "../recorded";
import { today } from "../stack-files";

const folder = mkdtempSync(path.join(tmpdir(), "bench-stacks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([16, 64])("measures a cell with %d domains, which is a stack file without a fault", (pools) => {
  const { infra } = loadEnvironment(cellWith(pools, folder), today).environment;
  const domains = infra?.gpuPools.map((it) => it.agentPools.length);
  expect(domains).toEqual([pools]);
});

it.each([20, 100])("measures prod with %d teams, which are two stack files without a fault", async (teams) => {
  const { environment, plan, findings } = await preview(prodWith(teams, folder), { today });
  expect(environment.teams).toHaveLength(teams);
  expect(allOf(plan, "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue")).toHaveLength(teams);
  expect(findings.filter(({ level }) => level === "mandatory")).toEqual([]);
});
