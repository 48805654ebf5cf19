import { dry, object, own, type Request } from "./requests-of-people";

const rbac = "rbac.authorization.k8s.io";
const claims = {
  devices: { requests: [{ name: "gpu", exactly: { deviceClassName: "gpu.nvidia.com", adminAccess: true } }] },
};

/** What they may not do in their own namespace. */
export const withinNamespace: readonly Request[] = [
  // What holds the namespace.
  [
    "take the fence's label from their namespace",
    "PATCH",
    `${own}${dry}`,
    { metadata: { labels: { "azure-gpu-cluster/tenant": null } } },
  ],
  ["change their quota", "PATCH", `${own}/resourcequotas/team${dry}`, { spec: { hard: { pods: "1000" } } }],
  ["add a quota", "POST", `${own}/resourcequotas${dry}`, object("v1", "ResourceQuota")],
  ["change default requests", "DELETE", `${own}/limitranges/team${dry}`],
  [
    "change the account of their identity",
    "PATCH",
    `${own}/serviceaccounts/workload${dry}`,
    { automountServiceAccountToken: true },
  ],
  ["make an account", "POST", `${own}/serviceaccounts${dry}`, object("v1", "ServiceAccount")],
  [
    "ask for a token of an account",
    "POST",
    `${own}/serviceaccounts/workload/token`,
    object("authentication.k8s.io/v1", "TokenRequest", { spec: { audiences: ["api://AzureADTokenExchange"] } }),
  ],
  [
    "give themselves a role",
    "POST",
    `/apis/${rbac}/v1/namespaces/OWN/rolebindings${dry}`,
    object(`${rbac}/v1`, "RoleBinding", {
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "admin" },
      subjects: [],
    }),
  ],
  ["widen their role", "PATCH", `/apis/${rbac}/v1/namespaces/OWN/roles/team${dry}`, { rules: [] }],
  [
    "rule the cluster",
    "POST",
    `/apis/${rbac}/v1/clusterrolebindings${dry}`,
    object(`${rbac}/v1`, "ClusterRoleBinding", {
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "cluster-admin" },
      subjects: [],
    }),
  ],
  [
    "open the network",
    "POST",
    `/apis/networking.k8s.io/v1/namespaces/OWN/networkpolicies${dry}`,
    object("networking.k8s.io/v1", "NetworkPolicy", { spec: { podSelector: {}, egress: [{}] } }),
  ],
  ["take default-deny away", "DELETE", `/apis/networking.k8s.io/v1/namespaces/OWN/networkpolicies/default-deny${dry}`],
  [
    "open the network by Cilium",
    "POST",
    `/apis/cilium.io/v2/namespaces/OWN/ciliumnetworkpolicies${dry}`,
    object("cilium.io/v2", "CiliumNetworkPolicy"),
  ],
  ["send traffic of a service elsewhere", "POST", `${own}/endpoints${dry}`, object("v1", "Endpoints")],
  [
    "the same by slices",
    "POST",
    `/apis/discovery.k8s.io/v1/namespaces/OWN/endpointslices${dry}`,
    object("discovery.k8s.io/v1", "EndpointSlice", { addressType: "IPv4", endpoints: [] }),
  ],
  [
    "let others in by an ingress",
    "POST",
    `/apis/networking.k8s.io/v1/namespaces/OWN/ingresses${dry}`,
    object("networking.k8s.io/v1", "Ingress", {
      spec: { defaultBackend: { service: { name: "a", port: { number: 1 } } } },
    }),
  ],
  [
    "make a gateway",
    "POST",
    `/apis/gateway.networking.k8s.io/v1/namespaces/OWN/gateways${dry}`,
    object("gateway.networking.k8s.io/v1", "Gateway"),
  ],
  // Their queue.
  [
    "make a way to the queue of others",
    "POST",
    `/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/localqueues${dry}`,
    object("kueue.x-k8s.io/v1beta2", "LocalQueue", { spec: { clusterQueue: "train-other" } }),
  ],
  [
    "take the way to their queue away",
    "DELETE",
    `/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/localqueues/default${dry}`,
  ],
  [
    "make a place in the queue without a job",
    "POST",
    `/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/workloads${dry}`,
    object("kueue.x-k8s.io/v1beta2", "Workload"),
  ],
  [
    "let a job in by themselves",
    "PATCH",
    `/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/workloads/any/status${dry}`,
    { status: { admission: { clusterQueue: "train-other", podSetAssignments: [] } } },
  ],
  // Pods by other ways.
  ["put a container into a pod that runs", "PATCH", `${own}/pods/main/ephemeralcontainers${dry}`, { spec: {} }],
  [
    "put a pod on a node",
    "POST",
    `${own}/pods/main/binding${dry}`,
    object("v1", "Binding", { target: { kind: "Node", name: "any" } }),
  ],
  [
    "put a pod on a node, as it was done once",
    "POST",
    `${own}/bindings${dry}`,
    object("v1", "Binding", { target: { kind: "Node", name: "any" } }),
  ],
  ["say how a pod fares", "PATCH", `${own}/pods/main/status${dry}`, { status: { phase: "Running" } }],
  ["give a pod more of its node", "PATCH", `${own}/pods/main/resize${dry}`, { spec: {} }],
  ["reach a pod through the API server", "GET", `${own}/pods/main/proxy/`],
  ["reach a service through the API server", "GET", `${own}/services/main/proxy/`],
  ["run on every node", "POST", `/apis/apps/v1/namespaces/OWN/daemonsets${dry}`, object("apps/v1", "DaemonSet")],
  ["keep a template of pods", "POST", `${own}/podtemplates${dry}`, object("v1", "PodTemplate")],
  [
    "run what asks the API server, without a way to it",
    "POST",
    `/apis/ray.io/v1/namespaces/OWN/rayclusters${dry}`,
    object("ray.io/v1", "RayCluster"),
  ],
  [
    "claim devices as their administrator",
    "POST",
    `/apis/resource.k8s.io/v1/namespaces/OWN/resourceclaims${dry}`,
    object("resource.k8s.io/v1", "ResourceClaim", { spec: claims }),
  ],
  [
    "the same by a template",
    "POST",
    `/apis/resource.k8s.io/v1/namespaces/OWN/resourceclaimtemplates${dry}`,
    object("resource.k8s.io/v1", "ResourceClaimTemplate", { spec: { spec: claims } }),
  ],
  [
    "make a class of devices",
    "POST",
    `/apis/resource.k8s.io/v1/deviceclasses${dry}`,
    object("resource.k8s.io/v1", "DeviceClass", { spec: {} }),
  ],
  // Storage.
  [
    "make a volume of the host's files",
    "POST",
    `/api/v1/persistentvolumes${dry}`,
    object("v1", "PersistentVolume", {
      spec: { hostPath: { path: "/" }, accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" } },
    }),
  ],
  ["look at volumes of others", "GET", "/api/v1/persistentvolumes"],
  [
    "make a storage class",
    "POST",
    `/apis/storage.k8s.io/v1/storageclasses${dry}`,
    object("storage.k8s.io/v1", "StorageClass", { provisioner: "any" }),
  ],
  [
    "copy a volume by a snapshot",
    "POST",
    `/apis/snapshot.storage.k8s.io/v1/namespaces/OWN/volumesnapshots${dry}`,
    object("snapshot.storage.k8s.io/v1", "VolumeSnapshot"),
  ],
  ["delete a claim", "DELETE", `${own}/persistentvolumeclaims/lustre${dry}`],
];
