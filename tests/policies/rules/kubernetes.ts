import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import { k8sGpuLimits } from "../../../policies/rules/kubernetes/k8s-gpu-limits";
import { k8sLbInternal } from "../../../policies/rules/kubernetes/k8s-lb-internal";
import { k8sNoClusterAdmin } from "../../../policies/rules/kubernetes/k8s-no-cluster-admin";
import { k8sNoHostNamespaces } from "../../../policies/rules/kubernetes/k8s-no-host-namespaces";
import { k8sNoPrivileged } from "../../../policies/rules/kubernetes/k8s-no-privileged";
import { k8sNsDefaultDeny } from "../../../policies/rules/kubernetes/k8s-ns-default-deny";
import { k8sNsHasQuota } from "../../../policies/rules/kubernetes/k8s-ns-has-quota";
import { k8sNsPssLabels } from "../../../policies/rules/kubernetes/k8s-ns-pss-labels";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import {
  allowDns,
  allowNames,
  binding,
  denyAll,
  held,
  namespace,
  pod,
  podHolders,
  quota,
  service,
  workload,
} from "../kubernetes-fixtures";

const otherType = { "another type": [[account]] } as const;
const workloadLabel = `metadata.labels["${labels.workload}"]`;
const pss = (mode: string): string => `metadata.labels["pod-security.kubernetes.io/${mode}"]`;
const container = "spec.containers[0]";
const flag = "containers[0].securityContext.privileged";
const privileged = `spec.${flag}`;
const gpus = `${container}.resources.limits["nvidia.com/gpu"]`;
const whole = "must be a whole number from 1";
const everybody = "not be system:masters, system:anonymous, system:unauthenticated or system:authenticated";
const internal = 'metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"]';
const platform = changed(namespace, { [workloadLabel]: "platform" });
const without = (what: string): string => `metadata.name is a namespace without ${what}`;

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
  table(k8sNsPssLabels, namespace, {
    compliant: {
      "another version": [{ [pss("enforce-version")]: "v1.30" }],
      "a pinned version": [{ [pss("enforce-version")]: "v1.36" }],
      "a strict team": [{ [pss("enforce")]: "restricted" }],
      "a strict part of the platform": [[changed(platform, { [pss("enforce")]: "restricted" })]],
      "a mild part of the platform": [[changed(platform, { [pss("enforce")]: "baseline" })]],
      "privileged pods of the platform": [
        [changed(platform, { [pss("enforce")]: "privileged", [pss("warn")]: undefined, [pss("audit")]: undefined })],
      ],
    },
    broken: {
      "privileged pods of a team": [
        { [pss("enforce")]: "privileged" },
        `${pss("enforce")} is "privileged"; must be restricted or baseline`,
      ],
      "rules that change with the cluster": [
        { [pss("enforce-version")]: "latest" },
        `${pss("enforce-version")} is "latest"; must be a version such as v1.36`,
      ],
      "a part of the platform that is not privileged and warns nobody": [
        [changed(platform, { [pss("warn")]: undefined })],
        `${pss("warn")} is absent; must be "restricted"`,
      ],
      "a team that warns nobody of its privileged pods": [
        { [pss("enforce")]: "privileged", [pss("audit")]: undefined },
        `${pss("enforce")} is "privileged"; must be restricted or baseline`,
        `${pss("audit")} is absent; must be "restricted"`,
      ],
      "a level of the platform that there is not": [
        [changed(platform, { [pss("enforce")]: "none" })],
        `${pss("enforce")} is "none"; must be restricted or baseline or privileged`,
      ],
      ...Object.fromEntries(
        ["1.36", "vv1.36", "v1.36.2", "v1.x", 1.36].map((version) => [
          `the version ${version}`,
          [
            { [pss("enforce-version")]: version },
            `${pss("enforce-version")} is ${JSON.stringify(version)}; must be a version such as v1.36`,
          ] as const,
        ]),
      ),
      "a warning that is too mild": [
        { [pss("warn")]: "baseline" },
        `${pss("warn")} is "baseline"; must be "restricted"`,
      ],
    },
    absent: {
      "the labels": [
        { "metadata.labels": undefined },
        `${pss("enforce")} is absent; must be restricted or baseline`,
        `${pss("enforce-version")} is absent; must be a version such as v1.36`,
        `${pss("warn")} is absent; must be "restricted"`,
        `${pss("audit")} is absent; must be "restricted"`,
      ],
    },
    unknown: { "the labels": [{ "metadata.labels": unknownValue }, "?metadata.labels"] },
    notApplicable: otherType,
  }),
  table(k8sNsHasQuota, [namespace, quota], {
    compliant: {
      "the short forms": [
        [
          namespace,
          changed(quota, {
            "spec.hard": {
              cpu: 1,
              memory: 1,
              "count/pods": 1,
              persistentvolumeclaims: 1,
              "requests.nvidia.com/gpu": 1,
            },
          }),
        ],
      ],
      "memory by its limit, in a quota of its own": [
        [
          namespace,
          changed(quota, { 'spec.hard["requests.memory"]': undefined }),
          changed(quota, { "spec.hard": { "limits.memory": "1Ti" } }),
        ],
      ],
      "instances of MIG": [
        [
          namespace,
          changed(quota, {
            'spec.hard["requests.nvidia.com/gpu"]': undefined,
            'spec.hard["requests.nvidia.com/mig-1g.10gb"]': "7",
          }),
        ],
      ],
      "GPUs of AMD": [
        [
          namespace,
          changed(quota, {
            'spec.hard["requests.nvidia.com/gpu"]': undefined,
            'spec.hard["requests.amd.com/gpu"]': "8",
          }),
        ],
      ],
    },
    broken: {
      "no limit on GPUs": [
        [namespace, changed(quota, { 'spec.hard["requests.nvidia.com/gpu"]': undefined })],
        `${without("a quota for requests.<vendor>.com/gpu")}; must have one`,
      ],
      "a quota without namespace beside a namespace without name": [
        [changed(namespace, { "metadata.name": undefined }), changed(quota, { "metadata.namespace": undefined })],
        `${without("a quota for requests.cpu, requests.memory, pods, requests.storage, requests.<vendor>.com/gpu")}; must have one`,
      ],
      "keys that only look like those of a quota": [
        [
          namespace,
          changed(quota, {
            "spec.hard": {
              ...{ "limits.cpu": 1, cpus: 1, "example.com/memory": 1, memorys: 1, "requests.pods": 1, podsets: 1 },
              ...{
                "limits.storage": 1,
                persistentvolumeclaimss: 1,
                "nvidia.com/gpu": 1,
                "requests.example.com/gpu": 1,
              },
            },
          }),
        ],
        `${without("a quota for requests.cpu, requests.memory, pods, requests.storage, requests.<vendor>.com/gpu")}; must have one`,
      ],
      "the second of two namespaces": [
        [namespace, { ...changed(namespace, { "metadata.name": "train-audio" }), urn: "urn:audio" }, quota],
        `${without("a quota for requests.cpu, requests.memory, pods, requests.storage, requests.<vendor>.com/gpu")}; must have one`,
      ],
      "a quota of another namespace": [
        [namespace, changed(quota, { "metadata.namespace": "train-audio" })],
        `${without("a quota for requests.cpu, requests.memory, pods, requests.storage, requests.<vendor>.com/gpu")}; must have one`,
      ],
    },
    absent: {
      "the quota": [
        [namespace],
        `${without("a quota for requests.cpu, requests.memory, pods, requests.storage, requests.<vendor>.com/gpu")}; must have one`,
      ],
    },
    unknown: {
      "the namespace of the quota": [
        [namespace, changed(quota, { "metadata.namespace": unknownValue })],
        "?metadata.namespace",
      ],
      "what it limits": [[namespace, changed(quota, { "spec.hard": unknownValue })], "?spec.hard"],
    },
    notApplicable: { "a namespace of the platform": [[platform]] },
  }),
  table(k8sNsDefaultDeny, [namespace, denyAll, allowDns], {
    compliant: {
      "a policy for each way": [
        [
          namespace,
          changed(denyAll, { "spec.policyTypes": ["Ingress"] }),
          changed(denyAll, { "spec.policyTypes": ["Egress"] }),
          allowDns,
        ],
      ],
      "names that may be looked up": [[namespace, denyAll, allowNames]],
      "every pod, in many words": [
        [namespace, changed(denyAll, { "spec.podSelector": { matchLabels: {}, matchExpressions: [] } }), allowDns],
      ],
      "DNS as one port of several, by number": [
        [
          namespace,
          denyAll,
          changed(allowDns, { "spec.egress": [{ ports: [{ port: 443 }] }, { ports: [{ port: 80 }, { port: "53" }] }] }),
        ],
      ],
    },
    broken: {
      "names for some pods only": [
        [namespace, denyAll, changed(allowNames, { "spec.endpointSelector.matchLabels": { app: "web" } })],
        `${without("a policy that allows DNS")}; must have both`,
      ],
      "hosts of names that nobody may look up": [
        [namespace, denyAll, changed(allowNames, { "spec.egress[0].toPorts[0].ports[0].port": "443" })],
        `${without("a policy that allows DNS")}; must have both`,
      ],
      "some pods only, by an expression": [
        [
          namespace,
          changed(denyAll, { "spec.podSelector.matchExpressions": [{ key: "app", operator: "Exists" }] }),
          allowDns,
        ],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "no word on which pods": [
        [namespace, changed(denyAll, { "spec.podSelector": undefined }), allowDns],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "DNS of some pods only": [
        [namespace, denyAll, changed(allowDns, { "spec.podSelector.matchLabels": { app: "web" } })],
        `${without("a policy that allows DNS")}; must have both`,
      ],
      "a way to another port than that of DNS": [
        [namespace, denyAll, changed(allowDns, { "spec.egress": [{ ports: [{ protocol: "TCP", port: 443 }] }] })],
        `${without("a policy that allows DNS")}; must have both`,
      ],
      "a gap on the way out": [
        [namespace, changed(denyAll, { "spec.egress": [{}] }), allowDns],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "one way only": [
        [namespace, changed(denyAll, { "spec.policyTypes": ["Ingress"] }), allowDns],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "some pods only": [
        [namespace, changed(denyAll, { "spec.podSelector.matchLabels": { app: "web" } }), allowDns],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "a gap": [
        [namespace, changed(denyAll, { "spec.ingress": [{}] }), allowDns],
        `${without("a policy that denies everything")}; must have both`,
      ],
      "no DNS": [[namespace, denyAll], `${without("a policy that allows DNS")}; must have both`],
    },
    absent: {
      "the policies": [
        [namespace],
        `${without("a policy that denies everything and a policy that allows DNS")}; must have both`,
      ],
    },
    unknown: { "the policy": [[namespace, changed(denyAll, { spec: unknownValue }), allowDns], "?spec"] },
    notApplicable: { "a namespace of the platform": [[platform]] },
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
