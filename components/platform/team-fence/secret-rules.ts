import { labels } from "../../../catalog/scheduling";
import type { FencePolicy } from "./fence-policy";

/**
 * What a team's secrets may be. A controller fills this one with a token that never expires, for any account of the namespace, those
 * of operators included, and whoever made it may read it.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin (manual secrets)
 */
export const secretRules: FencePolicy = {
  resources: ["secrets"],
  operations: ["CREATE", "UPDATE"],
  appliesTo: null,
  namespaces: [{ key: labels.tenant, operator: "Exists" }],
  variables: {},
  rules: [
    {
      name: "token-secrets",
      expression: "object.?type.orValue('') != 'kubernetes.io/service-account-token'",
      message:
        "A secret must not hold the token of a service account, which would never expire: pods get one that does.",
    },
  ],
};
