import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * JobSets: several Jobs that start, fail and start anew as one. Trainer makes one of each TrainJob. Costs two small pods on
 * general nodes.
 */
export const jobSet: AddOn<typeof settings> = {
  name: "job-set",
  gives: "JobSets: groups of Jobs that start, fail and start anew together",
  verify:
    "kubectl --namespace jobset-system rollout status deployment/jobset-controller; " +
    "kubectl api-resources --api-group jobset.x-k8s.io",
  wanted: { when: "there is a GPU pool", holds: ({ pools }) => pools.length > 0 },
  needs: [],
  after: [],
  // Its pods run as no root, with no capability and the runtime's seccomp profile.
  // The API server asks its webhooks on the container's port `webhook`.
  // Source: kubernetes-sigs/jobset:charts/jobset values.yaml and templates/controller/deployment.yaml (v0.12.0)
  namespace: { name: "jobset-system", podSecurity: "restricted", ingressPorts: [9443] },
  // Its script for releases gives the released chart the released image, whose source names a staging registry and tag `main`.
  // Source: kubernetes-sigs/jobset:hack/helm-chart-package.sh (v0.12.0)
  release: { name: "jobset", chart: versions.jobSet, timeoutSeconds: 600 },
  // Two replicas with what the chart asks for. Source: kubernetes-sigs/jobset:charts/jobset/values.yaml (v0.12.0)
  generalCpus: 1,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {
      controller: {
        // No pod of a JobSet starts while its webhook is silent, so a drained node must not take all of it away.
        replicas: 2,
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
      },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
