import type { Input, Resource } from "@pulumi/pulumi";
import type { PlannedJob } from "./job";

/** Where a file system imports from and exports to, ours or somebody else's. */
export interface LustreBlob {
  /** ARM ID of the container with the data. Fixed at creation of the file system. */
  readonly containerResourceId: Input<string>;
  /** ARM ID of the container with the log, in the same account. Fixed at creation of the file system. */
  readonly logContainerResourceId: Input<string>;
  /** Beginning of the names of the blobs that the file system has from its first minute on. */
  readonly importPrefix: string;
  readonly job: PlannedJob | null;
  /** What must be there before the file system: the grants and the way to the account, or its creation fails. */
  readonly after: readonly Resource[];
}
