import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import { k8sGpuLimits } from "../../../policies/rules/kubernetes/k8s-gpu-limits";
import { k8sLbInternal } from "../../../policies/rules/kubernetes/k8s-lb-internal";
import { k8sNoClusterAdmin } from "../../../policies/rules/kubernetes/k8s-no-cluster-admin";
import { k8sNoHostNamespaces } from "../../../policies/rules/kubernetes/k8s-no-host-namespaces";
import { k8sNoPrivileged } from "../../../policies/rules/kubernetes/k8s-no-privileged";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { binding, held, pod, podHolders, service, workload } from "../kubernetes-fixtures";

const otherType = { "another type": [[account]] } as const;
const workloadLabel = `metadata.labels["${labels.workload}"]`;
const container = "spec.containers[0]";
const flag = "containers[0].securityContext.privileged";
const privileged = `spec.${flag}`;
const gpus = `${container}.resources.limits["nvidia.com/gpu"]`;
const whole = "must be a whole number from 1";
const everybody = "not be system:masters, system:anonymous, system:unauthenticated or system:authenticated";
const internal = 'metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"]';

/** A case for each kind that holds pods: the same change at its pod spec, and what the rule says there. */
function wherever(path: string, value: unknown, at: string, says: string) {
  return Object.fromEntries(
    Object.entries(podHolders).map(([what, [kind, spec]]) => [
      `${at} of ${what}`,
      [[changed(held(kind, spec), { [`${spec}.${path}`]: value })], `${spec}.${at} ${says}`] as const,
    ]),
  );
}

const [rayCluster, rayWorker] = podHolders["a Ray cluster"];
const unknownTemplate = [changed(held(rayCluster, rayWorker), { "spec.workerGroupSpecs[0].template": unknownValue })];

const chart = resource("kubernetes:helm.sh/v3:Release", {
  values: { hostNetwork: true, containers: [{ securityContext: { privileged: true } }] },
});

const templated = "spec.template.spec.containers[0].securityContext.privileged";

const driver = changed(workload("DaemonSet"), {
  [workloadLabel]: "platform",
  [templated]: true,
  "spec.template.spec.hostNetwork": true,
});

