"""Runs lines that use the generated SDK, with an engine that makes nothing: snippet.py FILE. They find `env`, `net` and `aks` made."""

import runpy
import sys

import pulumi
from pulumi_azure_gpu_cluster import cluster, foundation, network


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict]:
        print(args.typ, sorted(args.inputs))
        return args.name, {**args.inputs, "subnetResourceIds": {"nodes": "nodes"}, "joined": {"name": "aks"}}

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict:
        return {}


pulumi.runtime.set_mocks(Mocks())


@pulumi.runtime.test
def program() -> None:
    names = {"workload": "gpu", "environment": "lab", "location": "eastus", "suffix": "5c1d9e07"}
    env = foundation.EnvironmentGroup("env", scope={"location": "eastus", "names": names, "tags": {}})
    net = network.ClusterNetwork(
        "net",
        scope=env.scope,
        address_space="10.64.0.0/16",
        pod_cidr="10.128.0.0/14",
        service_cidr="10.96.0.0/16",
    )
    aks = cluster.KubernetesCluster(
        "aks",
        scope=env.scope,
        network=net.ranges,
        subnet_resource_ids=net.subnet_resource_ids,
        identity_resource_id="id",
        kubernetes_version="1.36",
        admin_group_object_ids=[],
        system_pool={"nodes": 3},
    )
    runpy.run_path(sys.argv[1], {"env": env, "net": net, "aks": aks})


program()
