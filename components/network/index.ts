export { ClusterNetwork, type ClusterNetworkArgs } from "./cluster-network/cluster-network";
export { planClusterNetwork, type ClusterNetworkPlan } from "./cluster-network/plan";
export type { ClusterNetworkShape } from "./cluster-network/shape";
export type { NetworkRef } from "./network-ref";
export { PrivateDns, type PrivateDnsArgs } from "./private-dns";
export { PrivateEndpoint, type PrivateEndpointArgs } from "./private-endpoint";
export type { NetworkUser, SubnetNeed, SubnetRole } from "./subnet-ref";
