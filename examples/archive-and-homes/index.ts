import { ArchiveStore, NetAppFiles, NetAppVolume } from "azure-gpu-cluster/storage";

const location = "eastus";
const names = { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-data", location, names, tags: { owner: "ml-platform" } };
const network = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network";
const subnetResourceId = `${network}/virtualNetworks/hub/subnets/netapp`; // delegated to Microsoft.NetApp/volumes

// What is written is kept for a quarter, whoever asks; unlocked, until somebody writes state: "locked".
const immutability = { scope: "versions", days: 90 } as const;
new ArchiveStore("archive", { scope, immutability }, { protect: true });

const clientRanges = ["10.20.0.0/20"]; // of the nodes, and nobody else's
const pool = { scope, subnetResourceId, clientRanges, sizeTiB: 4, backup: { daily: 14 } };
const homes = new NetAppFiles("homes", pool, { protect: true });
const volume = { pool: homes.ref, volumeName: "vision", sizeGiB: 1024, tags: scope.tags };
export const { server, exportPath } = new NetAppVolume("vision", volume, { protect: true });
