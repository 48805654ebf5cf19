import type { Rule } from "../engine/rule";
import { aksApiNotOpen } from "./cluster/aks-api-not-open";
import { aksAuditLog } from "./cluster/aks-audit-log";
import { aksCidrSane } from "./cluster/aks-cidr-sane";
import { aksEntraRbac } from "./cluster/aks-entra-rbac";
import { aksFileDriverOff } from "./cluster/aks-file-driver-off";
import { aksK8sRbac } from "./cluster/aks-k8s-rbac";
import { aksManagedIdentity } from "./cluster/aks-managed-identity";
import { aksNetworkPolicy } from "./cluster/aks-network-policy";
import { aksNoLocalAccounts } from "./cluster/aks-no-local-accounts";
import { aksNodeOsChannel } from "./cluster/aks-node-os-channel";
import { aksOneInlinePool } from "./cluster/aks-one-inline-pool";
import { aksPrivateProd } from "./cluster/aks-private-prod";
import { aksProtected } from "./cluster/aks-protected";
import { aksUpgradeChannel } from "./cluster/aks-upgrade-channel";
import { aksVersionPinned } from "./cluster/aks-version-pinned";
import { aksWorkloadIdentity } from "./cluster/aks-workload-identity";
import { npAutoscaleBounds } from "./cluster/np-autoscale-bounds";
import { npDriverOwner } from "./cluster/np-driver-owner";
import { npGpuTaint } from "./cluster/np-gpu-taint";
import { npIbBounds } from "./cluster/np-ib-bounds";
import { npIbZone } from "./cluster/np-ib-zone";
import { npImageAge } from "./cluster/np-image-age";
import { npImageWorks } from "./cluster/np-image-works";
import { npMigValid } from "./cluster/np-mig-valid";
import { npModeExplicit } from "./cluster/np-mode-explicit";
import { npNameShape } from "./cluster/np-name-shape";
import { npNoPublicIp } from "./cluster/np-no-public-ip";
import { npNoSsh } from "./cluster/np-no-ssh";
import { npSpotShape } from "./cluster/np-spot-shape";
import { npSubnetSet } from "./cluster/np-subnet-set";
import { npUpgradeSettings } from "./cluster/np-upgrade-settings";
import { npVersionOfCluster } from "./cluster/np-version-of-cluster";
import { finBudgetCoversIdle } from "./cost/fin-budget-covers-idle";
import { finMonthlyCeiling } from "./cost/fin-monthly-ceiling";
import { finRequiredTags } from "./cost/fin-required-tags";
import { gpuKnownSize } from "./gpu/gpu-known-size";
import { gpuReservationNotSpot } from "./gpu/gpu-reservation-not-spot";
import { gpuReservationSize } from "./gpu/gpu-reservation-size";
import { hpcFaultDomainOne } from "./gpu/hpc-fault-domain-one";
import { hpcNoAutoOsUpgrade } from "./gpu/hpc-no-auto-os-upgrade";
import { hpcOverprovisionOff } from "./gpu/hpc-overprovision-off";
import { ibDomainUnique } from "./gpu/ib-domain-unique";
import { ibGroupCapacity } from "./gpu/ib-group-capacity";
import { ibNoSizeMix } from "./gpu/ib-no-size-mix";
import { ibSinglePlacementGroup } from "./gpu/ib-single-placement-group";
import { ibSingleZone } from "./gpu/ib-single-zone";
import { sizeInCatalogue } from "./gpu/size-in-catalogue";
import { vmssAcceleratedNetworking } from "./gpu/vmss-accelerated-networking";
import { vmssEphemeralShape } from "./gpu/vmss-ephemeral-shape";
import { vmssImageAge } from "./gpu/vmss-image-age";
import { vmssImageLine } from "./gpu/vmss-image-line";
import { vmssImagePinned } from "./gpu/vmss-image-pinned";
import { vmssNoIpForwarding } from "./gpu/vmss-no-ip-forwarding";
import { vmssNoPassword } from "./gpu/vmss-no-password";
import { vmssNoPublicIp } from "./gpu/vmss-no-public-ip";
import { vmssNoSecretInUserdata } from "./gpu/vmss-no-secret-in-userdata";
import { vmssSpotShape } from "./gpu/vmss-spot-shape";
import { vmssSshKeyShape } from "./gpu/vmss-ssh-key-shape";
import { acrNetwork } from "./identity/acr-network";
import { acrNoAdminNoAnon } from "./identity/acr-no-admin-no-anon";
import { ficPinned } from "./identity/fic-pinned";
import { kvNetwork } from "./identity/kv-network";
import { kvPurgeProtection } from "./identity/kv-purge-protection";
import { kvRbac } from "./identity/kv-rbac";
import { roleNoBroadGrants } from "./identity/role-no-broad-grants";
import { rolePrincipalType } from "./identity/role-principal-type";
import { k8sGpuLimits } from "./kubernetes/k8s-gpu-limits";
import { k8sLbInternal } from "./kubernetes/k8s-lb-internal";
import { k8sNoClusterAdmin } from "./kubernetes/k8s-no-cluster-admin";
import { k8sNoHostNamespaces } from "./kubernetes/k8s-no-host-namespaces";
import { k8sNoPrivileged } from "./kubernetes/k8s-no-privileged";
import { k8sNsDefaultDeny } from "./kubernetes/k8s-ns-default-deny";
import { k8sNsHasQuota } from "./kubernetes/k8s-ns-has-quota";
import { k8sNsPssLabels } from "./kubernetes/k8s-ns-pss-labels";
import { metaExemptionsFresh } from "./meta/meta-exemptions-fresh";
import { metaExemptionsUsed } from "./meta/meta-exemptions-used";
import { cidrDisjoint } from "./network/cidr-disjoint";
import { nicNoPublicIp } from "./network/nic-no-public-ip";
import { nsgDeniesNetwork } from "./network/nsg-denies-network";
import { nsgNoAdminFromInternet } from "./network/nsg-no-admin-from-internet";
import { nsgNoAnyAny } from "./network/nsg-no-any-any";
import { subnetHasNsg } from "./network/subnet-has-nsg";
import { vnetNoInlineSubnets } from "./network/vnet-no-inline-subnets";
import { amlfsCapacityStep } from "./storage/amlfs-capacity-step";
import { amlfsHsmContainers } from "./storage/amlfs-hsm-containers";
import { amlfsProtected } from "./storage/amlfs-protected";
import { amlfsSingleZone } from "./storage/amlfs-single-zone";
import { anfExportNotOpen } from "./storage/anf-export-not-open";
import { anfSize } from "./storage/anf-size";
import { stCopyScope } from "./storage/st-copy-scope";
import { stHttpsOnly } from "./storage/st-https-only";
import { stNetworkDeny } from "./storage/st-network-deny";
import { stNoAnonymous } from "./storage/st-no-anonymous";
import { stNoSharedKey } from "./storage/st-no-shared-key";
import { stPublicOff } from "./storage/st-public-off";
import { stSasPolicy } from "./storage/st-sas-policy";
import { stTls12 } from "./storage/st-tls12";
import { stVersionsFlat } from "./storage/st-versions-flat";

