import { gpuHealthTaint, memlockTaint } from "../../../catalog/scheduling";
import { affinityTo, container, gpu, other, own, pod, takes, tolerates } from "./bodies";
import { type Asked, says } from "./requests-of-teams";

/** Of taints that say of a node that it is not well: each kind that there is, by a name that nobody had thought of. */
const notReady = [
  "startup-taint.cluster-autoscaler.kubernetes.io/gpu-health",
  "startup-taint.cluster-autoscaler.kubernetes.io/anything",
  "ignore-taint.cluster-autoscaler.kubernetes.io/anything",
  "azure-gpu-cluster/anything",
];
const spot = "kubernetes.azure.com/scalesetpriority";
const taint = (name: string, effect: string): object => ({
  key: `node.kubernetes.io/${name}`,
  operator: "Exists",
  effect,
});
const term = (more: object): object => ({ labelSelector: {}, topologyKey: "topology.kubernetes.io/zone", ...more });
const required = (more: object): object => ({ requiredDuringSchedulingIgnoredDuringExecution: [term(more)] });
const preferred = (more: object): object => ({
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term(more) }],
});
const spread = {
  maxSkew: 1,
  topologyKey: "kubernetes.io/hostname",
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: {},
};

/** Requests of every team for nodes, and for being there before others. */
export const forNodes: readonly Asked[] = [
  ["a pod with GPUs of its own pool", null, pod(own, gpu)],
  ["an affinity within its own pool", null, pod({ ...own, affinity: affinityTo("h100") }, gpu)],
  ["GPUs of any pool", says.pool, pod({}, gpu)],
  ["GPUs of another pool", says.pool, pod(other, gpu)],
  ["GPUs by an affinity alone", says.pool, pod({ affinity: affinityTo("h100", "a100") }, gpu)],
  ["an instance of a MIG profile", says.pool, pod(other, takes("nvidia.com/mig-1g.10gb"))],
  ["a GPU of another vendor", says.pool, pod(other, takes("amd.com/gpu"))],
  ["HCAs alone", says.pool, pod(other, takes("rdma/ib"))],
  ["GPUs of an init container", says.pool, pod({ ...other, initContainers: [container({ name: "first", ...gpu })] })],
  [
    "GPUs by a resource claim",
    says.pool,
    pod({ ...other, resourceClaims: [{ name: "gpu", resourceClaimTemplateName: "gpu" }] }),
  ],
  [
    "a place beside the GPUs of another pool",
    says.pool,
    pod({ ...other, ...tolerates({ key: "nvidia.com/gpu", operator: "Exists" }) }),
  ],
  ["a node by its name", says.node, pod({ nodeName: "aks-system-0" })],
  ["system nodes", says.taints, pod(tolerates({ key: "CriticalAddonsOnly", operator: "Exists" }))],
  ["every node", says.taints, pod(tolerates({ operator: "Exists" }))],
  [
    "a node that is being emptied",
    says.taints,
    pod(tolerates({ key: "node.kubernetes.io/unschedulable", operator: "Exists" })),
  ],
  ["a node that is not ready for work", says.taints, pod(tolerates({ key: memlockTaint.key, operator: "Exists" }))],
  ["a node that was not checked yet", says.taints, pod(tolerates({ key: gpuHealthTaint.key, operator: "Exists" }))],
  ["priority over the cluster", says.priorities, pod({ priorityClassName: "system-node-critical" })],
  [
    "a pod on spot nodes of its own pool",
    null,
    pod(
      { ...own, ...tolerates({ key: "nvidia.com/gpu", operator: "Exists" }, { key: spot, operator: "Exists" }) },
      gpu,
    ),
  ],
  ["a pod that outlives a short fault of its node", null, pod(tolerates(taint("not-ready", "NoExecute")))],
  [
    "a taint that somebody made for a purpose",
    null,
    pod(tolerates({ key: "sku", value: "cpu", effect: "NoSchedule" })),
  ],
  ["a node before it is ready", says.taints, pod(tolerates(taint("not-ready", "NoSchedule")))],
  [
    "a node before it is ready, whatever follows",
    says.taints,
    pod(tolerates({ key: "node.kubernetes.io/not-ready", operator: "Exists" })),
  ],
  ["a node whose disk is full", says.taints, pod(tolerates(taint("disk-pressure", "NoSchedule")))],
  ["a node without a network", says.taints, pod(tolerates(taint("network-unavailable", "NoSchedule")))],
  [
    "a node before its network rules",
    says.taints,
    pod(tolerates({ key: "node.cilium.io/agent-not-ready", operator: "Exists" })),
  ],
  [
    "a node that Azure has not set up",
    says.taints,
    pod(tolerates({ key: "node.cloudprovider.kubernetes.io/uninitialized", operator: "Exists" })),
  ],
  [
    "a node that the autoscaler takes away",
    says.taints,
    pod(tolerates({ key: "ToBeDeletedByClusterAutoscaler", operator: "Exists" })),
  ],
  [
    "a control plane",
    says.taints,
    pod(tolerates({ key: "node-role.kubernetes.io/control-plane", operator: "Exists" })),
  ],
  [
    "a node by the annotation of static pods",
    says.node,
    {
      ...pod({ nodeName: "aks-system-0" }),
      metadata: { name: "probe", annotations: { "kubernetes.io/config.mirror": "x" } },
    },
  ],
  ["the priority of operators", says.priorities, pod({ priorityClassName: "gpu-operator" })],
  ["a priority class that was allowed", null, pod({ priorityClassName: "batch" })],
  [
    "spreading its own pods",
    null,
    pod({ affinity: { podAntiAffinity: required({}) }, topologySpreadConstraints: [spread] }),
  ],
  [
    "nodes without anybody else",
    says.neighbours,
    pod({ affinity: { podAntiAffinity: required({ namespaceSelector: {} }) } }),
  ],
  [
    "nodes without another team",
    says.neighbours,
    pod({ affinity: { podAntiAffinity: required({ namespaces: ["infer-chat"] }) } }),
  ],
  [
    "a place beside another team",
    says.neighbours,
    pod({ affinity: { podAffinity: preferred({ namespaces: ["infer-chat"] }) } }),
  ],
  ["the scheduler that is there anyway", null, pod({ schedulerName: "default-scheduler" })],
  ["a scheduler that is not there", says.scheduler, pod({ schedulerName: "mine" })],
  ...notReady.map((key): Asked => [
    `a node with the taint ${key}`,
    says.taints,
    pod({ ...own, ...tolerates({ key, operator: "Exists", effect: "NoSchedule" }) }, gpu),
  ]),
  ["nodes of another pool, without what is on them", null, pod(other)],
];
