import { defaultLocalQueue, labels } from "../catalog/scheduling";
import { closestHint } from "../core/closest-names";
import type { KubernetesObject } from "../core/kubernetes-object";
import { MisconfiguredError } from "../core/problems";
import { list, record } from "../core/property-tree";
import { type Props, toProps } from "../core/property-value";
import { textOf } from "../verification/api-answer";
import { ClusterError } from "../verification/cluster-choice";
import type { ClusterClient } from "../verification/cluster-client";
import { type JobState, jobState } from "./job-state";
import { onceRuntimeIsSeen, type RuntimeWait } from "./job-runtime-seen";
import type { JobTeam } from "./job-team";
import { type Submitted, submittedJobs, submittedKinds } from "./job-submitted";
import { podReason } from "./job-words";
import { ownerOf } from "./job-workload";

/**
 * Labels by which pods name their job, by its kind, most of all kinds that queue.
 * Sources: kubernetes-sigs/jobset:api/jobset/v1alpha2/jobset_types.go (v0.12.0), whose JobSets TrainJobs become;
 * kubeflow/mpi-operator:pkg/apis/kubeflow/v2beta1/constants.go (v0.8.2); https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
const podLabels: Readonly<Record<string, string>> = {
  TrainJob: "jobset.sigs.k8s.io/jobset-name",
  JobSet: "jobset.sigs.k8s.io/jobset-name",
  Job: "batch.kubernetes.io/job-name",
  MPIJob: "training.kubeflow.org/job-name",
};

/** What of a cluster is asked. */
type Cluster = Pick<ClusterClient, "prepare" | "create" | "merge" | "remove" | "read" | "observe" | "log">;

/** What of a team its jobs are found by. */
type QueuedTeam = Pick<JobTeam, "namespace" | "pool">;

/** The jobs of one team in its cluster, with the rights that the team's people have. */
export class TeamJobs {
  readonly #cluster: Cluster;
  readonly #team: QueuedTeam;
  readonly #paths: Readonly<Record<"workloads" | "pods" | "events" | "pending", string>>;

