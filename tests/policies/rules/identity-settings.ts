import type { RoleDefinitionArgs } from "@pulumi/azure-native/authorization/roleDefinition";
import type { WorkflowArgs } from "@pulumi/azure-native/logic/workflow";
import type { WorkspaceArgs } from "@pulumi/azure-native/operationalinsights/workspace";
import { unknownValue } from "../../../core/property-marks";
import { acrPremiumProd } from "../../../policies/rules/identity/acr-premium-prod";
import { lawRetentionAndCap } from "../../../policies/rules/identity/law-retention-and-cap";
import { logicTriggerClosed } from "../../../policies/rules/identity/logic-trigger-closed";
import { noSpSecrets } from "../../../policies/rules/identity/no-sp-secrets";
import { roleNoCustomWildcard } from "../../../policies/rules/identity/role-no-custom-wildcard";
import { registry, subnet } from "../fixtures";
import { changed, resource, table, type RuleCases } from "../harness";

const other = subnet("nodes", "10.64.0.0/20");
const notApplicable = { "another type": [[other]] } as const;
const roleDefinition = resource("azure-native:authorization:RoleDefinition", {
  scope: "/subscriptions/s",
  permissions: [{ actions: ["Microsoft.Compute/virtualMachines/read"], dataActions: [] }],
} satisfies RoleDefinitionArgs);
const workspace = resource("azure-native:operationalinsights:Workspace", {
  resourceGroupName: "g",
  retentionInDays: 90,
  features: { disableLocalAuth: true },
  workspaceCapping: { dailyQuotaGb: 10 },
} satisfies WorkspaceArgs);
const workflow = resource("azure-native:logic:Workflow", {
  resourceGroupName: "g",
  definition: { triggers: { manual: { type: "Request", kind: "Http" } } },
  accessControl: { triggers: { allowedCallerIpAddresses: [{ addressRange: "10.64.0.0/16" }] } },
} satisfies WorkflowArgs);
const callers = "accessControl.triggers.allowedCallerIpAddresses";

