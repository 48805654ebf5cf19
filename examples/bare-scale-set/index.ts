import { GpuScaleSet } from "azure-gpu-cluster/compute";

const location = "eastus";
const subscription = "/subscriptions/00000000-0000-4000-8000-000000000000";

const slurm = new GpuScaleSet("slurm", {
  scope: {
    resourceGroupName: "rg-hpc",
    location,
    names: { workload: "hpc", environment: "lab", location, suffix: "5c1d9e07" },
    tags: { owner: "ml-platform" },
  },
  subnetResourceId: `${subscription}/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub/subnets/hpc`,
  size: "Standard_ND96isr_H100_v5",
  nodes: 8,
  imageVersion: "24.04.2026072901",
  sshPublicKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA admin"],
});

export const scaleSetResourceId = slurm.scaleSetResourceId;
