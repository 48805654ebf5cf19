import { unknownValue } from "../../../core/property-marks";
import type { Subject } from "../../../policies/engine/rule";
import { k8sNoDefaultNs } from "../../../policies/rules/kubernetes/k8s-no-default-ns";
import { k8sNoInlineSecret } from "../../../policies/rules/kubernetes/k8s-no-inline-secret";
import { k8sNoWildcardRbac } from "../../../policies/rules/kubernetes/k8s-no-wildcard-rbac";
import { k8sPdbSane } from "../../../policies/rules/kubernetes/k8s-pdb-sane";
import { k8sStorageclassSafe } from "../../../policies/rules/kubernetes/k8s-storageclass-safe";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { hardened, service } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;
const ownNamespace = "must be set, and none of default, kube-system, kube-public, kube-node-lease, gatekeeper-system";
const role = resource("kubernetes:rbac.authorization.k8s.io/v1:Role", {
  rules: [{ apiGroups: [""], resources: ["pods", "secrets"], verbs: ["get", "list"] }],
});
const clusterRole = resource("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", {
  rules: [{ apiGroups: [""], resources: ["nodes"], verbs: ["get"] }],
});
const storageClass = resource("kubernetes:storage.k8s.io/v1:StorageClass", {
  provisioner: "disk.csi.azure.com",
  allowVolumeExpansion: true,
  volumeBindingMode: "WaitForFirstConsumer",
});

/** An object of a kind of somebody's own, with pods in it. */
const ofOperator = (namespace: string | undefined): Subject =>
  resource("kubernetes:example.com/v1:Server", {
    metadata: { name: "llama", namespace },
    spec: { template: { spec: { containers: [{ name: "server", image: "mcr.microsoft.com/server:1" }] } } },
  });

