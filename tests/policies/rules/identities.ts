import { roles } from "../../../catalog/roles";
import { unknownValue } from "../../../core/property-marks";
import { ficPinned } from "../../../policies/rules/identity/fic-pinned";
import { roleNoBroadGrants } from "../../../policies/rules/identity/role-no-broad-grants";
import { rolePrincipalType } from "../../../policies/rules/identity/role-principal-type";
import { account, federatedCredential, roleAssignment } from "../fixtures";
import { table, type RuleCases } from "../harness";

const otherType = { "another type": [[account]] } as const;
const kinds = "be one of ServicePrincipal, Group, User, ForeignGroup, Device";
const networkContributor = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7";
const narrower = "must be a resource group or a resource for the role Contributor";

const narrowerAdministrator =
  "must be a resource group or a resource for the role Role Based Access Control Administrator";

const [readerId, ownerId] = [roles.Reader.id, roles.Owner.id];
const networkContributorId = roles["Network Contributor"].id;

const roleAdministrator = networkContributor.replace(
  networkContributorId,
  roles["Role Based Access Control Administrator"].id,
);

/** A condition that lets through lists of roles. */
function lists(given: string, taken: string, more = ""): string {
  const part = (action: string, of: string, ids: string): string =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (${of}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${ids}}${more}))`;
  return `${part("write", "@Request", given)} AND ${part("delete", "@Resource", taken)}`;
}

const subject = "be one service account, service connection, branch of GitLab or GitHub environment, without wildcards";

const anySubject =
  "be one service account, service connection, branch of GitLab or GitHub branch, tag or environment, without wildcards";

const hidden = "what looks like a key or a token, not shown";

/** A service connection of Azure DevOps, as its tokens name it. */
const connection =
  "/eid1/c/pub/t/rmuUZvHHmUC3aG7BrGhCgA/a/rISbSSETf0KqFyZ8ppdXmA/sc/23609cc8-ca30-4d7d-a018-0a285693d227/b840b286-3e83-43e4-8e02-b8e8c0db0545";

/** A case for each subject that is none of those, or more than one. */
function tooWide(
  must: string,
  ...subjects: readonly string[]
): Readonly<Record<string, readonly [Readonly<Record<string, unknown>>, string]>> {
  return Object.fromEntries(subjects.map((it) => [it, [{ subject: it }, `subject is "${it}"; must ${must}`]]));
}

const issuer = "be the issuer of an AKS cluster, GitHub Actions, Azure DevOps or GitLab";

/** Rules about identities, and what they may do. */
export const identityTables: readonly RuleCases[] = [
  table(roleNoBroadGrants, roleAssignment, {
    compliant: {
      "a small role on a subscription": [{ scope: "/subscriptions/s", roleDefinitionId: networkContributor }],
      "a subscription to an interface, which is called the same": [
        {
          scope:
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/gateway/subscriptions/team",
        },
      ],
      "a policy on a management group": [
        {
          scope:
            "/providers/Microsoft.Management/managementGroups/m/providers/Microsoft.Authorization/policyAssignments/p",
        },
      ],
      "a management group that lies in a resource of somebody": [
        { scope: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Management/managementGroups/m" },
      ],
    },
    broken: {
      "a subscription": [{ scope: "/subscriptions/s" }, `scope is "/subscriptions/s"; ${narrower}`],
      "a management group": [
        { scope: "/providers/Microsoft.Management/managementGroups/m" },
        `scope is "/providers/Microsoft.Management/managementGroups/m"; ${narrower}`,
      ],
      "the whole tenant": [{ scope: "/" }, `scope is "/"; ${narrower}`],
      "nothing before the first slash": [{ scope: "" }, `scope is ""; ${narrower}`],
      "a subscription by its whole ID, with a slash behind it": [
        { scope: "/subscriptions/66946bae-c7f1-4099-b768-6ec1ac684280/" },
        `scope is "/subscriptions/66946bae-c7f1-4099-b768-6ec1ac684280/"; ${narrower}`,
      ],
      "a management group in another letter case": [
        { scope: "/providers/microsoft.management/managementgroups/platform" },
        `scope is "/providers/microsoft.management/managementgroups/platform"; ${narrower}`,
      ],
    },
    absent: { "the scope, which Azure refuses": [{ scope: undefined }, `scope is absent; ${narrower}`] },
    unknown: {
      "the scope, which is of something new": [{ scope: unknownValue }],
      "the role": [{ scope: "/subscriptions/s", roleDefinitionId: unknownValue }, "?roleDefinitionId"],
      "scope and role, of something new": [{ scope: unknownValue, roleDefinitionId: unknownValue }],
      "the role on a resource group": [{ roleDefinitionId: unknownValue }],
    },
    notApplicable: otherType,
  }),
  table(
    roleNoBroadGrants,
    {
      ...roleAssignment,
      inputs: {
        ...roleAssignment.inputs,
        scope: "/subscriptions/s",
        roleDefinitionId: roleAdministrator,
        condition: lists(networkContributorId, networkContributorId),
      },
    },
    {
      compliant: {
        "narrowed further": [
          {
            condition: lists(
              `${networkContributorId}, ${readerId}`,
              readerId,
              " AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'Group'}",
            ),
          },
        ],
        "in another letter case": [{ condition: lists(readerId, readerId).toLowerCase() }],
        "narrowed by a value with those letters in it": [
          { condition: lists(readerId, readerId, " AND @Request[a] StringEquals {'corporate'}") },
        ],
        "narrowed by a role that it must not be": [
          {
            condition: lists(
              readerId,
              readerId,
              ` AND @Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${ownerId}}`,
            ),
          },
        ],
      },
      broken: {
        "a list with Owner in it": [
          { condition: lists(`${readerId}, ${ownerId}`, readerId) },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "one that takes any role away": [
          { condition: lists(readerId, readerId).split(" AND ")[0] },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a way round": [
          {
            condition: lists(
              readerId,
              readerId,
              " OR @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'User'}",
            ),
          },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a way round behind what narrows it": [
          {
            condition: lists(
              readerId,
              readerId,
              " AND @Request[a] StringEquals {'b'} OR @Request[a] StringEquals {'c'}",
            ),
          },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "more behind it": [
          { condition: `${lists(readerId, readerId)} OR (true)` },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "Contributor, whose right is not to give roles": [
          { roleDefinitionId: roleAssignment.inputs["roleDefinitionId"] },
          `scope is "/subscriptions/s"; ${narrower}`,
        ],
        "one that gives any role": [
          { condition: lists(readerId, readerId).split(" AND ")[1] },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a list with Owner in it of what may be taken away, in capitals": [
          { condition: lists(readerId, `${readerId}, ${ownerId.toUpperCase()}`) },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a way round in small letters": [
          {
            condition: lists(
              readerId,
              readerId,
              " and @Request[a] StringEquals {'b'} or @Request[a] StringEquals {'c'}",
            ),
          },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a way round by the other sign of OR": [
          {
            condition: lists(
              readerId,
              readerId,
              " AND @Request[a] StringEquals {'b'} || @Request[a] StringEquals {'c'}",
            ),
          },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
        "a way round before it": [
          { condition: `(true) OR ${lists(readerId, readerId)}` },
          `scope is "/subscriptions/s"; ${narrowerAdministrator}`,
        ],
      },
      absent: { "the condition": [{ condition: undefined }, `scope is "/subscriptions/s"; ${narrowerAdministrator}`] },
      unknown: { "the condition": [{ condition: unknownValue }, "?condition"] },
      notApplicable: otherType,
    },
  ),
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
      "a GitHub environment with IDs": [
        { issuer: "https://token.actions.githubusercontent.com", subject: "repo:org@12/infra@34:environment:prod" },
      ],
      "a service connection of Azure DevOps": [
        {
          issuer: "https://login.microsoftonline.com/66946bae-c7f1-4099-b768-6ec1ac684280/v2.0",
          subject: connection,
        },
      ],
      "a branch of GitLab": [
        { issuer: "https://gitlab.com", subject: "project_path:group/sub/project:ref_type:branch:ref:deploy-prod" },
      ],
      "an enterprise of GitHub": [
        { issuer: "https://token.actions.githubusercontent.com/octo-corp", subject: "repo:org/infra:environment:prod" },
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
      "every tenant of Entra ID": [
        { issuer: "https://login.microsoftonline.com/common/v2.0" },
        `issuer is "https://login.microsoftonline.com/common/v2.0"; must ${issuer}`,
      ],
      "every branch of GitLab": [
        { subject: "project_path:group/project:ref_type:branch:ref:*" },
        `subject is "project_path:group/project:ref_type:branch:ref:*"; must ${subject}`,
      ],
      "another audience": [
        { audiences: ["api://AzureADTokenExchange", "x"] },
        'audiences is ["api://AzureADTokenExchange","x"]; must hold only api://AzureADTokenExchange',
      ],
      "another audience alone": [
        { audiences: ["https://management.azure.com"] },
        'audiences is ["https://management.azure.com"]; must hold only api://AzureADTokenExchange',
      ],
      "a stranger with an issuer in its path": [
        { issuer: "https://evil.example/https://login.microsoftonline.com/66946bae-c7f1-4099-b768-6ec1ac684280/v2.0" },
        `issuer is "https://evil.example/https://login.microsoftonline.com/66946bae-c7f1-4099-b768-6ec1ac684280/v2.0"; must ${issuer}`,
      ],
      "more behind the version of Entra ID": [
        { issuer: "https://login.microsoftonline.com/66946bae-c7f1-4099-b768-6ec1ac684280/v2.0/other" },
        `issuer is "https://login.microsoftonline.com/66946bae-c7f1-4099-b768-6ec1ac684280/v2.0/other"; must ${issuer}`,
      ],
      "a service connection with something before it": [
        { subject: `x${connection}` },
        `subject is ${hidden}; must ${subject}`,
      ],
      "a service connection with something behind it": [
        { subject: `${connection}/*` },
        `subject is ${hidden}; must ${subject}`,
      ],
      ...tooWide(
        subject,
        "x:system:serviceaccount:train-vision:workload",
        "system:serviceaccount:train-vision:workload:*",
        "org/repo:org/infra:environment:prod",
        "repo:org/infra:environment:prod*",
        "x:project_path:group/project:ref_type:branch:ref:main",
        "project_path:group/project:ref_type:branch:ref:release-*",
      ),
    },
    absent: {
      "the audience": [{ audiences: undefined }, "audiences is absent; must hold only api://AzureADTokenExchange"],
      "the issuer": [{ issuer: undefined }, `issuer is absent; must ${issuer}`],
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
      compliant: {
        "an environment": [{ subject: "repo:org@12/infra@34:environment:prod" }],
        "a tag": [{ subject: "repo:org@12/infra@34:ref:refs/tags/v1.2" }],
        "a pull request": [{ subject: "repo:org/infra:pull_request" }],
      },
      broken: {
        "every repository": [
          { subject: "repo:org/*:pull_request" },
          `subject is "repo:org/*:pull_request"; must ${anySubject}`,
        ],
        ...tooWide(
          anySubject,
          "org/repo:org/infra:pull_request",
          "repo:org/infra:pull_request_target",
          "repo:org/infra:environment:*",
          "repo:org/infra:ref:refs/heads/release-*",
        ),
      },
      absent: {
        "the subject": [{ subject: undefined }, `subject is absent; must ${anySubject}`],
      },
      unknown: { "the audience": [{ "audiences[0]": unknownValue }] },
      notApplicable: otherType,
    },
    { environment: "dev" },
  ),
];
