import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { teamKindNames } from "../components/tenancy/kinds/team-kinds";

const root = path.join(__dirname, "..");

/** Writes the cell of the examples with another number of pools into a folder: how the cost of a preview grows. */
export function cellWith(pools: number, folder: string): string {
  const file = path.join(folder, `Pulumi.cell-${pools}.yaml`);
  const cell = parse(readFileSync(path.join(root, "examples/cell-4k/Pulumi.cell-4k.yaml"), "utf8")) as {
    config: {
      "azure-gpu-cluster:gpuPools": { h200: { domains: number } };
      "azure-gpu-cluster:network": { podCidr: string };
    };
  };
  cell.config["azure-gpu-cluster:gpuPools"].h200.domains = pools;
  cell.config["azure-gpu-cluster:network"].podCidr = "10.128.0.0/9";
  writeFileSync(file, stringify(cell));
  return file;
}

/** Writes dev with another number of teams, each with one GPU of its second pool, into a folder. */
export function devWith(teams: number, folder: string): string {
  const file = path.join(folder, `Pulumi.teams-${teams}.yaml`);
  const dev = parse(readFileSync(path.join(root, "stacks/Pulumi.dev.yaml"), "utf8")) as {
    config: {
      "azure-gpu-cluster:gpuPools": { a10: { maxNodes: number } };
      "azure-gpu-cluster:network": { addressSpace: string; podCidr: string };
      [teams: string]: object;
    };
  };
  dev.config["azure-gpu-cluster:gpuPools"].a10.maxNodes = teams;
  Object.assign(dev.config["azure-gpu-cluster:network"], { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/13" });
  for (const kind of teamKindNames) Reflect.deleteProperty(dev.config, `azure-gpu-cluster:${kind}Teams`);
  const [kind] = teamKindNames;
  dev.config[`azure-gpu-cluster:${kind}Teams`] = Object.fromEntries(
    Array.from({ length: teams }, (_, at) => {
      const groupObjectId = `33333333-3333-4333-8333-${String(at).padStart(12, "0")}`;
      return [`team-${at}`, { pool: "a10", gpus: 1, groupObjectId }];
    }),
  );
  writeFileSync(file, stringify(dev));
  return file;
}
