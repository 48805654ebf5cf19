import type { TeamRole } from "../../../components/tenancy/kinds/team-rights";
import { pod } from "./bodies";
import { dry, object, type Request } from "./requests-of-people";

/** Kind of team in whose namespace something is asked: `OWN` is that of a training team, `SERVING` that of an inference team. */
const train = "/namespaces/OWN";
const serve = "/namespaces/SERVING";
const core = (where: string, what: string): string => `/api/v1${where}/${what}`;
const api = (group: string, where: string, what: string): string => `/apis/${group}${where}/${what}`;
const merge = { metadata: { labels: { seen: "yes" } } };

const template = { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "any:1" }] } };
const job = object("batch/v1", "Job", { spec: { template } });
const service = object("v1", "Service", { spec: { ports: [{ port: 443 }] } });
const deployment = object("apps/v1", "Deployment", {
  spec: {
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "main", image: "any:1" }] } },
  },
});

/** Something that roles of a team ask for, and which of them may. */
export type RoleRequest = readonly [may: readonly TeamRole[], request: Request];

const everybody: readonly TeamRole[] = ["members", "leads", "ci"];
const people: readonly TeamRole[] = ["members", "leads"];
const leads: readonly TeamRole[] = ["leads"];
const nobody: readonly TeamRole[] = [];

/** What tells the roles of a team apart, and what none of them may. Pods and the like need not be there: rights are asked first. */
export const ofRoles: readonly RoleRequest[] = [
  [everybody, ["run a job", "POST", api("batch/v1", train, `jobs${dry}`), job]],
  [everybody, ["change a job", "PATCH", api("batch/v1", train, `jobs/any${dry}`), merge]],
  [everybody, ["delete a job", "DELETE", api("batch/v1", train, `jobs/any${dry}`)]],
  [everybody, ["deploy a model", "POST", api("apps/v1", serve, `deployments${dry}`), deployment]],
  [everybody, ["delete a model", "DELETE", api("apps/v1", serve, `deployments/any${dry}`)]],
  [everybody, ["make a service for it", "POST", core(serve, `services${dry}`), service]],
  [everybody, ["list pods", "GET", core(train, "pods")]],
  [everybody, ["read the log of a pod", "GET", core(train, "pods/any/log")]],
  [everybody, ["read what happened", "GET", core(train, "events")]],
  [everybody, ["read the quota", "GET", core(train, "resourcequotas/team")]],
  [everybody, ["see the queue", "GET", api("kueue.x-k8s.io/v1beta2", train, "localqueues/default")]],
  [people, ["make a pod by hand", "POST", core(train, `pods${dry}`), pod()]],
  [people, ["delete a pod", "DELETE", core(train, `pods/any${dry}`)]],
  [people, ["read secrets", "GET", core(train, "secrets")]],
  [people, ["read one secret", "GET", core(train, "secrets/any")]],
  [people, ["make a secret", "POST", core(train, `secrets${dry}`), object("v1", "Secret")]],
  [people, ["make a claim", "PATCH", core(train, `persistentvolumeclaims/any${dry}`), merge]],
  [people, ["enter a pod of a job", "POST", core(train, "pods/any/exec?command=sh")]],
  [people, ["reach a port of a pod", "POST", core(train, "pods/any/portforward")]],
  [leads, ["enter a pod of a model", "POST", core(serve, "pods/any/exec?command=sh")]],
  [leads, ["delete all jobs at once", "DELETE", api("batch/v1", train, `jobs${dry}`)]],
  [leads, ["delete all pods at once", "DELETE", core(train, `pods${dry}`)]],
  [leads, ["see what pods use", "GET", api("metrics.k8s.io/v1beta1", train, "pods")]],
  [nobody, ["delete all secrets at once", "DELETE", core(train, `secrets${dry}`)]],
  [nobody, ["enter a pod of another team", "POST", "/api/v1/namespaces/OTHER/pods/any/exec?command=sh"]],
  [nobody, ["see what pods of another team use", "GET", "/apis/metrics.k8s.io/v1beta1/namespaces/OTHER/pods"]],
  [nobody, ["run a job of another team", "POST", `/apis/batch/v1/namespaces/OTHER/jobs${dry}`, job]],
  [nobody, ["make an account act for somebody", "POST", core(train, "serviceaccounts/workload/token")]],
  [nobody, ["change the quota", "PATCH", core(train, `resourcequotas/team${dry}`), { spec: { hard: {} } }]],
  [nobody, ["look at roles", "GET", api("rbac.authorization.k8s.io/v1", train, "roles")]],
  [nobody, ["bind a role", "POST", api("rbac.authorization.k8s.io/v1", train, `rolebindings${dry}`)]],
  [nobody, ["change a job's place in the queue", "PATCH", api("kueue.x-k8s.io/v1beta2", train, "workloads/any")]],
  [
    nobody,
    [
      "make a runtime for all teams",
      "POST",
      `/apis/trainer.kubeflow.org/v1alpha1/clustertrainingruntimes${dry}`,
      object("trainer.kubeflow.org/v1alpha1", "ClusterTrainingRuntime"),
    ],
  ],
];
