import { z } from "zod";
import { versions } from "../../catalog/versions";
import type { AddOn } from "./add-on";

/** There is nothing to choose. */
const settings = z.strictObject({});

/** LeaderWorkerSets: replicas of several pods each, for models that one node cannot serve. Costs two pods on general nodes. */
export const leaderWorkerSet: AddOn<typeof settings> = {
  name: "leader-worker-set",
  gives: "LeaderWorkerSets: replicas of several pods each, to serve models across nodes",
  verify:
    "kubectl --namespace lws-system rollout status deployment/lws-controller-manager; " +
    "kubectl api-resources --api-group leaderworkerset.x-k8s.io",
  wanted: { when: "there is a GPU pool", holds: ({ pools }) => pools.length > 0 },
  needs: [],
  after: [],
  // Restricted with the seccomp profile below; the rest is the chart's own.
  // The API server asks its webhooks on the service's target port.
  // Source: kubernetes-sigs/lws:charts/lws values.yaml and templates/webhook/service.yaml (v0.9.0)
  namespace: { name: "lws-system", podSecurity: "restricted", ingressPorts: [9443] },
  release: { name: "lws", chart: versions.leaderWorkerSet, timeoutSeconds: 600 },
  // Two replicas with what the chart asks for. Source: kubernetes-sigs/lws:charts/lws/values.yaml (v0.9.0)
  generalCpus: 2,
  manifest: null,
  aliases: [],
  settings,
  contents: () => ({
    values: {
      // No pod of a LeaderWorkerSet starts while its webhook is silent, so a drained node must not take all of it away.
      replicaCount: 2,
      // The chart of one release, 0.6.2, ran the image of the main branch from a staging registry.
      // Source: kubernetes-sigs/lws issue 596
      image: {
        manager: {
          repository: "registry.k8s.io/lws/lws",
          tag: `v${versions.leaderWorkerSet.version}`,
          pullPolicy: "IfNotPresent",
        },
      },
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    },
    crds: null,
    objects: null,
    handsOver: null,
  }),
};
