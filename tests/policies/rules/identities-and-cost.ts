import { unknownValue } from "../../../core/property-marks";
import { finRequiredTags } from "../../../policies/rules/cost/fin-required-tags";
import { ficPinned } from "../../../policies/rules/identity/fic-pinned";
import { roleNoBroadGrants } from "../../../policies/rules/identity/role-no-broad-grants";
import { rolePrincipalType } from "../../../policies/rules/identity/role-principal-type";
import { account, federatedCredential, roleAssignment, scaleSet } from "../fixtures";
import { table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const kinds = "be one of ServicePrincipal, Group, User, ForeignGroup, Device";
const networkContributor = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7";
const narrower = "must be a resource group or a resource for the role Contributor";
const subject = "be one service account or one GitHub environment, without wildcards";
const issuer = "be the issuer of an AKS cluster or of GitHub Actions";

/** Rules about identities and about who pays. */
export const identityTables: readonly RuleCases[] = [
  table(roleNoBroadGrants, roleAssignment, {
    compliant: {
      "a small role on a subscription": [{ scope: "/subscriptions/s", roleDefinitionId: networkContributor }],
    },
    broken: {
      "a subscription": [{ scope: "/subscriptions/s" }, `scope is "/subscriptions/s"; ${narrower}`],
      "a management group": [
        { scope: "/providers/Microsoft.Management/managementGroups/m" },
        `scope is "/providers/Microsoft.Management/managementGroups/m"; ${narrower}`,
      ],
      "the whole tenant": [{ scope: "/" }, `scope is "/"; ${narrower}`],
    },
    absent: { "the scope, which Azure refuses": [{ scope: undefined }, `scope is absent; ${narrower}`] },
    unknown: {
      "the scope": [{ scope: unknownValue }, "?scope"],
      "the role": [{ scope: "/subscriptions/s", roleDefinitionId: unknownValue }, "?roleDefinitionId"],
      "the scope of a small role": [{ scope: unknownValue, roleDefinitionId: networkContributor }],
      "the role on a resource group": [{ roleDefinitionId: unknownValue }],
    },
    notApplicable: otherType,
  }),
  table(rolePrincipalType, roleAssignment, {
    broken: { nonsense: [{ principalType: "Robot" }, `principalType is "Robot"; must ${kinds}`] },
    absent: { "the type": [{ principalType: undefined }, `principalType is absent; must ${kinds}`] },
    unknown: { "the type": [{ principalType: unknownValue }, "?principalType"] },
    notApplicable: otherType,
  }),
  table(ficPinned, federatedCredential, {
    compliant: {
      "a GitHub environment": [
        { issuer: "https://token.actions.githubusercontent.com", subject: "repo:org/infra:environment:prod" },
      ],
    },
    broken: {
      "a wildcard": [
        { subject: "system:serviceaccount:train-*:workload" },
        `subject is "system:serviceaccount:train-*:workload"; must ${subject}`,
      ],
      "any branch in production": [
        { subject: "repo:org/infra:ref:refs/heads/main" },
        `subject is "repo:org/infra:ref:refs/heads/main"; must ${subject}`,
      ],
      "a stranger": [{ issuer: "https://evil.example/" }, `issuer is "https://evil.example/"; must ${issuer}`],
      "a domain that is AKS's but for a dot": [
        { issuer: "https://eastus.oic.prod-aks-azure.com/tenant/cluster/" },
        `issuer is "https://eastus.oic.prod-aks-azure.com/tenant/cluster/"; must ${issuer}`,
      ],
      "a stranger that looks like GitHub": [
        { issuer: "https://token.actions.githubusercontent.com.evil.example/" },
        `issuer is "https://token.actions.githubusercontent.com.evil.example/"; must ${issuer}`,
      ],
      "another audience": [
        { audiences: ["api://AzureADTokenExchange", "x"] },
        'audiences is ["api://AzureADTokenExchange","x"]; must hold only api://AzureADTokenExchange',
      ],
    },
    absent: {
      "the audience": [{ audiences: undefined }, "audiences is absent; must hold only api://AzureADTokenExchange"],
    },
    unknown: {
      "the issuer, which is there all the same": [{ issuer: unknownValue }],
      "the subject": [{ subject: unknownValue }, "?subject"],
    },
    notApplicable: otherType,
  }),
  table(
    ficPinned,
    {
      ...federatedCredential,
      inputs: { ...federatedCredential.inputs, subject: "repo:org/infra:ref:refs/heads/main" },
    },
    {
      broken: {
        "every repository": [
          { subject: "repo:org/*:pull_request" },
          'subject is "repo:org/*:pull_request"; must be one service account or one GitHub branch, tag or environment, without wildcards',
        ],
      },
      absent: {
        "the subject": [
          { subject: undefined },
          "subject is absent; must be one service account or one GitHub branch, tag or environment, without wildcards",
        ],
      },
      unknown: { "the audience": [{ "audiences[0]": unknownValue }] },
      notApplicable: otherType,
    },
    { environment: "dev" },
  ),
  table(finRequiredTags, scaleSet, {
    compliant: { "a cell of the environment": [{ "tags.environment": "prod-eastus-1" }] },
    broken: {
      "an empty owner": [{ "tags.owner": " " }, 'tags.owner is " "; must be set'],
      "another environment": [
        { "tags.environment": "dev" },
        'tags.environment is "dev"; must name the stack or the prod environment',
      ],
    },
    absent: {
      "all tags": [
        { tags: undefined },
        "tags.owner is absent; must be set",
        "tags.costCenter is absent; must be set",
        "tags.environment is absent; must name the stack or the prod environment",
        "tags.project is absent; must be set",
        "tags.managedBy is absent; must be set",
      ],
    },
    unknown: { "the tags": [{ tags: unknownValue }, "?tags"] },
    notApplicable: { "a type without tags": [[roleAssignment]] },
  }),
];
