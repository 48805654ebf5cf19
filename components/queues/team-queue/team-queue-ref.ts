/** A team's queue as its namespace knows it. All of it is plain, because it decides what the team may ask for. */
export interface TeamQueueRef {
  /** Name of the ClusterQueue. */
  readonly clusterQueueName: string;
  /** GPUs that its jobs may have beyond the team's own. */
  readonly borrow: number;
}
