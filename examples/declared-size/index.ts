import { GpuPool } from "azure-gpu-cluster/cluster";

const location = "eastus";
const network = "/subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub";

// Not in the catalogue. The figures are made up: yours come from `az vm list-skus`.
const size = "Standard_ND128isr_B300_v7";
const figures = {
  vcpus: 128,
  memoryGiB: 3800,
  quotaFamily: "standardNDSB300v7Family",
  gpu: { vendor: "nvidia" as const, count: 8 },
  infiniband: { hcas: 8, gbitsPerSecondPerHca: 800 },
};

const next = new GpuPool("next", {
  scope: {
    location,
    names: { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" },
    tags: { owner: "ml-platform" },
  },
  cluster: { name: "theirs", resourceGroupName: "rg-aks", kubernetesVersion: "1.36" },
  subnetResourceId: `${network}/subnets/nodes`,
  size,
  vmSizes: { [size]: figures },
  nodes: 16,
});

export const pool = next.ref;
