import { written } from "../catalog/drift";
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
    drift: {
      gone: { harm: "security", means: "What it kept from being deleted can be deleted" },
      paths: [
        ...written("security", "What it kept from being changed or deleted is kept in another way", "level", "scope"),
      ],
    },
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
    drift: {
      gone: { harm: "security", means: "Somebody lost a right that was planned; what needs it fails" },
      paths: [
        ...written(
          "security",
          "Somebody has another right than was reviewed",
          "roleDefinitionId",
          "principalId",
          "scope",
          "condition",
          "principalType",
        ),
      ],
    },
  },
} as const satisfies Readonly<Record<string, ArmRow>>;
