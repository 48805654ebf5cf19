import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/**
 * KubeRay: clusters of Ray, jobs on them and services. A cluster that runs goes on without it. Costs one small pod on general nodes.
 */
export const kubeRay: AddOn<typeof settings> = {
  name: "kube-ray",
  gives: "RayClusters, RayJobs and RayServices: programs that are written for Ray",
  verify:
    "kubectl --namespace kuberay-system rollout status deployment/kuberay-operator; " +
    "kubectl api-resources --api-group ray.io",
  // Asked for: a team that writes for Ray knows that it does.
  wanted: null,
  needs: [],
  after: [],
  // Its pod runs as no root, with no capability and the runtime's seccomp profile. It has no webhook: nobody but the node reaches it.
  // Source: ray-project/kuberay:helm-chart/kuberay-operator values.yaml (v1.6.2)
  namespace: { name: "kuberay-system", podSecurity: "restricted", ingressPorts: [] },
  release: { name: "kuberay-operator", chart: versions.kubeRay, timeoutSeconds: 600 },
  generalCpus: 0.1,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {
      // The chart's operator looks after one object of a kind at a time, and one team's would wait for another's.
      reconcileConcurrency: 10,
      // The chart's tenth of a processor is for a handful of clusters.
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "1", memory: "1Gi" } },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
