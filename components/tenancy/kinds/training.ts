import { volumeKindNames } from "../volumes/volume-kinds";
import { commonRules, edit } from "./common-rights";
import type { TeamKind } from "./team-kind";

/** Training jobs: whole nodes, all storage. */
export const training: TeamKind = {
  description: "Training teams, by name: a namespace train-<team> each, for jobs on whole nodes.",
  namespacePrefix: "train",
  // Baseline, not restricted: CUDA images run as root.
  podSecurity: "baseline",
  containerDefaults: { cpu: "500m", memory: "1Gi" },
  // Jobs and what they need. Their queue and its length to read. Never nodes, queues of others, quotas, roles or other namespaces.
  rules: [
    ...commonRules,
    { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
    { apiGroups: ["batch"], resources: ["jobs", "cronjobs"], verbs: edit },
    { apiGroups: ["jobset.x-k8s.io"], resources: ["jobsets"], verbs: edit },
    { apiGroups: ["trainer.kubeflow.org"], resources: ["trainjobs", "trainingruntimes"], verbs: edit },
    // On a rack a job brings its own, by which its nodes share NVLink.
    { apiGroups: ["resource.nvidia.com"], resources: ["computedomains"], verbs: edit },
    { apiGroups: ["kubeflow.org"], resources: ["mpijobs"], verbs: edit },
    { apiGroups: ["kueue.x-k8s.io"], resources: ["localqueues", "workloads"], verbs: ["get", "list", "watch"] },
    { apiGroups: ["visibility.kueue.x-k8s.io"], resources: ["localqueues/pendingworkloads"], verbs: ["get"] },
  ],
  // The autoscaler in a head of Ray asks the API server for workers.
  apiServerRules: [{ apiGroups: ["ray.io"], resources: ["rayjobs", "rayclusters"], verbs: edit }],
  // A job takes all GPUs and all HCAs of each node: a part of a node would share the fabric with strangers.
  wholeNodes: true,
  queues: true,
  volumes: volumeKindNames,
};
