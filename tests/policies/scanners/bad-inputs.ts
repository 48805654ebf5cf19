/** A resource of an ARM template, or an object of Kubernetes. */
type Body = Readonly<Record<string, unknown>>;

/** One mistake: a program without it, and the same program with it and nothing else changed. */
export interface BadInput {
  /** What is wrong, as a reader of the page says it. */
  readonly what: string;
  /** Rule of this pack that says so. */
  readonly rule: string;
  readonly kind: "arm" | "kubernetes";
  readonly good: readonly Body[];
  readonly bad: readonly Body[];
}

const location = "eastus";
const h100 = "Standard_ND96isr_H100_v5";
const image = `registry.example.com/train@sha256:${"a".repeat(64)}`;

function arm(type: string, name: string, apiVersion: string, properties: Body, rest: Body = {}): Body {
  return { type, name, apiVersion, location, ...rest, properties };
}

function scaleSet(properties: Body, profile: Body = {}, size = h100): Body {
  const virtualMachineProfile = { securityProfile: { encryptionAtHost: true }, ...profile };
  const all = { overprovision: false, platformFaultDomainCount: 1, singlePlacementGroup: true, virtualMachineProfile };
  const sku = { name: size, capacity: 4 };
  return arm("Microsoft.Compute/virtualMachineScaleSets", "nodes", "2024-07-01", { ...all, ...properties }, { sku });
}

function pool(properties: Body): Body {
  const shape = { mode: "User", vmSize: h100, count: 4, type: "VirtualMachineScaleSets", osType: "Linux" };
  const gpu = { gpuProfile: { driver: "None" }, nodeTaints: ["nvidia.com/gpu=present:NoSchedule"] };
  const all = { ...shape, ...gpu, ...properties };
  return arm("Microsoft.ContainerService/managedClusters/agentPools", "aks/h100", "2025-05-01", all);
}

function cluster(apiServerAccessProfile: Body): Body {
  const identity = { type: "SystemAssigned" };
  const properties = { dnsPrefix: "aks", kubernetesVersion: "1.36", apiServerAccessProfile };
  return arm("Microsoft.ContainerService/managedClusters", "aks", "2025-05-01", properties, { identity });
}

