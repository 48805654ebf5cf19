import { labels } from "../../../catalog/scheduling";
import type { FencePolicy } from "./fence-policy";

/**
 * What a team's services may answer for. The team's quota has no load balancers and no node ports either; here people read why.
 * Sources of the rules: CVE-2020-8554, and for names of others kubernetes/kubernetes#103675 (CVE-2021-25740)
 */
export const serviceRules: FencePolicy = {
  resources: ["services"],
  operations: ["CREATE", "UPDATE"],
  appliesTo: null,
  namespaces: [{ key: labels.tenant, operator: "Exists" }],
  variables: {},
  rules: [
    {
      name: "external-ips",
      expression: "object.spec.?externalIPs.orValue([]).size() == 0",
      message: "A service must not have externalIPs: it would take the traffic of others to those addresses.",
    },
    {
      name: "service-type",
      expression: "object.spec.?type.orValue('ClusterIP') == 'ClusterIP'",
      message:
        "A service must be of type ClusterIP: a load balancer or node port opens it to networks, and an external name lets gateways " +
        "answer for what is not the team's.",
    },
  ],
};
