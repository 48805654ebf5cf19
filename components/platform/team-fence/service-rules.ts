import { labels } from "../../../catalog/scheduling";
import type { AdmissionPolicy } from "../admission-policy";

/**
 * What a team's services may answer for. Load balancers and node ports are counted by the team's quota, which has none.
 * Source of the rule: CVE-2020-8554
 */
export const serviceRules: AdmissionPolicy = {
  resources: ["services"],
  operations: ["CREATE", "UPDATE"],
  appliesTo: null,
  namespaces: [{ key: labels.tenant, operator: "Exists" }],
  variables: {},
  rules: [
    {
      expression: "object.spec.?externalIPs.orValue([]).size() == 0",
      message: "A service must not have externalIPs: it would take the traffic of others to those addresses.",
    },
  ],
};
