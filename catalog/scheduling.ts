import { type CapacityKind, capacityWord } from "./capacity";
import type { Gpu } from "./vm-size";

/** Prefix of this project's own Kubernetes labels. */
const prefix = "azure-gpu-cluster";

/** Keys of the labels that this project puts on nodes and namespaces. Queues, policies and templates select on them. */
export const labels = {
  /** Key of the pool in the stack file, shared by its InfiniBand domains. */
  pool: `${prefix}/pool`,
  /** InfiniBand domain: the node pool, so the scale set. No job spans two. */
  infinibandDomain: `${prefix}/ib-domain`,
  /** How Azure gave the nodes, a `CapacityKind`. Absent where the pool has one way alone. */
  capacity: `${prefix}/capacity`,
  /** Owner of driver and fabric, a `GpuStack`. */
  gpuStack: `${prefix}/gpu-stack`,
  /** What a namespace is for: a kind of team, or `platform`. */
  workload: `${prefix}/workload`,
  /** Team that owns a namespace. */
  tenant: `${prefix}/tenant`,
  /** Queue that holds the jobs of a namespace: the name of its ClusterQueue. Absent where jobs do not queue. */
  queue: `${prefix}/queue`,
  /** Who pays for what a namespace uses. Absent where nobody said. */
  costCenter: `${prefix}/cost-center`,
  /** How the pods of a node, or of a namespace, get to lock memory: a `MemlockMode`. Absent where none of them needs to. */
  memlock: `${prefix}/memlock`,
  /** What the last checks of a node said of its GPUs and adapters: `pass`, `fail` or `no-evidence`. */
  gpuHealth: `${prefix}/gpu-health`,
  /** There while a node waits for its checks or goes through them: since when, in seconds of Unix time. */
  healthCheck: `${prefix}/health-check`,
  /** Whether pods of a namespace reach the API server, `reached`. Absent where they do not. */
  apiServer: `${prefix}/api-server`,
  /** Whether pods of a namespace mount secrets of a Key Vault, `mounted`. Absent where they do not. */
  secrets: `${prefix}/secrets`,
  /** Job that an object was made for, beside the job itself: its name. */
  job: `${prefix}/job`,
} as const;

/** Keys of the annotations that this project puts on objects, for people who read them. */
export const annotations = {
  /** Why a team's Pod Security level is what it is. */
  podSecurityReason: `${prefix}/pod-security-reason`,
  /** Which NCCL settings a ConfigMap holds: the family of sizes that they are for. */
  ncclProfile: `${prefix}/nccl-profile`,
  /** How adapters reach the memory of GPUs on the pool's nodes: what the log of NCCL has to say. */
  gpuDirect: `${prefix}/gpu-direct`,
  /** What the last checks of a node found, and in which boot of it, as JSON. */
  gpuHealthReport: `${prefix}/gpu-health-report`,
  /** What to know of an object before it is made: a note in each line, which the preview shows. */
  notes: `${prefix}/notes`,
  /**
   * On a namespace whose pods take whole nodes: the devices of one node, `nvidia.com/gpu=8,rdma/ib=8`. No label, whose value takes no
   * slash. Admission policies read it.
   */
  nodeDevices: `${prefix}/node-devices`,
  /** On a namespace whose pods claim the adapters of their nodes: name of the template of claims. Admission policies read it. */
  adapterClaim: `${prefix}/adapter-claim`,
  /** On a namespace: USD that its GPU nodes may cost in a month, for people and their reports. */
  budget: `${prefix}/budget-usd-per-month`,
  /** On a namespace: classes of priority that its jobs and pods may name, of those that queues bring. Absent: all of them. */
  priorities: `${prefix}/priorities`,
  /** On the servers of a model: what one of them is expected to do and what that costs, as JSON, which the preview shows. */
  servingEstimate: `${prefix}/serving-estimate`,
  /** Namespaces that a rule of a policy lets pass, until when and why: one in each line. */
  exceptions: `${prefix}/exceptions`,
} as const;

/**
 * Label of all nodes that a job may run on which the queue let in by a rung of a ladder: those of the rung, and of all behind it, which
 * stand in while Azure has none.
 */
export function capacityFrom(kind: CapacityKind): string {
  return `${labels.capacity}-from-${capacityWord(kind)}`;
}

/**
 * Taint of the nodes of every rung behind one, which keeps pods off them while the rung has room: a wish, since they stand in where it has
 * none. Who was let in by a rung tolerates those of the rungs before it. Its key has no domain: pods of teams may name none of the cluster's.
 */
