// An InfiniBand cluster of 16 nodes with 8 H100 each. `pulumi package add` generates the SDK that it imports.
package main

import (
	"example.com/pulumi-azure-gpu-cluster/sdk/go/azuregpucluster/cluster"
	"example.com/pulumi-azure-gpu-cluster/sdk/go/azuregpucluster/foundation"
	"example.com/pulumi-azure-gpu-cluster/sdk/go/azuregpucluster/identity"
	"example.com/pulumi-azure-gpu-cluster/sdk/go/azuregpucluster/network"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	env, err := foundation.NewEnvironmentGroup(ctx, "env", &foundation.EnvironmentGroupArgs{
		Scope: foundation.WhereArgs{
			Location: pulumi.String("eastus"),
			Names: foundation.NamePartsArgs{
				Workload:    pulumi.String("gpu"),
				Environment: pulumi.String("lab"),
				Location:    pulumi.String("eastus"),
				Suffix:      pulumi.String("5c1d9e07"),
			},
			Tags: pulumi.StringMap{"owner": pulumi.String("ml-platform")},
		},
	})
	if err != nil {
		return err
	}

	net, err := network.NewClusterNetwork(ctx, "net", &network.ClusterNetworkArgs{
		Scope:        env.Scope,
		AddressSpace: "10.64.0.0/16",
		PodCidr:      "10.128.0.0/14",
		ServiceCidr:  "10.96.0.0/16",
	})
	if err != nil {
		return err
	}
	nodes := net.SubnetResourceIds.MapIndex(pulumi.String("nodes"))
	apiServer := net.SubnetResourceIds.MapIndex(pulumi.String("apiServer"))

	actsAs, err := identity.NewClusterIdentity(ctx, "aks", &identity.ClusterIdentityArgs{
		Scope:             env.Scope,
		SubnetResourceIds: pulumi.StringMap{"nodes": nodes, "apiServer": apiServer},
	})
	if err != nil {
		return err
	}

	aks, err := cluster.NewKubernetesCluster(ctx, "aks", &cluster.KubernetesClusterArgs{
		Scope:               env.Scope,
		Network:             net.Ranges,
		SubnetResourceIds:   cluster.KubernetesClusterSubnetResourceIdsArgs{Nodes: nodes, ApiServer: apiServer},
		IdentityResourceId:  actsAs.ResourceId,
		KubernetesVersion:   "1.36",
		AdminGroupObjectIds: []string{"11111111-1111-4111-8111-111111111111"},
		SystemPool:          cluster.KubernetesClusterSystemPoolArgs{Nodes: pulumi.Int(3)},
		Upgrades:            &cluster.KubernetesClusterUpgradesArgs{NodeOs: pulumi.String("None")},
	}, pulumi.DependsOn([]pulumi.Resource{actsAs}))
	if err != nil {
		return err
	}

	if _, err := cluster.NewGpuPool(ctx, "h100", &cluster.GpuPoolArgs{
		Scope:            env.Scope,
		Cluster:          aks.Joined,
		SubnetResourceId: nodes,
		Size:             "Standard_ND96isr_H100_v5",
		Nodes:            pulumi.IntRef(16),
	}); err != nil {
		return err
	}
	if _, err := cluster.NewCpuPool(ctx, "general", &cluster.CpuPoolArgs{
		Scope:            env.Scope,
		Cluster:          aks.Joined,
		SubnetResourceId: nodes,
		Size:             "Standard_D8ds_v5",
		Nodes:            pulumi.IntRef(2),
	}); err != nil {
		return err
	}

	ctx.Export("clusterResourceId", aks.ResourceId)
	return nil
}
