import { platformWorkload } from "../../../catalog/scheduling";
import { isUnknown } from "../../../core/property-marks";
import { locate, read, text, texts } from "../../../core/property-tree";
import { about, unjudged } from "../../engine/expect";
import { levels, sameType, type StackOutcome, type StackRule, type Subject } from "../../engine/rule";
import { types } from "../../engine/types";
import { tenantNamespaces, workloadOf } from "./namespaces";

const policyType = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const bindingType = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding";

export const k8sAdmissionTwin: StackRule = {
  id: 216,
  name: "k8s-admission-twin",
  area: "kubernetes",
  kind: "stack",
  types: [types.namespace, policyType, bindingType],
  title: "The API server itself refuses pods of teams, and every policy of admission is bound to something.",
  why: "Who applies a manifest with kubectl passes no rule of this list, and a policy without a binding refuses nothing.",
  remedy:
    "Register a ValidatingAdmissionPolicy on pods, and a ValidatingAdmissionPolicyBinding with validationActions [Deny] for each policy.",
  severity: "high",
  levels: levels.rising,
  source: "https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/; Azure Policy c047ea8e",
  check: (resources) => {
    const policies = resources.filter(({ type }) => sameType(type, policyType));
    const bindings = resources.filter(({ type }) => sameType(type, bindingType));
    return [...policies.flatMap((it) => expectBound(it, bindings)), ...expectTwin(resources, policies, bindings)];
  },
};

function expectBound(policy: Subject, bindings: readonly Subject[]): readonly StackOutcome[] {
  const name = text(policy.inputs, "metadata.name");
  // A name that Kubernetes makes up, or that is not known yet, is in no binding that could be read.
  if (name === undefined || bindingsOf(policy, bindings).length > 0) return [];
  const vague = bindings.find(({ inputs }) => isUnknown(read(inputs, "spec.policyName")));
  return vague === undefined
    ? about(policy, [{ path: "metadata.name", is: "a policy without a binding", must: "have one" }])
    : about(vague, [unjudged("spec.policyName")]);
}

/** Only where the platform is in the same stack as its teams is it known that nothing else refuses their pods. */
function expectTwin(
  resources: readonly Subject[],
  policies: readonly Subject[],
  bindings: readonly Subject[],
): readonly StackOutcome[] {
  const [team] = tenantNamespaces(resources);
  const platform = resources.some((it) => sameType(it.type, types.namespace) && workloadOf(it) === platformWorkload);
  if (team === undefined || !platform) return [];
  const onPods = policies.filter(({ inputs }) =>
    locate(inputs, "spec.matchConstraints.resourceRules[].resources[]").some(
      ({ value }) => value === "pods" || value === "*" || value === "*/*" || isUnknown(value),
    ),
  );
  const denies = onPods.some((it) =>
    bindingsOf(it, bindings).some(({ inputs }) => texts(inputs, "spec.validationActions").includes("Deny")),
  );
  return denies
    ? []
    : about(team, [
        {
          path: "metadata.name",
          is: "a namespace of a team whose pods the API server refuses by no policy",
          must: "have a ValidatingAdmissionPolicy on pods that denies",
        },
      ]);
}

function bindingsOf(policy: Subject, bindings: readonly Subject[]): readonly Subject[] {
  const name = text(policy.inputs, "metadata.name");
  return bindings.filter(({ inputs }) => name !== undefined && text(inputs, "spec.policyName") === name);
}