export function capacityAfterTaint(kind: CapacityKind): {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
} {
  return { key: `capacity-after-${capacityWord(kind)}`, value: "yes", effect: "PreferNoSchedule" };
}

/**
 * Annotation by which all pods of a job ask for places below one node of a topology level; without Kueue nothing reads it.
 * Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/topology_types.go (v0.19.2, PodSetRequiredTopologyAnnotation)
 */
export const requiredTopology = "kueue.x-k8s.io/podset-required-topology";

/** Annotation of pods that may be anywhere in a topology. */
export const unconstrainedTopology = "kueue.x-k8s.io/podset-unconstrained-topology";

/** Annotation by which two kinds of pods of a job, one of which is a single pod, want one place together: a name of their own. */
export const topologyGroup = "kueue.x-k8s.io/podset-group-name";

/**
 * Label by which a job names its class of priority in the queue.
 * Source: kubernetes-sigs/kueue:pkg/controller/constants/constants.go (v0.19.2, WorkloadPriorityClassLabel)
 */
export const workloadPriorityLabel = "kueue.x-k8s.io/priority-class";

/** Value of `labels.workload` on namespaces whose pods answer requests. */
export const servingWorkload = "inference";

/**
 * Class of the claim by which a pod reaches GPUs of other nodes over NVLink. It gives access to a channel, and no GPU.
 * Source: kubernetes-sigs/dra-driver-nvidia-gpu:deployments/helm/dra-driver-nvidia-gpu/templates/deviceclass-compute-domain-default-channel.yaml (v0.4.1)
 */
export const computeDomainChannelClass = "compute-domain-default-channel.nvidia.com";

/** What queues count claims of that class as: one for each pod that takes a node whole. A name of our own, which no node counts. */
export const computeDomainChannels = `${prefix}/compute-domain-channels`;

/**
 * Name of the queue in a namespace that Kueue gives to every job that names none.
 * Source: kubernetes-sigs/kueue:pkg/controller/constants/constants.go (v0.19.2, DefaultLocalQueueName)
 */
export const defaultLocalQueue = "default";

/**
 * Labels by which a job names its queue and the class of its priority.
 * Source: kubernetes-sigs/kueue:pkg/controller/constants/constants.go (v0.19.2, QueueLabel, WorkloadPriorityClassLabel)
 */
export const queueLabels = {
  queue: "kueue.x-k8s.io/queue-name",
  priorityClass: "kueue.x-k8s.io/priority-class",
} as const;

/** Value of `labels.workload` on namespaces of the platform. */
export const platformWorkload = "platform";

/** Tag of the machines of one InfiniBand domain: its name. */
export const infinibandDomainTag = "ibDomain";

/** What Pod Security does with pods that break a level: it refuses them, warns whoever makes them, or writes it down. */
export type PodSecurityMode = "enforce" | "warn" | "audit";

/**
 * Key of the label by which a namespace says its Pod Security level, or the version that the level is of.
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabel(mode: PodSecurityMode | `${PodSecurityMode}-version`): string {
  return `pod-security.kubernetes.io/${mode}`;
}

/**
 * What keys of taints begin with that a node has until something was shown of it. It tells the autoscaler that the taint will go, so
 * that a pod that needs the node still makes the pool grow.
 * Source: kubernetes/autoscaler cluster-autoscaler FAQ, "startup taints"
 */
export const startupTaints = "startup-taint.cluster-autoscaler.kubernetes.io/";

/** Taint that a node has until it was shown that its pods may lock memory. */
export const memlockTaint = {
  key: `${startupTaints}memlock`,
  value: "pending",
  effect: "NoSchedule",
} as const;

/** Taint that a node has until checks have shown that its GPUs and adapters do what they should. */
export const gpuHealthTaint = {
  key: `${startupTaints}gpu-health`,
  value: "pending",
  effect: "NoSchedule",
} as const;

/** The same while a node that passed waits for maintenance that Azure has announced. */
export const maintenanceTaint = { ...gpuHealthTaint, value: "maintenance" } as const;

/** Taint that AKS puts on Spot nodes. Source: MicrosoftDocs/azure-aks-docs:articles/aks/spot-node-pool.md (2025-04-06) */
export const spotTaint = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" } as const;

