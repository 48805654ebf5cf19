import { z } from "zod";
import { versions } from "../../../catalog/versions";
import type { AddOn, KubernetesObjects } from "../add-on";
import { mpiJobCrd } from "./mpi-job-crd";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** Name of all that there is one of, and of the namespace. */
const name = "mpi-operator";

/** Port of its answer whether it is alive. Source: kubeflow/mpi-operator:cmd/mpi-operator/app/server.go (v0.8.2) */
const healthPort = 8080;

/**
 * The MPI operator: MPIJobs, a launcher and workers that reach one another by SSH, as NCCL's tests want them. A job that runs goes on
 * without it. Costs one small pod on general nodes.
 */
export const mpiOperator: AddOn<typeof settings> = {
  name,
  gives: "MPIJobs: a launcher that starts one MPI program on all workers, for NCCL tests among others",
  verify:
    "kubectl --namespace mpi-operator rollout status deployment/mpi-operator; kubectl get mpijobs --all-namespaces",
  // Asked for, until tests between nodes come with it: then where a pool has InfiniBand.
  wanted: null,
  needs: [],
  after: [],
  namespace: { name, podSecurity: "restricted", ingressPorts: [] },
  release: null,
  generalCpus: 0.1,
  manifest: versions.mpiOperator,
  aliases: [],
  settings,
  contents: () => ({
    values: {},
    crds: { "mpi-operator-crd": mpiJobCrd },
    objects: { ...rights(), "mpi-operator-controller": controller() },
    handsOver: null,
  }),
};

const metadata = { name, namespace: name };
const rbac = "rbac.authorization.k8s.io";

/**
 * What the operator does by itself, as far as its code asks: its manifest's rights also cover gang schedulers that are not used here,
 * commands in pods, and CRDs. It keeps the SSH keys of jobs, so that it reads the secrets of all namespaces.
 * Source: kubeflow/mpi-operator:pkg/controller/mpi_job_controller.go and deploy/v2beta1/mpi-operator.yaml (v0.8.2)
 */
function rights(): KubernetesObjects {
  const subjects = [{ kind: "ServiceAccount", ...metadata }];
  const may = (group: string, resources: readonly string[], verbs: readonly string[]): object => ({
    apiGroups: [group],
    resources,
    verbs,
  });
  const watch = ["get", "list", "watch"];
  return {
    "mpi-operator-account": { apiVersion: "v1", kind: "ServiceAccount", metadata },
    "mpi-operator-rights": {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRole",
      metadata: { name },
      rules: [
        may("kubeflow.org", ["mpijobs"], watch),
        may("kubeflow.org", ["mpijobs/status", "mpijobs/finalizers"], ["update"]),
        may("", ["configmaps", "secrets", "services"], [...watch, "create", "update"]),
        may("", ["pods"], [...watch, "create", "delete"]),
        may("batch", ["jobs"], [...watch, "create", "update"]),
        // It clears the start of a launcher that waits anew; its own manifest forgets this right.
        may("batch", ["jobs/status"], ["update"]),
        may("scheduling.k8s.io", ["priorityclasses"], watch),
        may("", ["events"], ["create", "patch"]),
      ],
    },
    "mpi-operator-binding": {
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
      subjects,
    },
    "mpi-operator-lease-rights": {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata,
      rules: [may("coordination.k8s.io", ["leases"], ["get", "create", "update"])],
    },
    "mpi-operator-lease-binding": {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: rbac, kind: "Role", name },
      subjects,
    },
  };
}

function controller(): KubernetesObjects[string] {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      // It has no webhook, and what runs goes on without it.
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          // Its image says no user.
          securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
          containers: [
            {
              name,
              image: `docker.io/mpioperator/mpi-operator:${versions.mpiOperator.version}`,
              args: [
                `--lock-namespace=${name}`,
                // By default five requests a second: a job of hundreds of workers would take minutes to start.
                "--kube-api-qps=50",
                "--kube-api-burst=100",
              ],
              ports: [{ name: "health", containerPort: healthPort }],
              livenessProbe: { httpGet: { path: "/healthz", port: "health" }, initialDelaySeconds: 15 },
              resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    },
  };
}
