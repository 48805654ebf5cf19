import { PrivateEndpoint } from "azure-gpu-cluster/network";
import { RoleGrant } from "azure-gpu-cluster/identity";
import { BlobIntegration, LustreFileSystem } from "azure-gpu-cluster/storage";

const location = "eastus";
const names = { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-data", location, names, tags: { owner: "ml-platform" } };
const network = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-net/providers/Microsoft.Network";
const subnet = (name: string) => `${network}/virtualNetworks/hub/subnets/${name}`;
const privateDnsZoneResourceId = `${network}/privateDnsZones/privatelink.blob.core.windows.net`;

const providerObjectId = "77777777-7777-4777-8777-777777777777"; // HPC Cache Resource Provider in your tenant
const accountKeys = { allowedBecause: "Lustre exports checkpoints to this account alone" };
const job = { autoExport: { prefix: "/checkpoints" } };
const behind = new BlobIntegration("export", { scope, providerObjectId, accountKeys, job }, { protect: true });

const target = { scope, subnetResourceId: subnet("endpoints"), targetResourceId: behind.accountResourceId };
const way = new PrivateEndpoint("export-blob", { ...target, groupId: "blob", privateDnsZoneResourceId });
const grant = {
  scope: behind.accountResourceId,
  principalId: providerObjectId,
  principalType: "ServicePrincipal",
} as const;
const data = new RoleGrant("export-data", { ...grant, role: "Storage Blob Data Contributor" });
const account = new RoleGrant("export-account", { ...grant, role: "Storage Account Contributor" });

// The cheapest that takes 1.5 TB in two minutes and keeps three of them beside 10 TiB of data.
const wish = { holdsTiB: 10, checkpoint: { writeTB: 1.5, seconds: 120, keep: 3 }, zone: "1" };
const blob = { ...behind.lustreBlob, after: [way, data, account] };
new LustreFileSystem("lustre", { scope, subnetResourceId: subnet("lustre"), ...wish, blob }, { protect: true });
