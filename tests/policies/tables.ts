import type { RuleCases } from "./harness";
import { admissionTables } from "./rules/admission";
import { chartTables } from "./rules/charts";
import { clusterObjectTables } from "./rules/cluster-objects";
import { clusterRoomTables } from "./rules/cluster-room";
import { clusterSettingTables } from "./rules/cluster-settings";
import { clusterTrafficTables } from "./rules/cluster-traffic";
import { clusterTables } from "./rules/clusters";
import { costChoiceTables } from "./rules/cost-choices";
import { costLimitTables } from "./rules/cost-limits";
import { fabricJobTables } from "./rules/fabric-jobs";
import { gpuFabricTables } from "./rules/gpu-fabric";
import { gpuNodeTables } from "./rules/gpu-nodes";
import { identityTables } from "./rules/identities-and-cost";
import { identitySettingTables } from "./rules/identity-settings";
import { jobTables } from "./rules/jobs";
import { keptEvidenceTables } from "./rules/kept-evidence";
import { kubernetesTables } from "./rules/kubernetes";
import { machineTables } from "./rules/machines";
import { metaTables } from "./rules/meta";
import { metaProgramTables } from "./rules/meta-program";
import { networkSettingTables } from "./rules/network-settings";
import { networkTables } from "./rules/networks";
import { nodePoolTables } from "./rules/node-pools";
import { podPromiseTables } from "./rules/pod-promises";
import { morePodTables, podTables } from "./rules/pods";
import { poolSettingTables } from "./rules/pool-settings";
import { storageTables } from "./rules/storage";
import { storeSettingTables } from "./rules/store-settings";
import { vaultTables } from "./rules/vaults-and-registries";
import { widerReachTables } from "./rules/wider-reach";

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
  ...identitySettingTables,
  ...storeSettingTables,
  ...costLimitTables,
  ...clusterTrafficTables,
  ...jobTables,
  ...chartTables,
  ...clusterObjectTables,
  ...podTables,
  ...morePodTables,
  ...clusterRoomTables,
  ...costChoiceTables,
  ...keptEvidenceTables,
  ...podPromiseTables,
  ...admissionTables,
  ...fabricJobTables,
  ...metaTables,
  ...metaProgramTables,
  ...widerReachTables,
];
