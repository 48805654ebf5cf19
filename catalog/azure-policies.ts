/** A definition that Azure brings, by which Azure itself judges what anybody makes, whichever tool they make it with. */
export interface AzurePolicy {
  /** Name of the definition, the same in every tenant. */
  readonly id: string;
  /** Version that was read. An assignment takes its major version. */
  readonly version: string;
  /** Strongest effect that it allows. `fixed` refuses and knows no parameter for it. */
  readonly effect: "Deny" | "Audit" | "fixed";
  /** Its other parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Rules of `policies/rules` that it stands for, by name. */
  readonly rules: readonly string[];
  /** File below `built-in-policies/policyDefinitions` of Azure/azure-policy. */
  readonly file: string;
}

/** Day and commit that all of them were read at. */
export const azurePoliciesSource = "Azure/azure-policy:built-in-policies/policyDefinitions (f4a50bac, 2026-04-29)";

/**
 * Built-in definitions for what must hold when somebody bypasses Pulumi. Those of what lives inside a cluster are left out: they need an
 * add-on, and the fence of the platform does their work.
 */
export const azurePolicies = {
  localAccounts: {
    id: "993c2fcd-2b29-49d2-9eb0-df2c3a730c32",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: ["aks-no-local-accounts"],
    file: "Kubernetes/AKS_DisableLocalAccounts_Deny.json",
  },
  privateApiServer: {
    id: "040732e8-d947-40b8-95d6-854c95024bf8",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: ["aks-private-prod"],
    file: "Kubernetes/AKS_PrivateCluster_Deny.json",
  },
  closedApiServer: {
    id: "0e246bcf-5f6f-4f87-bc6f-775d4712c7ea",
    version: "2.0.1",
    effect: "Audit",
    parameters: {},
    rules: ["aks-api-not-open"],
    file: "Security Center/ASC_EnableIpRanges_KubernetesService_Audit.json",
  },
  hostEncryption: {
    id: "41425d9f-d1a5-499a-9932-f8ed8453932c",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: [],
    file: "Kubernetes/AKS_EncryptionAtHost_Deny.json",
  },
  entraLogin: {
    id: "450d2877-ebea-41e8-b00c-e286317d21bf",
    version: "1.0.2",
    effect: "Audit",
    parameters: {},
    rules: ["aks-entra-rbac"],
    file: "Kubernetes/AKS_AAD_Integration_Audit.json",
  },
  kubernetesRbac: {
    id: "ac4a19c2-fa67-49b4-8ae5-0b2e78c49457",
    version: "1.1.0",
    effect: "Audit",
    parameters: {},
    rules: ["aks-k8s-rbac"],
    file: "Security Center/ASC_EnableRBAC_KubernetesService_Audit.json",
  },
  workloadIdentity: {
    id: "2cc2e023-0dac-4046-875b-178f683929d5",
    version: "1.0.0",
    effect: "Audit",
    parameters: {},
    rules: ["aks-workload-identity"],
    file: "Kubernetes/AKS_WorkloadIdentity_Audit.json",
  },
  publicBlobs: {
    id: "4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",
    version: "3.1.1",
    effect: "Deny",
    parameters: {},
    rules: ["st-no-anonymous"],
    file: "Storage/ASC_Storage_DisallowPublicBlobAccess_Audit.json",
  },
  storageHttps: {
    id: "404c3081-a854-4457-ae30-26a93ef643f9",
    version: "2.0.0",
    effect: "Deny",
    parameters: {},
    rules: ["st-https-only"],
    file: "Storage/Storage_AuditForHTTPSEnabled_Audit.json",
  },
  storageTls: {
    id: "fe83a0eb-a853-422d-aac2-1bffd182c5d0",
    version: "1.0.0",
    effect: "Deny",
    parameters: { minimumTlsVersion: "TLS1_2" },
    rules: ["st-tls12"],
    file: "Storage/StorageAccountMinimumTLSVersion_Audit.json",
  },
  accountKeys: {
    id: "8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54",
    version: "2.0.0",
    effect: "Deny",
    parameters: {},
    rules: ["st-no-shared-key"],
    file: "Storage/StorageAccountAllowSharedKeyAccess_Audit.json",
  },
  storageNetwork: {
    id: "34c877ad-507e-4c82-993e-3452a6e0ad3c",
    version: "1.1.1",
    effect: "Deny",
    parameters: {},
    rules: ["st-network-deny"],
    file: "Storage/Storage_NetworkAcls_Audit.json",
  },
  storagePublic: {
    id: "b2982f36-99f2-4db5-8eff-283140c09693",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: ["st-public-off"],
    file: "Storage/StoragePublicNetworkAccess_AuditDeny.json",
  },
  vaultPurge: {
    id: "0b60c0b2-2dc2-4e1c-b5c9-abbed971de53",
    version: "2.1.0",
    effect: "Deny",
    parameters: {},
    rules: ["kv-purge-protection"],
    file: "Key Vault/Recoverable_Audit.json",
  },
  vaultRbac: {
    id: "12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: ["kv-rbac"],
    file: "Key Vault/Should_Use_RBAC.json",
  },
  vaultNetwork: {
    id: "55615ac9-af46-4a59-874e-391cc3dfb490",
    version: "3.3.0",
    effect: "Deny",
    parameters: {},
    rules: ["kv-network"],
    file: "Key Vault/FirewallEnabled_Audit.json",
  },
  registryAdmin: {
    id: "dc921057-6b28-4fbe-9b83-f7bec05db6c2",
    version: "1.0.1",
    effect: "Deny",
    parameters: {},
    rules: ["acr-no-admin-no-anon"],
    file: "Container Registry/ACR_AdminAccountDisabled_AuditDeny.json",
  },
  registryAnonymous: {
    id: "9f2dea28-e834-476c-99c5-3507b4728395",
    version: "1.0.0",
    effect: "Deny",
    parameters: {},
    rules: ["acr-no-admin-no-anon"],
    file: "Container Registry/ACR_AnonymousPullDisabled_AuditDeny.json",
  },
  registryNetwork: {
    id: "d0793b48-0edc-4296-a390-4c75d1bdfd71",
    version: "2.0.0",
    effect: "Deny",
    parameters: {},
    rules: ["acr-network"],
    file: "Container Registry/ACR_NetworkRulesExist_AuditDeny.json",
  },
  publicAddresses: {
    id: "83a86a26-fd1f-447c-b59d-e51f44264114",
    version: "1.0.0",
    effect: "fixed",
    parameters: {},
    rules: ["nic-no-public-ip"],
    file: "Network/NetworkPublicIPNic_Deny.json",
  },
  ipForwarding: {
    id: "88c0b9da-ce96-4b03-9635-f29a937e2900",
    version: "1.0.0",
    effect: "fixed",
    parameters: {},
    rules: [],
    file: "Network/NetworkIPForwardingNic_Deny.json",
  },
  privateSubnets: {
    id: "7bca8353-aa3b-429b-904a-9229c4385837",
    version: "1.1.0",
    effect: "Deny",
    parameters: {},
    rules: [],
    file: "Network/PrivateSubnetOnly_Audit.json",
  },
} as const satisfies Readonly<Record<string, AzurePolicy>>;
export type AzurePolicyKey = keyof typeof azurePolicies;
