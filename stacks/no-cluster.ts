import type { Problem } from "../core/problems";

/** What is wrong with an environment that a command about a cluster is asked for, where no stack of it makes one. */
export const noCluster: Problem = {
  path: "environment",
  rule: "must have a stack that makes a cluster, in its file or in one that lies beside it",
  remedy: "Name a stack with the layer infra, or one that reads it",
};
