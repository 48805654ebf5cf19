import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster";
import { cluster, nodePool, sizes } from "./fixtures";
import { changed } from "./harness";

/** The cluster with the settings that these rules want. */
export const settled = changed(cluster, {
  ...({
    sku: { name: "Base", tier: "Standard" },
    nodeResourceGroupProfile: { restrictionLevel: "ReadOnly" },
    azureMonitorProfile: { metrics: { enabled: true } },
    dnsPrefix: "gpu-prod",
    podIdentityProfile: { enabled: false },
    addonProfiles: { azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: "true" } } },
  } satisfies Partial<ManagedClusterArgs>),
  "networkProfile.outboundType": "userAssignedNATGateway",
  "networkProfile.loadBalancerSku": "standard",
  "apiServerAccessProfile.disableRunCommand": true,
  "agentPoolProfiles[0].nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"],
  "agentPoolProfiles[0].availabilityZones": ["1", "2", "3"],
});

/** A pool of spot machines. */
export const spot = changed(nodePool, {
  vmSize: sizes.gpu,
  scaleSetPriority: "Spot",
  scaleSetEvictionPolicy: "Delete",
  spotMaxPrice: 1.25,
});

/** What makes a pool one without GPUs, of which rules about GPUs say nothing. */
export const general = {
  "a general size": [
    {
      vmSize: sizes.general,
      nodeTaints: [],
      availabilityZones: ["1", "2"],
      maxCount: 500,
      gpuProfile: {},
      upgradeSettings: {},
    },
  ],
} as const;
