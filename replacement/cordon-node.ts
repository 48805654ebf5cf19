import { RefusedError, textOf } from "../verification/api-answer";
import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";

/**
 * Tells the scheduler to pass a node by. Its pods go on.
 * @throws ClusterError for a refusal
 */
export async function cordonNode(cluster: Pick<ClusterClient, "send">, node: string): Promise<void> {
  const answer = await cluster.send("PATCH", `/api/v1/nodes/${node}`, { spec: { unschedulable: true } });
  if (answer.status >= 300)
    throw new ClusterError(`The node ${node} cannot be cordoned: ${textOf(new RefusedError(answer))}`);
}
