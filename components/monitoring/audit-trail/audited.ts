import type { Input } from "@pulumi/pulumi";

/** How one kind of resource says what happened to it. */
interface AuditedKind {
  /** What is appended to the ARM ID: the part of the resource that writes the log. */
  readonly child: string;
  /** Log categories that say who changed what. */
  readonly changes: readonly string[];
  /** Categories to add, or to take in place of another, when reads are recorded as well. */
  readonly reads: { readonly add: readonly string[]; readonly leaveOut: readonly string[] };
  /** Tables that the records go to: `Dedicated` where Azure otherwise puts all kinds into one. */
  readonly tables: "Dedicated" | null;
  readonly source: string;
}

/** Kinds of resources whose logs a trail can keep. */
export const auditedKinds = {
  cluster: {
    child: "",
    // Changes and logins; and the autoscaler, because each of its decisions buys or returns GPU nodes.
    changes: ["kube-audit-admin", "guard", "cluster-autoscaler"],
    // The whole audit log has the changes in it.
    reads: { add: ["kube-audit"], leaveOut: ["kube-audit-admin"] },
    tables: "Dedicated",
    source: "MicrosoftDocs/azure-aks-docs:articles/aks/monitor-aks.md (2026-08-18); PSRule Azure.AKS.AuditLogs",
  },
  blob: {
    child: "/blobServices/default",
    changes: ["StorageWrite", "StorageDelete"],
    reads: { add: ["StorageRead"], leaveOut: [] },
    tables: null,
    source:
      "https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-storage-storageaccounts-blobservices-logs",
  },
  lustre: {
    child: "",
    // What the service is told to do. Lustre does not say who reads a file.
    changes: ["AmlfsAuditEvent"],
    reads: { add: [], leaveOut: [] },
    tables: null,
    source:
      "https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-storagecache-amlfilesystems-logs",
  },
  registry: {
    child: "",
    // Who logged in, and what was pushed, pulled or deleted. Pulls are among them: each node that starts makes some.
    changes: ["ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents"],
    reads: { add: [], leaveOut: [] },
    tables: null,
    source:
      "https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-containerregistry-registries-logs",
  },
  vault: {
    child: "",
    // Each access to a secret or a key, and each change of the vault, in one category.
    changes: ["AuditEvent"],
    reads: { add: [], leaveOut: [] },
    tables: null,
    source: "https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-keyvault-vaults-logs",
  },
  grafana: {
    child: "",
    changes: ["GrafanaLoginEvents"],
    reads: { add: [], leaveOut: [] },
    tables: null,
    source: "https://learn.microsoft.com/azure/azure-monitor/reference/supported-logs/microsoft-dashboard-grafana-logs",
  },
} as const satisfies Readonly<Record<string, AuditedKind>>;

/** What writes a log that a trail can keep. */
export type AuditedKindName = keyof typeof auditedKinds;

/** A resource whose log is kept, ours or somebody else's. */
export interface Audited {
  /** Name among all that the trail keeps, part of URNs. Plain: it decides what exists. */
  readonly name: string;
  readonly kind: AuditedKindName;
  /** ARM ID of the resource. */
  readonly resourceId: Input<string>;
}
