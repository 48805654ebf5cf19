import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import { k8sNsDefaultDeny } from "../../../policies/rules/kubernetes/k8s-ns-default-deny";
import { k8sNsHasQuota } from "../../../policies/rules/kubernetes/k8s-ns-has-quota";
import { k8sNsPssLabels } from "../../../policies/rules/kubernetes/k8s-ns-pss-labels";
import { account } from "../fixtures";
import { changed, table, type RuleCases } from "../harness";
import { allowDns, allowNames, denyAll, namespace, quota } from "../kubernetes-fixtures";

const otherType = { "another type": [[account]] } as const;
const workloadLabel = `metadata.labels["${labels.workload}"]`;
const pss = (mode: string): string => `metadata.labels["pod-security.kubernetes.io/${mode}"]`;
const platform = changed(namespace, { [workloadLabel]: "platform" });
const without = (what: string): string => `metadata.name is a namespace without ${what}`;

/** Rules about namespaces, and what each must have. */
export const namespaceTables: readonly RuleCases[] = [
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
];
