import { AuditTrail } from "azure-gpu-cluster/monitoring";

const location = "eastus";
const names = { workload: "gpu", environment: "lab", location, suffix: "5c1d9e07" };
const scope = { resourceGroupName: "rg-logs", location, names, tags: { owner: "ml-platform" } };
const group = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/rg-gpu/providers";

const trail = new AuditTrail(
  "audit",
  {
    scope,
    retentionDays: 365,
    queries: "anywhere",
    audited: [
      { name: "aks", kind: "cluster", resourceId: `${group}/Microsoft.ContainerService/managedClusters/aks-lab` },
      { name: "data", kind: "blob", resourceId: `${group}/Microsoft.Storage/storageAccounts/stlabdata` },
    ],
  },
  { protect: true },
);

export const customerId = trail.ref.customerId;