/** Rules about roles of your own, passwords, registries, logs and workflows. */
export const identitySettingTables: readonly RuleCases[] = [
  table(roleNoCustomWildcard, roleDefinition, {
    compliant: {
      "all of one kind of resource": [
        { "permissions[0].actions": ["Microsoft.Compute/virtualMachines/*", "Microsoft.Authorization/*/read"] },
      ],
      "a star that ends the kind": [
        {
          "permissions[0].actions": [
            "*/read",
            "*/register/action",
            "Contoso.Microsoft.Authorization/*",
            "Microsoft.Authorization/locks/read",
          ],
        },
      ],
    },
    broken: {
      everything: [
        { "permissions[0].actions": ["*"] },
        'permissions[0].actions[0] is "*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "every write": [
        { "permissions[0].actions": ["*/write"] },
        'permissions[0].actions[0] is "*/write"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "roles for others": [
        { "permissions[0].actions": ["microsoft.authorization/roleAssignments/write"] },
        'permissions[0].actions[0] is "microsoft.authorization/roleAssignments/write"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "roles for others, for a time": [
        { "permissions[0].actions": ["Microsoft.Authorization/roleAssignmentScheduleRequests/write"] },
        'permissions[0].actions[0] is "Microsoft.Authorization/roleAssignmentScheduleRequests/write"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "the same behind stars": [
        { "permissions[0].actions": ["Microsoft.*/roleAssignments/*"] },
        'permissions[0].actions[0] is "Microsoft.*/roleAssignments/*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "all data": [
        { "permissions[0].dataActions": ["*"] },
        'permissions[0].dataActions[0] is "*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "every right about rights": [
        { "permissions[0].actions": ["Microsoft.Authorization/*"] },
        'permissions[0].actions[0] is "Microsoft.Authorization/*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "every policy": [
        { "permissions[0].actions": ["Microsoft.Authorization/policyAssignments/*"] },
        'permissions[0].actions[0] is "Microsoft.Authorization/policyAssignments/*"; must be neither * nor a write of Microsoft.Authorization',
      ],
      "the second action of the second list": [
        { "permissions[1].actions": ["Microsoft.Compute/virtualMachines/read", "*/*"] },
        'permissions[1].actions[1] is "*/*"; must be neither * nor a write of Microsoft.Authorization',
      ],
    },
    absent: { "the permissions": [{ permissions: undefined }] },
    unknown: { "an action": [{ "permissions[0].actions[0]": unknownValue }, "?permissions[0].actions[0]"] },
    notApplicable,
  }),
  table(noSpSecrets, other, {
    compliant: {
      "a type of the same name elsewhere": [
        [
          resource("mirror-azuread:index/applicationPassword:ApplicationPassword", {}),
          resource("azuread:index/applicationPasswordPolicy:ApplicationPasswordPolicy", {}),
        ],
      ],
    },
    broken: {
      "of an application": [
        [resource("azuread:index/applicationPassword:ApplicationPassword", {})],
        'type is "azuread:index/applicationPassword:ApplicationPassword"; must not be a password of an application',
      ],
      "of a service principal": [
        [resource("azuread:index/servicePrincipalPassword:ServicePrincipalPassword", {})],
        'type is "azuread:index/servicePrincipalPassword:ServicePrincipalPassword"; must not be a password of an application',
      ],
    },
    absent: { "all properties": [[resource("azuread:index/application:Application", {})]] },
    unknown: { "a property": [[resource("azuread:index/application:Application", { displayName: unknownValue })]] },
    notApplicable,
  }),
  table(acrPremiumProd, changed(registry, { zoneRedundancy: "Enabled" }), {
    broken: { "a lower tier": [{ "sku.name": "Standard" }, 'sku.name is "Standard"; must be Premium'] },
    absent: { "the zones": [{ zoneRedundancy: undefined }, "zoneRedundancy is absent; must be Enabled"] },
    unknown: { "the zones": [{ zoneRedundancy: unknownValue }, "?zoneRedundancy"] },
    notApplicable,
  }),
  table(
    lawRetentionAndCap,
    workspace,
    {
      broken: {
        keys: [{ "features.disableLocalAuth": false }, "features.disableLocalAuth is false; must be true"],
        "logs for a week": [{ retentionInDays: 7 }, "retentionInDays is 7; must be from 30 to 730 days"],
        "no logs at all": [
          { "workspaceCapping.dailyQuotaGb": 0 },
          "workspaceCapping.dailyQuotaGb is 0; must be above 0 in dev",
        ],
        "no cap, as Azure writes it": [
          { "workspaceCapping.dailyQuotaGb": -1 },
          "workspaceCapping.dailyQuotaGb is -1; must be above 0 in dev",
        ],
        "a cap in quotes": [
          { "workspaceCapping.dailyQuotaGb": "10" },
          'workspaceCapping.dailyQuotaGb is "10"; must be above 0 in dev',
        ],
      },
      absent: {
        "the cap, in dev": [
          { workspaceCapping: undefined },
          "workspaceCapping.dailyQuotaGb is absent; must be above 0 in dev",
        ],
      },
      unknown: { "the days": [{ retentionInDays: unknownValue }, "?retentionInDays"] },
      notApplicable,
    },
    { environment: "dev" },
  ),
  table(lawRetentionAndCap, workspace, {
    compliant: { "no cap, in production": [{ workspaceCapping: undefined }] },
    broken: { "logs for a week": [{ retentionInDays: 7 }, "retentionInDays is 7; must be from 30 to 730 days"] },
    absent: {},
    unknown: {},
    notApplicable,
  }),
  table(logicTriggerClosed, workflow, {
    compliant: {
      "by the clock": [{ "definition.triggers": { hourly: { type: "Recurrence" } }, accessControl: undefined }],
      "callers of Entra ID": [
        { "accessControl.triggers": { openAuthenticationPolicies: { policies: { ours: { type: "AAD" } } } } },
      ],
      "a trigger without a type": [{ "definition.triggers": { odd: {} }, accessControl: undefined }],
      "one address that ends in zeros": [{ [callers]: [{ addressRange: "10.0.0.0-255.0.0.0" }] }],
      "a network whose bits have a zero before them": [{ [callers]: [{ addressRange: "10.0.0.0/08" }] }],
      "a star for the last part": [{ [callers]: [{ addressRange: "10.0.0.*" }] }],
      "triggers that only sound like requests": [
        { "definition.triggers": { a: { type: "RequestLog" }, b: { type: "OwnRequest" } }, accessControl: undefined },
      ],
    },
    broken: {
      "all addresses": [
        { [callers]: [{ addressRange: "0.0.0.0/0" }] },
        `${callers}[0].addressRange is "0.0.0.0/0"; must not be all addresses`,
      ],
      "no addresses": [
        { [callers]: [] },
        `${callers} is absent; must name callers, or openAuthenticationPolicies must`,
      ],
      "a call that comes back, beside the clock": [
        {
          "definition.triggers": { hourly: { type: "Recurrence" }, answer: { type: "HttpWebhook" } },
          accessControl: undefined,
        },
        `${callers} is absent; must name callers, or openAuthenticationPolicies must`,
      ],
      "an empty range": [
        { [callers]: [{ addressRange: "" }] },
        `${callers}[0].addressRange is ""; must not be all addresses`,
      ],
      "a range that is missing": [
        { [callers]: [{ addressRange: "10.64.0.0/16" }, {}] },
        `${callers}[1].addressRange is absent; must not be all addresses`,
      ],
      "a star": [
        { [callers]: [{ addressRange: "*" }] },
        `${callers}[0].addressRange is "*"; must not be all addresses`,
      ],
      "from the first address to the last": [
        { [callers]: [{ addressRange: "0.0.0.0-255.255.255.255" }] },
        `${callers}[0].addressRange is "0.0.0.0-255.255.255.255"; must not be all addresses`,
      ],
    },
    absent: {
      "who may call": [
        { accessControl: undefined },
        `${callers} is absent; must name callers, or openAuthenticationPolicies must`,
      ],
    },
    unknown: {
      "the definition": [{ definition: unknownValue }, "?definition"],
      "who may call": [{ [callers]: unknownValue }, `?${callers}`],
    },
    notApplicable,
  }),
];
