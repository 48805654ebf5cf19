import type { KubernetesObject } from "../add-on";

/** A field of a schema. */
type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const date: Schema = { type: "string", format: "date-time" };
const count = (bits: 32 | 64): Schema => ({ type: "integer", format: `int${bits}` });
const object = (properties: Readonly<Record<string, Schema>>, required?: readonly string[]): Schema => ({
  type: "object",
  properties,
  ...(required !== undefined && { required }),
});
const choice = (values: readonly string[]): Schema => ({ type: "string", enum: values });
/** Keys that the user chooses. */
const table = (additionalProperties: Schema): Schema => ({ type: "object", additionalProperties });
const withDefault = (schema: Schema, value: unknown): Schema => ({ ...schema, default: value });
/** A list that is changed as one. */
const whole = (items: Schema): Schema => ({ type: "array", items, "x-kubernetes-list-type": "atomic" });

/** Source: kubernetes/apimachinery:pkg/api/resource/quantity.go, as controller-gen writes it */
const quantity: Schema = {
  anyOf: [{ type: "integer" }, { type: "string" }],
  pattern:
    "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$",
  "x-kubernetes-int-or-string": true,
};

const spec = object(
  {
    launcherCreationPolicy: withDefault(text, "AtStartup"),
    mpiImplementation: withDefault(choice(["OpenMPI", "Intel", "MPICH"]), "OpenMPI"),
    mpiReplicaSpecs: table(
      object({
        replicas: count(32),
        restartPolicy: text,
        // The schema of all pods, 600 KB of it, which the API server asks for again when the operator makes the pod.
        template: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
      }),
    ),
    runLauncherAsWorker: withDefault({ type: "boolean" }, false),
    runPolicy: object({
      activeDeadlineSeconds: count(64),
      backoffLimit: count(32),
      cleanPodPolicy: text,
      managedBy: text,
      schedulingPolicy: object({
        minAvailable: count(32),
        minResources: table(quantity),
        priorityClass: text,
        queue: text,
        scheduleTimeoutSeconds: count(32),
      }),
      suspend: withDefault({ type: "boolean" }, false),
      ttlSecondsAfterFinished: count(32),
    }),
    slotsPerWorker: withDefault(count(32), 1),
    sshAuthMountPath: withDefault(text, "/root/.ssh"),
  },
  ["mpiReplicaSpecs"],
);

const status = object({
  completionTime: date,
  conditions: {
    type: "array",
    items: object(
      {
        lastTransitionTime: date,
        lastUpdateTime: date,
        message: text,
        reason: text,
        status: choice(["True", "False", "Unknown"]),
        type: text,
      },
      ["status", "type"],
    ),
    "x-kubernetes-list-map-keys": ["type"],
    "x-kubernetes-list-type": "map",
  },
  lastReconcileTime: date,
  replicaStatuses: table(
    object({
      active: count(32),
      failed: count(32),
      labelSelector: {
        ...object({
          matchExpressions: whole(object({ key: text, operator: text, values: whole(text) }, ["key", "operator"])),
          matchLabels: table(text),
        }),
        "x-kubernetes-map-type": "atomic",
      },
      selector: text,
      succeeded: count(32),
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
        schema: {
          openAPIV3Schema: object({ apiVersion: text, kind: text, metadata: { type: "object" }, spec, status }),
        },
      },
    ],
  },
};
