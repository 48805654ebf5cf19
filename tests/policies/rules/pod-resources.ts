import { unknownValue } from "../../../core/property-marks";
import { k8sCpuMemSet } from "../../../policies/rules/kubernetes/k8s-cpu-mem-set";
import { k8sGpuToleration } from "../../../policies/rules/kubernetes/k8s-gpu-toleration";
import { k8sRdmaComplete } from "../../../policies/rules/kubernetes/k8s-rdma-complete";
import { sizes } from "../fixtures";
import { changed, type RuleCases } from "../harness";
import { hardenedIn, overlaid, overlay } from "../kubernetes-fixtures";
import { podTable } from "../pod-table";

const container = "containers[0]";
const digest = `sha256:${"a".repeat(64)}`;
const taint = "is without the taint of GPU nodes; must tolerate nvidia.com/gpu or amd.com/gpu: the pod asks for GPUs";

/** A second container that takes no GPU. */
const sidecar = { name: "logs", image: `mcr.microsoft.com/logs:1@${digest}`, resources: { limits: { memory: "1Gi" } } };
const gpus = `spec.${container}.resources.limits["nvidia.com/gpu"]`;

/** Rules about what pods ask of a node, and which nodes they go to. */
export const podResourceTables: readonly RuleCases[] = [
  podTable(
    k8sGpuToleration,
    {
      path: "tolerations",
      value: [{ key: "spot", operator: "Exists" }],
      says: "is without the taint of GPU nodes; must tolerate nvidia.com/gpu or amd.com/gpu: the pod asks for GPUs",
      without: "is without the taint of GPU nodes; must tolerate nvidia.com/gpu or amd.com/gpu: the pod asks for GPUs",
    },
    {
      tools: false,
      fine: {
        "a job in a queue": [{ "spec.tolerations": undefined, 'metadata.labels["kueue.x-k8s.io/queue-name"]': "team" }],
        "every taint": [{ "spec.tolerations": [{ operator: "Exists" }] }],
        "the taint of another vendor's GPUs, after another one": [
          {
            "spec.tolerations": [
              { key: "spot", operator: "Exists" },
              { key: "amd.com/gpu", operator: "Exists" },
            ],
          },
        ],
        "a pod without GPUs": [{ "spec.tolerations": undefined, [`spec.${container}.resources`]: undefined }],
        "what is laid over a pod that stands elsewhere": [
          [changed(overlay, { [`${overlaid}.resources.limits["nvidia.com/gpu"]`]: "8" })],
        ],
        "a taint that is not known beside the one of GPUs": [{ "spec.tolerations[1]": unknownValue }],
      },
      broken: {
        "one container of two that takes GPUs": [
          { "spec.tolerations": [], "spec.containers[1]": sidecar },
          `spec.tolerations ${taint}`,
        ],
        "a toleration of a value, without a key": [
          { "spec.tolerations": [{ operator: "Equal", value: "present" }] },
          `spec.tolerations ${taint}`,
        ],
        "a key that is no text": [
          { "spec.tolerations": [{ key: 7, operator: "Exists" }] },
          `spec.tolerations ${taint}`,
        ],
      },
      unknown: {
        "one toleration": [
          { "spec.tolerations": [{ key: "spot", operator: "Exists" }, unknownValue] },
          "?spec.tolerations[1]",
        ],
        "the key of a toleration": [
          {
            "spec.tolerations": [
              { key: "spot", operator: "Exists" },
              { key: unknownValue, operator: "Exists" },
            ],
          },
          "?spec.tolerations[1]",
        ],
      },
    },
  ),
  podTable(
    k8sRdmaComplete,
    {
      path: `${container}.volumeMounts`,
      value: [{ name: "shm", mountPath: "/mnt" }],
      says: "is without shared memory; must mount an emptyDir with medium Memory at /dev/shm",
      without: "is without shared memory; must mount an emptyDir with medium Memory at /dev/shm",
    },
    {
      tools: false,
      broken: {
        "a disk for memory": [
          { "spec.volumes[0].emptyDir": {} },
          `spec.${container}.volumeMounts is without shared memory; must mount an emptyDir with medium Memory at /dev/shm`,
        ],
        "an adapter without a GPU": [
          { [`spec.${container}.resources.limits["nvidia.com/gpu"]`]: undefined },
          `spec.${container}.resources.limits is InfiniBand without a GPU; must hold a GPU beside rdma/*`,
        ],
        "an adapter of another name, without a GPU": [
          {
            [`spec.${container}.resources.limits`]: { "nvidia.com/mlnxnics": "8" },
          },
          `spec.${container}.resources.limits is InfiniBand without a GPU; must hold a GPU beside rdma/*`,
        ],
        "half a node": [
          { [`spec.${container}.resources.limits["nvidia.com/gpu"]`]: "2" },
          "spec.containers is with 2 GPUs; must ask for all GPUs of a node with InfiniBand: 4 or 8",
        ],
        "half of the size that it selects": [
          {
            [`spec.${container}.resources.limits["nvidia.com/gpu"]`]: "4",
            'spec.nodeSelector["node.kubernetes.io/instance-type"]': sizes.infiniband,
          },
          "spec.containers is with 4 GPUs; must ask for all GPUs of a node with InfiniBand: 8",
        ],
        "a node of a size without InfiniBand, which counts as none": [
          { [gpus]: "2", 'spec.nodeSelector["node.kubernetes.io/instance-type"]': sizes.gpu },
          "spec.containers is with 2 GPUs; must ask for all GPUs of a node with InfiniBand: 4 or 8",
        ],
        "a disk of another name in memory": [
          { "spec.volumes[0].name": "other" },
          `spec.${container}.volumeMounts is without shared memory; must mount an emptyDir with medium Memory at /dev/shm`,
        ],
        "a mount without a name, of memory without one": [
          { "spec.volumes[0].name": undefined, [`spec.${container}.volumeMounts[0].name`]: undefined },
          `spec.${container}.volumeMounts is without shared memory; must mount an emptyDir with medium Memory at /dev/shm`,
        ],
      },
      fine: {
        "a smaller node of InfiniBand": [{ [gpus]: "4" }],
        "two containers that share a node": [
          { [gpus]: "4", "spec.containers[1]": { ...sidecar, resources: { limits: { "nvidia.com/gpu": 4 } } } },
        ],
        "a container without an adapter, which needs no GPU and no shared memory": [{ "spec.containers[1]": sidecar }],
        "GPUs of what runs before, which it gives back": [
          { "spec.initContainers": [{ ...sidecar, resources: { limits: { "nvidia.com/gpu": 8 } } }] },
        ],
        "some GPUs without an adapter": [
          { [gpus]: "2", [`spec.${container}.resources.limits["rdma/ib"]`]: undefined, "spec.volumes": undefined },
        ],
        "what is laid over a pod that stands elsewhere": [
          [changed(overlay, { [`${overlaid}.resources.limits["rdma/ib"]`]: "8" })],
        ],
        "a DaemonSet that hands out adapters": [
          [
            changed(hardenedIn("apps/v1:DaemonSet", "spec.template.spec"), {
              "spec.template.spec.containers[0].resources.limits": { "rdma/ib": "1" },
            }),
          ],
        ],
        "GPUs by a claim": [{ [gpus]: undefined, "spec.resourceClaims": [{ name: "gpus" }] }],
        "GPUs by a claim beside some that are counted": [{ [gpus]: "2", "spec.resourceClaims": [{ name: "gpus" }] }],
      },
      unknown: {
        "the GPUs": [{ [gpus]: unknownValue }, `?${gpus}`],
        "a volume": [{ "spec.volumes[0]": unknownValue }, "?spec.volumes[0]"],
        "a volume beside the one that is memory": [{ "spec.volumes[1]": unknownValue }],
      },
    },
  ),
  podTable(
    k8sCpuMemSet,
    {
      path: `${container}.resources.requests.cpu`,
      value: null,
      says: "is absent; must be set",
      without: "is absent; must be set",
    },
    {
      tools: false,
      broken: {
        "no bound of memory": [
          { [`spec.${container}.resources.limits.memory`]: undefined },
          `spec.${container}.resources.limits.memory is absent; must be set`,
        ],
      },
      fine: {
        "limits that are requests": [
          { [`spec.${container}.resources.requests`]: undefined, [`spec.${container}.resources.limits.cpu`]: 8 },
        ],
        "cores by their limit, and memory by both": [
          { [`spec.${container}.resources.requests.cpu`]: undefined, [`spec.${container}.resources.limits.cpu`]: "8" },
        ],
        "memory by its limit, and cores by their request": [
          { [`spec.${container}.resources.requests.memory`]: undefined },
        ],
      },
      unknown: {
        "the cores that it requests beside their limit": [
          {
            [`spec.${container}.resources.requests.cpu`]: unknownValue,
            [`spec.${container}.resources.limits.cpu`]: "8",
          },
          `?spec.${container}.resources.requests.cpu`,
        ],
      },
    },
  ),
];
