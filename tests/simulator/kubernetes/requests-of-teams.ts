import { mountedSecret } from "../../../catalog/secrets-store";
import { container, gpu, own, pod, secret, service, sets, tolerates } from "./bodies";

/** A request, and the rule that refuses it; null: it is accepted. */
export type Asked = readonly [what: string, says: string | null, body: object];

/** What a refusal of each rule says. */
export const says = {
  pool: "must have a nodeSelector azure-gpu-cluster/pool",
  node: "must leave its node to the scheduler",
  scheduler: "must leave its place to the cluster's scheduler",
  wholeNodes: "must ask for all those of a node",
  alike: "as requests and limits alike",
  queued: "Where jobs queue, a pod with GPUs or HCAs must be one of",
  owners: "must have no controller among its ownerReferences",
  registries: "must be named with its registry, and be from docker.io, mcr.microsoft.com",
  digests: "must be named by its digest",
  runtimeAnnotations: "must not change its containers past the API server",
  adminAccess: "must not have adminAccess",
  classes: "must be of a device class that was allowed",
  modelProbes: "must have a readinessProbe",
  links: "must have enableServiceLinks: false",
  apiToken: "mount no token of the API server",
  taints: "must name each taint",
  volumes: "A volume must be one of",
  priorities: "A pod must have no priority class",
  jobPriorities: "A job must have no priority class",
  neighbours: "must be about pods of its own namespace",
  variables: "must ask for GPUs by its limits",
  annotations: "must ask for devices by limits or claims",
  runtime: "must have no runtimeClassName",
  serviceType: "must be of type ClusterIP",
  token: "must not hold the token of a service account",
  externalIps: "must not have externalIPs",
  privileged: "must not be privileged",
  capabilities: "must add no capability but IPC_LOCK",
  host: "must not share a namespace of its node",
  ports: "must not take a port of its node",
  probes: "must connect to their own pod",
  confinement: "must keep the confinement",
  sysctls: "must not set sysctls",
} as const;

/** Keys that plugins of the container runtime read, the older ones and those of today. */
const nri = [
  "ulimits.noderesource.dev/container.main",
  "ulimits.nri.containerd.io/container.main",
  "devices.noderesource.dev",
  "devices.nri.io/pod",
  "cdi-devices.noderesource.dev/pod",
];
const volumeFields: Readonly<Record<string, object>> = {
  azureFile: { secretName: "key", shareName: "share" },
  iscsi: { targetPortal: "10.64.48.4", iqn: "iqn.2001-04.com.example:disk", lun: 0 },
  flexVolume: { driver: "example.com/any" },
  gitRepo: { repository: "https://example.com/any" },
};

