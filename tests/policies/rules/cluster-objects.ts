import { unknownValue } from "../../../core/property-marks";
import { k8sChartPinned } from "../../../policies/rules/kubernetes/k8s-chart-pinned";
import { k8sHelmReleaseAllowlist } from "../../../policies/rules/kubernetes/k8s-helm-release-allowlist";
import { k8sIngressTls } from "../../../policies/rules/kubernetes/k8s-ingress-tls";
import { k8sJobBounded } from "../../../policies/rules/kubernetes/k8s-job-bounded";
import { k8sLbInternal } from "../../../policies/rules/kubernetes/k8s-lb-internal";
import { k8sNoDefaultNs } from "../../../policies/rules/kubernetes/k8s-no-default-ns";
import { k8sNoExternalIps } from "../../../policies/rules/kubernetes/k8s-no-external-ips";
import { k8sNoInlineSecret } from "../../../policies/rules/kubernetes/k8s-no-inline-secret";
import { k8sNoWildcardRbac } from "../../../policies/rules/kubernetes/k8s-no-wildcard-rbac";
import { k8sPdbSane } from "../../../policies/rules/kubernetes/k8s-pdb-sane";
import { k8sStorageclassSafe } from "../../../policies/rules/kubernetes/k8s-storageclass-safe";
import { k8sYamlLocalOnly } from "../../../policies/rules/kubernetes/k8s-yaml-local-only";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, service } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;
const internal = '["service.beta.kubernetes.io/azure-load-balancer-internal"]';
const made = 'must be "true": the Service of a gateway is a LoadBalancer';

const gateway = resource("kubernetes:gateway.networking.k8s.io/v1:Gateway", {
  spec: {
    gatewayClassName: "eg",
    infrastructure: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" } },
    listeners: [{ name: "https", port: 443, protocol: "HTTPS" }],
  },
});
const ingress = resource("kubernetes:networking.k8s.io/v1:Ingress", {
  metadata: { name: "chat" },
  spec: {
    ingressClassName: "nginx",
    tls: [{ hosts: ["*.models.example.com"], secretName: "tls" }],
    rules: [{ host: "chat.models.example.com" }],
  },
});
const gatewayApplication = changed(ingress, { "spec.ingressClassName": "azure-application-gateway" });

const job = resource("kubernetes:batch/v1:Job", {
  spec: {
    activeDeadlineSeconds: 3600,
    backoffLimit: 2,
    ttlSecondsAfterFinished: 600,
    template: {
      spec: {
        containers: [{ name: "t", image: "mcr.microsoft.com/t:1", resources: { limits: { "nvidia.com/gpu": 1 } } }],
      },
    },
  },
});
const cronJob = resource("kubernetes:batch/v1:CronJob", { spec: { jobTemplate: { spec: job.inputs["spec"] } } });

const pods = job.inputs["spec"] as { readonly template: object };
const jobSet = resource("kubernetes:jobset.x-k8s.io/v1alpha2:JobSet", {
  spec: {
    ttlSecondsAfterFinished: 600,
    failurePolicy: { maxRestarts: 2 },
    replicatedJobs: [
      { name: "launcher", template: { spec: { template: pods.template } } },
      { name: "worker", template: { spec: { activeDeadlineSeconds: 3600, template: pods.template } } },
    ],
  },
});
const mpiJob = resource("kubernetes:kubeflow.org/v2beta1:MPIJob", {
  spec: {
    runPolicy: { activeDeadlineSeconds: 3600, backoffLimit: 2, ttlSecondsAfterFinished: 600 },
    mpiReplicaSpecs: { Worker: { template: pods.template } },
  },
});
const trainJob = resource("kubernetes:trainer.kubeflow.org/v1alpha1:TrainJob", {
  spec: { runtimeRef: { name: "torch" }, trainer: { numNodes: 2, resourcesPerNode: {} } },
});
const rayJob = resource("kubernetes:ray.io/v1:RayJob", {
  spec: {
    activeDeadlineSeconds: 3600,
    shutdownAfterJobFinishes: true,
    rayClusterSpec: { workerGroupSpecs: [{ template: pods.template }] },
  },
});

const role = resource("kubernetes:rbac.authorization.k8s.io/v1:Role", {
  rules: [{ apiGroups: [""], resources: ["pods", "secrets"], verbs: ["get", "list"] }],
});
const clusterRole = resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", {
  rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }],
});

