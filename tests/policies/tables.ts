import type { RuleCases } from "./harness";
import { clusterTables } from "./rules/clusters";
import { gpuFabricTables } from "./rules/gpu-fabric";
import { gpuNodeTables } from "./rules/gpu-nodes";
import { identityTables } from "./rules/identities-and-cost";
import { kubernetesTables } from "./rules/kubernetes";
import { metaTables } from "./rules/meta";
import { networkTables } from "./rules/networks";
import { nodePoolTables } from "./rules/node-pools";
import { storageTables } from "./rules/storage";
import { vaultTables } from "./rules/vaults-and-registries";

/** The tables of all rules. */
export const tables: readonly RuleCases[] = [
  ...gpuFabricTables,
  ...gpuNodeTables,
  ...clusterTables,
  ...nodePoolTables,
  ...networkTables,
  ...storageTables,
  ...vaultTables,
  ...identityTables,
  ...kubernetesTables,
  ...metaTables,
];
