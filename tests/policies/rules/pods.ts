import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import type { Rule, Subject } from "../../../policies/engine/rule";
import { k8sCapabilities } from "../../../policies/rules/kubernetes/k8s-capabilities";
import { k8sCpuMemSet } from "../../../policies/rules/kubernetes/k8s-cpu-mem-set";
import { k8sGpuToleration } from "../../../policies/rules/kubernetes/k8s-gpu-toleration";
import { k8sImageDigest } from "../../../policies/rules/kubernetes/k8s-image-digest";
import { k8sImagePinned } from "../../../policies/rules/kubernetes/k8s-image-pinned";
import { k8sImageRegistry } from "../../../policies/rules/kubernetes/k8s-image-registry";
import { k8sNoDefaultSaToken } from "../../../policies/rules/kubernetes/k8s-no-default-sa-token";
import { k8sNoHostPorts } from "../../../policies/rules/kubernetes/k8s-no-host-ports";
import { k8sNoHostpath } from "../../../policies/rules/kubernetes/k8s-no-hostpath";
import { k8sNoPrivEscalation } from "../../../policies/rules/kubernetes/k8s-no-priv-escalation";
import { k8sNoSecretEnv } from "../../../policies/rules/kubernetes/k8s-no-secret-env";
import { k8sNonRoot } from "../../../policies/rules/kubernetes/k8s-non-root";
import { k8sProcSysctlOther } from "../../../policies/rules/kubernetes/k8s-proc-sysctl-other";
import { k8sRdmaComplete } from "../../../policies/rules/kubernetes/k8s-rdma-complete";
import { k8sSeccomp } from "../../../policies/rules/kubernetes/k8s-seccomp";
import { account, sizes } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, hardenedIn, podHolders } from "../kubernetes-fixtures";

const container = "containers[0]";
const digest = `sha256:${"a".repeat(64)}`;

/** The kinds of operators, and the deepest of Kubernetes' own. */
const holders = {
  ...podHolders,
  "a CronJob": ["batch/v1:CronJob", "spec.jobTemplate.spec.template.spec"],
  "a Deployment": ["apps/v1:Deployment", "spec.template.spec"],
  "a pod": ["core/v1:Pod", "spec"],
} as const;

/** A case for each kind that holds pods: the same change at its pod spec, and what the rule says of it there. */
function everywhere(what: string, path: string, value: unknown, ...says: readonly string[]) {
  return Object.fromEntries(
    Object.entries(holders).map(([holder, [kind, spec]]) => [
      `${what} in ${holder}`,
      [
        [changed(hardenedIn(kind, spec), { [`${spec}.${path}`]: value })],
        ...says.map((it) => `${spec}.${it}`),
      ] as const,
    ]),
  );
}

/** No kind is reported while its pods are as they should be. */
const compliant = Object.fromEntries(
  Object.entries(holders).map(([holder, [kind, spec]]) => [holder, [[hardenedIn(kind, spec)]] as const]),
);

/** Tools of nodes, and an overlay that says nothing about a container that stands elsewhere. */
function excepted(path: string, value: unknown): Readonly<Record<string, readonly [readonly Subject[]]>> {
  const spec = "spec.template.spec";
  const tool = changed(hardenedIn("apps/v1:DaemonSet", spec), { [`${spec}.${path}`]: value });
  return {
    "a driver of nodes, of the platform": [[changed(tool, { [`metadata.labels["${labels.workload}"]`]: "platform" })]],
    "the checks of nodes": [
      [changed(tool, { "metadata.namespace": "node-health", "metadata.name": "node-checks-h100" })],
    ],
    "another type": [[account]],
  };
}

function toolElsewhere(path: string, value: unknown): readonly Subject[] {
  const spec = "spec.template.spec";
  return [
    changed(hardenedIn("apps/v1:DaemonSet", spec), {
      [`${spec}.${path}`]: value,
      "metadata.namespace": "train-vision",
      "metadata.name": "node-checks-h100",
    }),
  ];
}