/** Requests of every team for volumes, devices, services and secrets. */
export const forThings: readonly Asked[] = [
  ["a pod without GPUs", null, pod()],
  [
    "a pod with GPUs that tolerates their taint",
    null,
    pod({ ...own, ...tolerates({ key: "nvidia.com/gpu", operator: "Exists" }) }, gpu),
  ],
  [
    "volumes of the cluster",
    null,
    pod({
      volumes: [
        { name: "shm", emptyDir: { medium: "Memory" } },
        { name: "claim", persistentVolumeClaim: { claimName: "lustre" } },
      ],
    }),
  ],
  [
    "an NFS share past the network rules",
    says.volumes,
    pod({ volumes: [{ name: "v", nfs: { server: "10.64.48.4", path: "/" } }] }),
  ],
  [
    "a volume of a driver without a claim",
    says.volumes,
    pod({ volumes: [{ name: "v", csi: { driver: "blob.csi.azure.com" } }] }),
  ],
  [
    "a secret of a Key Vault in a team that has none",
    says.volumes,
    pod({ volumes: [mountedSecret("hf-token").volume] }),
  ],
  ["no GPU, said to the runtime", null, pod({}, sets("NVIDIA_VISIBLE_DEVICES", { value: "none" }))],
  [
    "every GPU of the node, past its limits",
    says.variables,
    pod(own, { ...gpu, ...sets("NVIDIA_VISIBLE_DEVICES", { value: "all" }) }),
  ],
  ["a GPU by its number", says.variables, pod({}, sets("AMD_VISIBLE_DEVICES", { value: "0" }))],
  [
    "GPUs that a config map names",
    says.variables,
    pod({}, sets("NVIDIA_VISIBLE_DEVICES", { valueFrom: { configMapKeyRef: { name: "gpus", key: "all" } } })),
  ],
  [
    "every GPU, in a container of the start",
    says.variables,
    pod({ initContainers: [container({ name: "first", ...sets("NVIDIA_VISIBLE_DEVICES", { value: "all" }) })] }),
  ],
  [
    "devices by an annotation",
    says.annotations,
    { ...pod(), metadata: { name: "probe", annotations: { "cdi.k8s.io/a": "nvidia.com/gpu=all" } } },
  ],
  ...nri.map((key): Asked => [
    `limits or devices by the annotation ${key}`,
    says.runtimeAnnotations,
    { ...pod(), metadata: { name: "probe", annotations: { [key]: "- type: RLIMIT_MEMLOCK" } } },
  ]),
  [
    "annotations that only sound like it",
    null,
    { ...pod(), metadata: { name: "probe", annotations: { "notnri.io/a": "x", "example.com/nri.io": "x" } } },
  ],
  ["an image of a registry that nobody allowed", says.registries, pod({}, { image: "quay.io/any/thing:1" })],
  ["an image without a registry", says.registries, pod({}, { image: "ubuntu" })],
  ["an image of a registry whose name begins alike", says.registries, pod({}, { image: "docker.io.evil.com/any:1" })],
  [
    "an image of a container of the start, of nobody's registry",
    says.registries,
    pod({ initContainers: [container({ name: "first", image: "quay.io/any:1" })] }),
  ],
  [
    "an image as a volume, of nobody's registry",
    says.registries,
    pod({ volumes: [{ name: "v", image: { reference: "quay.io/data:1" } }] }),
  ],
  ["the runtime of GPUs with GPUs", null, pod({ ...own, runtimeClassName: "nvidia" }, gpu)],
  ["the runtime of GPUs without a GPU", says.runtime, pod({ runtimeClassName: "nvidia" })],
  ...["azureFile", "iscsi", "flexVolume", "gitRepo"].map((it): Asked => [
    `a volume of kind ${it}`,
    says.volumes,
    pod({ volumes: [{ name: "v", [it]: volumeFields[it] }] }),
  ]),
  ["an image as a volume", null, pod({ volumes: [{ name: "v", image: { reference: "mcr.microsoft.com/data:1" } }] })],
  [
    "a token for somebody else than the API server",
    null,
    pod({
      volumes: [{ name: "v", projected: { sources: [{ serviceAccountToken: { audience: "vault", path: "token" } }] } }],
    }),
  ],
  ["an image of a private registry", null, pod({ imagePullSecrets: [{ name: "registry" }] })],
  [
    "a claim of whatever size for its lifetime, which the quota counts",
    null,
    pod({
      volumes: [
        {
          name: "v",
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                storageClassName: "scratch-nvme",
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: "1Ti" } },
              },
            },
          },
        },
      ],
    }),
  ],
  [
    "a pod that asks for nothing at all",
    null,
    pod({}, { resources: { requests: { cpu: "0", memory: "0", "ephemeral-storage": "0" } } }),
  ],
  ["one view of its processes", null, pod({ shareProcessNamespace: true })],
  ["users of its own", null, pod({ hostUsers: false })],
  ["a service", null, service()],
  ["a service without an address of its own", null, service({ clusterIP: "None" })],
  ["a load balancer", says.serviceType, service({ type: "LoadBalancer" })],
  ["a port of every node", says.serviceType, service({ type: "NodePort" })],
  [
    "a name for what is not its own",
    says.serviceType,
    service({ type: "ExternalName", externalName: "kubernetes.default.svc" }),
  ],
  ["a secret", null, secret("Opaque")],
  [
    "a login to a registry",
    null,
    { ...secret("kubernetes.io/dockerconfigjson"), data: { ".dockerconfigjson": "e30=" } },
  ],
  [
    "a token that never expires",
    says.token,
    secret("kubernetes.io/service-account-token", {
      annotations: { "kubernetes.io/service-account.name": "workload" },
    }),
  ],
  ["a service with the addresses of others", says.externalIps, service({ externalIPs: ["10.64.52.4"] })],
];

/** Requests for volumes of a team that has secrets. */
export const forSecrets: readonly Asked[] = [
  ["a secret of a Key Vault", null, pod({ volumes: [mountedSecret("hf-token").volume] })],
  [
    "a secret of a Key Vault beside a volume of a driver without a claim",
    says.volumes,
    pod({ volumes: [mountedSecret("hf-token").volume, { name: "v", csi: { driver: "blob.csi.azure.com" } }] }),
  ],
  [
    "a secret that somebody else reads",
    says.volumes,
    pod({
      volumes: [{ name: "v", csi: { driver: "secrets-store.csi.k8s.io", nodePublishSecretRef: { name: "login" } } }],
    }),
  ],
  [
    "an NFS share past the network rules",
    says.volumes,
    pod({ volumes: [{ name: "v", nfs: { server: "10.64.48.4", path: "/" } }] }),
  ],
];
