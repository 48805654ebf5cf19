import { absentOr, expectAt, oneOf } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { types } from "../../engine/types";

export const aksManagedIdentity: ResourceRule = {
  id: 54,
  name: "aks-managed-identity",
  area: "cluster",
  kind: "resource",
  types: [types.cluster],
  title: "A cluster acts as a managed identity, not as a service principal.",
  why: "The secret of a service principal expires, and then the cluster can neither scale nor attach disks.",
  remedy: "Set identity.type to UserAssigned and remove servicePrincipalProfile.",
  severity: "high",
  levels: levels.always,
  source: "PSRule AZR-000025; Azure Policy da6e2401",
  check: ({ inputs }) => [
    ...expectAt(inputs, "identity.type", oneOf("UserAssigned", "SystemAssigned"), "be UserAssigned or SystemAssigned"),
    ...expectAt(inputs, "servicePrincipalProfile.clientId", absentOr(oneOf("msi")), 'be absent or "msi"'),
  ],
};
