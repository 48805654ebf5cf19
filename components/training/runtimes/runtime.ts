import type { KubernetesObject } from "../../../core/kubernetes-object";
import type { JobPool, JobRequest } from "../job-request";
import type { PodTemplate } from "../pod-template";

/** What a job decides of its runtime. */
export interface RuntimeChoices {
  readonly maxRestarts: number;
  /** Nodes that stand ready beside those of the program. */
  readonly spareNodes: number;
  /** Nodes of the program, null for a runtime that many jobs use. */
  readonly nodes: number | null;
}

/** A job of a JobSet, without what all of them have. */
export interface ReplicatedJob {
  readonly name: string;
  /** Whether Trainer sets the number of its pods. */
  readonly isTrainer: boolean;
  /** Name of the job that must be ready before. */
  readonly after?: string;
  readonly pod: PodTemplate;
}

/** How Trainer starts a program: the runtime is an object of the cluster, one for each pool. */
export interface TrainerForm {
  readonly by: "trainer";
  /** What Trainer calls the library, and the label of the runtime. */
  readonly framework: "torch" | "jax" | "mpi";
  /** What Trainer is told of it, beside the number of nodes. */
  readonly policy: (pool: JobPool) => Readonly<Record<string, unknown>>;
  /** The jobs that a TrainJob becomes, made from the pod of a whole node. */
  readonly jobs: (pod: PodTemplate, pool: JobPool) => readonly ReplicatedJob[];
  /** Command line of the program's container. */
  readonly start: (request: JobRequest) => { readonly command: readonly string[]; readonly args?: readonly string[] };
  /** Whether the program itself holds nodes ready that stand in for lost ones. */
  readonly takesSpares: boolean;
}

/** A runtime that Trainer has no policy for: the job is an object of another kind. */
export interface ObjectForm {
  readonly by: "jobSet" | "kubeRay";
  /** All objects of the job but its files. */
  readonly objects: (request: JobRequest) => readonly KubernetesObject[];
}

/** One way to run a program on all nodes of a job, as a row: everything that is asked about one. */
export interface Runtime {
  /** What it runs, in a few words for the documentation. */
  readonly runs: string;
  /** Variables that it sets itself, and that a job must not. */
  readonly ownVariables: readonly string[];
  readonly form: TrainerForm | ObjectForm;
}
