import { pod } from "./bodies";
import { dry, object, own, type Request } from "./requests-of-people";

const others = "/api/v1/namespaces/OTHER";
const review = {
  spec: { resourceAttributes: { verb: "get", resource: "secrets", namespace: "OTHER" }, user: "somebody" },
};

/** What people of a team may not do with other teams and the cluster, because no right says so. */
export const beyondNamespace: readonly Request[] = [
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
  [
    "make a priority class",
    "POST",
    `/apis/scheduling.k8s.io/v1/priorityclasses${dry}`,
    object("scheduling.k8s.io/v1", "PriorityClass", { value: 1 }),
  ],
  ["see what waits of another team", "GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/OTHER/workloads"],
  ["look at the queues of all teams", "GET", "/apis/kueue.x-k8s.io/v1beta2/clusterqueues"],
  [
    "give themselves a larger share",
    "PATCH",
    `/apis/kueue.x-k8s.io/v1beta2/clusterqueues/train-node${dry}`,
    { spec: { cohortName: null } },
  ],
  ["look at the flavors", "GET", "/apis/kueue.x-k8s.io/v1beta2/resourceflavors"],
  [
    "make a priority of jobs",
    "POST",
    `/apis/kueue.x-k8s.io/v1beta2/workloadpriorityclasses${dry}`,
    object("kueue.x-k8s.io/v1beta2", "WorkloadPriorityClass", { value: 1_000_000 }),
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
