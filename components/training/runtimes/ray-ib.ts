import { labels } from "../../../catalog/scheduling";
import { defaultMaxRestarts } from "../failure-policy";
import { jobLabels, podParts } from "../job-parts";
import { generalPod, type PodTemplate, withJob } from "../pod-template";
import type { Runtime } from "./runtime";

/** What the head takes on a node without GPUs. */
const headResources = { cpu: "2", memory: "8Gi" };

/**
 * Ray: a worker on each node, and a head without GPUs that runs the command. The cluster of Ray is there for the job alone and goes with
 * it. The operator asks the head how the job does: the team's `ingressFrom` must name its namespace, `kuberay-system`.
 * Source: ray-project/kuberay:ray-operator/apis/ray/v1/rayjob_types.go (v1.6.2)
 */
export const rayIb: Runtime = {
  runs: "the command once, on a head without GPUs; a worker on each node",
  image: "Ray",
  ownVariables: ["RAY_ADDRESS"],
  maxRestarts: defaultMaxRestarts,
  leastNodes: 1,
  anywhere: false,
  saves: false,
  form: {
    by: "kubeRay",
    object: (request, pod, maxRestarts) => {
      const { name, namespace, nodes, command } = request;
      const parts = podParts(request);
      const template = (it: PodTemplate): object => {
        const { metadata, spec } = withJob(it, parts);
        return { metadata: { ...metadata, labels: { [labels.job]: name } }, spec };
      };
      return {
        apiVersion: "ray.io/v1",
        kind: "RayJob",
        metadata: { name, namespace, labels: jobLabels(request) },
        spec: {
          entrypoint: command.map(quoted).join(" "),
          // By a container beside the head: a pod of its own could be pushed away, and pulls the image once more.
          submissionMode: "SidecarMode",
          // What the queue suspends must be able to go.
          shutdownAfterJobFinishes: true,
          backoffLimit: maxRestarts,
          rayClusterSpec: {
            headGroupSpec: { rayStartParams: { "num-cpus": "0" }, template: template(generalPod(headResources)) },
            workerGroupSpecs: [
              {
                groupName: "nodes",
                replicas: nodes,
                minReplicas: nodes,
                maxReplicas: nodes,
                rayStartParams: {},
                template: template(pod),
              },
            ],
          },
        },
      };
    },
  },
};

/** One word of a command line for a shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
