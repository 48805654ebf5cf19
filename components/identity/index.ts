export { ClusterIdentity, type ClusterIdentityArgs } from "./cluster-identity";
export type { ContainerRegistryRef } from "./container-registry/container-registry-ref";
export { ContainerRegistry, type ContainerRegistryArgs } from "./container-registry/container-registry";
export { planContainerRegistry, type ContainerRegistryPlan } from "./container-registry/plan";
export type { ContainerRegistryShape } from "./container-registry/shape";
export { CustomerManagedKeys, type CustomerManagedKeysArgs } from "./customer-managed-keys/customer-managed-keys";
export type { OwnKey } from "./customer-managed-keys/own-key-ref";
export { planCustomerManagedKeys, type CustomerManagedKeysPlan } from "./customer-managed-keys/plan";
export type { CustomerManagedKeysShape, EncryptedKind } from "./customer-managed-keys/shape";
export { planImageRegistry, type ImageRegistryPlan } from "./image-registry/plan";
export type { ImageRegistryShape } from "./image-registry/shape";
export { KeyVault, type KeyVaultArgs } from "./key-vault/key-vault";
export type { KeyVaultRef } from "./key-vault/key-vault-ref";
export { planKeyVault, type KeyVaultPlan } from "./key-vault/plan";
export type { KeyVaultShape } from "./key-vault/shape";
export { PipelineIdentity, type PipelineIdentityArgs } from "./pipeline-identity/pipeline-identity";
export {
  planPipelineIdentity,
  type PipelineIdentityPlan,
  type PipelineIdentityShape,
  type TrustedSubject,
} from "./pipeline-identity/plan";
export type { PipelinesShape, TrustShape } from "./pipeline-identity/shape";
export { PipelineRights, type PipelineRightsArgs } from "./pipeline-rights/pipeline-rights";
export { planPipelineRights, type PipelineRightsPlan, type PipelineRightsShape } from "./pipeline-rights/plan";
export { planSecretsKey, type SecretsKeyPlan } from "./secrets-key/plan";
export { SecretsKey, type SecretsKeyArgs } from "./secrets-key/secrets-key";
export type { SecretsKeyShape } from "./secrets-key/shape";
export { RoleGrant, type RoleGrantArgs } from "./role-grant";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workload-identity";
