import { expectAt, isText } from "../../engine/expect";
import { levels, type ResourceRule } from "../../engine/rule";
import { machineTypes } from "./machine-profile";

export const vmssIdentityUserAssigned: ResourceRule = {
  id: 31,
  name: "vmss-identity-user-assigned",
  area: "gpu",
  kind: "resource",
  types: machineTypes,
  title: "A machine with an identity has one that the user assigned.",
  why: "A system identity is born with each machine, so every role is lost and granted again when one is replaced.",
  remedy: "Add a UserAssignedIdentity and put UserAssigned into identity.type; SystemAssigned may stay beside it.",
  severity: "medium",
  levels: levels.advisoryInDev,
  source: "Azure Policy da6e2401, which sees AKS only",
  check: ({ inputs }) =>
    expectAt(
      inputs,
      "identity.type",
      (it) => it === undefined || it === "None" || (isText(it) && it.includes("UserAssigned")),
      "name UserAssigned",
    ),
};
