import type { RuleCases } from "./harness";
import { admissionTables } from "./rules/admission";
import { chartTables } from "./rules/charts";
import { clusterObjectTables } from "./rules/cluster-objects";
import { clusterNetworkingTables } from "./rules/cluster-networking";
import { clusterRoomTables } from "./rules/cluster-room";
import { clusterSettingTables } from "./rules/cluster-settings";
import { clusterTrafficTables } from "./rules/cluster-traffic";
import { clusterVersionTables } from "./rules/cluster-versions";
import { clusterTables } from "./rules/clusters";
import { costChoiceTables } from "./rules/cost-choices";
import { costLimitTables } from "./rules/cost-limits";
import { fabricJobTables } from "./rules/fabric-jobs";
import { fileSystemTables } from "./rules/file-systems";
import { gpuFabricTables } from "./rules/gpu-fabric";
import { gpuMachineTables } from "./rules/gpu-machines";
import { gpuNodeTables } from "./rules/gpu-nodes";
import { identityTables } from "./rules/identities";
import { identitySettingTables } from "./rules/identity-settings";
import { jobTables } from "./rules/jobs";
import { keptEvidenceTables } from "./rules/kept-evidence";
import { kubernetesTables } from "./rules/kubernetes";
import { machineTables } from "./rules/machines";
import { metaTables } from "./rules/meta";
import { metaProgramTables } from "./rules/meta-program";
import { monthlyCostTables } from "./rules/monthly-cost";
import { namespaceTables } from "./rules/namespaces";
import { networkSettingTables } from "./rules/network-settings";
import { networkTables } from "./rules/networks";
import { nodePoolTables } from "./rules/node-pools";
import { nodeSoftwareTables } from "./rules/node-software";
import { podImageTables } from "./rules/pod-images";
import { podPromiseTables } from "./rules/pod-promises";
import { podResourceTables } from "./rules/pod-resources";
import { podRightTables } from "./rules/pod-rights";
import { poolSettingTables } from "./rules/pool-settings";
import { securityGroupTables } from "./rules/security-groups";
import { storageTables } from "./rules/storage";
import { storageAccountTables } from "./rules/storage-accounts";
import { vaultTables } from "./rules/vaults-and-registries";
import { widerReachTables } from "./rules/wider-reach";

/** The tables of all rules. */
export const tables: readonly RuleCases[] = [
  ...gpuFabricTables,
  ...gpuNodeTables,
  ...machineTables,
  ...gpuMachineTables,
  ...clusterTables,
  ...clusterVersionTables,
  ...clusterSettingTables,
  ...clusterNetworkingTables,
  ...nodePoolTables,
  ...nodeSoftwareTables,
  ...poolSettingTables,
  ...networkTables,
  ...networkSettingTables,
  ...securityGroupTables,
  ...storageTables,
  ...vaultTables,
  ...identityTables,
  ...monthlyCostTables,
  ...kubernetesTables,
  ...namespaceTables,
  ...identitySettingTables,
  ...storageAccountTables,
  ...fileSystemTables,
  ...costLimitTables,
  ...clusterTrafficTables,
  ...jobTables,
  ...chartTables,
  ...clusterObjectTables,
  ...podRightTables,
  ...podImageTables,
  ...podResourceTables,
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
