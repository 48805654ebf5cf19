import type { RuleCases } from "./harness";
import { clusterSettingTables } from "./rules/cluster-settings";
import { clusterTables } from "./rules/clusters";
import { clusterObjectTables } from "./rules/cluster-objects";
import { gpuFabricTables } from "./rules/gpu-fabric";
import { gpuNodeTables } from "./rules/gpu-nodes";
import { identityTables } from "./rules/identities-and-cost";
import { kubernetesTables } from "./rules/kubernetes";
import { machineTables } from "./rules/machines";
import { networkSettingTables } from "./rules/network-settings";
import { metaTables } from "./rules/meta";
import { networkTables } from "./rules/networks";
import { nodePoolTables } from "./rules/node-pools";
import { morePodTables, podTables } from "./rules/pods";
import { governanceTables } from "./rules/stores-and-governance";
import { poolSettingTables } from "./rules/pool-settings";
import { storageTables } from "./rules/storage";
import { vaultTables } from "./rules/vaults-and-registries";

/** The tables of all rules. */
export const tables: readonly RuleCases[] = [
  ...gpuFabricTables,
  ...gpuNodeTables,
  ...machineTables,
  ...clusterTables,
  ...clusterSettingTables,
  ...nodePoolTables,
  ...poolSettingTables,
  ...networkTables,
  ...networkSettingTables,
  ...storageTables,
  ...vaultTables,
  ...identityTables,
  ...kubernetesTables,
  ...governanceTables,
  ...clusterObjectTables,
  ...podTables,
  ...morePodTables,
  ...metaTables,
];
