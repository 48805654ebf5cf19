import { stringify } from "yaml";
import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";
import { cohortName, kueueCohort } from "./kueue-cohort";
import { addOnsWithJobs, kueueConfiguration } from "./kueue-configuration";
import { kueueFlavors, placelessFlavor } from "./kueue-flavors";
import { kueuePriorities } from "./kueue-priorities";
import { kueueScaleUp, scaleUpCheck } from "./kueue-scale-up";

/** Choices for the queue of training jobs. */
const settings = z.strictObject({
  /**
   * Minutes that all pods of a job may take to become ready, from the moment it got its nodes: on cold nodes they pull their images
   * first. A job that takes longer loses its nodes and queues anew. The same goes for a pod that stands in for a lost one.
   */
  waitForPodsReadyMinutes: z
    .int()
    .min(5, "must be at least 5: pods on cold nodes pull their images first")
    .max(240, "must be at most 240: for so long a job that cannot start holds its nodes")
    .default(30),
});

/**
 * Kueue: training jobs wait until all their nodes are free, and start whole inside one InfiniBand domain. It looks at namespaces with a
 * queue only: those of training teams, and of tests of nodes. Costs two pods on general nodes.
 */
export const kueue: AddOn<typeof settings> = {
  name: "kueue",
  gives:
    "a queue for training jobs, which start whole and inside one InfiniBand domain: a flavor for each GPU pool, priorities, and what " +
    "queues of teams are made of",
  verify:
    "kubectl --namespace kueue-system rollout status deployment/kueue-controller-manager; " +
    "kubectl get topologies.kueue.x-k8s.io,resourceflavors,cohorts,clusterqueues",
  wanted: { when: "there is a GPU pool", holds: ({ pools }) => pools.length > 0 },
  needs: [],
  // It looks for the kinds of jobs as it starts, and refuses every TrainJob when Trainer's come later.
  after: addOnsWithJobs,
  // Its pods run as no root, with no capability and the runtime's seccomp profile.
  // The API server asks its webhooks on 9443 and, for the length of queues, its API on 8082. Closed, that API would make the API
  // server fail to list all kinds, and no namespace could be deleted.
  // Source: kubernetes-sigs/kueue:charts/kueue values.yaml and templates/visibility/service.yaml (v0.19.2)
  namespace: { name: "kueue-system", podSecurity: "restricted", ingressPorts: [9443, 8082] },
  // Its script for releases gives the released chart the released image, whose source names a staging registry.
  // Source: kubernetes-sigs/kueue:hack/helm-chart-package.sh (v0.19.2)
  release: { name: "kueue", chart: versions.kueue, timeoutSeconds: 600 },
  // Two replicas, each with the request below.
  generalCpus: 1,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ settings: { waitForPodsReadyMinutes }, facts: { pools }, installed }) => ({
    values: {
      controllerManager: {
        // No job of a team can be made while its webhooks are silent, so a drained node must not take all of it away.
        replicas: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        manager: {
          // The chart's limit of 512Mi is for small clusters: it keeps every pod, node and job of the cluster in memory. With 528
          // nodes and 8 jobs of 64 nodes it took 130 MiB; the rest is for queues of thousands.
          resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { cpu: "4", memory: "8Gi" } },
        },
      },
      // All of it or none: the chart takes one text and fills nothing in.
      managerConfig: {
        controllerManagerConfigYaml: stringify(kueueConfiguration(waitForPodsReadyMinutes, installed, pools)),
      },
    },
    crds: null,
    objects: { ...kueueFlavors(pools), ...kueueCohort(), ...kueuePriorities(), ...kueueScaleUp(pools) },
    handsOver: {
      queues: {
        cohortName,
        placeless: placelessFlavor,
        ...(pools.some((it) => it.autoscaled === true) && { scaleUpCheck }),
      },
    },
  }),
};
