import type { KubernetesObject } from "../../../core/kubernetes-object";
import type { JobPool, JobRequest } from "../job-request";
import type { PodTemplate } from "../pod-template";

/** What a job decides of its runtime. */
export interface RuntimeChoices {
  /** How often the job starts anew. */
  readonly maxRestarts: number;
  /** Nodes of the program, and those that stand ready beside them. Null: it runs on all. */
  readonly spares: { readonly active: number; readonly ready: number } | null;
}

/** A job of a JobSet: pods that are alike. */
export interface ReplicatedJob {
  readonly name: string;
  /** Pods. Absent: Trainer says how many. */
  readonly pods?: number;
  /** Name of the job whose pods must be ready before. */
  readonly after?: string;
  readonly pod: PodTemplate;
}

/** Jobs that belong together. */
export interface JobGroup {
  readonly jobs: readonly ReplicatedJob[];
  /** Name of the job with which all of it is over. @default all of them */
  readonly endsWith?: string;
}

/** A runtime of Trainer: an object of the cluster for each pool, which a TrainJob names. */
export interface TrainerForm {
  readonly by: "trainer";
  /** What people call it, for the label of the runtime. */
  readonly framework: "torch" | "deepspeed" | "jax" | "mpi";
  /** What Trainer is told of it, beside the number of nodes. */
  readonly policy: (pool: JobPool) => Readonly<Record<string, unknown>>;
  /** Names of the jobs that a TrainJob becomes. */
  readonly jobs: readonly string[];
  /** Those jobs, made from the pod of a whole node. */
  readonly group: (pod: PodTemplate, pool: JobPool, choices: RuntimeChoices) => JobGroup;
  /** What follows the command of the container. */
  readonly args: (request: JobRequest) => readonly string[];
  /** Whether some nodes of a job may stand ready for lost ones. */
  readonly takesSpares: boolean;
}

/** A way to run a program for which Trainer has no policy: the job is an object of another kind. */
export interface ObjectForm {
  readonly by: "jobSet" | "kubeRay";
  /** The object of the job, made from the pod of a whole node. */
  readonly object: (request: JobRequest, pod: PodTemplate, maxRestarts: number) => KubernetesObject;
}

/** One way to run a program on all nodes of a job, as a row: everything that is asked about one. */
export interface Runtime {
  /** What it runs, in a few words for the documentation. */
  readonly runs: string;
  /** What the image must have, for the documentation. */
  readonly image: string;
  /** Variables that it sets itself, and that a job must not. */
  readonly ownVariables: readonly string[];
  /** Restarts of a job that says nothing. */
  readonly maxRestarts: number;
  /** Nodes that a job has at least. */
  readonly leastNodes: number;
  /** Whether its nodes may be of several InfiniBand domains. */
  readonly anywhere: boolean;
  /** Whether a job must say where it saves. */
  readonly saves: boolean;
  readonly form: TrainerForm | ObjectForm;
}
