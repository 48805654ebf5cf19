import { volumeKindNames } from "../volumes/volume-kinds";
import { commonRules, edit } from "./common-rights";
import type { TeamKind } from "./team-kind";

/** People at work on a GPU each: notebooks, development environments. */
export const notebook: TeamKind = {
  description: "Notebook teams, by name: a namespace note-<team> each, for pods that people work in, on single GPUs.",
  namespacePrefix: "note",
  // Whoever works in one runs whatever code they find; the images of Jupyter run as a user of their own.
  podSecurity: "restricted",
  containerDefaults: { cpu: "500m", memory: "2Gi" },
  // What keeps a notebook, and the ways into it. No jobs: those belong into a queue.
  rules: [
    ...commonRules,
    { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
    { apiGroups: ["apps"], resources: ["deployments", "statefulsets", "replicasets"], verbs: edit },
  ],
  // Nobody's notebook needs the API server.
  apiServerRules: [],
  // One GPU is what a person works with.
  wholeNodes: false,
  // Whoever opens one waits for it now: the quota says at once that all GPUs are taken. In the queue another team's job could stop it,
  // with all that it holds in memory.
  queues: false,
  // The data that jobs of the same people read, and what they make of them.
  volumes: volumeKindNames,
};
