/** A body without its group and tags. */
export type Unplaced<Args> = Omit<Args, "resourceGroupName" | "tags">;
