import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * Kubeflow Trainer: TrainJobs, which become JobSets by the runtime that they name. It brings no runtimes: those that it has know no
 * InfiniBand. Costs two small pods on general nodes.
 */
export const trainer: AddOn<typeof settings> = {
  name: "trainer",
  gives: "TrainJobs: distributed training by the runtime that a job names; it brings no runtimes",
  verify:
    "kubectl --namespace trainer-system rollout status deployment/kubeflow-trainer-controller-manager; " +
    "kubectl api-resources --api-group trainer.kubeflow.org",
  wanted: { when: "there is a GPU pool", holds: ({ pools }) => pools.length > 0 },
  needs: ["jobSet"],
  after: [],
  // Its pods run as no root, with no capability and the runtime's seccomp profile.
  // The API server asks its webhooks on the container's port `webhook`. The status server behind port 10443 is an alpha feature
  // that is off.
  // Source: kubeflow/trainer:charts/kubeflow-trainer values.yaml and templates/manager, pkg/features (v2.3.0)
  namespace: { name: "trainer-system", podSecurity: "restricted", ingressPorts: [9443] },
  // The image's tag is the chart's version. Source: kubeflow/trainer:charts/kubeflow-trainer/templates/_helpers.tpl (v2.3.0)
  release: { name: "kubeflow-trainer", chart: versions.trainer, timeoutSeconds: 600 },
  // Two replicas, each with the request below.
  generalCpus: 0.2,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {
      // JobSet is an add-on of its own: two of them in one cluster fight over the same webhooks.
      jobset: { install: false },
      runtimes: { defaultEnabled: false },
      manager: {
        // A TrainJob cannot be made while its webhook is silent, so a drained node must not take all of it away.
        replicas: 2,
        // The chart asks for nothing, and a pod that asks for nothing is the first to go from a full node.
        resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
      },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
