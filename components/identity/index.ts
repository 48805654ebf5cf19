export { ClusterIdentity, type ClusterIdentityArgs } from "./cluster-identity";
export { planImageRegistry, type ImageRegistryPlan } from "./image-registry/plan";
export type { ImageRegistryShape } from "./image-registry/shape";
export { RoleGrant, type RoleGrantArgs } from "./role-grant";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workload-identity";