/** Rules about objects in a cluster. */
export const kubernetesTables: readonly RuleCases[] = [
  table(k8sNoPrivileged, pod, {
    broken: {
      "a container": [{ [privileged]: true }, `${privileged} is true; must not be true`],
      "a container that starts first": [
        { "spec.initContainers[0].securityContext.privileged": true },
        "spec.initContainers[0].securityContext.privileged is true; must not be true",
      ],
      "a DaemonSet of nobody known": [
        [changed(driver, { [workloadLabel]: undefined })],
        "spec.template.spec.containers[0].securityContext.privileged is true; must not be true",
      ],
      "a Deployment, though it says that it is the platform's": [
        [changed(workload("Deployment"), { [workloadLabel]: "platform", [templated]: true })],
        `${templated} is true; must not be true`,
      ],
      "a Deployment": [
        [changed(workload("Deployment"), { "spec.template.spec.containers[0].securityContext.privileged": true })],
        "spec.template.spec.containers[0].securityContext.privileged is true; must not be true",
      ],
      "a CronJob": [
        [
          changed(workload("CronJob"), {
            "spec.jobTemplate.spec.template.spec.containers[0].securityContext.privileged": true,
          }),
        ],
        "spec.jobTemplate.spec.template.spec.containers[0].securityContext.privileged is true; must not be true",
      ],
      ...wherever(flag, true, flag, "is true; must not be true"),
      "the one container of a workflow's step": [
        [
          resource("kubernetes:argoproj.io/v1alpha1:Workflow", {
            spec: {
              templates: [{ name: "train", container: { image: "trainer:1", securityContext: { privileged: true } } }],
            },
          }),
        ],
        "spec.templates[0].container.securityContext.privileged is true; must not be true",
      ],
    },
    absent: { "the containers": [{ spec: undefined }] },
    unknown: {
      "the flag": [{ [privileged]: unknownValue }, `?${privileged}`],
      "the flag below a template": [
        [changed(held(rayCluster, rayWorker), { [`${rayWorker}.containers[0].securityContext`]: unknownValue })],
        `?${rayWorker}.containers[0].securityContext`,
      ],
    },
    notApplicable: {
      ...otherType,
      "the values of a chart": [[chart]],
      "a driver of nodes, of the platform": [[driver]],
    },
  }),
  table(k8sNoHostNamespaces, pod, {
    broken: {
      "the node's network": [{ "spec.hostNetwork": true }, "spec.hostNetwork is true; must not be true"],
      "the node's processes": [{ "spec.hostPID": true }, "spec.hostPID is true; must not be true"],
      "the node's memory segments": [{ "spec.hostIPC": true }, "spec.hostIPC is true; must not be true"],
      ...wherever("hostIPC", true, "hostIPC", "is true; must not be true"),
      "a predictor without a list of containers": [
        [
          resource("kubernetes:serving.kserve.io/v1beta1:InferenceService", {
            spec: { predictor: { hostNetwork: true, model: { modelFormat: { name: "vllm" } } } },
          }),
        ],
        "spec.predictor.hostNetwork is true; must not be true",
      ],
    },
    absent: { "the flags": [{ "spec.hostNetwork": undefined }] },
    unknown: {
      "the spec": [{ spec: unknownValue }, "?spec"],
      "the template in an object of another kind": [unknownTemplate, "?spec.workerGroupSpecs[0].template"],
    },
    notApplicable: {
      ...otherType,
      "the values of a chart": [[chart]],
      "a driver of nodes, of the platform": [[driver]],
      "the schema of a kind": [
        [
          resource("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition", {
            spec: { properties: { hostNetwork: { type: "boolean" }, containers: { items: { type: "object" } } } },
          }),
        ],
      ],
    },
  }),
  table(k8sGpuLimits, pod, {
    compliant: {
      "a DaemonSet of the node": [
        [changed(workload("DaemonSet"), { "spec.template.spec.containers[0].resources": undefined })],
      ],
      "a resource claim": [{ [`${container}.resources`]: undefined, "spec.resourceClaims": [{ name: "gpu" }] }],
      "workers with GPUs beside a head without": [
        [
          changed(held(rayCluster, rayWorker), {
            "spec.headGroupSpec.template.spec.containers": [{ name: "head", image: "ray:2" }],
          }),
        ],
      ],
      "tolerations that are laid over a template elsewhere": [
        [
          resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
            spec: {
              podTemplateOverrides: [
                { spec: { tolerations: [{ key: "nvidia.com/gpu" }], containers: [{ name: "node", env: [] }] } },
              ],
            },
          }),
        ],
      ],
      "sixteen GPUs": [{ [gpus]: "16" }],
      "one container of two that takes GPUs": [{ "spec.containers[1]": { name: "logs", image: "logs:1" } }],
      "a claim beside GPUs that it does not count": [{ [gpus]: "0.5", "spec.resourceClaims": [{ name: "gpu" }] }],
      "tolerations and labels of other nodes": [
        {
          "spec.tolerations": [{ key: "spot", operator: "Exists" }, { operator: "Exists" }],
          "spec.nodeSelector": { "kubernetes.io/os": "linux" },
          [`${container}.resources`]: undefined,
        },
      ],
      "an equal request": [{ [`${container}.resources.requests["nvidia.com/gpu"]`]: 8 }],
    },
    broken: {
      "half a GPU": [{ [gpus]: "0.5" }, `${gpus} is "0.5"; ${whole}`],
      "more digits than a node has GPUs": [{ [gpus]: "10000" }, `${gpus} is "10000"; ${whole}`],
      none: [{ [gpus]: 0 }, `${gpus} is 0; ${whole}`],
      "a limit that is nothing": [{ [gpus]: null }, `${gpus} is absent; ${whole}`],
      "a container that asks wrongly, beside a pod that claims": [
        [
          changed(held(rayCluster, rayWorker), {
            [`${rayWorker}.containers[0].resources.limits["nvidia.com/gpu"]`]: "0.5",
            "spec.headGroupSpec.template.spec": {
              resourceClaims: [{ name: "gpu" }],
              containers: [{ name: "head", image: "ray:2" }],
            },
          }),
        ],
        `${rayWorker}.containers[0].resources.limits["nvidia.com/gpu"] is "0.5"; ${whole}`,
      ],
      "a limit and a request that are no numbers": [
        { [gpus]: true, [`${container}.resources.requests["nvidia.com/gpu"]`]: true },
        `${gpus} is true; ${whole}`,
        `${container}.resources.requests["nvidia.com/gpu"] is true; must equal the limit, or be absent`,
      ],
      "two kinds": [
        { [`${container}.resources.limits["amd.com/gpu"]`]: "1" },
        `${container}.resources.limits is ["nvidia.com/gpu","amd.com/gpu"]; must hold one kind of GPU`,
      ],
      "a request that differs": [
        { [`${container}.resources.requests["nvidia.com/gpu"]`]: "4" },
        `${container}.resources.requests["nvidia.com/gpu"] is "4"; must equal the limit, or be absent`,
      ],
      "GPU nodes by a selector": [
        {
          "spec.tolerations": undefined,
          [`${container}.resources`]: undefined,
          [`spec.nodeSelector["${labels.gpuStack}"]`]: "gpu-operator",
        },
        "spec.containers is without a GPU limit; must hold a container with one: the pod goes to GPU nodes",
      ],
    },
    absent: {
      ...wherever(
        "containers[0].resources",
        undefined,
        "containers",
        "is without a GPU limit; must hold a container with one: the pod goes to GPU nodes",
      ),
      "the limit": [
        { [`${container}.resources`]: undefined },
        "spec.containers is without a GPU limit; must hold a container with one: the pod goes to GPU nodes",
      ],
    },
    unknown: {
      "the limit": [{ [gpus]: unknownValue }, `?${gpus}`],
      "all limits": [{ [`${container}.resources`]: unknownValue }, `?${container}.resources.limits`],
      "the limit beside a request": [
        { [gpus]: unknownValue, [`${container}.resources.requests["nvidia.com/gpu"]`]: "4" },
        `?${gpus}`,
      ],
      "a container": [{ "spec.containers": [unknownValue] }, "?spec.containers[0]"],
    },
    notApplicable: { "a pod without GPU": [{ "spec.tolerations": undefined, [`${container}.resources`]: undefined }] },
  }),
  table(k8sLbInternal, service, {
    compliant: { "a service inside the cluster": [{ "spec.type": "ClusterIP", metadata: undefined }] },
    broken: {
      "a port on every node": [{ "spec.type": "NodePort" }, 'spec.type is "NodePort"; must not be NodePort'],
      "a public address": [{ [internal]: "false" }, `${internal} is "false"; must be "true" on a LoadBalancer`],
    },
    absent: { "the annotation": [{ metadata: undefined }, `${internal} is absent; must be "true" on a LoadBalancer`] },
    unknown: { "the type": [{ "spec.type": unknownValue }, "?spec.type"] },
    notApplicable: otherType,
  }),
  table(k8sNoClusterAdmin, binding, {
    broken: {
      "cluster-admin": [
        { "roleRef.name": "cluster-admin" },
        'roleRef.name is "cluster-admin"; must not be cluster-admin',
      ],
      ...Object.fromEntries(
        ["system:masters", "system:anonymous", "system:unauthenticated"].map((name) => [
          name,
          [{ "subjects[1]": { kind: "Group", name } }, `subjects[1].name is "${name}"; must ${everybody}`] as const,
        ]),
      ),
      everybody: [
        { "subjects[0].name": "system:authenticated" },
        `subjects[0].name is "system:authenticated"; must ${everybody}`,
      ],
    },
    absent: { "the subjects": [{ subjects: undefined }] },
    unknown: { "the role": [{ "roleRef.name": unknownValue }, "?roleRef.name"] },
    notApplicable: otherType,
  }),
];
