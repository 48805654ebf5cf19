import { pod, secret } from "./bodies";

/** A request of somebody of a team, with `OWN` and `OTHER` for the namespaces of two teams. */
export type Request = readonly [what: string, method: string, path: string, body?: object];

export const object = (apiVersion: string, kind: string, more: object = {}): object => ({
  apiVersion,
  kind,
  metadata: { name: "probe" },
  ...more,
});
export const own = "/api/v1/namespaces/OWN";
/** Changes nothing, and answers as if it did. */
export const dry = "?dryRun=All";

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
  ["see their queue", "GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/localqueues/default"],
  ["see what waits in it", "GET", "/apis/kueue.x-k8s.io/v1beta2/namespaces/OWN/workloads"],
  [
    "run a job",
    "POST",
    `/apis/batch/v1/namespaces/OWN/jobs${dry}`,
    object("batch/v1", "Job", {
      spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "any:1" }] } } },
    }),
  ],
];