/**
 * Names that device plugins give to InfiniBand adapters as extended resources; whoever installs the plugin chooses. The first is
 * the default.
 * Sources: Azure/aks-rdma-infiniband:website/docs/configurations/01-network-operator.md (2026-07-16, one adapter each);
 * NVIDIA/aicr on AKS (2026-07, shared adapters); NVIDIA/cluster-readiness-engine:docs/designs/060-azure-h100-nccl-support.md
 */
export const rdmaResourceNames = ["rdma/ib", "rdma/hca_shared_devices_a", "nvidia.com/mlnxnics"] as const;

/** Extended resource of one InfiniBand adapter, unless the user names another one. */
export const rdmaResource = rdmaResourceNames[0];

/** Source: kubernetes device plugins of NVIDIA and AMD. */
const gpuResourceOf = {
  nvidia: "nvidia.com/gpu",
  amd: "amd.com/gpu",
} as const satisfies Readonly<Record<Gpu["vendor"], string>>;

/** Extended resources of whole GPUs. */
export const gpuResources: readonly string[] = Object.values(gpuResourceOf);

/** Extended resource of one GPU. */
export function gpuResource(gpu: Gpu): string {
  return gpuResourceOf[gpu.vendor];
}

/**
 * Whether an extended resource is what GPUs are counted by: whole ones, or instances of NVIDIA's MIG.
 * Source: NVIDIA/k8s-device-plugin:README.md (resources of the MIG strategy `mixed`)
 */
export function isGpuResource(name: string): boolean {
  return name.startsWith("nvidia.com/mig-") || gpuResources.includes(name);
}

/**
 * Taint that keeps pods away that did not ask for a GPU: AKS sets none by itself.
 * The key is the one that the GPU operators' own DaemonSets tolerate. Source: NVIDIA/gpu-operator chart values (v26.7.0).
 */
export function gpuTaint(gpu: Gpu): { readonly key: string; readonly value: string; readonly effect: string } {
  return { key: gpuResource(gpu), value: "present", effect: "NoSchedule" };
}

/** What lets a pod onto nodes with a taint, whatever its value. */
export type Toleration = Readonly<Record<"key" | "operator", string> & Partial<Record<"effect", string>>>;

/** What lets a pod that asks for GPUs onto their nodes. */
export function gpuToleration(gpu: Gpu): Toleration {
  const { key, effect } = gpuTaint(gpu);
  return { key, operator: "Exists", effect };
}

/** What lets a pod of the platform onto the nodes of the system pool, the only ones that are always there. */
export const systemNodeToleration: Toleration = { key: "CriticalAddonsOnly", operator: "Exists" };

/**
 * What a pod needs that makes GPU nodes ready for work: it goes to nodes with these GPUs, also to those that are closed until something
 * was shown of them, and to Spot ones.
 */
export function gpuNodeTolerations(gpus: readonly Gpu[]): Toleration[] {
  const taints = [
    ...new Set(gpus.map((gpu) => gpuTaint(gpu).key)),
    memlockTaint.key,
    gpuHealthTaint.key,
    spotTaint.key,
  ];
  return taints.map((key) => ({ key, operator: "Exists", effect: "NoSchedule" }));
}

/** A taint in the notation of AKS, `key=value:effect`. */
export function formatTaint({ key, value, effect }: ReturnType<typeof gpuTaint>): string {
  return `${key}=${value}:${effect}`;
}

/** A taint out of the notation of AKS. */
export function parseTaint(taint: string): ReturnType<typeof gpuTaint> {
  const [, key = "", value = "", effect = ""] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(taint) ?? [];
  if (effect === "") throw new Error(`A taint reads key=value:effect; got ${taint}.`);
  return { key, value, effect };
}

/**
 * Labels that a node has from the kubelet and from AKS, beside those of its pool.
 * Sources: https://kubernetes.io/docs/reference/labels-annotations-taints/; MicrosoftDocs/azure-aks-docs:articles/aks/use-labels.md (2024-06-10)
 */
export function aksNodeLabels(of: {
  readonly node: string;
  readonly pool: string;
  readonly size: string;
}): Readonly<Record<string, string>> {
  return {
    "kubernetes.io/hostname": of.node,
    "kubernetes.io/os": "linux",
    "node.kubernetes.io/instance-type": of.size,
    agentpool: of.pool,
    "kubernetes.azure.com/agentpool": of.pool,
  };
}

/** Affinity of pods, or of what an operator runs, to the nodes of some GPU pools. */
export function nodesOfPools(keys: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: labels.pool, operator: "In", values: keys }] }],
    },
  };
}
