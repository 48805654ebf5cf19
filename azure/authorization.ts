import type { ArmRow } from "./arm-row";
import { refused, replaced } from "./fixed-property";
import { nameRules } from "./name-rules";

const forceNew = "pulumi/pulumi-azure-native:provider/pkg/gen (forceNewMap)";
const troubleshooting =
  "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting (RoleAssignmentUpdateNotPermitted)";

/** Types of `azure-native:authorization`. */
export const authorization = {
  ManagementLockByScope: {
    nameRule: null,
    worldName: null,
    unique: null,
    fixed: null,
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: null,
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
  // Custom roles, of which a tenant has each name once.
  // Source: https://learn.microsoft.com/azure/role-based-access-control/custom-roles (roleName)
  RoleDefinition: {
    nameRule: nameRules.uuid,
    worldName: null,
    unique: {
      inputs: ["roleName"],
      refusal: {
        status: 409,
        code: "RoleDefinitionWithSameNameExists",
        sentence: "A custom role with the same name already exists in this directory.",
      },
      keptAfterDelete: null,
    },
    fixed: null,
    // An assignment hangs on it; the engine deletes that first.
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 4, update: 4, delete: 4 },
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
  RoleAssignment: {
    nameRule: nameRules.uuid,
    worldName: null,
    unique: {
      inputs: ["scope", "principalId", "roleDefinitionId"],
      refusal: {
        status: 409,
        code: "RoleAssignmentExists",
        sentence: "This role is assigned already, under another name.",
      },
      keptAfterDelete: null,
    },
    fixed: [...replaced(forceNew, "principalId"), ...refused(troubleshooting, "roleDefinitionId", "principalType")].map(
      (it) => ({ ...it, code: "RoleAssignmentUpdateNotPermitted" }),
    ),
    inUse: null,
    mustBeEmpty: null,
    comesWithParent: false,
    inlineChildren: null,
    disjointRange: null,
    oneAtATime: null,
    throttle: null,
    seconds: { create: 4, update: 4, delete: 4 },
    answers: null,
    functions: null,
    taggable: false,
    bills: null,
    stores: null,
    computes: null,
    limits: null,
    privateEndpoints: null,
    hostsKubernetes: false,
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