const release = resource("kubernetes:helm.sh/v3:Release", {
  chart: "oci://registry.k8s.io/kueue/charts/kueue",
  version: "0.19.2",
  namespace: "kueue-system",
  atomic: true,
  timeout: 600,
});
const storageClass = resource("kubernetes:storage.k8s.io/v1:StorageClass", {
  provisioner: "disk.csi.azure.com",
  allowVolumeExpansion: true,
  volumeBindingMode: "WaitForFirstConsumer",
});

/** Rules about objects of a cluster that hold no pods. */
export const clusterObjectTables: readonly RuleCases[] = [
  table(k8sLbInternal, gateway, {
    compliant: {
      "parameters of an object of its own": [{ "spec.infrastructure": { parametersRef: { name: "models" } } }],
      "an ingress of a controller that is installed elsewhere": [[ingress]],
      "an application gateway with a private address": [
        [changed(gatewayApplication, { 'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"]': "true" })],
      ],
      "parameters with a ClusterIP": [
        [
          resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
            spec: { provider: { kubernetes: { envoyService: { type: "ClusterIP" } } } },
          }),
        ],
      ],
    },
    broken: {
      "a gateway of Application Gateway for Containers": [
        { "spec.gatewayClassName": "azure-alb-external" },
        'spec.gatewayClassName is "azure-alb-external"; must not be azure-alb-external',
      ],
      "a gateway of an older version of its kind": [
        [
          {
            ...changed(gateway, { "spec.infrastructure": undefined }),
            type: "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway",
          },
        ],
        `spec.infrastructure.annotations${internal} is absent; must be "true" without parametersRef`,
      ],
      "parameters of agentgateway": [
        [resource("kubernetes:agentgateway.dev/v1alpha1:AgentgatewayParameters", { spec: { service: {} } })],
        `spec.service.metadata.annotations${internal} is absent; ${made}`,
      ],
      "parameters of Envoy Gateway": [
        [resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", { spec: {} })],
        `spec.provider.kubernetes.envoyService.annotations${internal} is absent; ${made}`,
      ],
      "parameters with ports of nodes": [
        [
          resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
            spec: { provider: { kubernetes: { envoyService: { type: "NodePort" } } } },
          }),
        ],
        'spec.provider.kubernetes.envoyService.type is "NodePort"; must not be NodePort',
      ],
      "an ingress of Application Gateway for Containers": [
        [changed(ingress, { "spec.ingressClassName": "azure-alb-external" })],
        'spec.ingressClassName is "azure-alb-external"; must not be azure-alb-external',
      ],
    },
    absent: {
      "the word": [
        { "spec.infrastructure": undefined },
        `spec.infrastructure.annotations${internal} is absent; must be "true" without parametersRef`,
      ],
      "the private address of an application gateway": [
        [gatewayApplication],
        'metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"] is absent; must be "true" for an application gateway',
      ],
    },
    unknown: {
      "the annotations": [{ "spec.infrastructure.annotations": unknownValue }, "?spec.infrastructure.annotations"],
      "the class of an ingress": [
        [changed(ingress, { "spec.ingressClassName": unknownValue })],
        "?spec.ingressClassName",
      ],
    },
    notApplicable,
  }),
  table(k8sNoExternalIps, service, {
    broken: {
      "an address": [{ "spec.externalIPs": ["203.0.113.9"] }, 'spec.externalIPs is ["203.0.113.9"]; must be absent'],
    },
    absent: { "the spec": [{ spec: undefined }] },
    unknown: { "the addresses": [{ "spec.externalIPs": unknownValue }, "?spec.externalIPs"] },
    notApplicable,
  }),
  table(k8sIngressTls, ingress, {
    broken: {
      "a host without a certificate": [
        { "spec.rules": [{ host: "other.example.com" }] },
        'spec.rules[0].host is "other.example.com"; must stand in spec.tls[].hosts',
      ],
      "a host two labels below a star": [
        { "spec.rules": [{ host: "a.b.models.example.com" }] },
        'spec.rules[0].host is "a.b.models.example.com"; must stand in spec.tls[].hosts',
      ],
      "a snippet": [
        { 'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"]': "return 200;" },
        'metadata.annotations["nginx.ingress.kubernetes.io/server-snippet"] is "set"; must be absent',
      ],
    },
    absent: { "rules and certificates": [{ spec: {} }, "spec.tls is absent; must hold a certificate"] },
    unknown: { "the certificates": [{ "spec.tls": unknownValue }, "?spec.tls"] },
    notApplicable,
  }),
  table(k8sNoInlineSecret, resource("kubernetes:core/v1:Secret", { type: "kubernetes.io/service-account-token" }), {
    broken: {
      "a value, which is not shown": [{ stringData: { token: "hunter2" } }, "stringData is set; must be absent"],
    },
    absent: { "all of it": [{ type: undefined }] },
    // A value that comes from elsewhere ends in the state all the same.
    unknown: { "the data": [{ data: unknownValue }, "data is set; must be absent"] },
    notApplicable,
  }),
  table(k8sNoWildcardRbac, clusterRole, {
    compliant: {
      "secrets of one namespace": [[role]],
      "one named secret": [
        { "rules[0]": { apiGroups: [""], resources: ["secrets"], resourceNames: ["tls"], verbs: ["get"] } },
      ],
    },
    broken: {
      "every verb": [{ "rules[0].verbs": ["*"] }, 'rules[0].verbs[0] is "*"; must not be *'],
      "every resource, in a namespace": [
        [changed(role, { "rules[0].resources": ["*"] })],
        'rules[0].resources[0] is "*"; must not be *',
      ],
      "every group": [{ "rules[0].apiGroups": ["*"] }, 'rules[0].apiGroups[0] is "*"; must not be *'],
      "every address": [{ "rules[0].nonResourceURLs": ["*"] }, 'rules[0].nonResourceURLs[0] is "*"; must not be *'],
      "binding roles": [
        { "rules[0].verbs": ["bind"] },
        'rules[0].verbs[0] is "bind"; must not be bind, escalate, impersonate',
      ],
      "the proxy of nodes": [
        { "rules[0].resources": ["nodes/proxy"] },
        'rules[0].resources[0] is "nodes/proxy"; must not be nodes/proxy',
      ],
      "secrets of the whole cluster": [
        { "rules[0].resources": ["secrets"] },
        'rules[0].resources is ["secrets"]; must not hold secrets of the whole cluster',
      ],
      webhooks: [
        { "rules[0]": { resources: ["mutatingwebhookconfigurations"], verbs: ["update"] } },
        'rules[0].resources is ["mutatingwebhookconfigurations"]; must not hold webhooks or admission policies beside verbs that change them',
      ],
      "admission policies, all at once": [
        { "rules[0]": { resources: ["validatingadmissionpolicybindings"], verbs: ["deletecollection"] } },
        'rules[0].resources is ["validatingadmissionpolicybindings"]; must not hold webhooks or admission policies beside verbs that change them',
      ],
      "the proxy of whatever has one": [
        { "rules[0].resources": ["*/proxy"] },
        'rules[0].resources[0] is "*/proxy"; must not be nodes/proxy',
      ],
    },
    absent: { "the rules": [{ rules: undefined }] },
    unknown: { "a rule": [{ "rules[0]": unknownValue }, "?rules[0]"] },
    notApplicable,
  }),
  table(k8sJobBounded, job, {
    compliant: {
      "a job without GPUs": [
        { spec: { template: { spec: { containers: [{ name: "t", image: "mcr.microsoft.com/t:1" }] } } } },
      ],
      "a job by the clock, which removes its own": [
        [changed(cronJob, { "spec.jobTemplate.spec.ttlSecondsAfterFinished": undefined })],
      ],
      "a set of jobs, one of which ends all": [[jobSet]],
      "a job of MPI": [[mpiJob]],
      "a job of a training runtime that ends": [[changed(trainJob, { "spec.activeDeadlineSeconds": 3600 })]],
      "a job of a training runtime without GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { cpu: "4" } })],
      ],
      "a job of Ray whose cluster goes with it": [[rayJob]],
    },
    broken: {
      "a deadline far away": [
        { "spec.activeDeadlineSeconds": 9_000_000 },
        "spec.activeDeadlineSeconds is 9000000; must be seconds, at most 2592000",
      ],
      "many retries": [{ "spec.backoffLimit": 100 }, "spec.backoffLimit is 100; must be at most 6"],
      "a job by the clock": [
        [changed(cronJob, { "spec.jobTemplate.spec.activeDeadlineSeconds": undefined })],
        "spec.jobTemplate.spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a set of jobs that starts again and again": [
        [changed(jobSet, { "spec.failurePolicy.maxRestarts": 50 })],
        "spec.failurePolicy.maxRestarts is 50; must be at most 6",
      ],
      "a set of jobs none of which has an end": [
        [changed(jobSet, { "spec.replicatedJobs[1].template.spec.activeDeadlineSeconds": undefined })],
        ...[0, 1].map(
          (at) =>
            `spec.replicatedJobs[${at}].template.spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000`,
        ),
      ],
      "a job of MPI that stays": [
        [changed(mpiJob, { "spec.runPolicy.ttlSecondsAfterFinished": 9_000_000 })],
        "spec.runPolicy.ttlSecondsAfterFinished is 9000000; must be seconds, at most 604800",
      ],
      "a job of a training runtime, whose GPUs stand there": [
        [trainJob],
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a job of a training runtime that says its GPUs": [
        [changed(trainJob, { "spec.trainer.resourcesPerNode.limits": { "nvidia.com/gpu": 8 } })],
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
      ],
      "a job of Ray whose cluster stays": [
        [changed(rayJob, { "spec.shutdownAfterJobFinishes": false })],
        "spec.shutdownAfterJobFinishes is false; must be true: its pods stay otherwise",
      ],
    },
    absent: {
      "its end": [
        { "spec.activeDeadlineSeconds": undefined, "spec.ttlSecondsAfterFinished": undefined },
        "spec.activeDeadlineSeconds is absent; must be seconds, at most 2592000",
        "spec.ttlSecondsAfterFinished is absent; must be seconds, at most 604800",
      ],
    },
    unknown: { "the deadline": [{ "spec.activeDeadlineSeconds": unknownValue }, "?spec.activeDeadlineSeconds"] },
    notApplicable,
  }),
  table(
    k8sJobBounded,
    job,
    {
      broken: {
        "longer than the setting says": [
          { "spec.activeDeadlineSeconds": 7200 },
          "spec.activeDeadlineSeconds is 7200; must be seconds, at most 3600",
        ],
      },
      absent: { "its retries": [{ "spec.backoffLimit": undefined }] },
      unknown: { "the retries": [{ "spec.backoffLimit": unknownValue }, "?spec.backoffLimit"] },
      notApplicable,
    },
    { settings: { jobDeadlineSeconds: 3600 } },
  ),
  table(
    k8sPdbSane,
    resource("kubernetes:policy/v1:PodDisruptionBudget", {
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    }),
    {
      broken: {
        "no pod may go": [{ "spec.maxUnavailable": 0 }, "spec.maxUnavailable is 0; must not be 0"],
        "none in a hundred may go": [{ "spec.maxUnavailable": "0%" }, 'spec.maxUnavailable is "0%"; must not be 0'],
        "all must stay": [{ "spec.minAvailable": "100%" }, 'spec.minAvailable is "100%"; must be less than 100%'],
      },
      absent: {
        "what becomes of broken pods": [
          { "spec.unhealthyPodEvictionPolicy": undefined },
          "spec.unhealthyPodEvictionPolicy is absent; must be AlwaysAllow",
        ],
      },
      unknown: { "the number": [{ "spec.maxUnavailable": unknownValue }, "?spec.maxUnavailable"] },
      notApplicable,
    },
  ),
  table(k8sStorageclassSafe, storageClass, {
    compliant: {
      "volumes that somebody makes by hand": [
        { provisioner: "kubernetes.io/no-provisioner", allowVolumeExpansion: undefined },
      ],
    },
    broken: {
      "a driver inside Kubernetes": [
        { provisioner: "kubernetes.io/azure-disk" },
        'provisioner is "kubernetes.io/azure-disk"; must be a CSI driver',
      ],
      "a disk before its pod": [
        { volumeBindingMode: "Immediate" },
        'volumeBindingMode is "Immediate"; must be WaitForFirstConsumer for disks of a zone',
      ],
    },
    absent: { growth: [{ allowVolumeExpansion: undefined }, "allowVolumeExpansion is absent; must be true"] },
    unknown: { growth: [{ allowVolumeExpansion: unknownValue }, "?allowVolumeExpansion"] },
    notApplicable,
  }),
  table(k8sHelmReleaseAllowlist, release, {
    compliant: {
      "a repository": [{ chart: "gpu-operator", "repositoryOpts.repo": "https://helm.ngc.nvidia.com/nvidia" }],
      "a chart of this repository": [{ chart: "./charts/team", version: undefined }],
    },
    broken: {
      "a plain connection": [
        { "repositoryOpts.repo": "http://charts.example.com" },
        'repositoryOpts.repo is "http://charts.example.com"; must begin with oci:// or https://, or be a chart in this repository (./)',
      ],
      "a range of versions": [{ version: "~0.19" }, 'version is "~0.19"; must be one version'],
      "the default namespace": [{ namespace: "default" }, 'namespace is "default"; must be set, and not default'],
      "no end of waiting": [{ timeout: 86_400 }, "timeout is 86400; must be seconds, at most 3600"],
    },
    absent: {
      "version and undoing": [
        { version: undefined, atomic: undefined },
        "version is absent; must be one version",
        "atomic is absent; must be true",
      ],
    },
    unknown: { "the version": [{ version: unknownValue }, "?version"] },
    notApplicable,
  }),
  table(
    k8sHelmReleaseAllowlist,
    release,
    {
      broken: {
        "a registry that only begins alike": [
          { chart: "oci://registry.k8s.io.example.net/kueue" },
          'chart is "oci://registry.k8s.io.example.net/kueue"; must be of oci://registry.k8s.io',
        ],
      },
      absent: { "the namespace": [{ namespace: undefined }, "namespace is absent; must be set, and not default"] },
      unknown: { "the timeout": [{ timeout: unknownValue }, "?timeout"] },
      notApplicable,
    },
    { settings: { allowedCharts: ["oci://registry.k8s.io"] } },
  ),
  table(
    k8sChartPinned,
    resource("kubernetes:helm.sh/v4:Chart", {
      chart: "oci://quay.io/jetstack/charts/cert-manager",
      version: "v1.21.1",
    }),
    {
      compliant: {
        "a repository, in the older kind": [
          [
            resource("kubernetes:helm.sh/v3:Chart", {
              chart: "x",
              version: "1.0.0",
              fetchOpts: { repo: "https://charts.example.com" },
            }),
          ],
        ],
      },
      broken: {
        "a plain connection, in the older kind": [
          [
            resource("kubernetes:helm.sh/v3:Chart", {
              chart: "x",
              version: "1.0.0",
              fetchOpts: { repo: "http://charts.example.com" },
            }),
          ],
          'fetchOpts.repo is "http://charts.example.com"; must begin with oci:// or https://, or be a chart in this repository (./)',
        ],
      },
      absent: { "the version": [{ version: undefined }, "version is absent; must be one version"] },
      unknown: { "the version": [{ version: unknownValue }, "?version"] },
      notApplicable,
    },
  ),
  table(k8sYamlLocalOnly, resource("kubernetes:yaml/v2:ConfigFile", { file: "manifests/team.yaml" }), {
    broken: {
      "a page": [
        { file: "https://example.com/install.yaml" },
        'file is "https://example.com/install.yaml"; must be a path in this repository',
      ],
      "one of a group": [
        [resource("kubernetes:yaml:ConfigGroup", { files: ["a.yaml", "http://example.com/b.yaml"] })],
        'files[1] is "http://example.com/b.yaml"; must be a path in this repository',
      ],
      "a directory of a forge": [
        [resource("kubernetes:kustomize/v2:Directory", { directory: "github.com/org/repo//deploy?ref=main" })],
        'directory is "github.com/org/repo//deploy?ref=main"; must be a path in this repository',
      ],
    },
    absent: { "the file": [{ file: undefined }] },
    unknown: { "the file": [{ file: unknownValue }, "?file"] },
    notApplicable,
  }),
  table(k8sNoDefaultNs, hardened, {
    compliant: {
      "what AKS reads in kube-system": [
        [resource("kubernetes:core/v1:ConfigMap", { metadata: { name: "coredns-custom", namespace: "kube-system" } })],
      ],
    },
    broken: {
      "a namespace of Kubernetes": [
        { "metadata.namespace": "kube-system" },
        'metadata.namespace is "kube-system"; must be set, and none of default, kube-system, kube-public, kube-node-lease, gatekeeper-system',
      ],
      "a service": [
        [changed(service, { "metadata.namespace": "default" })],
        'metadata.namespace is "default"; must be set, and none of default, kube-system, kube-public, kube-node-lease, gatekeeper-system',
      ],
    },
    absent: {
      "the namespace": [
        { "metadata.namespace": undefined },
        "metadata.namespace is absent; must be set, and none of default, kube-system, kube-public, kube-node-lease, gatekeeper-system",
      ],
    },
    unknown: { "the namespace": [{ "metadata.namespace": unknownValue }, "?metadata.namespace"] },
    notApplicable,
  }),
];
