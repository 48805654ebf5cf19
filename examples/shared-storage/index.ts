import { BlobContainer, BlobStore, LustreFileSystem } from "azure-gpu-cluster/storage";

const location = "eastus";
const names = { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-data", location, names, tags: { owner: "ml-platform" } };
const network = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network";
const subnetResourceId = `${network}/virtualNetworks/hub/subnets/lustre`;

const tier = "AMLFS-Durable-Premium-250";
new LustreFileSystem("lustre", { scope, subnetResourceId, tier, sizeTiB: 16, zone: "1" }, { protect: true });

const store = new BlobStore("data", { scope }, { protect: true });
new BlobContainer("models", { store: store.ref, containerName: "models" }, { protect: true });
