import type { KubernetesObject, KubernetesObjects } from "./add-on";

/** One thing that an object must hold to, in CEL, and what its owner reads when it does not. */
export interface AdmissionRule {
  readonly expression: string;
  /** What to do instead. */
  readonly message: string;
}

/** What the API server refuses by itself, with no webhook that could be down. */
export interface AdmissionPolicy {
  /**
   * APIs that the kinds below are of, whether the cluster has them or not: a kind that is not there nobody makes. A version stands for
   * all that the API server can convert to it. @default the core API
   */
  readonly apis?: { readonly groups: readonly string[]; readonly versions: readonly string[] };
  /** Kinds that it looks at, as plurals, with their subresources. */
  readonly resources: readonly string[];
  /** Which requests it looks at. Reads are never asked about. */
  readonly operations: readonly ("CREATE" | "UPDATE")[];
  /** Requests that it lets through unseen: where this, in CEL, does not hold. */
  readonly appliesTo: string | null;
  /** Namespaces that it is bound to, by their labels. Null: what it looks at lies in none. */
  readonly namespaces: readonly NamespaceRequirement[] | null;
  /** Values that rules name as `variables.<name>`. Each may name those before it. */
  readonly variables: Readonly<Record<string, string>>;
  readonly rules: readonly AdmissionRule[];
  /** What people read who look at the policy. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a label of a namespace must be. */
export interface NamespaceRequirement {
  readonly key: string;
  readonly operator: "Exists" | "In";
  readonly values?: readonly string[];
}

/**
 * A policy and its binding, which puts it to work. A request that a policy cannot judge is refused.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ (stable since 1.30)
 */
export function admissionPolicy(
  name: string,
  {
    apis = { groups: [""], versions: ["v1"] },
    resources,
    operations,
    appliesTo,
    namespaces,
    variables,
    rules,
    annotations,
  }: AdmissionPolicy,
): KubernetesObjects {
  const apiVersion = "admissionregistration.k8s.io/v1";
  const policy: KubernetesObject = {
    apiVersion,
    kind: "ValidatingAdmissionPolicy",
    metadata: { name, ...(annotations !== undefined && { annotations }) },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [{ apiGroups: apis.groups, apiVersions: apis.versions, operations, resources }],
      },
      ...(appliesTo !== null && { matchConditions: [{ name: "applies", expression: appliesTo }] }),
      variables: Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
      validations: rules,
    },
  };
  const binding: KubernetesObject = {
    apiVersion,
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: ["Deny"],
      ...(namespaces !== null && { matchResources: { namespaceSelector: { matchExpressions: namespaces } } }),
    },
  };
  return { [name]: policy, [`${name}-binding`]: binding };
}
