"""An InfiniBand cluster of 16 nodes with 8 H100 each. `pulumi package add` generates the SDK that it imports."""

import pulumi
from pulumi_azure_gpu_cluster import cluster, foundation, identity, network

env = foundation.EnvironmentGroup(
    "env",
    scope={
        "location": "eastus",
        "names": {"workload": "gpu", "environment": "lab", "location": "eastus", "suffix": "5c1d9e07"},
        "tags": {"owner": "ml-platform"},
    },
)

net = network.ClusterNetwork(
    "net",
    scope=env.scope,
    address_space="10.64.0.0/16",
    pod_cidr="10.128.0.0/14",
    service_cidr="10.96.0.0/16",
)
nodes = net.subnet_resource_ids["nodes"]
api_server = net.subnet_resource_ids["apiServer"]

acts_as = identity.ClusterIdentity(
    "aks",
    scope=env.scope,
    subnet_resource_ids={"nodes": nodes, "apiServer": api_server},
)

aks = cluster.KubernetesCluster(
    "aks",
    scope=env.scope,
    network=net.ranges,
    subnet_resource_ids={"nodes": nodes, "api_server": api_server},
    identity_resource_id=acts_as.resource_id,
    kubernetes_version="1.36",
    admin_group_object_ids=["11111111-1111-4111-8111-111111111111"],
    system_pool={"nodes": 3},
    upgrades={"node_os": "None"},
    opts=pulumi.ResourceOptions(depends_on=[acts_as]),
)

cluster.GpuPool(
    "h100",
    scope=env.scope,
    cluster=aks.joined,
    subnet_resource_id=nodes,
    size="Standard_ND96isr_H100_v5",
    nodes=16,
)
cluster.CpuPool(
    "general",
    scope=env.scope,
    cluster=aks.joined,
    subnet_resource_id=nodes,
    size="Standard_D8ds_v5",
    nodes=2,
)

pulumi.export("clusterResourceId", aks.resource_id)