/** A table of a rule about a property: one change that breaks it in every kind, by another value and by leaving it out. */
function podTable(
  rule: Rule,
  {
    path,
    value,
    at = path,
    says,
    without,
    elsewhere,
  }: { path: string; value: unknown; at?: string; says: string; without?: string; elsewhere?: string },
  more: {
    readonly broken?: Record<string, readonly [Readonly<Record<string, unknown>> | readonly Subject[], ...string[]]>;
    readonly fine?: Record<string, readonly [Readonly<Record<string, unknown>> | readonly Subject[]]>;
    readonly unknown?: Record<string, readonly [Readonly<Record<string, unknown>>, ...string[]]>;
    readonly tools?: boolean;
    readonly unknownAt?: string;
  } = {},
): RuleCases {
  const tools = more.tools ?? true;
  return table(rule, hardened, {
    compliant: { ...compliant, ...more.fine },
    broken: {
      ...everywhere(says, path, value, `${at} ${says}`),
      ...(tools && {
        "a tool with the name of ours elsewhere": [
          toolElsewhere(path, value),
          `spec.template.spec.${at} ${says}`,
        ] as const,
      }),
      ...more.broken,
    },
    absent:
      without === undefined
        ? {
            "the property": [
              { [`spec.${path}`]: undefined },
              ...(elsewhere === undefined ? [] : [`spec.${elsewhere}`]),
            ],
          }
        : everywhere("left out", path, undefined, `${at} ${without}`),
    unknown: {
      "the property": [{ [`spec.${path}`]: unknownValue }, `?spec.${more.unknownAt ?? path}`],
      ...more.unknown,
    },
    notApplicable: tools ? excepted(path, value) : { "another type": [[account]] },
  });
}

const escalation = `${container}.securityContext.allowPrivilegeEscalation`;
const image = `${container}.image`;
const capabilities = `spec.${container}.securityContext.capabilities`;
const byDefault = [
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE"],
  ...["SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
];
const sysctls = [
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
];
const taint = "is without the taint of GPU nodes; must tolerate nvidia.com/gpu or amd.com/gpu: the pod asks for GPUs";
/** A second container that takes no GPU. */
const sidecar = { name: "logs", image: `mcr.microsoft.com/logs:1@${digest}`, resources: { limits: { memory: "1Gi" } } };
const gpus = `spec.${container}.resources.limits["nvidia.com/gpu"]`;
const overlaid = "spec.podTemplateOverrides[0].spec.containers[0]";
const overlay = resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
  spec: { podTemplateOverrides: [{ spec: { containers: [{ name: "node", env: [] }] } }] },
});

