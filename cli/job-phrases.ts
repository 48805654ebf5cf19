import { isGpuResource } from "../catalog/scheduling";

/** A thing that the cluster says, and what it means for whoever waits. An empty meaning: nothing that anybody waits for. */
export interface Phrase {
  readonly says: RegExp;
  readonly means: (...found: string[]) => string;
}

/** What devices are called by people: those that queues share out go with the nodes, so GPUs say it all. */
function devices(count: string, resource: string): string {
  return `${count} ${isGpuResource(resource) ? "GPUs" : resource}`;
}

/** Nodes that Kueue left out, `taint "key": 3` for example. */
function excludedNodes(told: string): string {
  const [, kind = told, name = "", count = ""] = /^(\w+)(?: "(.*)")?: (\d+)$/.exec(told) ?? [];
  switch (kind) {
    case "resource":
      return `${count} have no free ${devices("", name).trim()}`;
    case "taint":
      return `${count} are closed by the taint ${name}`;
    case "nodeSelector":
    case "affinity":
      return `${count} have other labels than it asks for`;
    default:
      return told;
  }
}

/**
 * What Kueue says in conditions of a Workload. Several may stand in one message, the first is told first.
 * Source: kubernetes-sigs/kueue (v0.19.2): pkg/scheduler/flavorassigner/flavorassigner.go, pkg/cache/scheduler/tas_flavor_snapshot.go,
 * pkg/scheduler/{scheduler,preemption/preemption}.go, pkg/controller/core/workload_controller.go, pkg/controller/jobs
 */
