import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

/**
 * Writes prod and its workloads into a folder of their own, since one stack reads the other, with so many teams in place of theirs. Their
 * jobs take whole nodes, and each has the same number of them. Domains are added only where there would be no node for each team. Returns
 * the file of the workloads.
 */
export function prodWith(teams: number, folder: string): string {
  const own = path.join(folder, `prod-${teams}-teams`);
  mkdirSync(own);
  const prod = parse(readFileSync(path.join(root, "stacks/Pulumi.prod.yaml"), "utf8")) as {
    config: {
      "azure-gpu-cluster:gpuPools": { h200: { domains: number; nodes: number; spareNodes: number } };
      "azure-gpu-cluster:network": { podCidr: string };
    };
  };
  const pool = prod.config["azure-gpu-cluster:gpuPools"].h200;
  const usable = pool.nodes - pool.spareNodes;
  pool.domains = Math.max(pool.domains, Math.ceil(teams / usable));
  prod.config["azure-gpu-cluster:network"].podCidr = "10.128.0.0/9";
  writeFileSync(path.join(own, "Pulumi.prod.yaml"), stringify(prod));

  const file = path.join(own, "Pulumi.prod-workloads.yaml");
  const workloads = parse(readFileSync(path.join(root, "stacks/Pulumi.prod-workloads.yaml"), "utf8")) as {
    config: { [section: string]: object };
  };
  for (const kind of teamKindNames) Reflect.deleteProperty(workloads.config, `azure-gpu-cluster:${kind}Teams`);
  const [kind] = teamKindNames;
  workloads.config[`azure-gpu-cluster:${kind}Teams`] = Object.fromEntries(
    Array.from({ length: teams }, (_, at) => {
      const groupObjectId = `33333333-3333-4333-8333-${String(at).padStart(12, "0")}`;
      const gpus = Math.floor((pool.domains * usable) / teams) * 8;
      return [`team-${at}`, { pool: "h200", gpus, borrow: 8, groupObjectId }];
    }),
  );
  writeFileSync(file, stringify(workloads));
  return file;
}
