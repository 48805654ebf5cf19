export { ClusterIdentity, type ClusterIdentityArgs } from "./cluster-identity";
export { planImageRegistry, type ImageRegistryPlan } from "./image-registry/plan";
export type { ImageRegistryShape } from "./image-registry/shape";
export type { KeyVaultRef } from "./key-vault/key-vault-ref";
export { planKeyVault, type KeyVaultPlan } from "./key-vault/plan";
export type { KeyVaultShape } from "./key-vault/shape";
export { RoleGrant, type RoleGrantArgs } from "./role-grant";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workload-identity";
