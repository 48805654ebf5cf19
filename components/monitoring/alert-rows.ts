/** 0 critical, 1 error, 2 warning, 3 informational, 4 verbose, as Azure Monitor counts. */
export const severities = [0, 1, 2, 3, 4] as const;
export type Severity = (typeof severities)[number];

/** What is said of every alert. */
interface AlertText {
  /** What is wrong and what to do, in one or two sentences: the text of the alert. */
  readonly says: string;
  /** Why this severity, this time and this number. */
  readonly because: string;
  /** Page below `docs/runbooks`, with the heading where it has several. */
  readonly runbook: string;
}

/** All that is decided of one alert beside the expression or the metric that finds it. */
export interface AlertRow extends AlertText {
  readonly severity: Severity;
  /** How long it must hold, or the window that is looked at, as an ISO 8601 duration. */
  readonly for: string;
  /** The number that it compares with, where that is ours to choose and no fact of the catalogue. */
  readonly threshold: number | null;
}

const badNode = "bad-gpu-node.md";

function row(severity: Severity, time: string, text: AlertText): AlertRow {
  return { severity, for: time, threshold: null, ...text };
}

function limit(
  severity: Severity,
  time: string,
  threshold: number,
  text: AlertText,
): AlertRow & { readonly threshold: number } {
  return { severity, for: time, threshold, ...text };
}

