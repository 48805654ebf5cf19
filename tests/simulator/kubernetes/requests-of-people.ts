import { pod, secret } from "./bodies";

/** A request of somebody of a team, with `OWN` and `OTHER` for the namespaces of two teams. */
export type Request = readonly [what: string, method: string, path: string, body?: object];

const object = (apiVersion: string, kind: string, more: object = {}): object => ({
  apiVersion,
  kind,
  metadata: { name: "probe" },
  ...more,
});
const own = "/api/v1/namespaces/OWN";
const others = "/api/v1/namespaces/OTHER";
const dry = "?dryRun=All";
const rbac = "rbac.authorization.k8s.io";
const claims = {
  devices: { requests: [{ name: "gpu", exactly: { deviceClassName: "gpu.nvidia.com", adminAccess: true } }] },
};
const review = {
  spec: { resourceAttributes: { verb: "get", resource: "secrets", namespace: "OTHER" }, user: "somebody" },
};

/** What people of a team need, and may. */
export const allowed: readonly Request[] = [
  ["ask what the cluster is", "GET", "/version"],
  [
    "ask who they are",
    "POST",
    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    object("authentication.k8s.io/v1", "SelfSubjectReview"),
  ],
  [
    "ask what they may do",
    "POST",
    "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    object("authorization.k8s.io/v1", "SelfSubjectRulesReview", { spec: { namespace: "OWN" } }),
  ],
  ["list their pods", "GET", `${own}/pods`],
  ["read what happened", "GET", `${own}/events`],
  ["read their quota", "GET", `${own}/resourcequotas/team`],
  ["make a pod", "POST", `${own}/pods${dry}`, pod()],
  ["make a config map", "POST", `${own}/configmaps${dry}`, object("v1", "ConfigMap")],
  [
    "keep the login to a registry",
    "POST",
    `${own}/secrets${dry}`,
    { ...secret("kubernetes.io/dockerconfigjson"), data: { ".dockerconfigjson": "e30=" } },
  ],
  [
    "run a job",
    "POST",
    `/apis/batch/v1/namespaces/OWN/jobs${dry}`,
    object("batch/v1", "Job", {
      spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "any:1" }] } } },
    }),
  ],
];

/** What they may not, because no right says so. */
export const forbidden: readonly Request[] = [
  // Other teams and the cluster.
  ["read secrets of another team", "GET", `${others}/secrets`],
  ["list pods of another team", "GET", `${others}/pods`],
  ["make a pod of another team", "POST", `${others}/pods${dry}`, pod()],
  ["enter a pod of another team", "POST", `${others}/pods/main/exec?command=sh`],
  ["reach a port of another team's pod", "POST", `${others}/pods/main/portforward`],
  ["read secrets of the cluster", "GET", "/api/v1/namespaces/kube-system/secrets"],
  ["list all pods", "GET", "/api/v1/pods"],
  ["list namespaces", "GET", "/api/v1/namespaces"],
  ["make a namespace", "POST", `/api/v1/namespaces${dry}`, object("v1", "Namespace")],
  ["list nodes", "GET", "/api/v1/nodes"],
  ["change a node", "PATCH", `/api/v1/nodes/any${dry}`, { metadata: { labels: { a: "b" } } }],
  ["reach a kubelet", "GET", "/api/v1/nodes/any/proxy/pods"],
  ["read metrics of the API server", "GET", "/metrics"],
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
  // What rules the cluster.
  [
    "make a priority class",
    "POST",
    `/apis/scheduling.k8s.io/v1/priorityclasses${dry}`,
    object("scheduling.k8s.io/v1", "PriorityClass", { value: 1 }),
  ],
  [
    "make a runtime class",
    "POST",
    `/apis/node.k8s.io/v1/runtimeclasses${dry}`,
    object("node.k8s.io/v1", "RuntimeClass", { handler: "any" }),
  ],
  [
    "take the fence away",
    "DELETE",
    `/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/team-fence-pods${dry}`,
  ],
  [
    "make a webhook",
    "POST",
    `/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations${dry}`,
    object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"),
  ],
  [
    "serve an API of their own",
    "POST",
    `/apis/apiregistration.k8s.io/v1/apiservices${dry}`,
    object("apiregistration.k8s.io/v1", "APIService"),
  ],
  [
    "make a kind",
    "POST",
    `/apis/apiextensions.k8s.io/v1/customresourcedefinitions${dry}`,
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
  ],
  [
    "ask for a certificate",
    "POST",
    `/apis/certificates.k8s.io/v1/certificatesigningrequests${dry}`,
    object("certificates.k8s.io/v1", "CertificateSigningRequest", {
      spec: { request: "eA==", signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"] },
    }),
  ],
  [
    "change how requests are ranked",
    "POST",
    `/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas${dry}`,
    object("flowcontrol.apiserver.k8s.io/v1", "FlowSchema"),
  ],
  [
    "try a token of somebody",
    "POST",
    "/apis/authentication.k8s.io/v1/tokenreviews",
    object("authentication.k8s.io/v1", "TokenReview", { spec: { token: "any" } }),
  ],
  [
    "ask what somebody else may do",
    "POST",
    "/apis/authorization.k8s.io/v1/subjectaccessreviews",
    object("authorization.k8s.io/v1", "SubjectAccessReview", review),
  ],
  [
    "the same in their namespace",
    "POST",
    "/apis/authorization.k8s.io/v1/namespaces/OWN/localsubjectaccessreviews",
    object("authorization.k8s.io/v1", "LocalSubjectAccessReview", review),
  ],
  ["fill the store with events", "POST", `${own}/events${dry}`, object("v1", "Event", { involvedObject: {} })],
  [
    "hold a lease of a controller",
    "POST",
    `/apis/coordination.k8s.io/v1/namespaces/OWN/leases${dry}`,
    object("coordination.k8s.io/v1", "Lease"),
  ],
  [
    "take the lease of a node",
    "PATCH",
    `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/any${dry}`,
    { spec: { holderIdentity: "me" } },
  ],
];