/** Rules about secrets, rights, budgets of disruption and classes of storage. */
export const clusterObjectTables: readonly RuleCases[] = [
  table(k8sNoInlineSecret, resource("kubernetes:core/v1:Secret", { type: "kubernetes.io/service-account-token" }), {
    broken: {
      "a value, which is not shown": [{ stringData: { token: "hunter2" } }, "stringData is set; must be absent"],
      "values of both kinds": [
        { data: { token: "aHVudGVyMg==" }, stringData: { token: "hunter2" } },
        "data is set; must be absent",
        "stringData is set; must be absent",
      ],
    },
    absent: { "all of it": [{ type: undefined }] },
    // A value that comes from elsewhere ends in the state all the same.
    unknown: { "the data": [{ data: unknownValue }, "data is set; must be absent"] },
    notApplicable,
  }),
  table(k8sNoWildcardRbac, clusterRole, {
    compliant: {
      "secrets of one namespace": [[role]],
      "writing of secrets that it cannot read": [{ "rules[0]": { resources: ["secrets"], verbs: ["create"] } }],
      "webhooks that it only reads": [
        { "rules[0]": { resources: ["validatingwebhookconfigurations"], verbs: ["get", "list", "watch"] } },
      ],
      "writing of something else": [{ "rules[0]": { resources: ["configmaps"], verbs: ["update", "patch"] } }],
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
        'rules[0].verbs[0] is "bind"; must not be bind, escalate or impersonate',
      ],
      "the proxy of nodes": [
        { "rules[0].resources": ["nodes/proxy"] },
        'rules[0].resources[0] is "nodes/proxy"; must not be nodes/proxy',
      ],
      "the second of two rules": [
        { "rules[1]": { apiGroups: [""], resources: ["pods"], verbs: ["get", "escalate"] } },
        'rules[1].verbs[1] is "escalate"; must not be bind, escalate or impersonate',
      ],
      "secrets beside other things, read and written": [
        { "rules[0]": { resources: ["pods", "secrets"], verbs: ["watch", "delete"] } },
        'rules[0].resources is ["pods","secrets"]; must not hold secrets of the whole cluster',
      ],
      "webhooks beside other things, read and written": [
        { "rules[0]": { resources: ["nodes", "validatingwebhookconfigurations"], verbs: ["get", "patch"] } },
        'rules[0].resources is ["nodes","validatingwebhookconfigurations"]; must not hold webhooks or admission policies beside verbs that change them',
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
  table(
    k8sPdbSane,
    resource("kubernetes:policy/v1:PodDisruptionBudget", {
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    }),
    {
      broken: {
        "no pod may go": [{ "spec.maxUnavailable": 0 }, "spec.maxUnavailable is 0; must not be 0"],
        "no pod may go, as text": [{ "spec.maxUnavailable": "0" }, 'spec.maxUnavailable is "0"; must not be 0'],
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
      "files, which every zone reaches": [{ provisioner: "file.csi.azure.com", volumeBindingMode: "Immediate" }],
    },
    broken: {
      "a driver inside Kubernetes": [
        { provisioner: "kubernetes.io/azure-disk" },
        'provisioner is "kubernetes.io/azure-disk"; must be a CSI driver',
      ],
      "a driver without a name": [{ provisioner: "" }, 'provisioner is ""; must be a CSI driver'],
      "no driver": [{ provisioner: undefined }, "provisioner is absent; must be a CSI driver"],
      "a driver that is no text": [{ provisioner: 7 }, "provisioner is 7; must be a CSI driver"],
      "a disk of the node before its pod": [
        { provisioner: "localdisk.csi.acstor.io", volumeBindingMode: undefined },
        "volumeBindingMode is absent; must be WaitForFirstConsumer for disks of a zone",
      ],
      "volumes by hand before their pods": [
        { provisioner: "kubernetes.io/no-provisioner", volumeBindingMode: "Immediate" },
        'volumeBindingMode is "Immediate"; must be WaitForFirstConsumer for disks of a zone',
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
  table(k8sNoDefaultNs, hardened, {
    compliant: {
      "pods of a kind that may be of the whole cluster": [[ofOperator(undefined)]],
      "what AKS reads in kube-system": [
        [resource("kubernetes:core/v1:ConfigMap", { metadata: { name: "coredns-custom", namespace: "kube-system" } })],
      ],
    },
    broken: {
      ...Object.fromEntries(
        ["default", "kube-system", "kube-public", "kube-node-lease", "gatekeeper-system", ""].map((name) => [
          `the namespace '${name}'`,
          [{ "metadata.namespace": name }, `metadata.namespace is "${name}"; ${ownNamespace}`] as const,
        ]),
      ),
      "a job of an operator": [
        [resource("kubernetes:jobset.x-k8s.io/v1alpha2:JobSet", { metadata: { name: "train" } })],
        `metadata.namespace is absent; ${ownNamespace}`,
      ],
      "pods of a kind that nobody listed": [
        [ofOperator("default")],
        `metadata.namespace is "default"; ${ownNamespace}`,
      ],
      "a service": [
        [changed(service, { "metadata.namespace": "default" })],
        `metadata.namespace is "default"; ${ownNamespace}`,
      ],
      "a ConfigMap that AKS would read in kube-system, elsewhere": [
        [resource("kubernetes:core/v1:ConfigMap", { metadata: { name: "coredns-custom", namespace: "default" } })],
        `metadata.namespace is "default"; ${ownNamespace}`,
      ],
      "a ConfigMap without a name": [
        [resource("kubernetes:core/v1:ConfigMap", { metadata: { namespace: "kube-system" } })],
        `metadata.namespace is "kube-system"; ${ownNamespace}`,
      ],
      "a namespace that is no text": [{ "metadata.namespace": 7 }, `metadata.namespace is 7; ${ownNamespace}`],
    },
    absent: {
      "the namespace": [{ "metadata.namespace": undefined }, `metadata.namespace is absent; ${ownNamespace}`],
    },
    unknown: { "the namespace": [{ "metadata.namespace": unknownValue }, "?metadata.namespace"] },
    notApplicable,
  }),
];
