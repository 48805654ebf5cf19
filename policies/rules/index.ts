import type { Rule } from "../engine/rule";
import { aksApiNotOpen } from "./cluster/aks-api-not-open";
import { aksAuditLog } from "./cluster/aks-audit-log";
import { aksCidrSane } from "./cluster/aks-cidr-sane";
import { aksCidrVsVnet } from "./cluster/aks-cidr-vs-vnet";
import { aksCni } from "./cluster/aks-cni";
import { aksCsiSecretRotation } from "./cluster/aks-csi-secret-rotation";
import { aksDefender } from "./cluster/aks-defender";
import { aksEntraRbac } from "./cluster/aks-entra-rbac";
import { aksFileDriverOff } from "./cluster/aks-file-driver-off";
import { aksK8sRbac } from "./cluster/aks-k8s-rbac";
import { aksLbStandard } from "./cluster/aks-lb-standard";
import { aksLtsNeedsPremium } from "./cluster/aks-lts-needs-premium";
import { aksMaintenanceWindow } from "./cluster/aks-maintenance-window";
import { aksManagedIdentity } from "./cluster/aks-managed-identity";
import { aksMetrics } from "./cluster/aks-metrics";
import { aksNameShape } from "./cluster/aks-name-shape";
import { aksNetworkPolicy } from "./cluster/aks-network-policy";
import { aksNetworkPolicyNotNpm } from "./cluster/aks-network-policy-not-npm";
import { aksNoHttpAppRouting } from "./cluster/aks-no-http-app-routing";
import { aksNoLocalAccounts } from "./cluster/aks-no-local-accounts";
import { aksNoPodIdentityV1 } from "./cluster/aks-no-pod-identity-v1";
import { aksNoRunCommand } from "./cluster/aks-no-run-command";
import { aksNodeOsChannel } from "./cluster/aks-node-os-channel";
import { aksNodeRgLocked } from "./cluster/aks-node-rg-locked";
import { aksOneInlinePool } from "./cluster/aks-one-inline-pool";
import { aksOutboundExplicit } from "./cluster/aks-outbound-explicit";
import { aksPaidTier } from "./cluster/aks-paid-tier";
import { aksPrivateProd } from "./cluster/aks-private-prod";
import { aksProtected } from "./cluster/aks-protected";
import { aksSystemPoolShape } from "./cluster/aks-system-pool-shape";
import { aksUpgradeChannel } from "./cluster/aks-upgrade-channel";
import { aksVersionPinned } from "./cluster/aks-version-pinned";
import { aksWorkloadIdentity } from "./cluster/aks-workload-identity";
import { npAddressFit } from "./cluster/np-address-fit";
import { npAutoscaleBounds } from "./cluster/np-autoscale-bounds";
import { npDriverOwner } from "./cluster/np-driver-owner";
import { npDriverVsOperator } from "./cluster/np-driver-vs-operator";
import { npGpuTaint } from "./cluster/np-gpu-taint";
import { npHostEncryption } from "./cluster/np-host-encryption";
import { npIbBounds } from "./cluster/np-ib-bounds";
import { npIbZone } from "./cluster/np-ib-zone";
import { npImageAge } from "./cluster/np-image-age";
import { npImageWorks } from "./cluster/np-image-works";
import { npMigValid } from "./cluster/np-mig-valid";
import { npModeExplicit } from "./cluster/np-mode-explicit";
import { npNameShape } from "./cluster/np-name-shape";
import { npNoPublicIp } from "./cluster/np-no-public-ip";
import { npNoSsh } from "./cluster/np-no-ssh";
import { npNoSystemLabels } from "./cluster/np-no-system-labels";
import { npOsDisk } from "./cluster/np-os-disk";
import { npOsSku } from "./cluster/np-os-sku";
import { npScaleDownDelete } from "./cluster/np-scale-down-delete";
import { npSecureBootVsDriver } from "./cluster/np-secure-boot-vs-driver";
import { npSpotShape } from "./cluster/np-spot-shape";
import { npSubnetSet } from "./cluster/np-subnet-set";
import { npTopologyManager } from "./cluster/np-topology-manager";
import { npTypeVmss } from "./cluster/np-type-vmss";
import { npUpgradeSettings } from "./cluster/np-upgrade-settings";
import { npVersionOfCluster } from "./cluster/np-version-of-cluster";
import { finBudgetCoversIdle } from "./cost/fin-budget-covers-idle";
import { finBudgetExists } from "./cost/fin-budget-exists";
import { finExpensiveTypes } from "./cost/fin-expensive-types";
import { finMaxGpus } from "./cost/fin-max-gpus";
import { finMaxHourlyCost } from "./cost/fin-max-hourly-cost";
import { finMonthlyCeiling } from "./cost/fin-monthly-ceiling";
import { finRequiredTags } from "./cost/fin-required-tags";
import { finScaleToZeroDev } from "./cost/fin-scale-to-zero-dev";
import { finSpotInDev } from "./cost/fin-spot-in-dev";
import { finTtlDev } from "./cost/fin-ttl-dev";
import { govAllowedRegions } from "./cost/gov-allowed-regions";
import { govNoPreviewApi } from "./cost/gov-no-preview-api";
import { diskNoPublic } from "./gpu/disk-no-public";
import { gpuKnownSize } from "./gpu/gpu-known-size";
import { gpuReservationNotSpot } from "./gpu/gpu-reservation-not-spot";
import { gpuReservationProd } from "./gpu/gpu-reservation-prod";
import { gpuReservationSize } from "./gpu/gpu-reservation-size";
import { gpuSizeAllowlist } from "./gpu/gpu-size-allowlist";
import { hpcFaultDomainOne } from "./gpu/hpc-fault-domain-one";
import { hpcNoAutoOsUpgrade } from "./gpu/hpc-no-auto-os-upgrade";
import { hpcOverprovisionOff } from "./gpu/hpc-overprovision-off";
import { hpcPpgConsistent } from "./gpu/hpc-ppg-consistent";
import { ibDomainUnique } from "./gpu/ib-domain-unique";
import { ibGroupCapacity } from "./gpu/ib-group-capacity";
import { ibNoSizeMix } from "./gpu/ib-no-size-mix";
import { ibOrchestrationUniform } from "./gpu/ib-orchestration-uniform";
import { ibSinglePlacementGroup } from "./gpu/ib-single-placement-group";
import { ibSingleZone } from "./gpu/ib-single-zone";
import { sizeInCatalogue } from "./gpu/size-in-catalogue";
import { vmNoLooseGpu } from "./gpu/vm-no-loose-gpu";
import { vmssAcceleratedNetworking } from "./gpu/vmss-accelerated-networking";
import { vmssEphemeralShape } from "./gpu/vmss-ephemeral-shape";
import { vmssExtensionSecrets } from "./gpu/vmss-extension-secrets";
import { vmssHostEncryption } from "./gpu/vmss-host-encryption";
import { vmssIdentityUserAssigned } from "./gpu/vmss-identity-user-assigned";
import { vmssImageAge } from "./gpu/vmss-image-age";
import { vmssImageAllowlist } from "./gpu/vmss-image-allowlist";
import { vmssImageLine } from "./gpu/vmss-image-line";
import { vmssImagePinned } from "./gpu/vmss-image-pinned";
import { vmssNameShape } from "./gpu/vmss-name-shape";
import { vmssNoAutoRepairOnIb } from "./gpu/vmss-no-auto-repair-on-ib";
import { vmssNoIpForwarding } from "./gpu/vmss-no-ip-forwarding";
import { vmssNoPassword } from "./gpu/vmss-no-password";
import { vmssNoPublicIp } from "./gpu/vmss-no-public-ip";
import { vmssNoSecretInUserdata } from "./gpu/vmss-no-secret-in-userdata";
import { vmssSpotNotInProd } from "./gpu/vmss-spot-not-in-prod";
import { vmssSpotShape } from "./gpu/vmss-spot-shape";
import { vmssSshKeyShape } from "./gpu/vmss-ssh-key-shape";
import { vmssSubnetRequired } from "./gpu/vmss-subnet-required";
import { vmssTerminateNotice } from "./gpu/vmss-terminate-notice";
import { vmssTrustedLaunch } from "./gpu/vmss-trusted-launch";
import { acrNetwork } from "./identity/acr-network";
import { acrNoAdminNoAnon } from "./identity/acr-no-admin-no-anon";
import { acrPremiumProd } from "./identity/acr-premium-prod";
import { diagEverywhere } from "./identity/diag-everywhere";
import { ficPinned } from "./identity/fic-pinned";
import { kvNetwork } from "./identity/kv-network";
import { kvPublicOff } from "./identity/kv-public-off";
import { kvPurgeProtection } from "./identity/kv-purge-protection";
import { kvRbac } from "./identity/kv-rbac";
import { lawRetentionAndCap } from "./identity/law-retention-and-cap";
import { lockState } from "./identity/lock-state";
import { logicTriggerClosed } from "./identity/logic-trigger-closed";
import { noSpSecrets } from "./identity/no-sp-secrets";
import { roleNoBroadGrants } from "./identity/role-no-broad-grants";
import { roleNoCustomWildcard } from "./identity/role-no-custom-wildcard";
import { rolePrincipalType } from "./identity/role-principal-type";
import { k8sAdmissionTwin } from "./kubernetes/k8s-admission-twin";
import { k8sCapabilities } from "./kubernetes/k8s-capabilities";
import { k8sChartPinned } from "./kubernetes/k8s-chart-pinned";
import { k8sCpuMemSet } from "./kubernetes/k8s-cpu-mem-set";
import { k8sGpuLimits } from "./kubernetes/k8s-gpu-limits";
import { k8sGpuToleration } from "./kubernetes/k8s-gpu-toleration";
import { k8sHelmReleaseAllowlist } from "./kubernetes/k8s-helm-release-allowlist";
import { k8sImageDigest } from "./kubernetes/k8s-image-digest";
import { k8sImagePinned } from "./kubernetes/k8s-image-pinned";
import { k8sImageRegistry } from "./kubernetes/k8s-image-registry";
import { k8sIngressTls } from "./kubernetes/k8s-ingress-tls";
import { k8sJobBounded } from "./kubernetes/k8s-job-bounded";
import { k8sLbInternal } from "./kubernetes/k8s-lb-internal";
import { k8sNoClusterAdmin } from "./kubernetes/k8s-no-cluster-admin";
import { k8sNoDefaultNs } from "./kubernetes/k8s-no-default-ns";
import { k8sNoDefaultSaToken } from "./kubernetes/k8s-no-default-sa-token";
import { k8sNoExternalIps } from "./kubernetes/k8s-no-external-ips";
import { k8sNoHostNamespaces } from "./kubernetes/k8s-no-host-namespaces";
import { k8sNoHostPorts } from "./kubernetes/k8s-no-host-ports";
import { k8sNoHostpath } from "./kubernetes/k8s-no-hostpath";
import { k8sNoInlineSecret } from "./kubernetes/k8s-no-inline-secret";
import { k8sNoPrivEscalation } from "./kubernetes/k8s-no-priv-escalation";
import { k8sNoPrivileged } from "./kubernetes/k8s-no-privileged";
import { k8sNoSecretEnv } from "./kubernetes/k8s-no-secret-env";
import { k8sNoWildcardRbac } from "./kubernetes/k8s-no-wildcard-rbac";
import { k8sNonRoot } from "./kubernetes/k8s-non-root";
import { k8sNsDefaultDeny } from "./kubernetes/k8s-ns-default-deny";
import { k8sNsHasQuota } from "./kubernetes/k8s-ns-has-quota";
import { k8sNsPssLabels } from "./kubernetes/k8s-ns-pss-labels";
import { k8sPatchAnnotated } from "./kubernetes/k8s-patch-annotated";
import { k8sPdbSane } from "./kubernetes/k8s-pdb-sane";
import { k8sPriorityClass } from "./kubernetes/k8s-priority-class";
import { k8sProbes } from "./kubernetes/k8s-probes";
import { k8sProcSysctlOther } from "./kubernetes/k8s-proc-sysctl-other";
import { k8sQuotaWithinPools } from "./kubernetes/k8s-quota-within-pools";
import { k8sRdmaAsked } from "./kubernetes/k8s-rdma-asked";
import { k8sRdmaComplete } from "./kubernetes/k8s-rdma-complete";
import { k8sRdmaMemlock } from "./kubernetes/k8s-rdma-memlock";
import { k8sSeccomp } from "./kubernetes/k8s-seccomp";
import { k8sStorageclassSafe } from "./kubernetes/k8s-storageclass-safe";
import { k8sYamlLocalOnly } from "./kubernetes/k8s-yaml-local-only";
import { metaAllowedTypes } from "./meta/meta-allowed-types";
import { metaEnvMatches } from "./meta/meta-env-matches";
import { metaIgnorechangesAllowlist } from "./meta/meta-ignorechanges-allowlist";
import { metaNoEscapeHatch } from "./meta/meta-no-escape-hatch";
import { metaProtectStateful } from "./meta/meta-protect-stateful";
import { metaSubscriptionPinned } from "./meta/meta-subscription-pinned";
import { metaExemptionsFresh } from "./meta/meta-exemptions-fresh";
import { metaExemptionsUsed } from "./meta/meta-exemptions-used";
import { cidrDisjoint } from "./network/cidr-disjoint";
import { flowLogs } from "./network/flow-logs";
import { nicNoPublicIp } from "./network/nic-no-public-ip";
import { nsgDeniesNetwork } from "./network/nsg-denies-network";
import { nsgNoAdminFromInternet } from "./network/nsg-no-admin-from-internet";
import { nsgNoAnyAny } from "./network/nsg-no-any-any";
import { nsgNoPlainHttp } from "./network/nsg-no-plain-http";
import { nsgNoUdpFromInternet } from "./network/nsg-no-udp-from-internet";
import { nsgRuleSane } from "./network/nsg-rule-sane";
import { peeringNoTransitDefault } from "./network/peering-no-transit-default";
import { privateEndpointPolicies } from "./network/private-endpoint-policies";
import { publicIpAllowlist } from "./network/public-ip-allowlist";
import { publicIpStandard } from "./network/public-ip-standard";
import { subnetDelegationAnf } from "./network/subnet-delegation-anf";
import { subnetHasNsg } from "./network/subnet-has-nsg";
import { subnetPrivateOutbound } from "./network/subnet-private-outbound";
import { subnetSizeAmlfs } from "./network/subnet-size-amlfs";
import { vnetNoInlineSubnets } from "./network/vnet-no-inline-subnets";
import { amlfsCapacityStep } from "./storage/amlfs-capacity-step";
import { amlfsHsmContainers } from "./storage/amlfs-hsm-containers";
import { amlfsMaintenanceWindow } from "./storage/amlfs-maintenance-window";
import { amlfsProtected } from "./storage/amlfs-protected";
import { amlfsRootSquash } from "./storage/amlfs-root-squash";
import { amlfsSingleZone } from "./storage/amlfs-single-zone";
import { amlfsZoneMatchesGpu } from "./storage/amlfs-zone-matches-gpu";
import { anfExportNotOpen } from "./storage/anf-export-not-open";
import { anfProtocol } from "./storage/anf-protocol";
import { anfRootAccess } from "./storage/anf-root-access";
import { anfServiceLevel } from "./storage/anf-service-level";
import { anfSize } from "./storage/anf-size";
import { anfSnapshots } from "./storage/anf-snapshots";
import { stCopyScope } from "./storage/st-copy-scope";
import { stGrsHasPair } from "./storage/st-grs-has-pair";
import { stHttpsOnly } from "./storage/st-https-only";
import { stNetworkDeny } from "./storage/st-network-deny";
import { stNfsShape } from "./storage/st-nfs-shape";
import { stNoAnonymous } from "./storage/st-no-anonymous";
import { stNoCrossTenant } from "./storage/st-no-cross-tenant";
import { stNoLocalUsers } from "./storage/st-no-local-users";
import { stNoSharedKey } from "./storage/st-no-shared-key";
import { stPublicOff } from "./storage/st-public-off";
import { stRecoverable } from "./storage/st-recoverable";
import { stSasPolicy } from "./storage/st-sas-policy";
import { stStateAccountHard } from "./storage/st-state-account-hard";
import { stTls12 } from "./storage/st-tls12";
import { stVersionsFlat } from "./storage/st-versions-flat";