export const kueuePhrases: readonly Phrase[] = [
  {
    says: /insufficient quota for (\S+) in flavor \S+, previously considered podsets requests \((\S+)\) \+ current podset request \((\S+)\) > maximum capacity \((\S+)\)/g,
    means: (resource, before, now, most) =>
      `it asks for ${devices(String(Number(before) + Number(now)), resource)}, and the team gets ${most} at most, its share and what it may borrow: it never starts, ask for fewer`,
  },
  {
    says: /insufficient unused quota for (\S+) in flavor (\S+), (\S+) more needed/g,
    means: (resource, pool, more) =>
      `${devices(more, resource)} more must become free for the team in pool ${pool}: other jobs have them`,
  },
  {
    says: /topology "[^"]*" allows to fit only (\d+) out of (\d+) pod\(s\)/g,
    means: (fit, all) =>
      `it needs ${all} free nodes in one InfiniBand domain, and the one with the most room has ${fit}`,
  },
  {
    says: /topology "[^"]*" doesn't allow to fit any of (\d+) pod\(s\)/g,
    means: (all) => `it needs ${all} free nodes in one InfiniBand domain, and no domain has a free node`,
  },
  {
    says: /Total nodes: (\d+); excluded: (.+?)(?=, (?:insufficient|topology|flavor|resource \S+ unavailable)|;|$)/g,
    means: (total, excluded) => `of ${total} nodes ${excluded.split(", ").map(excludedNodes).join(", ")}`,
  },
  {
    says: /Pending the preemption of (\d+) workload\(s\)/g,
    means: (count) => `${count === "1" ? "1 job is" : `${count} jobs are`} being stopped to make room for it`,
  },
  {
    says: /Preempting \d+ workload\(s\) failed, will retry/g,
    means: () => "a job that should give way was not stopped: Kueue tries again",
  },
  {
    says: /Workload is pending evaluation in the scheduling queue/g,
    means: () => "Kueue has not looked at it yet",
  },
  {
    says: /Bypassed scheduling evaluation because an equivalent workload recently failed/g,
    means: () => "a job of the same shape did not fit a moment ago: Kueue looks again when something ends",
  },
  {
    says: /LocalQueue (\S+) (?:doesn't exist|is terminating or missing)/g,
    means: (queue) => `the team has no queue ${queue}: it never starts, submit it to the team's queue`,
  },
  {
    says: /ClusterQueue (\S+) (?:doesn't exist|not found|is terminating or missing)/g,
    means: (queue) => `the share ${queue} behind the team's queue is not there: ask the platform team`,
  },
  {
    says: /(?:The )?(?:Local|Cluster)Queue(?: \S+)? is (?:stopped|inactive)/g,
    means: () => "the team's queue stands still: ask the platform team",
  },
  {
    says: /Not admitted by cluster queue|Quota reserved in ClusterQueue \S+|The workload is admitted|Previously: .*/g,
    means: () => "",
  },
  {
    says: /resource (\S+) unavailable in ClusterQueue/g,
    means: (resource) => `it asks for ${resource}, which the team's queue does not share out: it never starts`,
  },
  {
    says: /untolerated taint (\{.*?\}|\S+) in flavor (\S+)/g,
    means: (taint, pool) => `it does not tolerate the taint ${taint} of pool ${pool}`,
  },
  {
    says: /flavor (\S+) doesn't match node affinity/g,
    means: (pool) => `it asks for nodes with labels that pool ${pool} does not have`,
  },
  {
    says: /Flavor "(\S+)" supports only TopologyAwareScheduling/g,
    means: (pool) => `it does not ask for one InfiniBand domain, which pool ${pool} wants of every job`,
  },
  {
    says: /Flavor "(\S+)" does not (?:support TopologyAwareScheduling|contain the requested level)/g,
    means: (pool) => `it asks for a place that pool ${pool} does not know`,
  },
  {
    says: /workload namespace doesn't match ClusterQueue selector/g,
    means: () => "the namespace is not one of the queue's: ask the platform team",
  },
  {
    says: /Preempted to accommodate a workload .*?due to prioritization in the ClusterQueue/g,
    means: () => "it was stopped for a job of the team with a higher priority, and queues anew",
  },
  {
    says: /Preempted to accommodate a workload .*?due to reclamation within the cohort/g,
    means: () => "it was stopped because the team that owns the borrowed GPUs wants them back, and queues anew",
  },
  {
    says: /Preempted to accommodate a workload .*?due to Fair Sharing within the cohort/g,
    means: () => "it was stopped because its team had borrowed more than others, and queues anew",
  },
  {
    says: /Exceeded the PodsReady timeout \S+/g,
    means: () => "not all of its pods were ready in time: it gave its nodes back, and queues anew",
  },
  {
    says: /Workload was evicted as there was no replacement for unhealthy node\(s\): (.+)/g,
    means: (nodes) => `it lost ${nodes}, and no other node of its InfiniBand domain is free: it queues anew`,
  },
  {
    says: /The workload is deactivated due to exceeding the maximum number of re-queuing retries/g,
    means: () => "it never got all of its pods ready and was put aside: cancel it, and submit it when that is mended",
  },
  {
    says: /The workload is deactivated/g,
    means: () => "it was put aside and does not start: cancel it, and submit it anew",
  },
  {
    says: /(?:The workload has failed admission checks|At least one admission check is false)/g,
    means: () => "Azure has not made its nodes: Kueue tries again",
  },
];

/** What the scheduler, the kubelet and admission say of pods. */
export const podPhrases: readonly Phrase[] = [
  {
    says: /exceeded quota: \S+, requested: (\S+), used: (\S+), limited: (\S+)/g,
    means: (requested, used, limited) =>
      `the quota of the namespace is full: asked for are ${requested}, in use are ${used} of ${limited}; delete what is not needed any more, or ask the platform team for more`,
  },
  {
    // Source: kubernetes/kubernetes:staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go
    says: /status unknown for quota: \S+, resources: (\S+)/g,
    means: (resources) =>
      `the quota of the namespace has not counted ${resources} yet, as in the minutes after a kind or a namespace is new: try again in a moment`,
  },
  {
    says: /ValidatingAdmissionPolicy '[^']*' with binding '[^']*' denied request: (.+)/g,
    means: (rule) => `the fence around the team refuses its pods: ${rule}`,
  },
  {
    says: /violates PodSecurity "([^"]+)": (.+)/g,
    means: (level, what) => `Pod Security ${level} refuses its pods: ${what}`,
  },
  {
    says: /(?:ImagePullBackOff|ErrImagePull|InvalidImageName)(?:[^"]*"([^"]+)")?[^]*/g,
    means: (image) =>
      `the image${image === "" ? "" : ` ${image}`} cannot be pulled: look at its name, its tag and who may read it`,
  },
  { says: /CrashLoopBackOff/g, means: () => "the program ends again and again: look at its log" },
  {
    says: /(?:configmap|secret) "([^"]+)" not found/gi,
    means: (name) => `${name}, which its pods mount, is not in the namespace`,
  },
  {
    says: /persistentvolumeclaim "([^"]+)" not found/g,
    means: (name) => `the volume ${name} is not in the namespace`,
  },
  {
    says: /^(\d+)\/(\d+) nodes are available: ([^]*?)\.(?: preemption: [^]*| no new claims[^]*|$)/g,
    means: (fit, all, why) => `no node takes the pod, ${fit} of ${all}: ${why}`,
  },
  {
    says: /pod has unbound immediate PersistentVolumeClaims/g,
    means: () => "a volume that it mounts is not bound yet",
  },
];
