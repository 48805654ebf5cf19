import { unknownValue } from "../../../core/property-marks";
import { aksApiNotOpen } from "../../../policies/rules/cluster/aks-api-not-open";
import { aksAuditLog } from "../../../policies/rules/cluster/aks-audit-log";
import { aksCidrSane } from "../../../policies/rules/cluster/aks-cidr-sane";
import { aksEntraRbac } from "../../../policies/rules/cluster/aks-entra-rbac";
import { aksK8sRbac } from "../../../policies/rules/cluster/aks-k8s-rbac";
import { aksManagedIdentity } from "../../../policies/rules/cluster/aks-managed-identity";
import { aksNetworkPolicy } from "../../../policies/rules/cluster/aks-network-policy";
import { aksNoLocalAccounts } from "../../../policies/rules/cluster/aks-no-local-accounts";
import { aksFileDriverOff } from "../../../policies/rules/cluster/aks-file-driver-off";
import { aksOneInlinePool } from "../../../policies/rules/cluster/aks-one-inline-pool";
import { aksPrivateProd } from "../../../policies/rules/cluster/aks-private-prod";
import { aksProtected } from "../../../policies/rules/cluster/aks-protected";
import { aksWorkloadIdentity } from "../../../policies/rules/cluster/aks-workload-identity";
import { auditLog, cluster, nodePool } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";

const access = "apiServerAccessProfile";
const ranges = `${access}.authorizedIPRanges`;
const isPrivate = `${access}.enablePrivateCluster`;
const narrow = "be an address or a range of /16 or smaller";
const openTo = (...list: readonly unknown[]): Record<string, unknown> => ({ [access]: { authorizedIPRanges: list } });
const pods = "networkProfile.podCidr";
const services = "networkProfile.serviceCidr";
const dns = "networkProfile.dnsServiceIP";
const canonical = "be an IPv4 range with all host bits zero";
const fileDriver = "storageProfile.fileCSIDriver.enabled";
const otherType = { "another type": [[nodePool]] } as const;
const reservedForAks = "not overlap 172.30.0.0/16 (AKS reserves it)";
const unrecorded = "a cluster without a setting that keeps its audit log";
const unrecordedAtAll = `${unrecorded} and its logins (guard)`;