  public constructor(cluster: Cluster, team: QueuedTeam) {
    this.#cluster = cluster;
    this.#team = team;
    const { namespace } = team;
    this.#paths = {
      workloads: `/apis/kueue.x-k8s.io/v1beta2/namespaces/${namespace}/workloads`,
      pods: `/api/v1/namespaces/${namespace}/pods`,
      events: `/api/v1/namespaces/${namespace}/events`,
      pending: `/apis/visibility.kueue.x-k8s.io/v1beta2/namespaces/${namespace}/localqueues/${defaultLocalQueue}/pendingworkloads`,
    };
  }

  /**
   * Makes the objects of a job, of which the job itself is the last. The others are there before it, and go with it.
   * @param wait For a runtime that was made a moment ago, with the job or before it
   * @throws ClusterError in plain words and in those of the server; what was made of a job that is refused is deleted again
   */
  public async submit(objects: readonly KubernetesObject[], wait: RuntimeWait): Promise<void> {
    const [parts, job] = [objects.slice(0, -1), objects.at(-1)];
    if (job === undefined) return;
    await this.#cluster.prepare(objects);
    const made: KubernetesObject[] = [];
    const make = async (it: KubernetesObject): Promise<string> => {
      const uid = await onceRuntimeIsSeen(() => this.#cluster.create(it), wait).catch((error: unknown) => {
        throw refusal(it, error);
      });
      made.push(it);
      return uid;
    };
    let uid: string;
    try {
      await settled(parts.map(make));
      uid = await make(job);
    } catch (error) {
      await Promise.allSettled(made.map((it) => this.#cluster.remove(it)));
      throw error;
    }
    const { apiVersion, kind, metadata } = job;
    const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid }];
    await settled(
      parts.map((it) =>
        this.#cluster.merge(it, { metadata: { ownerReferences } }).catch((error: unknown) => {
          const left = `${it.kind} ${it.metadata.name} will not go with it: ${textOf(error)}`;
          throw new ClusterError(`${metadata.name} is submitted, but ${left}`);
        }),
      ),
    );
  }

  /** How all jobs of the team do, those that were submitted last at the end. */
  public async all(): Promise<readonly JobState[]> {
    const { pods, events, pending } = this.#paths;
    // Before the Workloads: what Kueue sees in between is then not missing in both.
    const jobs = this.#submitted();
    const asked = [
      jobs.then(() => this.#workloads()),
      jobs,
      this.#cluster.read(pods),
      this.#cluster.read(events),
      this.#cluster.read(pending),
    ] as const;
    await settled(asked);
    const [all, made, allPods, allEvents, waiting] = await Promise.all(asked);
    const lists = [itemsOf(allPods), itemsOf(allEvents), waiting === undefined ? null : itemsOf(waiting)] as const;
    const { gpusPerNode } = this.#team.pool;
    const states = [
      ...all.map((it) => this.#stateOf(it, lists)),
      ...submittedJobs(made, all, { gpusPerNode, now: Date.now() }),
    ];
    return states.sort((a, b) => a.submitted.localeCompare(b.submitted));
  }

  /**
   * How one job does.
   * @throws MisconfiguredError when there is none of the name
   */
  public async one(name: string): Promise<JobState> {
    const all = await this.all();
    const found = all.filter((it) => it.name === name);
    const [state] = found;
    if (state === undefined)
      throw noJob(
        name,
        all.map((it) => it.name),
      );
    // Of those that ended, and of those of another kind, the last one that goes on is meant.
    return found.findLast(({ phase }) => phase !== "succeeded" && phase !== "failed") ?? found.at(-1) ?? state;
  }

  /**
   * Deletes a job with all that was made for it.
   * @throws MisconfiguredError when there is none of the name
   */
  public async cancel(name: string): Promise<JobState> {
    const state = await this.one(name);
    const { namespace } = this.#team;
    try {
      await this.#cluster.remove({ apiVersion: state.apiVersion, kind: state.kind, metadata: { name, namespace } });
    } catch (error) {
      throw new ClusterError(`The cluster does not delete ${state.kind} ${name}: ${textOf(error)}`);
    }
    return state;
  }

  /**
   * Follows a job until the caller has seen enough.
   * @param onChange Is told how it does whenever something of it changes, and its pods.
   */
  public async follow(
    { kind, name }: { readonly kind: string; readonly name: string },
    signal: AbortSignal,
    onChange: (state: JobState, pods: readonly Props[]) => boolean,
  ): Promise<void> {
    const { workloads, pods, events } = this.#paths;
    const label = podLabels[kind] ?? labels.job;
    const paths = [workloads, `${pods}?labelSelector=${encodeURIComponent(`${label}=${name}`)}`, events];
    await this.#cluster.observe(paths, {
      signal,
      onChange: ([all = [], ofJob = [], said = []]) => {
        const mine = all.find((it) => ownerOf(it).name === name && ownerOf(it).kind === kind);
        if (mine === undefined) return false;
        const objects = { workload: mine, pods: ofJob, events: said, pending: null };
        return onChange(jobState(objects, this.#team.pool.nodePools, Date.now()), ofJob);
      },
    });
  }

  /** Hands on what the container of a pod says, until it ends or the signal comes. */
  public async log(pod: string, container: string, onText: (text: string) => void, signal: AbortSignal): Promise<void> {
    await this.#cluster.log({ namespace: this.#team.namespace, pod, container }, onText, signal);
  }

  async #workloads(): Promise<readonly Props[]> {
    const answer = await this.#cluster.read(this.#paths.workloads);
    if (answer === undefined)
      throw new ClusterError("The cluster has no queue: its add-on kueue is not installed, or is starting");
    return itemsOf(answer);
  }

  /** Jobs as they were submitted, of the kinds that the cluster has. */
  async #submitted(): Promise<readonly Submitted[]> {
    const { namespace } = this.#team;
    const all = await Promise.all(
      submittedKinds.map(async ({ kind, apiVersion, resource }) => {
        const answer = await this.#cluster.read(`/apis/${apiVersion}/namespaces/${namespace}/${resource}`);
        return itemsOf(answer).map((job) => ({ kind, apiVersion, job }));
      }),
    );
    return all.flat();
  }

  #stateOf(
    workload: Props,
    [pods, events, pending]: readonly [readonly Props[], readonly Props[], readonly Props[] | null],
  ): JobState {
    const { kind, name } = ownerOf(workload);
    const label = podLabels[kind] ?? labels.job;
    const ofJob = pods.filter((it) => record(it, "metadata.labels")[label] === name);
    return jobState({ workload, pods: ofJob, events, pending }, this.#team.pool.nodePools, Date.now());
  }
}

/** Waits until all has ended, well or not. @throws what the first in the list threw, whichever failed first */
async function settled(steps: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(steps)).find((it) => it.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** Why an object is not made. */
function refusal({ kind, metadata }: KubernetesObject, error: unknown): ClusterError {
  if (error instanceof ClusterError) return error;
  const { plain, said } = podReason(textOf(error));
  const words = said === null ? plain : `${plain}\n  (${said})`;
  return new ClusterError(`The cluster does not take ${kind} ${metadata.name}: ${words}`);
}

function itemsOf(answer: Props | undefined): readonly Props[] {
  return list(answer, "items").map(toProps);
}

function noJob(name: string, known: readonly string[]): MisconfiguredError {
  const otherwise = known.length === 0 ? "The team has none" : `Known: ${[...new Set(known)].join(", ")}`;
  return new MisconfiguredError("The command", [
    { path: "NAME", rule: "must be a job of the team", got: name, remedy: closestHint(name, known, otherwise) },
  ]);
}