/** Every rule, by number. */
export const rules: readonly Rule[] = [
  gpuKnownSize,
  ibSinglePlacementGroup,
  ibGroupCapacity,
  ibNoSizeMix,
  ibDomainUnique,
  hpcOverprovisionOff,
  hpcFaultDomainOne,
  ibSingleZone,
  vmssAcceleratedNetworking,
  vmssNoPublicIp,
  vmssNoIpForwarding,
  vmssNoPassword,
  vmssSshKeyShape,
  vmssNoSecretInUserdata,
  vmssImagePinned,
  hpcNoAutoOsUpgrade,
  vmssEphemeralShape,
  vmssSpotShape,
  gpuReservationNotSpot,
  aksApiNotOpen,
  aksPrivateProd,
  aksNoLocalAccounts,
  aksEntraRbac,
  aksK8sRbac,
  aksNetworkPolicy,
  aksCidrSane,
  aksWorkloadIdentity,
  aksManagedIdentity,
  aksVersionPinned,
  aksNodeOsChannel,
  aksOneInlinePool,
  aksProtected,
  npGpuTaint,
  npModeExplicit,
  npDriverOwner,
  npNoPublicIp,
  npIbZone,
  npIbBounds,
  npAutoscaleBounds,
  npSpotShape,
  npUpgradeSettings,
  npSubnetSet,
  npNameShape,
  nsgNoAdminFromInternet,
  nsgNoAnyAny,
  subnetHasNsg,
  vnetNoInlineSubnets,
  cidrDisjoint,
  nicNoPublicIp,
  stHttpsOnly,
  stNoAnonymous,
  stNoSharedKey,
  stTls12,
  stNetworkDeny,
  stPublicOff,
  amlfsCapacityStep,
  amlfsSingleZone,
  amlfsHsmContainers,
  amlfsProtected,
  anfExportNotOpen,
  anfSize,
  kvPurgeProtection,
  kvRbac,
  kvNetwork,
  acrNoAdminNoAnon,
  acrNetwork,
  roleNoBroadGrants,
  rolePrincipalType,
  ficPinned,
  finRequiredTags,
  k8sNoPrivileged,
  k8sNoHostNamespaces,
  k8sGpuLimits,
  k8sNsPssLabels,
  k8sNsHasQuota,
  k8sNsDefaultDeny,
  k8sLbInternal,
  k8sNoClusterAdmin,
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
  metaExemptionsUsed,
];
