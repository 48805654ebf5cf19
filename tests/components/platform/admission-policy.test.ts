import { expect, it } from "vitest";
import { type AdmissionPolicy, admissionPolicy } from "../../../components/platform/admission-policy";

const rules = [{ expression: "object.metadata.name != 'bad'", message: "Must be good." }];
const policy: AdmissionPolicy = {
  resources: ["pods"],
  operations: ["CREATE"],
  appliesTo: "request.name != ''",
  namespaces: [{ key: "team", operator: "Exists" }],
  variables: { first: "1", second: "variables.first + 1" },
  rules,
};

it("makes a policy that refuses what it cannot judge, and puts it to work in the namespaces", () => {
  expect(admissionPolicy("fence-pods", policy)).toEqual({
    "fence-pods": {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata: { name: "fence-pods" },
      spec: {
        failurePolicy: "Fail",
        matchConstraints: {
          resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
        },
        matchConditions: [{ name: "applies", expression: "request.name != ''" }],
        variables: [
          { name: "first", expression: "1" },
          { name: "second", expression: "variables.first + 1" },
        ],
        validations: rules,
      },
    },
    "fence-pods-binding": {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: "fence-pods" },
      spec: {
        policyName: "fence-pods",
        validationActions: ["Deny"],
        matchResources: { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } },
      },
    },
  });
});

it("looks at kinds of other APIs, and says on the policy what people should know of it", () => {
  const apis = { groups: ["batch", "jobset.x-k8s.io"], versions: ["*"] };
  const objects = admissionPolicy("jobs", { ...policy, apis, annotations: { why: "a reason" } });
  expect(objects["jobs"]?.metadata).toEqual({ name: "jobs", annotations: { why: "a reason" } });
  expect(objects["jobs"]?.["spec"]).toMatchObject({
    matchConstraints: {
      resourceRules: [{ apiGroups: apis.groups, apiVersions: ["*"], operations: ["CREATE"], resources: ["pods"] }],
    },
  });
});

it("looks at every request, and everywhere, when nothing narrows it", () => {
  const objects = admissionPolicy("all", { ...policy, appliesTo: null, namespaces: null });
  expect(objects["all"]?.["spec"]).not.toHaveProperty("matchConditions");
  expect(objects["all-binding"]?.["spec"]).toEqual({ policyName: "all", validationActions: ["Deny"] });
});
