import type * as k8s from "@pulumi/kubernetes/types/input";
import { labels } from "../../../catalog/scheduling";
import { unknownValue } from "../../../core/property-marks";
import { k8sAdmissionTwin } from "../../../policies/rules/kubernetes/k8s-admission-twin";
import { k8sPatchAnnotated } from "../../../policies/rules/kubernetes/k8s-patch-annotated";
import { account } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";
import { namespace } from "../kubernetes-fixtures";

const notApplicable = { "another type": [[account]] } as const;
const api = "kubernetes:admissionregistration.k8s.io/v1";

const policy = resource(`${api}:ValidatingAdmissionPolicy`, {
  metadata: { name: "fence" },
  spec: {
    matchConstraints: {
      resourceRules: [
        { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps", "pods"] },
      ],
    },
    validations: [{ expression: "true" }],
  },
} satisfies k8s.admissionregistration.v1.ValidatingAdmissionPolicy);
const binding = resource(`${api}:ValidatingAdmissionPolicyBinding`, {
  metadata: { name: "fence" },
  spec: { policyName: "fence", validationActions: ["Audit", "Deny"] },
} satisfies k8s.admissionregistration.v1.ValidatingAdmissionPolicyBinding);
const platform = changed(namespace, {
  "metadata.name": "kueue",
  [`metadata.labels["${labels.workload}"]`]: "platform",
});
const resources = "spec.matchConstraints.resourceRules[0].resources";
const open =
  "metadata.name is a namespace of a team whose pods the API server refuses by no policy; must have a ValidatingAdmissionPolicy on pods that denies";

const map = resource("kubernetes:core/v1:ConfigMap", { metadata: { name: "coredns", namespace: "x" } }, "dns");
const patch = resource("kubernetes:core/v1:ConfigMapPatch", map.inputs, "dns");
const force = 'metadata.annotations["pulumi.com/patchForce"]';
const reason = "must have a reason in allowedPatches";

/** Rules about who refuses, and who changes, objects of others. */
export const admissionTables: readonly RuleCases[] = [
  table(k8sAdmissionTwin, [namespace, platform, policy, binding], {
    compliant: {
      "teams whose platform is another stack": [[namespace]],
      "a platform without teams": [[platform]],
      "a policy on everything": [[namespace, platform, changed(policy, { [resources]: ["*"] }), binding]],
      "a policy on everything, its subresources included": [
        [namespace, platform, changed(policy, { [resources]: ["*/*"] }), binding],
      ],
      "the second of two policies and of two bindings": [
        [
          namespace,
          platform,
          changed(policy, { "metadata.name": "other", [resources]: ["services"] }),
          policy,
          changed(binding, { "spec.policyName": "other", "spec.validationActions": ["Audit"] }),
          binding,
        ],
      ],
      "two bindings, one of which denies": [
        [namespace, platform, policy, changed(binding, { "spec.validationActions": ["Warn"] }), binding],
      ],
      "a namespace that says nothing, beside the platform": [
        [platform, changed(namespace, { [`metadata.labels["${labels.workload}"]`]: undefined })],
      ],
      "a team beside a policy whose label says platform, which is no namespace of it": [
        [namespace, changed(policy, { [`metadata.labels["${labels.workload}"]`]: "platform" }), binding],
      ],
      "a policy whose name Kubernetes makes up": [[changed(policy, { "metadata.name": undefined })]],
    },
    broken: {
      "a policy that nothing binds": [
        [policy, changed(binding, { "spec.policyName": "other" })],
        "metadata.name is a policy without a binding; must have one",
      ],
      "a binding without a name, of a policy without one": [
        [
          namespace,
          platform,
          changed(policy, { "metadata.name": undefined }),
          changed(binding, { "spec.policyName": undefined }),
        ],
        open,
      ],
      "a policy on everything that nothing binds": [
        [namespace, platform, policy],
        "metadata.name is a policy without a binding; must have one",
        open,
      ],
      "a policy of old, in the first version of its kind": [
        [{ ...policy, type: "kubernetes:admissionregistration.k8s.io/v1beta1:ValidatingAdmissionPolicy" }],
        "metadata.name is a policy without a binding; must have one",
      ],
      "a policy on parts of pods only": [
        [namespace, platform, changed(policy, { [resources]: ["pods/exec"] }), binding],
        open,
      ],
      "a policy on something else": [
        [namespace, platform, changed(policy, { [resources]: ["services"] }), binding],
        open,
      ],
      "a policy that only writes down": [
        [namespace, platform, policy, changed(binding, { "spec.validationActions": ["Audit"] })],
        open,
      ],
    },
    absent: { "every policy": [[namespace, platform], open] },
    unknown: {
      "what one of two bindings binds": [
        [
          policy,
          changed(binding, { "spec.policyName": "other" }),
          { ...changed(binding, { "spec.policyName": unknownValue }), name: "vague" },
        ],
        "?spec.policyName",
      ],
      "what a binding binds beside the one of the policy": [
        [policy, binding, changed(binding, { "spec.policyName": unknownValue })],
      ],
      "what a binding binds": [[policy, changed(binding, { "spec.policyName": unknownValue })], "?spec.policyName"],
      "what a policy looks at": [[namespace, platform, changed(policy, { [resources]: unknownValue }), binding]],
    },
    notApplicable,
  }),
  table(k8sPatchAnnotated, map, {
    compliant: { "an annotation that says no": [{ [force]: "false" }] },
    broken: {
      "a patch": [[patch], `type is kubernetes:core/v1:ConfigMapPatch; ${reason}`],
      "an object that takes fields away": [{ [force]: "true" }, `${force} is "true"; ${reason}`],
      "the same, not as a text": [{ [force]: true }, `${force} is true; ${reason}`],
    },
    absent: { "all of it": [{ metadata: undefined }] },
    unknown: { "the annotation": [{ [force]: unknownValue }, `?${force}`] },
    notApplicable: {
      ...notApplicable,
      "a kind that is only called so": [[resource("kubernetes:example.com/v1:Patch", {})]],
      "a kind that has the word in it": [[resource("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyPatchPolicy", {})]],
    },
  }),
  table(
    k8sPatchAnnotated,
    changed(patch, { [force]: "true" }),
    {
      broken: {
        "another one that takes fields away, told of both": [
          [{ ...changed(patch, { [force]: "true" }), name: "other" }],
          `type is kubernetes:core/v1:ConfigMapPatch; ${reason}`,
          `${force} is "true"; ${reason}`,
        ],
        "another one": [[{ ...patch, name: "other" }], `type is kubernetes:core/v1:ConfigMapPatch; ${reason}`],
      },
      absent: { "the annotation": [{ [force]: undefined }] },
      unknown: { "the annotation": [{ [force]: unknownValue }] },
      notApplicable,
    },
    { settings: { allowedPatches: { dns: "AKS reads its own map alone" } } },
  ),
];
