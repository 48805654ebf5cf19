import { unknownValue } from "../../../core/property-marks";
import { k8sPriorityClass } from "../../../policies/rules/kubernetes/k8s-priority-class";
import { k8sProbes } from "../../../policies/rules/kubernetes/k8s-probes";
import { k8sQuotaWithinPools } from "../../../policies/rules/kubernetes/k8s-quota-within-pools";
import { account, cluster, nodePool, sizes } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, hardenedIn, quota } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;

const gpus = 'spec.hard["requests.nvidia.com/gpu"]';
/** A pool of two nodes with 8 GPUs each. */
const pool = changed(nodePool, { maxCount: 2 });
const second = { ...changed(quota, { "metadata.namespace": "train-other" }), urn: "urn:second" };

const container = {
  name: "server",
  image: "mcr.microsoft.com/server:1",
  ports: [{ containerPort: 8000 }],
  resources: { limits: { "nvidia.com/gpu": "1" } },
  readinessProbe: { httpGet: { path: "/health", port: 8000 } },
  livenessProbe: { httpGet: { path: "/health", port: 8000 } },
  startupProbe: { httpGet: { path: "/health", port: 8000 } },
};
const server = resource("kubernetes:apps/v1:Deployment", { spec: { template: { spec: { containers: [container] } } } });
const at = "spec.template.spec.containers[0]";
const group = resource("kubernetes:leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", {
  spec: {
    leaderWorkerTemplate: {
      leaderTemplate: { spec: { containers: [container] } },
      workerTemplate: { spec: { containers: [{ ...container, readinessProbe: undefined, livenessProbe: undefined }] } },
    },
  },
});
const inGroup = "spec.leaderWorkerTemplate";

const classAt = "spec.priorityClassName";
const queued = 'metadata.labels["kueue.x-k8s.io/priority-class"]';
const ofList = "must be one of high, low";