function account(properties: Body): Body {
  const closed = {
    minimumTlsVersion: "TLS1_2",
    supportsHttpsTrafficOnly: true,
    allowBlobPublicAccess: false,
    defaultToOAuthAuthentication: true,
  };
  const all = { ...closed, publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny" }, ...properties };
  const rest = { kind: "StorageV2", sku: { name: "Standard_ZRS" } };
  return arm("Microsoft.Storage/storageAccounts", "data5c1d9e07", "2023-05-01", all, rest);
}

function securityGroup(sourceAddressPrefix: string): Body {
  const from = { sourceAddressPrefix, sourcePortRange: "*", destinationAddressPrefix: "*", destinationPortRange: "22" };
  const rule = { access: "Allow", direction: "Inbound", priority: 100, protocol: "Tcp", ...from };
  const properties = { securityRules: [{ name: "ssh", properties: rule }] };
  return arm("Microsoft.Network/networkSecurityGroups", "nsg", "2024-05-01", properties);
}

function grant(role: string): Body {
  const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const principal = { principalId: "22222222-2222-4222-8222-222222222222", principalType: "ServicePrincipal" };
  return {
    type: "Microsoft.Authorization/roleAssignments",
    name: "33333333-3333-4333-8333-333333333333",
    apiVersion: "2022-04-01",
    scope: subscription,
    properties: { ...principal, roleDefinitionId },
  };
}

function job(container: Body, limits: Body = { "nvidia.com/gpu": "8", "rdma/ib": "8" }, security: Body = {}): Body {
  const resources = { limits: { memory: "64Gi", ...limits }, requests: { cpu: "8", memory: "64Gi", ...limits } };
  const capabilities = { drop: ["ALL"] };
  const closed = { allowPrivilegeEscalation: false, privileged: false, runAsNonRoot: true, capabilities };
  const securityContext = { ...closed, ...security };
  const volumeMounts = [{ name: "shared-memory", mountPath: "/dev/shm" }];
  const containers = [{ name: "train", image, resources, securityContext, volumeMounts, ...container }];
  const volumes = [{ name: "shared-memory", emptyDir: { medium: "Memory" } }];
  const seccomp = { securityContext: { seccompProfile: { type: "RuntimeDefault" } } };
  const spec = { restartPolicy: "Never", automountServiceAccountToken: false, ...seccomp, containers, volumes };
  const bounded = { activeDeadlineSeconds: 86400, backoffLimit: 2, ttlSecondsAfterFinished: 3600 };
  const metadata = { name: "train", namespace: "train-vision" };
  return { apiVersion: "batch/v1", kind: "Job", metadata, spec: { ...bounded, template: { spec } } };
}

const labels = { "pod-security.kubernetes.io/enforce": "baseline", "azure-gpu-cluster/workload": "training" };
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "train-vision", labels } };
const hard = {
  "requests.cpu": "100",
  "requests.memory": "1Ti",
  "requests.nvidia.com/gpu": "8",
  "requests.storage": "1Ti",
  pods: "100",
};
const inTeam = { name: "team", namespace: "train-vision" };
const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: inTeam, spec: { hard } };
const [reader, owner] = ["acdd72a7-3385-48ef-bd42-f606fba81ae7", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"];
const spot = { priority: "Spot", evictionPolicy: "Delete", billingProfile: { maxPrice: -1 } };
const a100 = "Standard_NC24ads_A100_v4";
const privileged = { allowPrivilegeEscalation: true, privileged: true };

/** Mistakes that cost jobs, money or data on a GPU cluster, those of fabrics and drivers first. */
export const badInputs: readonly BadInput[] = [
  {
    what: "InfiniBand machines over several placement groups",
    ...{ rule: "ib-single-placement-group", kind: "arm" },
    ...{ good: [scaleSet({})], bad: [scaleSet({ singlePlacementGroup: false })] },
  },
  {
    what: "a GPU pool whose driver has no owner, so that two may bring one",
    ...{ rule: "np-driver-owner", kind: "arm" },
    ...{ good: [pool({})], bad: [pool({ gpuProfile: {} })] },
  },
  {
    what: "a GPU pool that every pod may land on",
    ...{ rule: "np-gpu-taint", kind: "arm" },
    ...{ good: [pool({})], bad: [pool({ nodeTaints: [] })] },
  },
  {
    what: "spot machines that nobody said the end of",
    ...{ rule: "vmss-spot-shape", kind: "arm" },
    ...{ good: [scaleSet({}, spot, a100)], bad: [scaleSet({}, { priority: "Spot" }, a100)] },
  },
  {
    what: "an API server that the internet reaches",
    ...{ rule: "aks-api-not-open", kind: "arm" },
    ...{ good: [cluster({ enablePrivateCluster: true })], bad: [cluster({ enablePrivateCluster: false })] },
  },
  {
    what: "account keys on storage",
    ...{ rule: "st-no-shared-key", kind: "arm" },
    ...{ good: [account({ allowSharedKeyAccess: false })], bad: [account({ allowSharedKeyAccess: true })] },
  },
  {
    what: "SSH open to the internet",
    ...{ rule: "nsg-no-admin-from-internet", kind: "arm" },
    ...{ good: [securityGroup("10.64.0.0/16")], bad: [securityGroup("*")] },
  },
  {
    what: "a machine that owns the subscription",
    ...{ rule: "role-no-broad-grants", kind: "arm" },
    ...{ good: [grant(reader)], bad: [grant(owner)] },
  },
  {
    what: "InfiniBand asked for with some of a node's GPUs",
    ...{ rule: "k8s-rdma-complete", kind: "kubernetes" },
    ...{ good: [job({})], bad: [job({}, { "nvidia.com/gpu": "2", "rdma/ib": "2" })] },
  },
  {
    what: "a GPU job that never ends",
    ...{ rule: "k8s-job-bounded", kind: "kubernetes" },
    ...{ good: [job({})], bad: [withoutEnd(job({}))] },
  },
  {
    what: "a privileged container",
    ...{ rule: "k8s-no-privileged", kind: "kubernetes" },
    ...{ good: [job({})], bad: [job({}, undefined, privileged)] },
  },
  {
    what: "an image by a tag that moves",
    ...{ rule: "k8s-image-pinned", kind: "kubernetes" },
    ...{ good: [job({})], bad: [job({ image: "registry.example.com/train:latest" })] },
  },
  {
    what: "a team's namespace without a quota",
    ...{ rule: "k8s-ns-has-quota", kind: "kubernetes" },
    ...{ good: [namespace, quota, job({})], bad: [namespace, job({})] },
  },
];

function withoutEnd(body: Body): Body {
  const { template } = body["spec"] as Body;
  return { ...body, spec: { template } };
}