/** Rules about pods, of whatever kind. */
export const podTables: readonly RuleCases[] = [
  podTable(
    k8sNoPrivEscalation,
    { path: escalation, value: true, says: "is true; must be false", without: "is absent; must be false" },
    { fine: { "what is laid over a container that stands elsewhere": [[overlay]] } },
  ),
  podTable(
    k8sNoHostpath,
    {
      path: "volumes[0].hostPath",
      value: { path: "/var/run" },
      says: "is an object; must be absent",
    },
    {
      broken: {
        "a volume of the cluster": [
          [resource("kubernetes:core/v1:PersistentVolume", { spec: { hostPath: { path: "/mnt" } } })],
          "spec.hostPath is an object; must be absent",
        ],
      },
    },
  ),
  podTable(
    k8sNoHostPorts,
    {
      path: `${container}.ports[0].hostPort`,
      value: 8080,
      says: "is 8080; must be absent",
    },
    { fine: { "port nought": [{ [`spec.${container}.ports[0].hostPort`]: 0 }] } },
  ),
  podTable(
    k8sCapabilities,
    {
      path: `${container}.securityContext.capabilities.drop`,
      value: ["NET_RAW"],
      says: 'is ["NET_RAW"]; must hold ALL',
      without: "is absent; must hold ALL",
    },
    {
      fine: {
        "all dropped beside one that is named": [{ [`${capabilities}.drop`]: ["NET_RAW", "ALL"] }],
        "what is not known of what is dropped": [{ [`${capabilities}.drop`]: ["NET_RAW", unknownValue] }],
        "all that a runtime gives by default": [{ [`${capabilities}.add`]: [...byDefault, "IPC_LOCK"] }],
        "locked memory beside adapters of another name": [
          {
            [`spec.${container}.resources.limits["rdma/ib"]`]: undefined,
            [`spec.${container}.resources.limits["nvidia.com/mlnxnics"]`]: "8",
          },
        ],
      },
      broken: {
        "what is dropped, as a text": [
          { [`${capabilities}.drop`]: "ALL" },
          `${capabilities}.drop is "ALL"; must hold ALL`,
        ],
        "all of them": [
          { [`${capabilities}.add`]: ["CHOWN", "ALL"] },
          `${capabilities}.add[1] is "ALL"; must be one of ${byDefault.join(", ")}, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "a piece of root, laid over a container that stands elsewhere": [
          [changed(overlay, { [`${overlaid}.securityContext.capabilities.add`]: ["SYS_ADMIN"] })],
          `${overlaid}.securityContext.capabilities.add[0] is "SYS_ADMIN"; must be one of ${byDefault.join(", ")}, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "a piece of root": [
          { [`spec.${container}.securityContext.capabilities.add`]: ["SYS_ADMIN"] },
          `spec.${container}.securityContext.capabilities.add[0] is "SYS_ADMIN"; must be one of AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT, or IPC_LOCK beside a limit of rdma/*`,
        ],
        "locked memory without InfiniBand": [
          { [`spec.${container}.resources.limits["rdma/ib"]`]: undefined },
          `spec.${container}.securityContext.capabilities.add[0] is "IPC_LOCK"; must be one of AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT, or IPC_LOCK beside a limit of rdma/*`,
        ],
      },
    },
  ),
  podTable(
    k8sSeccomp,
    {
      path: "securityContext.seccompProfile.type",
      value: "Unconfined",
      says: 'is "Unconfined"; must be RuntimeDefault or Localhost, on the container or the pod',
      elsewhere: `${container}.securityContext.seccompProfile.type is absent; must be RuntimeDefault or Localhost, on the container or the pod`,
    },
    {
      broken: {
        "a container that leaves it": [
          { [`spec.${container}.securityContext.seccompProfile.type`]: "Unconfined" },
          `spec.${container}.securityContext.seccompProfile.type is "Unconfined"; must be RuntimeDefault or Localhost, on the container or the pod`,
        ],
        "no profile": [
          { "spec.securityContext.seccompProfile": undefined },
          `spec.${container}.securityContext.seccompProfile.type is absent; must be RuntimeDefault or Localhost, on the container or the pod`,
        ],
      },
      fine: {
        "on the container": [
          {
            "spec.securityContext": { runAsNonRoot: true },
            [`spec.${container}.securityContext.seccompProfile.type`]: "RuntimeDefault",
          },
        ],
        "a profile of its own": [{ "spec.securityContext.seccompProfile.type": "Localhost" }],
        "a container that mends what its pod says": [
          {
            "spec.securityContext.seccompProfile.type": "Unconfined",
            [`spec.${container}.securityContext.seccompProfile.type`]: "Localhost",
          },
        ],
      },
    },
  ),
  podTable(
    k8sNonRoot,
    {
      path: `${container}.securityContext.runAsUser`,
      value: 0,
      says: "is 0; must not be 0",
    },
    {
      broken: {
        "nothing said": [
          { "spec.securityContext.runAsNonRoot": undefined },
          `spec.${container}.securityContext.runAsNonRoot is absent; must be true, on the container or the pod`,
        ],
      },
    },
  ),
  podTable(
    k8sProcSysctlOther,
    {
      path: `${container}.securityContext.procMount`,
      value: "Unmasked",
      says: 'is "Unmasked"; must be absent or Default',
    },
    {
      broken: {
        "a host process": [
          { "spec.securityContext.windowsOptions": { hostProcess: true } },
          "spec.securityContext.windowsOptions.hostProcess is true; must not be true",
        ],
        "a sysctl of the node": [
          {
            "spec.securityContext.sysctls": [
              { name: "net.ipv4.tcp_syncookies", value: "1" },
              { name: "kernel.msgmax", value: "1" },
            ],
          },
          `spec.securityContext.sysctls[1].name is "kernel.msgmax"; must be one of ${sysctls.join(", ")}`,
        ],
        "no AppArmor": [
          { "spec.securityContext.appArmorProfile": { type: "Unconfined" } },
          'spec.securityContext.appArmorProfile.type is "Unconfined"; must not be Unconfined',
        ],
      },
      fine: {
        "every safe sysctl": [{ "spec.securityContext.sysctls": sysctls.map((name) => ({ name, value: "1" })) }],
        "the mount that is the default": [{ [`spec.${container}.securityContext.procMount`]: "Default" }],
      },
    },
  ),
  podTable(
    k8sImageRegistry,
    {
      path: image,
      value: "trainer:1",
      says: 'is "trainer:1"; must name its registry: HOST/NAME:TAG',
    },
    {
      tools: false,
      broken: {
        "a user of Docker Hub": [
          { [`spec.${image}`]: "vllm/vllm-openai:v1" },
          `spec.${image} is "vllm/vllm-openai:v1"; must name its registry: HOST/NAME:TAG`,
        ],
      },
    },
  ),
];

const twoRegistries = { settings: { allowedRegistries: ["mcr.microsoft.com", "docker.io/vllm"] } };

export const morePodTables: readonly RuleCases[] = [
  table(
    k8sImageRegistry,
    hardened,
    {
      broken: {
        "a host that only begins alike": [
          { [`spec.${image}`]: "mcr.microsoft.com.example.net/trainer:1" },
          `spec.${image} is "mcr.microsoft.com.example.net/trainer:1"; must come from mcr.microsoft.com, docker.io/vllm, by its full name`,
        ],
        "an image that is no text": [
          { [`spec.${image}`]: 7 },
          `spec.${image} is 7; must come from mcr.microsoft.com, docker.io/vllm, by its full name`,
        ],
      },
      absent: { "the image of a pod": [{ [`spec.${image}`]: undefined }] },
      unknown: { "the image": [{ [`spec.${image}`]: unknownValue }, `?spec.${image}`] },
      notApplicable: { "another type": [[account]] },
    },
    twoRegistries,
  ),
  podTable(
    k8sImagePinned,
    {
      path: image,
      value: "nvcr.io/nvidia/pytorch:latest",
      says: 'is "nvcr.io/nvidia/pytorch:latest"; must have a tag other than latest, or a digest',
    },
    {
      tools: false,
      broken: {
        "no tag, and a registry with a port": [
          { [`spec.${image}`]: "registry.example.com:5000/trainer" },
          `spec.${image} is "registry.example.com:5000/trainer"; must have a tag other than latest, or a digest`,
        ],
      },
      fine: {
        "a digest": [{ [`spec.${image}`]: `nvcr.io/nvidia/pytorch@${digest}` }],
        "a tag": [{ [`spec.${image}`]: "nvcr.io/nvidia/pytorch:26.06" }],
      },
    },
  ),
  podTable(
    k8sImageDigest,
    {
      path: image,
      value: "nvcr.io/nvidia/pytorch:26.06",
      says: 'is "nvcr.io/nvidia/pytorch:26.06"; must end with @sha256: and a digest',
    },
    {
      tools: false,
      broken: {
        "an image whose name only begins like one of the platform's": [
          { [`spec.${image}`]: "mcr.microsoft.com/aznhc/aznhc-nv-fork:1.2.0" },
          `spec.${image} is "mcr.microsoft.com/aznhc/aznhc-nv-fork:1.2.0"; must end with @sha256: and a digest`,
        ],
      },
      fine: {
        "a digest without a tag": [{ [`spec.${image}`]: `nvcr.io/nvidia/pytorch@${digest}` }],
        "an image of the platform that has no digest": [
          { [`spec.${image}`]: "mcr.microsoft.com/aznhc/aznhc-nv:1.2.0" },
        ],
      },
    },
  ),
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
          "spec.containers is 2; must ask for all GPUs of a node with InfiniBand: 4 or 8",
        ],
        "half of the size that it selects": [
          {
            [`spec.${container}.resources.limits["nvidia.com/gpu"]`]: "4",
            'spec.nodeSelector["node.kubernetes.io/instance-type"]': sizes.infiniband,
          },
          "spec.containers is 4; must ask for all GPUs of a node with InfiniBand: 8",
        ],
        "a node of a size without InfiniBand, which counts as none": [
          { [gpus]: "2", 'spec.nodeSelector["node.kubernetes.io/instance-type"]': sizes.gpu },
          "spec.containers is 2; must ask for all GPUs of a node with InfiniBand: 4 or 8",
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
  podTable(
    k8sNoSecretEnv,
    {
      path: `${container}.env[0].value`,
      value: `hf_${"x".repeat(24)}`,
      says: "is text with a Hugging Face token; must hold no secret",
    },
    {
      tools: false,
      fine: {
        "what only sounds like one": [
          {
            [`spec.${container}.env`]: [
              { name: "TOKENIZERS_PARALLELISM", value: "false" },
              { name: "HF_TOKEN", value: "$(FROM_VAULT)" },
              { name: "API_KEY", valueFrom: {} },
              { name: "DB_PASSWORD", value: "" },
              { name: "TLS_SECRET", value: "/run/secrets/tls" },
              { name: "USE_API_KEY", value: "True" },
              { name: "CLIENT_SECRET", value: "12" },
              { name: "HF_TOKEN_PATH", value: "models" },
            ],
          },
        ],
      },
      unknown: {
        "all of a variable": [{ [`spec.${container}.env[1]`]: unknownValue }, `?spec.${container}.env[1]`],
      },
      broken: {
        "a name and a value that say it, told once": [
          { [`spec.${container}.env[1]`]: { name: "HF_TOKEN", value: `hf_${"x".repeat(24)}` } },
          `spec.${container}.env[1].value is text with a Hugging Face token; must hold no secret`,
        ],
        "a value without a name": [
          { [`spec.${container}.env[0]`]: { value: `hf_${"x".repeat(24)}` } },
          `spec.${container}.env[0].value is text with a Hugging Face token; must hold no secret`,
        ],
        "a name that says it": [
          { [`spec.${container}.env[0]`]: { name: "WANDB_API_KEY", value: "0123abcd" } },
          `spec.${container}.env[0].value is text with a value whose name says that it is secret; must hold no secret`,
        ],
        "a ConfigMap": [
          [resource("kubernetes:core/v1:ConfigMap", { data: { "job.env": `token=ghp_${"x".repeat(30)}` } })],
          'data["job.env"] is text with a GitHub token; must hold no secret',
        ],
      },
    },
  ),
  table(k8sNoDefaultSaToken, hardened, {
    compliant: {
      "an account": [[resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: false })]],
      "workload identity of an account of its own": [{ 'metadata.labels["azure.workload.identity/use"]': "true" }],
      "the default account without workload identity": [{ "spec.serviceAccountName": "default" }],
      "no workload identity, in so many words": [
        { 'metadata.labels["azure.workload.identity/use"]': "false", "spec.serviceAccountName": undefined },
      ],
    },
    broken: {
      "workload identity of everybody": [
        { 'metadata.labels["azure.workload.identity/use"]': "true", "spec.serviceAccountName": "default" },
        'spec.serviceAccountName is "default"; must be an account of its own beside workload identity',
      ],
      "workload identity of an account without a name": [
        { 'metadata.labels["azure.workload.identity/use"]': "true", "spec.serviceAccountName": "" },
        'spec.serviceAccountName is ""; must be an account of its own beside workload identity',
      ],
      "workload identity of everybody, in a Deployment": [
        [
          changed(hardenedIn("apps/v1:Deployment", "spec.template.spec"), {
            'spec.template.metadata.labels["azure.workload.identity/use"]': "true",
            "spec.template.spec.serviceAccountName": undefined,
          }),
        ],
        "spec.template.spec.serviceAccountName is absent; must be an account of its own beside workload identity",
      ],
      "an account that gives its token": [
        [resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: true })],
        "automountServiceAccountToken is true; must be false",
      ],
    },
    absent: {
      "the word": [
        [resource("kubernetes:core/v1:ServiceAccount", {})],
        "automountServiceAccountToken is absent; must be false",
      ],
    },
    unknown: {
      "the word": [
        [resource("kubernetes:core/v1:ServiceAccount", { automountServiceAccountToken: unknownValue })],
        "?automountServiceAccountToken",
      ],
    },
    notApplicable: { "another type": [[account]] },
  }),
];