/** Rules about whole clusters. */
export const clusterTables: readonly RuleCases[] = [
  table(aksApiNotOpen, cluster, {
    compliant: {
      "named ranges": [openTo("203.0.113.7", "198.51.100.0/24", "2001:db8::/48")],
      "the widest that are narrow": [openTo("100.64.0.0/16", "2001:db8::/32")],
    },
    broken: {
      "the internet": [openTo("0.0.0.0/0"), `${ranges}[0] is "0.0.0.0/0"; must ${narrow}`],
      "the internet, version 6": [openTo("::/0"), `${ranges}[0] is "::/0"; must ${narrow}`],
      "half a continent": [openTo("198.51.100.1", "100.0.0.0/8"), `${ranges}[1] is "100.0.0.0/8"; must ${narrow}`],
      nonsense: [openTo("office"), `${ranges}[0] is "office"; must ${narrow}`],
      "one bit wider": [openTo("100.64.0.0/15"), `${ranges}[0] is "100.64.0.0/15"; must ${narrow}`],
      "one bit wider, version 6": [openTo("2001:db8::/31"), `${ranges}[0] is "2001:db8::/31"; must ${narrow}`],
      "a range that is no text": [openTo(7), `${ranges}[0] is 7; must ${narrow}`],
    },
    absent: {
      "any restriction": [
        { [access]: undefined },
        `${ranges} is absent; must hold a range while enablePrivateCluster is not true`,
      ],
    },
    unknown: {
      "the flag": [{ [isPrivate]: unknownValue }, `?${isPrivate}`],
      "a range": [openTo(unknownValue), `?${ranges}[0]`],
    },
    notApplicable: otherType,
  }),
  table(aksPrivateProd, cluster, {
    broken: { "a public cluster": [{ [isPrivate]: false }, `${isPrivate} is false; must be true`] },
    absent: { "the profile": [{ [access]: undefined }, `${isPrivate} is absent; must be true`] },
    unknown: { "the profile": [{ [access]: unknownValue }, `?${access}`] },
    notApplicable: otherType,
  }),
  table(aksNoLocalAccounts, cluster, {
    broken: { "local accounts": [{ disableLocalAccounts: false }, "disableLocalAccounts is false; must be true"] },
    absent: {
      "Azure's default is on": [{ disableLocalAccounts: undefined }, "disableLocalAccounts is absent; must be true"],
    },
    unknown: { "the flag": [{ disableLocalAccounts: unknownValue }, "?disableLocalAccounts"] },
    notApplicable: otherType,
  }),
  table(aksEntraRbac, cluster, {
    broken: {
      "not managed": [{ "aadProfile.managed": false }, "aadProfile.managed is false; must be true"],
      "no Azure roles": [{ "aadProfile.enableAzureRBAC": false }, "aadProfile.enableAzureRBAC is false; must be true"],
    },
    absent: {
      "the profile": [
        { aadProfile: undefined },
        "aadProfile.managed is absent; must be true",
        "aadProfile.enableAzureRBAC is absent; must be true",
      ],
    },
    unknown: { "the profile": [{ aadProfile: unknownValue }, "?aadProfile"] },
    notApplicable: otherType,
  }),
  table(aksK8sRbac, cluster, {
    broken: { off: [{ enableRBAC: false }, "enableRBAC is false; must not be false"] },
    absent: { "Azure's default is on": [{ enableRBAC: undefined }] },
    unknown: { "the flag": [{ enableRBAC: unknownValue }, "?enableRBAC"] },
    notApplicable: otherType,
  }),
  table(aksNetworkPolicy, cluster, {
    compliant: {
      Calico: [{ "networkProfile.networkPolicy": "calico" }],
      "Azure's own": [{ "networkProfile.networkPolicy": "azure" }],
    },
    broken: {
      none: [
        { "networkProfile.networkPolicy": "none" },
        'networkProfile.networkPolicy is "none"; must be cilium, calico or azure',
      ],
    },
    absent: {
      "the whole profile": [
        { networkProfile: undefined },
        "networkProfile.networkPolicy is absent; must be cilium, calico or azure",
      ],
    },
    unknown: { "the profile": [{ networkProfile: unknownValue }, "?networkProfile"] },
    notApplicable: otherType,
  }),
  table(aksCidrSane, cluster, {
    compliant: {
      "a flat network": [{ [pods]: undefined, "networkProfile.networkPluginMode": undefined }],
      "DNS on the second address": [{ [dns]: "10.100.0.2" }],
      "a range of pods with a mode that nobody wrote": [{ "networkProfile.networkPluginMode": undefined }],
    },
    broken: {
      "host bits": [{ [pods]: "10.128.0.1/12" }, `${pods} is "10.128.0.1/12"; must ${canonical}`],
      "a reserved range": [{ [pods]: "172.30.0.0/16" }, `${pods} is "172.30.0.0/16"; must ${reservedForAks}`],
      "services inside pods": [
        { [services]: "10.130.0.0/16", [dns]: "10.130.0.10" },
        `${services} is "10.130.0.0/16"; must not overlap ${pods} (10.128.0.0/12)`,
      ],
      "DNS outside": [
        { [dns]: "10.0.0.10" },
        `${dns} is "10.0.0.10"; must be inside 10.100.0.0/16 and not its first address`,
      ],
      "DNS on the address of the API": [
        { [dns]: "10.100.0.1" },
        `${dns} is "10.100.0.1"; must be inside 10.100.0.0/16 and not its first address`,
      ],
      "a reserved range of services": [
        { [services]: "172.30.0.0/24", [dns]: "172.30.0.10" },
        `${services} is "172.30.0.0/24"; must ${reservedForAks}`,
      ],
      "host bits on what calls itself no overlay": [
        { [pods]: "10.128.0.1/12", "networkProfile.networkPluginMode": undefined },
        `${pods} is "10.128.0.1/12"; must ${canonical}`,
      ],
      "DNS before the first address": [
        { [dns]: "10.100.0.0" },
        `${dns} is "10.100.0.0"; must be inside 10.100.0.0/16 and not its first address`,
      ],
      "DNS that is no address": [{ [dns]: 10 }, `${dns} is 10; must be inside 10.100.0.0/16 and not its first address`],
      "host bits of services on a flat network": [
        { [pods]: undefined, "networkProfile.networkPluginMode": undefined, [services]: "10.100.0.1/16" },
        `${services} is "10.100.0.1/16"; must ${canonical}`,
      ],
    },
    absent: {
      "all: Azure's ranges are nobody's choice": [
        { networkProfile: { networkPluginMode: "overlay" } },
        `${pods} is absent; must ${canonical}`,
        `${services} is absent; must ${canonical}`,
      ],
      "the address of DNS": [
        { [dns]: undefined },
        `${dns} is absent; must be inside 10.100.0.0/16 and not its first address`,
      ],
      "the range of services": [{ [services]: undefined }, `${services} is absent; must ${canonical}`],
    },
    unknown: { "the pod range": [{ [pods]: unknownValue }, `?${pods}`] },
    notApplicable: otherType,
  }),
  table(aksWorkloadIdentity, cluster, {
    broken: {
      "no issuer": [{ "oidcIssuerProfile.enabled": false }, "oidcIssuerProfile.enabled is false; must be true"],
      "no webhook": [
        { "securityProfile.workloadIdentity.enabled": false },
        "securityProfile.workloadIdentity.enabled is false; must be true",
      ],
    },
    absent: { "the issuer": [{ oidcIssuerProfile: undefined }, "oidcIssuerProfile.enabled is absent; must be true"] },
    unknown: { "the security profile": [{ securityProfile: unknownValue }, "?securityProfile"] },
    notApplicable: otherType,
  }),
  table(aksManagedIdentity, cluster, {
    compliant: {
      "Azure's own marker": [{ servicePrincipalProfile: { clientId: "msi" } }],
      "an identity of Azure's own": [{ identity: { type: "SystemAssigned" } }],
    },
    broken: {
      "a service principal": [
        { servicePrincipalProfile: { clientId: "11111111" } },
        'servicePrincipalProfile.clientId is "11111111"; must be absent or "msi"',
      ],
      "no identity": [{ "identity.type": "None" }, 'identity.type is "None"; must be UserAssigned or SystemAssigned'],
    },
    absent: {
      "the identity": [{ identity: undefined }, "identity.type is absent; must be UserAssigned or SystemAssigned"],
    },
    unknown: { "the type": [{ "identity.type": unknownValue }, "?identity.type"] },
    notApplicable: otherType,
  }),
  table(aksFileDriverOff, cluster, {
    broken: { on: [{ [fileDriver]: true }, `${fileDriver} is true; must be false`] },
    absent: {
      "the driver: Azure turns it on": [{ [fileDriver]: undefined }, `${fileDriver} is absent; must be false`],
      "all drivers": [{ storageProfile: undefined }, `${fileDriver} is absent; must be false`],
    },
    unknown: { "the driver": [{ [fileDriver]: unknownValue }, `?${fileDriver}`] },
    notApplicable: otherType,
  }),
  table(aksOneInlinePool, cluster, {
    broken: {
      "two pools": [
        { "agentPoolProfiles[1]": { mode: "User" } },
        "agentPoolProfiles is a list of 2; must hold exactly one pool",
      ],
      "a user pool": [{ "agentPoolProfiles[0].mode": "User" }, 'agentPoolProfiles[0].mode is "User"; must be "System"'],
      "a pool outside of a list": [
        { agentPoolProfiles: { mode: "System" } },
        "agentPoolProfiles is a list of 0; must hold exactly one pool",
      ],
    },
    absent: {
      "the list": [{ agentPoolProfiles: undefined }, "agentPoolProfiles is a list of 0; must hold exactly one pool"],
    },
    unknown: { "the list": [{ agentPoolProfiles: unknownValue }, "?agentPoolProfiles"] },
    notApplicable: otherType,
  }),
  table(aksProtected, cluster, {
    broken: { "not protected": [[{ ...cluster, options: {} }], "opts.protect is false; must be true"] },
    absent: { "all properties": [[{ ...cluster, inputs: {} }]] },
    unknown: { "all properties": [[{ ...cluster, inputs: { identity: unknownValue } }]] },
    notApplicable: otherType,
  }),
  table(aksAuditLog, [cluster, auditLog], {
    compliant: {
      "every category": [[cluster, changed(auditLog, { logs: [{ categoryGroup: "allLogs", enabled: true }] })]],
      "reads as well, and logins by another setting": [
        [
          cluster,
          changed(auditLog, { logs: [{ category: "kube-audit", enabled: true }] }),
          changed(auditLog, { logs: [{ category: "guard", enabled: true }] }),
        ],
      ],
      "a place that is not known yet": [[cluster, changed(auditLog, { workspaceId: unknownValue })]],
      "an account": [
        [cluster, changed(auditLog, { workspaceId: undefined, storageAccountId: "/subscriptions/s/providers/x" })],
      ],
      "a cluster whose name is not known yet": [[changed(cluster, { resourceName: unknownValue }), auditLog]],
      "a setting on what has no ID yet": [[cluster, changed(auditLog, { resourceUri: unknownValue })]],
      "a setting that comes of the cluster, which has no ID yet": [
        [
          cluster,
          {
            ...changed(auditLog, { resourceUri: unknownValue }),
            propertyDependencies: { resourceUri: [cluster.urn] },
          },
        ],
      ],
      "the group of both": [[cluster, changed(auditLog, { logs: [{ categoryGroup: "audit", enabled: true }] })]],
      "an event hub": [[cluster, changed(auditLog, { workspaceId: undefined, eventHubAuthorizationRuleId: "/hub" })]],
      "a partner of the marketplace": [
        [cluster, changed(auditLog, { workspaceId: undefined, marketplacePartnerId: "/partner" })],
      ],
      "an ID in another letter case": [
        [
          cluster,
          changed(auditLog, {
            resourceUri: "/subscriptions/s/resourceGroups/g/providers/microsoft.containerservice/MANAGEDCLUSTERS/AKS-1",
          }),
        ],
      ],
      "a setting on what has no ID yet, and comes of nothing": [
        [cluster, { ...changed(auditLog, { resourceUri: unknownValue }), propertyDependencies: {} }],
      ],
    },
    broken: {
      "a setting that comes of something else, which has no ID yet": [
        [
          cluster,
          { ...changed(auditLog, { resourceUri: unknownValue }), propertyDependencies: { resourceUri: ["urn:vault"] } },
        ],
        "id is a cluster without a setting that keeps its audit log and its logins (guard); must have one",
      ],
      "a setting that is switched off": [
        [cluster, changed(auditLog, { "logs[0].enabled": false })],
        `id is ${unrecorded}; must have one`,
      ],
      "logins alone": [
        [cluster, changed(auditLog, { logs: [{ category: "guard", enabled: true }] })],
        `id is ${unrecorded}; must have one`,
      ],
      "no logins": [
        [cluster, changed(auditLog, { logs: [{ category: "kube-audit-admin", enabled: true }] })],
        "id is a cluster without a setting that keeps its logins (guard); must have one",
      ],
      "a setting that sends nothing anywhere": [
        [cluster, changed(auditLog, { workspaceId: "" })],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting on another cluster": [
        [changed(cluster, { resourceName: "aks-2" }), auditLog],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting on a store": [
        [
          cluster,
          changed(auditLog, { resourceUri: "/subscriptions/s/providers/Microsoft.Storage/storageAccounts/st" }),
        ],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting on what lies in the cluster": [
        [cluster, changed(auditLog, { resourceUri: "/subscriptions/s/managedClusters/aks-1/agentPools/system" })],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting on nothing": [
        [cluster, changed(auditLog, { resourceUri: undefined })],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting on nothing, beside a cluster whose name Azure makes up": [
        [changed(cluster, { resourceName: undefined }), changed(auditLog, { resourceUri: undefined })],
        `id is ${unrecordedAtAll}; must have one`,
      ],
      "a setting without a place": [
        [cluster, changed(auditLog, { workspaceId: undefined })],
        `id is ${unrecordedAtAll}; must have one`,
      ],
    },
    absent: { "the setting": [[cluster], `id is ${unrecordedAtAll}; must have one`] },
    unknown: {
      "the category": [[cluster, changed(auditLog, { "logs[0].category": unknownValue })], "?logs"],
      "the logs": [[cluster, changed(auditLog, { logs: unknownValue })], "?logs"],
      "whether one is on": [[cluster, changed(auditLog, { "logs[0].enabled": unknownValue })], "?logs"],
    },
    notApplicable: { "a setting without a cluster": [[auditLog]] },
  }),
];
