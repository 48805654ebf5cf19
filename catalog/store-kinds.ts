/** What a store is used for. */
export const storeUses = ["checkpoints", "dataSets", "weights", "homes"] as const;
export type StoreUse = (typeof storeUses)[number];

/** A kind of store, as far as its choice goes. */
export interface StoreKind {
  /** Section of `storage` in a stack file. */
  readonly section: "lustre" | "blob" | "archive" | "netapp";
  /** What the plan calls it. */
  readonly name: string;
  /** How programs see it. */
  readonly files: string;
  /** What one request takes, by its order. */
  readonly latency: string;
  /** The most that one of them holds. */
  readonly largest: string;
  /** What brings back what was deleted or overwritten. */
  readonly undo: string;
  /** What bills. */
  readonly bills: string;
  /** What it is good for, each with why. What is not here it is not good for. */
  readonly serves: { readonly [U in StoreUse]?: string };
  readonly source: string;
}

/**
 * Kinds of stores, for each use the better before the less good. Latencies are orders of size from the pages of the services, not
 * measurements; `npm run verify` measures throughput.
 * Sources: MicrosoftDocs/azure-stack-docs:azure-managed-lustre/tiered-checkpoints.md (2026-06-30), amlfs-overview.md;
 * https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account;
 * MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-resource-limits.md (2025-06-10)
 */
export const storeKinds: readonly StoreKind[] = [
  {
    section: "lustre",
    name: "Managed Lustre",
    files: "POSIX, one file system for all nodes",
    latency: "below a millisecond within its zone",
    largest: "400 TiB with a known subnet",
    undo: "none, but for what was exported to Blob",
    bills: "its whole capacity, by the hour",
    serves: {
      checkpoints: "all nodes write at once, at the throughput that was bought",
      dataSets: "small reads in any order",
    },
    source: "MicrosoftDocs/azure-stack-docs:azure-managed-lustre/tiered-checkpoints.md (2026-06-30)",
  },
  {
    section: "blob",
    name: "Blob",
    files: "objects with folders, mounted by blobfuse2: no locks, a file is whole when it is closed",
    latency: "tens of milliseconds",
    largest: "5 PiB in an account",
    undo: "soft delete",
    bills: "what is stored, and each operation",
    serves: {
      weights: "read once from beginning to end, by each server that starts",
      dataSets: "large files that are read from beginning to end",
      checkpoints: "nobody promises how fast it takes them",
    },
    source: "https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account",
  },
  {
    section: "archive",
    name: "flat Blob",
    files: "objects that teams only read, mounted by blobfuse2",
    latency: "tens of milliseconds",
    largest: "5 PiB in an account",
    undo: "versions, soft delete, a way back in time or none to change it",
    bills: "what is stored, of every version, and each operation",
    serves: {
      weights: "of record: nobody who reads them can change them",
      dataSets: "of record: nobody who reads them can change them",
    },
    source: "MicrosoftDocs/azure-docs:articles/storage/blobs/immutable-version-level-worm-policies.md (2024-03-26)",
  },
  {
    section: "netapp",
    name: "NetApp Files",
    files: "POSIX by NFS, a volume for each team",
    latency: "about a millisecond",
    largest: "100 TiB in a volume, 2,048 TiB in a pool",
    undo: "snapshots, and backups where asked for",
    bills: "its whole pool by the hour, and what backups hold",
    serves: {
      homes: "many small files, and snapshots that people find by themselves",
      checkpoints: "one volume for each team, by far slower than Lustre",
    },
    source: "MicrosoftDocs/azure-docs:articles/azure-netapp-files/azure-netapp-files-resource-limits.md (2025-06-10)",
  },
];
