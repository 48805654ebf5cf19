import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { claim } from "../../../core/claim";
import type { Planned } from "../../../core/planned";
import { planTeamQueue, type QueueSurroundings, type TeamQueuePlan } from "./plan";
import type { TeamQueueShape } from "./shape";
import type { TeamQueueRef } from "./team-queue-ref";

/** Its shape and where it is, or the plan of it. */
export type TeamQueueArgs = Planned<TeamQueueShape & QueueSurroundings, TeamQueuePlan> & {
  /** What must be there before the queue is, and goes after it: Kueue and the flavors. @default none */
  readonly after?: readonly Resource[];
};

/**
 * A team's place in the queue of a cluster: its ClusterQueue. The LocalQueue that leads there is in the team's namespace, which must be
 * made after this component, so that the queue goes last: Kueue keeps it until no job is left. Costs nothing by itself.
 * @throws MisconfiguredError before anything is registered
 */
export class TeamQueue extends ComponentResource {
  /** For the team's namespace. */
  public readonly ref: TeamQueueRef;

  /** @param name Of the team's namespace. `opts.providers` must hold the Kubernetes provider of the cluster. */
  public constructor(name: string, args: TeamQueueArgs, opts: ComponentResourceOptions) {
    const { after = [], ...rest } = args;
    const plan = rest.plan !== undefined ? rest.plan : planOf(name, rest);
    claim("Team queue", name);
    super("azure-gpu-cluster:queues:TeamQueue", name, {}, opts);
    new CustomResource(name, plan.clusterQueue, { parent: this, dependsOn: [...after] });
    this.ref = plan.ref;
    this.registerOutputs({});
  }
}

function planOf(
  name: string,
  { pool, queues, ahead = 0, ...shape }: TeamQueueShape & QueueSurroundings,
): TeamQueuePlan {
  return planTeamQueue(name, shape, { pool, queues, ahead });
}
