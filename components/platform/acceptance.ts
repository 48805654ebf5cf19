import { z } from "zod";
import { flavorName, mayGrow } from "../../catalog/capacity";
import { queuedDevices } from "../../catalog/node-devices";
import { defaultLocalQueue, labels } from "../../catalog/scheduling";
import { findVmSize } from "../../catalog/vm-sizes";
import type { GpuPoolRef } from "../cluster/gpu-pool/gpu-pool-ref";
import type { AddOn, KubernetesObject } from "./add-on";
import { cohortName } from "./kueue-cohort";
import { placelessFlavor } from "./kueue-flavors";
import { scaleUpCheck } from "./kueue-scale-up";

/** Namespace for tests of nodes, and name of its ClusterQueue. */
export const acceptanceNamespace = "acceptance";
const name = acceptanceNamespace;

/** Nodes of a pool that a test takes at once: traffic between nodes needs two. */
const nodesOfTest = 2;

/** Source: kubernetes-sigs/kueue:apis/kueue/v1beta2/clusterqueue_types.go (v0.19.2), MaxItems of flavors */
const flavorsOfQueue = 64;

const settings = z.strictObject({});

/**
 * Where nodes are tested: a namespace whose jobs queue for whole nodes of any pool. Its own are the spare nodes of a pool, or two where it
 * has fewer, and it borrows what teams leave idle: a test waits for nodes, and stops no job.
 */
export const acceptance: AddOn<typeof settings> = {
  name: "acceptance",
  gives: "a namespace with a queue for tests of nodes, on the spare and idle nodes of every GPU pool",
  verify: "kubectl get clusterqueue acceptance; kubectl --namespace acceptance get localqueues",
  wanted: null,
  needs: ["kueue"],
  after: [],
  // Tests of InfiniBand lock memory, which no lower level allows. Only who administers the cluster makes pods here.
  namespace: { name, podSecurity: "privileged", ingressPorts: [], queue: name },
  release: null,
  generalCpus: 0,
  manifest: null,
  aliases: [],
  settings,
  contents: ({ facts: { pools } }, problems) => {
    const flavors = pools.flatMap(({ rungs = [null] }) => rungs).length;
    problems.require(
      flavors < flavorsOfQueue,
      "pools",
      `must be fewer than ${flavorsOfQueue}, and each rung of a ladder counts: one queue has all of them`,
      {
        got: flavors,
        remedy: "Leave acceptance out, or make several environments",
      },
    );
    return {
      values: {},
      crds: null,
      objects: {
        "acceptance-peers": {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata: { name: "allow-own-namespace", namespace: name },
          spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] },
        },
        "acceptance-queue": clusterQueue(pools),
        "acceptance-default": {
          apiVersion: "kueue.x-k8s.io/v1beta2",
          kind: "LocalQueue",
          metadata: { name: defaultLocalQueue, namespace: name },
          spec: { clusterQueue: name },
        },
      },
      handsOver: null,
    };
  },
};

function clusterQueue(pools: readonly GpuPoolRef[]): KubernetesObject {
  const devicesOf = new Map(
    pools.map((pool) => {
      const size = findVmSize(pool.size, pool.figures);
      return [pool.key, size === undefined ? {} : queuedDevices(size, pool)] as const;
    }),
  );
  // A resource stands in one group only, so all pools are in the same, with none of what they do not have.
  const coveredResources = [...new Set([...devicesOf.values()].flatMap((it) => Object.keys(it)))];
  const flavor = (key: string, own: number, most: number, name = key): object => ({
    name,
    resources: coveredResources.map((resource) => {
      const perNode = devicesOf.get(key)?.[resource] ?? 0;
      return {
        name: resource,
        nominalQuota: String(perNode * own),
        borrowingLimit: String(perNode * (most - own)),
        // No job of a team starts on nodes that are held back for repairs.
        lendingLimit: "0",
      };
    }),
  });
  const flavors = pools.flatMap(({ key, spareNodes, maxNodes, rungs = [{ kind: null, maxNodes }] }) =>
    rungs.map((it) => {
      const own = Math.min(it.maxNodes, Math.max(spareNodes, nodesOfTest));
      return flavor(key, own, it.maxNodes, flavorName(key, it.kind));
    }),
  );
  const growing = pools.flatMap(({ key, autoscaled, rungs }) => {
    // A pool without a ladder is one rung.
    const all = rungs ?? [{ kind: null, ...(autoscaled === true && { autoscaled }) }];
    return all.flatMap(({ kind }, at) => (mayGrow(all, at) ? [flavorName(key, kind)] : []));
  });
  return {
    apiVersion: "kueue.x-k8s.io/v1beta2",
    kind: "ClusterQueue",
    metadata: { name },
    spec: {
      cohortName,
      namespaceSelector: { matchLabels: { [labels.queue]: name } },
      queueingStrategy: "BestEffortFIFO",
      ...(pools.length > 0 && {
        resourceGroups: [
          {
            coveredResources,
            flavors: [flavor(placelessFlavor, 0, 0), ...flavors],
          },
        ],
      }),
      preemption: { withinClusterQueue: "Never", reclaimWithinCohort: "Never" },
      ...(growing.length > 0 && {
        admissionChecksStrategy: { admissionChecks: [{ name: scaleUpCheck, onFlavors: growing }] },
      }),
    },
  };
}
