import type { KubernetesObject } from "../add-on";
import { crd, type CrdSchema, kindSchema } from "../crd-schema";

const { choice, date, flag, integer, keyed, object, table, text, whole, withDefault } = crd;

/** Source: kubernetes/apimachinery:pkg/api/resource/quantity.go, as controller-gen writes it */
const quantity: CrdSchema = {
  anyOf: [{ type: "integer" }, { type: "string" }],
  pattern:
    "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$",
  "x-kubernetes-int-or-string": true,
};

const spec = object(
  {
    launcherCreationPolicy: withDefault(text(), "AtStartup"),
    mpiImplementation: withDefault(choice(["OpenMPI", "Intel", "MPICH"]), "OpenMPI"),
    mpiReplicaSpecs: table(
      object({
        replicas: integer(32),
        restartPolicy: text(),
        // The schema of all pods, 600 KB of it, which the API server asks for again when the operator makes the pod.
        template: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      }),
    ),
    runLauncherAsWorker: withDefault(flag, false),
    runPolicy: object({
      activeDeadlineSeconds: integer(64),
      backoffLimit: integer(32),
      cleanPodPolicy: text(),
      managedBy: text(),
      schedulingPolicy: object({
        minAvailable: integer(32),
        minResources: table(quantity),
        priorityClass: text(),
        queue: text(),
        scheduleTimeoutSeconds: integer(32),
      }),
      suspend: withDefault(flag, false),
      ttlSecondsAfterFinished: integer(32),
    }),
    slotsPerWorker: withDefault(integer(32), 1),
    sshAuthMountPath: withDefault(text(), "/root/.ssh"),
  },
  ["mpiReplicaSpecs"],
);

const status = object({
  completionTime: date,
  conditions: keyed(
    "type",
    object(
      {
        lastTransitionTime: date,
        lastUpdateTime: date,
        message: text(),
        reason: text(),
        status: choice(["True", "False", "Unknown"]),
        type: text(),
      },
      ["status", "type"],
    ),
  ),
  lastReconcileTime: date,
  replicaStatuses: table(
    object({
      active: integer(32),
      failed: integer(32),
      labelSelector: {
        ...object({
          matchExpressions: whole(
            object({ key: text(), operator: text(), values: whole(text()) }, ["key", "operator"]),
          ),
          matchLabels: table(text()),
        }),
        "x-kubernetes-map-type": "atomic",
      },
      selector: text(),
      succeeded: integer(32),
    }),
  ),
  startTime: date,
});

/**
 * MPIJobs, with all fields of their own and an open template of pods.
 * Source: kubeflow/mpi-operator:manifests/base/kubeflow.org_mpijobs.yaml (v0.8.2)
 */
export const mpiJobCrd: KubernetesObject = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "mpijobs.kubeflow.org" },
  spec: {
    group: "kubeflow.org",
    names: { kind: "MPIJob", listKind: "MPIJobList", plural: "mpijobs", singular: "mpijob" },
    scope: "Namespaced",
    versions: [
      {
        name: "v2beta1",
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: kindSchema(spec, status) },
      },
    ],
  },
};