/** Alerts of Prometheus, by name. */
export const alertRows = {
  GpuFault: row(1, "PT1M", {
    says: "The driver reports an error that means that a GPU, its memory or its links are at fault. Cordon the node and drain it.",
    because: "Which errors count is a list of the catalogue. What runs there is lost or wrong, so one is enough.",
    runbook: badNode,
  }),
  GpuMemoryWithoutSpareRows: row(1, "PT1M", {
    says: "The memory of a GPU has no spare rows left for its errors. Cordon the node and have it replaced.",
    because: "The next error of this memory cannot be repaired, and nothing brings the rows back.",
    runbook: badNode,
  }),
  GpuMemoryError: row(1, "PT1M", {
    says: "A GPU had a memory error that could not be corrected. What ran on it is lost: cordon the node.",
    because: "One such error ends the program that met it.",
    runbook: badNode,
  }),
  GpuMissing: row(2, "PT30M", {
    says: "A node that is ready offers fewer GPUs than its size has. Cordon it and have it replaced.",
    because: "The number is the size's. A device plugin that starts anew offers none for some minutes.",
    runbook: badNode,
  }),
  GpuNodeUnhealthy: row(2, "PT15M", {
    says: "The checks of a node failed. Its condition GpuHealthy says what.",
    because: "The floors are those of the size in the catalogue, and the node takes no jobs by itself.",
    runbook: badNode,
  }),
  GpuTooHotOrShortOfPower: row(3, "PT10M", {
    says: "A GPU lowers its clocks because of heat or power. A job waits for its slowest GPU: look at the node.",
    because: "The counters look back five minutes, so ten are more than one burst.",
    runbook: badNode,
  }),
  GpuNvlinkRecovers: row(3, "PT5M", {
    says: "An NVLink of a GPU failed and came back. If it does so again, drain the node and have it checked.",
    because: "A recovery costs time and no result. A link that stays down is a fault of the driver's list.",
    runbook: badNode,
  }),
  GpuNodesStayClosed: row(3, "PT2H", {
    says: "Nodes of a pool bill and take no pods: kubectl get nodes --label-columns azure-gpu-cluster/gpu-health.",
    because: "A new node goes through its checks within an hour.",
    runbook: badNode,
  }),
  GpuNotMeasured: row(3, "PT30M", {
    says: "A node offers GPUs that nothing measures: their faults, power and use are not seen. Look for the pod of the exporter there.",
    because: "An exporter starts some minutes after the driver.",
    runbook: "alerts.md#what-is-not-measured",
  }),
  GpusIdle: row(4, "PT1H", {
    says: "A job has had GPUs for an hour that do nothing. It costs like one that works: ask its owner.",
    because: "Loading data and compiling take minutes. Whether it is waste only its owner knows.",
    runbook: "alerts.md#gpus-that-do-nothing",
  }),
  GpusHeldByStartingPod: row(3, "PT30M", {
    says: "A pod has had its GPUs for half an hour and has not started: its image, a volume or a claim is missing. Read its events.",
    because: "An image of tens of gigabytes takes minutes to pull, not half an hour.",
    runbook: "job-waits.md",
  }),
  NodeNotReady: row(2, "PT10M", {
    says: "A node does not report to Kubernetes. What ran there is lost in minutes: look at its VM, and replace it when it stays away.",
    because: "A node that starts anew is back in less.",
    runbook: badNode,
  }),
  NodeUnderPressure: row(3, "PT15M", {
    says: "A node is short of disk, memory or process IDs and evicts pods. Look at what fills it: kubectl describe node.",
    because: "The condition comes and goes with garbage collection, which takes minutes.",
    runbook: "alerts.md#a-node-under-pressure",
  }),
  PoolAtItsMaximum: row(4, "PT1H", {
    says: "A pool has all the nodes that it may have, and jobs wait. Raise maxNodes, or let them wait.",
    because:
      "The number is maxNodes, the pool's own. A full pool is what one pays for; only that it lasts is worth a word.",
    runbook: "out-of-quota.md",
  }),
  JobCannotStart: row(3, "PT2H", {
    says: "A job has waited for two hours because it does not fit into what its queue may have now.",
    because: "Kueue tries again with each job that ends; two hours are beyond most of those that hold a node.",
    runbook: "job-waits.md",
  }),
  JobsWaitLong: limit(4, "PT30M", 14_400, {
    says: "One in twenty jobs of a queue waited for more than four hours. The share of the team, or the pool, is too small for what is asked.",
    because: "Four hours are half a working day. Waiting is no fault of a machine.",
    runbook: "job-waits.md",
  }),
  QueueStopped: row(2, "PT15M", {
    says: "A queue takes no jobs: it is stopped, or something that it names is missing. kubectl get clusterqueues says why.",
    because: "While flavors and topologies are made anew a queue is pending for a moment.",
    runbook: "job-waits.md",
  }),
  JobDidNotBecomeReady: row(2, "PT1M", {
    says: "A job got its nodes, and its pods did not all become ready in time. It lost its nodes and queues anew.",
    because: "A whole gang held GPUs for nothing, and will again.",
    runbook: "job-waits.md",
  }),
  JobsFail: limit(3, "PT1M", 3, {
    says: "Jobs of a team failed again and again within an hour. Read the log of one: npm run job -- logs.",
    because: "One failed job is its owner's affair. Three in an hour may be a node, an image or a store.",
    runbook: "job-waits.md",
  }),
  PodRestartsAgain: limit(3, "PT1M", 5, {
    says: "A pod with GPUs restarts again and again and holds them all the while. Read its last log: kubectl logs --previous.",
    because: "Five restarts in an hour are more than a rolling update makes.",
    runbook: "job-waits.md",
  }),
  DaemonSetIncomplete: row(3, "PT30M", {
    says: "A DaemonSet does not run on every node that it belongs on: a driver, a device plugin or an agent is missing there.",
    because: "New nodes pull its images for some minutes.",
    runbook: "alerts.md#something-of-the-cluster-does-not-run",
  }),
  DeploymentDown: row(2, "PT15M", {
    says: "Nothing of a Deployment runs that should: a controller, a gateway or a model is away.",
    because: "A rolling update leaves some of it running, and a model server takes minutes to load its weights.",
    runbook: "alerts.md#something-of-the-cluster-does-not-run",
  }),
  InfinibandPortDown: row(1, "PT15M", {
    says: "A node has fewer InfiniBand ports at full speed than its size has. Cordon it: a job would hang.",
    because: "Number and speed are the size's. A port trains for some minutes after a boot.",
    runbook: "slow-fabric.md",
  }),
  InfinibandLinkFlaps: row(2, "PT1M", {
    says: "An InfiniBand link went down again and again within a day. Cordon the node and have it replaced.",
    because: "How often is a number of the catalogue, Microsoft's own.",
    runbook: "slow-fabric.md",
  }),
  InfinibandErrors: row(3, "PT2H", {
    says: "An InfiniBand port receives packets with errors, hour after hour. Measure the node: npm run verify.",
    because: "The counter looks back an hour, so after two hours errors came in more than one.",
    runbook: "slow-fabric.md",
  }),
  VolumeAlmostFull: limit(2, "PT30M", 0.1, {
    says: "A volume has less than a tenth of its room left. What is written to a full one is lost: delete, or make it larger.",
    because: "The last tenth of a shared file system is one checkpoint of a large model.",
    runbook: "alerts.md#a-store-that-is-almost-full",
  }),
  CertificateExpires: limit(2, "PT1H", 14 * 24 * 3600, {
    says: "A certificate ends in less than two weeks and was not renewed. kubectl describe certificate says why.",
    because: "A certificate is renewed after two thirds of its life, 30 days before the end of the usual 90.",
    runbook: "alerts.md#a-certificate-that-ends",
  }),
  ModelFails: limit(2, "PT10M", 0.05, {
    says: "More than one in twenty requests to a model fails in the cluster. Look at its servers and at the gateway.",
    because: "A server that goes drops few requests; what lasts ten minutes is no update.",
    runbook: "alerts.md#a-model-that-fails-or-is-slow",
  }),
  ModelSlow: limit(3, "PT15M", 60, {
    says: "One in twenty requests to a model takes more than a minute. Its servers may be too few: raise maxReplicas.",
    because: "A minute is beyond what somebody waits for an answer. Long answers of many tokens may be meant so.",
    runbook: "alerts.md#a-model-that-fails-or-is-slow",
  }),
  TeamBudgetUsed: row(3, "PT1H", {
    says: "GPU nodes have cost a team its budgetUsdPerMonth within 30 days, at list prices. Nothing is stopped: talk to it.",
    because: "The budget is the team's own. It is for people, and costs by the hour change slowly.",
    runbook: "alerts.md#a-budget-that-is-used-up",
  }),
} as const satisfies Readonly<Record<string, AlertRow>>;

