import type { Input } from "@pulumi/pulumi";

/** An AKS cluster, ours or an imported one: the least that a node pool has to know of it. */
export interface ClusterRef {
  readonly resourceGroupName: Input<string>;
  readonly name: Input<string>;
}
