"""An InfiniBand cluster of 16 nodes with 8 H100 each."""

import pulumi

from component import Component

env = Component(
    "foundation:EnvironmentGroup",
    "env",
    {
        "scope": {
            "location": "eastus",
            "names": {"workload": "gpu", "environment": "lab", "location": "eastus", "suffix": "5c1d9e07"},
            "tags": {"owner": "ml-platform"},
        },
    },
    outputs=["scope"],
)

net = Component(
    "network:ClusterNetwork",
    "net",
    {
        "scope": env.scope,
        "addressSpace": "10.64.0.0/16",
        "podCidr": "10.128.0.0/14",
        "serviceCidr": "10.96.0.0/16",
    },
    outputs=["ranges", "subnetResourceIds"],
)
subnets = {"nodes": net.subnetResourceIds["nodes"], "apiServer": net.subnetResourceIds["apiServer"]}

identity = Component(
    "identity:ClusterIdentity",
    "aks",
    {"scope": env.scope, "subnetResourceIds": subnets},
    outputs=["resourceId"],
)

cluster = Component(
    "cluster:KubernetesCluster",
    "aks",
    {
        "scope": env.scope,
        "network": net.ranges,
        "subnetResourceIds": subnets,
        "identityResourceId": identity.resourceId,
        "kubernetesVersion": "1.36",
        "adminGroupObjectIds": ["11111111-1111-4111-8111-111111111111"],
        "systemPool": {"nodes": 3},
        "upgrades": {"nodeOs": "None"},
    },
    outputs=["joined", "resourceId"],
    opts=pulumi.ResourceOptions(depends_on=[identity]),
)

place = {"scope": env.scope, "cluster": cluster.joined, "subnetResourceId": subnets["nodes"]}
Component("cluster:GpuPool", "h100", {**place, "size": "Standard_ND96isr_H100_v5", "nodes": 16})
Component("cluster:CpuPool", "general", {**place, "size": "Standard_D8ds_v5", "nodes": 2})

pulumi.export("clusterResourceId", cluster.resourceId)