/** Alerts on metrics that Azure keeps of its own resources, by name. */
export const metricAlertRows = {
  ApiServerBusy: limit(2, "PT15M", 90, {
    says: "The API server uses nearly all of its CPU: requests wait or are refused. Look for a client that lists or watches too much.",
    because: "It is busy for minutes while many nodes or pods come at once.",
    runbook: "alerts.md#the-control-plane",
  }),
  ApiServerShortOfMemory: limit(1, "PT15M", 90, {
    says: "The API server uses nearly all of its memory and may be killed. Look for a client that lists everything at once.",
    because: "A killed API server takes every controller of the cluster with it.",
    runbook: "alerts.md#the-control-plane",
  }),
  EtcdHalfFull: limit(3, "PT1H", 50, {
    says: "The store of the cluster is half full. Delete objects that nobody needs, finished jobs first: a full one takes no writes.",
    because: "AKS asks to look at it from 50 percent on.",
    runbook: "alerts.md#the-control-plane",
  }),
  AutoscalerStopped: limit(2, "PT15M", 1, {
    says: "The cluster autoscaler does nothing: too many nodes are not ready. Pools neither grow nor shrink until they are.",
    because: "It stops by itself while many nodes start at once, which takes minutes.",
    runbook: "alerts.md#the-control-plane",
  }),
  LustreAlmostFull: limit(1, "PT15M", 400_000_000_000, {
    says: "One of the targets of the Lustre file system has less than 400 GB left. Writes to a full one fail, whatever the others have: delete, or archive to Blob.",
    because:
      "A tenth of the least that a file system grows by, 4 TiB. One checkpoint of a large model is about as much.",
    runbook: "alerts.md#a-store-that-is-almost-full",
  }),
  BlobThrottled: limit(3, "PT15M", 100, {
    says: "Blob storage refuses requests because there are too many. Clients try again and are slow: read fewer, larger files, or ask for a higher limit.",
    because: "Clients repeat a refused request unseen; a hundred in a quarter of an hour slow a job down.",
    runbook: "alerts.md#blob-storage-that-is-slow-or-away",
  }),
  BlobUnavailable: limit(1, "PT15M", 99, {
    says: "More than one in a hundred requests to Blob storage fails in Azure. See the service health of Azure; checkpoints may be lost.",
    because: "Clients repeat what fails once; what fails for a quarter of an hour ends jobs that save.",
    runbook: "alerts.md#blob-storage-that-is-slow-or-away",
  }),
  NatPortsUsedUp: limit(1, "PT5M", 0, {
    says: "The NAT gateway has no ports left: connections to the internet fail. Raise network.natAddresses, or find who opens so many.",
    because:
      "A failed connection is one that a pod did not get. Number and time are Microsoft's own advice for this metric.",
    runbook: "alerts.md#no-way-out",
  }),
  NatUnavailable: limit(1, "PT15M", 90, {
    says: "The NAT gateway is not reachable. Nodes pull no images and send no metrics: see the service health of Azure.",
    because: "Number and time are Microsoft's own advice for this metric.",
    runbook: "alerts.md#no-way-out",
  }),
} as const satisfies Readonly<Record<string, AlertRow & { readonly threshold: number }>>;

/** Alerts on the activity log, by name. It has no severities, and they are told at once. */
export const activityAlertRows = {
  ServiceHealth: {
    says: "Azure reports an incident, a planned maintenance or something to do in the region of the environment.",
    because: "It explains what no metric does, and is known before it is felt.",
    runbook: "alerts.md#azure-itself",
  },
  ResourceHealth: {
    says: "Azure says that a resource of the environment is degraded or away, for a reason of its own.",
    because: "What users cause themselves is left out.",
    runbook: "alerts.md#azure-itself",
  },
  ProtectedDeleted: {
    says: "Somebody deleted a cluster, a network, a store of data, a vault, the record of who did what, or a lock. If it was not planned, act now: some can be restored.",
    because: "Names of things that hold data or keep others safe; destroying an environment tells it as well.",
    runbook: "lost-resource.md",
  },
  PolicyChanged: {
    says: "Somebody assigned a policy of Azure at the subscription or below, changed it or took it away. The next up may be refused, or something is allowed that was not.",
    because: "It decides what may be made, and no resource of the environment shows it.",
    runbook: "alerts.md#who-may-do-what",
  },
  RoleChanged: {
    says: "Somebody gave or took a role in the environment. The entry of the activity log says who did; up itself does so too.",
    because: "A right is the first step of an attack. Most entries are those of up.",
    runbook: "alerts.md#who-may-do-what",
  },
} as const satisfies Readonly<Record<string, AlertText>>;

/** Name of an alert of Prometheus. */
export type AlertName = keyof typeof alertRows;

/** Where a person reads on, as a path from the root of the project. */
export function runbookOf({ runbook }: AlertText): string {
  return `docs/runbooks/${runbook}`;
}
