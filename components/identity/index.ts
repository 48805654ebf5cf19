export { ClusterIdentity, type ClusterIdentityArgs } from "./cluster-identity";
export { RoleGrant, type RoleGrantArgs } from "./role-grant";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workload-identity";
