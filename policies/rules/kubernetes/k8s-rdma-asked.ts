import { isGpuResource, queueLabels } from "../../../catalog/scheduling";
import { isUnknown } from "../../../core/property-marks";
import { items, keys, number, read, text, texts } from "../../../core/property-tree";
import { about, unjudged } from "../../engine/expect";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { asksForRdma, gpusAsked, isRdma } from "./devices";
import { type JobKind, jobKindOf, jobKinds } from "./job-kinds";
import { type PodSpec, podSpecs } from "./pods";

const localQueue = "kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue";
const clusterQueue = "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue";
const queueLabel = `metadata.labels["${queueLabels.queue}"]`;

/** By what keys the parts of a job say how many pods they have. */
const counts = /^(replicas|parallelism|numNodes)$/;

export const k8sRdmaAsked: StackRule = {
  id: 264,
  name: "k8s-rdma-asked",
  area: "kubernetes",
  kind: "stack",
  types: [...Object.keys(jobKinds), localQueue, clusterQueue],
  title: "A job of several pods with GPUs asks for InfiniBand where all GPUs of its queue have it.",
  why: "Without an adapter in its pods NCCL falls back to TCP and says so in its log alone.",
  remedy: "Set limits for the rdma/* resource of the queue beside the GPUs. Pods that work each for itself need none.",
  severity: "high",
  // Pods of one job may have nothing to say to each other, and nothing in it tells.
  levels: levels.advised,
  source: "Azure/aks-rdma-infiniband; Azure/AKS#4893; kubernetes-sigs/kueue:apis/kueue/v1beta2/clusterqueue_types.go",
  check: (resources) => {
    const queues = resources.filter(({ type }) => sameType(type, localQueue));
    const withFabric = resources.filter((it) => sameType(it.type, clusterQueue) && allGpusHaveRdma(it));
    return resources.flatMap((job) => {
      const kind = jobKindOf(job.type);
      return kind === undefined ? [] : judge(job, kind, queues, withFabric);
    });
  },
};

/** Whether a queue hands out adapters beside every GPU that it hands out. */
function allGpusHaveRdma({ inputs }: Subject): boolean {
  const groups = items(inputs, "spec.resourceGroups").map(({ value }) => texts(value, "coveredResources"));
  const withGpus = groups.filter((it) => it.some(isGpuResource));
  return withGpus.length > 0 && withGpus.every((it) => it.some(isRdma));
}

function judge(
  job: Subject,
  kind: JobKind,
  queues: readonly Subject[],
  withFabric: readonly Subject[],
): readonly StackOutcome[] {
  const { inputs } = job;
  const named = read(inputs, queueLabel);
  if (named === undefined || withFabric.length === 0) return [];
  const specs = podSpecs(job).filter(({ containers }) => containers.some((it) => gpusAsked(inputs, it).length > 0));
  const elsewhere = kind.nodeLimits === undefined ? [] : keys(inputs, kind.nodeLimits);
  const asked =
    specs.some(({ containers }) => containers.some((it) => asksForRdma(inputs, it))) || elsewhere.some(isRdma);
  const pods =
    specs.reduce((sum, it) => sum + podsOf(inputs, it), 0) +
    (elsewhere.some(isGpuResource) ? number(inputs, "spec.trainer.numNodes") : 0);
  if (asked || pods < 2) return [];
  if (isUnknown(named)) return about(job, [unjudged(queueLabel)]);
  const queue = queues.find(
    (it) =>
      text(it.inputs, "metadata.name") === named &&
      text(it.inputs, "metadata.namespace") === text(inputs, "metadata.namespace"),
  );
  const target = withFabric.find((it) => text(it.inputs, "metadata.name") === text(queue?.inputs, "spec.clusterQueue"));
  return queue === undefined || target === undefined
    ? []
    : about(job, [
        {
          path: queueLabel,
          is: `a queue with InfiniBand, for ${pods} pods with GPUs and no adapter`,
          must: "stand on a job that asks for rdma/*",
        },
      ]);
}

/** How many pods of a spec a job has: what each part around it says, multiplied. */
function podsOf(inputs: unknown, { path }: PodSpec): number {
  const ends = [...path.matchAll(/[.[]|$/g)].map(({ index }) => path.slice(0, index));
  return ends
    .flatMap((end) => keys(inputs, end).flatMap((key) => (counts.test(key) ? [number(inputs, `${end}.${key}`)] : [])))
    .reduce((all, it) => all * it, 1);
}
