export {
  type ClusterQueueSpec,
  planTeamQueue,
  type QueuedPool,
  type QueueSurroundings,
  type TeamQueuePlan,
} from "./team-queue/plan";
export type { TeamQueueShape } from "./team-queue/shape";
export { TeamQueue, type TeamQueueArgs } from "./team-queue/team-queue";
export type { TeamQueueRef } from "./team-queue/team-queue-ref";