/** Every rule, by number. */
export const rules: readonly Rule[] = [
  gpuKnownSize,
  gpuSizeAllowlist,
  ibSinglePlacementGroup,
  ibGroupCapacity,
  ibNoSizeMix,
  ibDomainUnique,
  ibOrchestrationUniform,
  hpcOverprovisionOff,
  hpcFaultDomainOne,
  ibSingleZone,
  hpcPpgConsistent,
  vmssAcceleratedNetworking,
  vmssNoPublicIp,
  vmssNoIpForwarding,
  vmssSubnetRequired,
  vmssHostEncryption,
  vmssNoPassword,
  vmssSshKeyShape,
  vmssNoSecretInUserdata,
  vmssExtensionSecrets,
  vmssImagePinned,
  vmssImageAllowlist,
  hpcNoAutoOsUpgrade,
  vmssEphemeralShape,
  vmssSpotNotInProd,
  vmssSpotShape,
  gpuReservationProd,
  gpuReservationNotSpot,
  vmssIdentityUserAssigned,
  vmssNoAutoRepairOnIb,
  vmssTerminateNotice,
  vmssTrustedLaunch,
  vmssNameShape,
  vmNoLooseGpu,
  diskNoPublic,
  aksApiNotOpen,
  aksPrivateProd,
  aksNoLocalAccounts,
  aksEntraRbac,
  aksK8sRbac,
  aksNetworkPolicy,
  aksNetworkPolicyNotNpm,
  aksCni,
  aksCidrSane,
  aksCidrVsVnet,
  aksOutboundExplicit,
  aksLbStandard,
  aksWorkloadIdentity,
  aksManagedIdentity,
  aksNoPodIdentityV1,
  aksNoRunCommand,
  aksDefender,
  aksCsiSecretRotation,
  aksNoHttpAppRouting,
  aksPaidTier,
  aksLtsNeedsPremium,
  aksVersionPinned,
  aksNodeOsChannel,
  aksMaintenanceWindow,
  aksNodeRgLocked,
  aksOneInlinePool,
  aksSystemPoolShape,
  aksMetrics,
  aksNameShape,
  aksProtected,
  npGpuTaint,
  npModeExplicit,
  npDriverOwner,
  npDriverVsOperator,
  npNoPublicIp,
  npHostEncryption,
  npOsDisk,
  npTypeVmss,
  npIbZone,
  npIbBounds,
  npAutoscaleBounds,
  npSpotShape,
  npUpgradeSettings,
  npOsSku,
  npSubnetSet,
  npAddressFit,
  npNameShape,
  npSecureBootVsDriver,
  npTopologyManager,
  npScaleDownDelete,
  npNoSystemLabels,
  nsgNoAdminFromInternet,
  nsgNoAnyAny,
  nsgNoUdpFromInternet,
  nsgNoPlainHttp,
  nsgRuleSane,
  subnetHasNsg,
  subnetPrivateOutbound,
  vnetNoInlineSubnets,
  subnetDelegationAnf,
  subnetSizeAmlfs,
  cidrDisjoint,
  publicIpAllowlist,
  publicIpStandard,
  nicNoPublicIp,
  privateEndpointPolicies,
  flowLogs,
  peeringNoTransitDefault,
  stHttpsOnly,
  stNoAnonymous,
  stNoSharedKey,
  stTls12,
  stNetworkDeny,
  stPublicOff,
  stNoCrossTenant,
  stNoLocalUsers,
  stRecoverable,
  stNfsShape,
  stStateAccountHard,
  amlfsCapacityStep,
  amlfsSingleZone,
  amlfsZoneMatchesGpu,
  amlfsRootSquash,
  amlfsMaintenanceWindow,
  amlfsHsmContainers,
  amlfsProtected,
  anfExportNotOpen,
  anfRootAccess,
  anfSize,
  anfServiceLevel,
  anfSnapshots,
  anfProtocol,
  kvPurgeProtection,
  kvRbac,
  kvNetwork,
  acrNoAdminNoAnon,
  acrNetwork,
  acrPremiumProd,
  lawRetentionAndCap,
  diagEverywhere,
  roleNoBroadGrants,
  rolePrincipalType,
  roleNoCustomWildcard,
  ficPinned,
  noSpSecrets,
  lockState,
  finMaxGpus,
  finMaxHourlyCost,
  finRequiredTags,
  finTtlDev,
  finSpotInDev,
  finScaleToZeroDev,
  finBudgetExists,
  finExpensiveTypes,
  govAllowedRegions,
  govNoPreviewApi,
  k8sNoPrivileged,
  k8sNoPrivEscalation,
  k8sNoHostNamespaces,
  k8sNoHostpath,
  k8sNoHostPorts,
  k8sCapabilities,
  k8sSeccomp,
  k8sNonRoot,
  k8sProcSysctlOther,
  k8sImageRegistry,
  k8sImagePinned,
  k8sGpuLimits,
  k8sGpuToleration,
  k8sRdmaComplete,
  k8sCpuMemSet,
  k8sNsPssLabels,
  k8sNsHasQuota,
  k8sQuotaWithinPools,
  k8sNsDefaultDeny,
  k8sNoDefaultNs,
  k8sNoDefaultSaToken,
  k8sNoSecretEnv,
  k8sNoInlineSecret,
  k8sLbInternal,
  k8sNoExternalIps,
  k8sIngressTls,
  k8sNoClusterAdmin,
  k8sNoWildcardRbac,
  k8sJobBounded,
  k8sPdbSane,
  k8sProbes,
  k8sPriorityClass,
  k8sStorageclassSafe,
  k8sHelmReleaseAllowlist,
  k8sChartPinned,
  k8sYamlLocalOnly,
  k8sAdmissionTwin,
  k8sPatchAnnotated,
  metaAllowedTypes,
  metaNoEscapeHatch,
  metaEnvMatches,
  metaSubscriptionPinned,
  metaProtectStateful,
  metaIgnorechangesAllowlist,
  metaExemptionsFresh,
  npMigValid,
  npVersionOfCluster,
  npNoSsh,
  aksAuditLog,
  vmssImageLine,
  vmssImageAge,
  nsgDeniesNetwork,
  stCopyScope,
  stSasPolicy,
  aksFileDriverOff,
  aksUpgradeChannel,
  npImageAge,
  npImageWorks,
  sizeInCatalogue,
  finMonthlyCeiling,
  finBudgetCoversIdle,
  stVersionsFlat,
  gpuReservationSize,
  logicTriggerClosed,
  stGrsHasPair,
  k8sImageDigest,
  k8sRdmaMemlock,
  k8sRdmaAsked,
  kvPublicOff,
  metaExemptionsUsed,
];