/** Rules about what teams are promised, and what their servers say of themselves. */
export const podPromiseTables: readonly RuleCases[] = [
  table(k8sQuotaWithinPools, [quota, pool], {
    compliant: {
      "two teams that share": [[quota, second, pool]],
      "a quota beside pools of another stack": [[quota]],
      "GPUs of another vendor, of which the stack has none": [
        [changed(quota, { 'spec.hard["requests.amd.com/gpu"]': "64" }), pool],
      ],
      "all that there is": [[changed(quota, { [gpus]: 16 }), pool]],
      "nodes without GPUs": [[quota, changed(pool, { vmSize: sizes.general })]],
      "a size that nobody knows": [[quota, changed(pool, { vmSize: "Standard_X1" })]],
      "two pools, counted together": [
        [changed(quota, { [gpus]: "32" }), pool, { ...changed(pool, { agentPoolName: "b" }), urn: "urn:b" }],
      ],
      "any number of teams that share, where no bound is set": [[quota, second, { ...second, urn: "urn:third" }, pool]],
      "slices of GPUs, which count as one": [
        [changed(quota, { [gpus]: "2" }), changed(pool, { vmSize: "Standard_NV6ads_A10_v5" })],
      ],
      "a pool inside the cluster besides": [
        [
          changed(quota, { [gpus]: "17" }),
          pool,
          changed(cluster, { "agentPoolProfiles[0].vmSize": sizes.gpu, "agentPoolProfiles[0].count": 1 }),
        ],
      ],
    },
    broken: {
      "more than there is": [
        [changed(quota, { [gpus]: "17" }), pool],
        `${gpus} is 17; must be at most 16, the GPUs of the full pools`,
      ],
      "the second of two quotas": [
        [quota, changed(second, { [gpus]: "17" }), pool],
        `${gpus} is 17; must be at most 16, the GPUs of the full pools`,
      ],
      "each kind of GPU by its own pools": [
        [
          changed(quota, { [gpus]: "16", 'spec.hard["requests.amd.com/gpu"]': "9" }),
          pool,
          { ...changed(pool, { vmSize: "Standard_ND96isr_MI300X_v5", maxCount: 1 }), urn: "urn:amd" },
        ],
        'spec.hard["requests.amd.com/gpu"] is 9; must be at most 8, the GPUs of the full pools',
      ],
      "a fixed pool": [
        [quota, changed(pool, { enableAutoScaling: false, count: 1 })],
        `${gpus} is 16; must be at most 8, the GPUs of the full pools`,
      ],
    },
    absent: {
      "the GPUs of the quota": [[changed(quota, { [gpus]: undefined }), pool]],
      "the number of nodes": [
        [quota, changed(pool, { maxCount: undefined })],
        `${gpus} is 16; must be at most 0, the GPUs of the full pools`,
      ],
    },
    unknown: {
      "the quota": [[changed(quota, { [gpus]: unknownValue }), pool], `?${gpus}`],
      "the number of nodes": [[quota, changed(pool, { maxCount: unknownValue })], "?maxCount"],
      "the number of nodes of a pool that is not needed": [
        [quota, pool, { ...changed(pool, { maxCount: unknownValue }), urn: "urn:other" }],
      ],
      "more than the pools that are known, beside one that is not": [
        [changed(quota, { [gpus]: "17" }), pool, { ...changed(pool, { maxCount: unknownValue }), urn: "urn:other" }],
        "?maxCount",
      ],
      "one of two quotas": [[changed(quota, { [gpus]: unknownValue }), second, pool], `?${gpus}`],
      "GPUs that are cut into instances": [
        [changed(quota, { [gpus]: "40" }), changed(pool, { gpuInstanceProfile: "MIG1g" })],
        "?maxCount",
      ],
    },
    notApplicable,
  }),
  table(
    k8sQuotaWithinPools,
    [quota, changed(second, { [gpus]: "8" }), pool],
    {
      compliant: {
        "a bound that no whole number of GPUs reaches": [
          [changed(quota, { [gpus]: "8" }), changed(second, { [gpus]: "4" }), changed(pool, { maxCount: 1 })],
        ],
      },
      broken: {
        "more than one and a half times what there is": [
          [quota, changed(second, { [gpus]: "9" }), pool],
          `the sum of ${gpus} is 25; must be at most 24`,
        ],
      },
      absent: { "the pools": [[quota, second]] },
      unknown: {
        "the number of nodes": [[quota, second, changed(pool, { maxCount: unknownValue })], "?maxCount"],
        "the number of nodes of one pool, where only the sum is too much": [
          [
            quota,
            changed(second, { [gpus]: "16" }),
            pool,
            { ...changed(pool, { maxCount: unknownValue }), urn: "urn:other" },
          ],
          "?maxCount",
        ],
        "the number of nodes of a pool that is not needed": [
          [
            quota,
            changed(second, { [gpus]: "8" }),
            pool,
            { ...changed(pool, { maxCount: unknownValue }), urn: "urn:other" },
          ],
        ],
      },
      notApplicable,
    },
    { settings: { gpuOversubscription: 1.5 } },
  ),
  table(k8sProbes, server, {
    compliant: {
      "workers behind a leader": [[group]],
      "probes that are not known": [{ [`${at}.readinessProbe`]: { exec: unknownValue } }],
      "a server without GPUs": [{ [`${at}.resources`]: undefined, [`${at}.readinessProbe`]: undefined }],
      "a container that nobody asks": [{ [`${at}.ports`]: undefined, [`${at}.readinessProbe`]: undefined }],
      "nothing that ends it": [{ [`${at}.livenessProbe`]: undefined, [`${at}.startupProbe`]: undefined }],
    },
    broken: {
      "a StatefulSet": [
        [{ ...changed(server, { [`${at}.readinessProbe`]: undefined }), type: "kubernetes:apps/v1:StatefulSet" }],
        `${at}.readinessProbe is absent; must be set`,
      ],
      "the second container": [
        { "spec.template.spec.containers[1]": { ...container, name: "second", readinessProbe: "tcp" } },
        'spec.template.spec.containers[1].readinessProbe is "tcp"; must be set',
      ],
      "a leader that does not say it": [
        [changed(group, { [`${inGroup}.leaderTemplate.spec.containers[0].readinessProbe`]: undefined })],
        `${inGroup}.leaderTemplate.spec.containers[0].readinessProbe is absent; must be set`,
      ],
      "workers without a leader of their own": [
        [changed(group, { [`${inGroup}.leaderTemplate`]: undefined })],
        `${inGroup}.workerTemplate.spec.containers[0].readinessProbe is absent; must be set`,
      ],
      "a probe that is none": [{ [`${at}.readinessProbe`]: true }, `${at}.readinessProbe is true; must be set`],
      "what ends it while it loads": [
        { [`${at}.startupProbe`]: undefined },
        `${at}.startupProbe is absent; must be set beside a livenessProbe`,
      ],
    },
    absent: {
      "the probe": [{ [`${at}.readinessProbe`]: undefined }, `${at}.readinessProbe is absent; must be set`],
    },
    unknown: {
      "what it asks": [{ [`${at}.readinessProbe`]: unknownValue }, `?${at}.readinessProbe`],
    },
    notApplicable: { ...notApplicable, "a job": [[hardened]] },
  }),
  table(k8sPriorityClass, hardened, {
    compliant: {
      "a class of somebody's own": [{ [classAt]: "high" }],
      "a pod without GPUs": [{ [classAt]: "system-node-critical", "spec.containers[0].resources": undefined }],
      "a class that only begins alike": [{ [classAt]: "systematic" }],
      "a class that is no text, which Kubernetes refuses": [{ [classAt]: 7 }],
      "what is laid over a pod that stands elsewhere": [
        [
          resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
            spec: {
              podTemplateOverrides: [
                {
                  spec: {
                    priorityClassName: "system-node-critical",
                    containers: [{ name: "node", resources: { limits: { "nvidia.com/gpu": 8 } } }],
                  },
                },
              ],
            },
          }),
        ],
      ],
      "a DaemonSet, which serves its node": [
        [
          changed(hardenedIn("apps/v1:DaemonSet", "spec.template.spec"), {
            "spec.template.spec.priorityClassName": "system-node-critical",
          }),
        ],
      ],
    },
    broken: {
      "a class of Kubernetes beside a container without GPUs": [
        {
          [classAt]: "system-node-critical",
          "spec.containers[1]": { name: "logs", image: "mcr.microsoft.com/logs:1" },
        },
        `${classAt} is "system-node-critical"; must not begin with system-`,
      ],
      "a class of Kubernetes": [
        { [classAt]: "system-node-critical" },
        `${classAt} is "system-node-critical"; must not begin with system-`,
      ],
      "a class of Kubernetes in a job of an operator": [
        [
          changed(hardenedIn("kubeflow.org/v2beta1:MPIJob", "spec.mpiReplicaSpecs.Worker.template.spec"), {
            "spec.mpiReplicaSpecs.Worker.template.spec.priorityClassName": "system-cluster-critical",
          }),
        ],
        'spec.mpiReplicaSpecs.Worker.template.spec.priorityClassName is "system-cluster-critical"; must not begin with system-',
      ],
    },
    absent: { "the class, where no list asks for one": [{ [classAt]: undefined }] },
    unknown: { "the class": [{ [classAt]: unknownValue }, `?${classAt}`] },
    notApplicable,
  }),
  table(
    k8sPriorityClass,
    changed(hardened, { [classAt]: "high" }),
    {
      compliant: { "the class of a job in its queue": [{ [classAt]: undefined, [queued]: "low" }] },
      broken: {
        "another one": [{ [classAt]: "urgent" }, `${classAt} is "urgent"; ${ofList}`],
        "one that is no text": [{ [classAt]: 7 }, `${classAt} is 7; ${ofList}`],
        "another one in the queue": [{ [classAt]: undefined, [queued]: "urgent" }, `${queued} is "urgent"; ${ofList}`],
        "a class of Kubernetes": [
          { [classAt]: "system-node-critical", [queued]: "low" },
          `${classAt} is "system-node-critical"; ${ofList}`,
        ],
      },
      absent: { "the class": [{ [classAt]: undefined }, `${classAt} is absent; ${ofList}`] },
      unknown: { "the class": [{ [classAt]: unknownValue }, `?${classAt}`] },
      notApplicable,
    },
    { settings: { priorityClasses: ["high", "low"] } },
  ),
];
