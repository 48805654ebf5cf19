import { describe, expect, it } from "vitest";
import { PipelineIdentity } from "../../../../components/identity/pipeline-identity/pipeline-identity";
import {
  planPipelineIdentity,
  type PipelineDuty,
  type PipelineIdentityShape,
} from "../../../../components/identity/pipeline-identity/plan";
import type { PipelinesShape, TrustShape } from "../../../../components/identity/pipeline-identity/shape";
import { only, place, problemsOf, recorded, scope, tree } from "../../../recorded";

const github = { kind: "github", repository: "example/gpu-estate" } as const;
const tenantId = "66946bae-c7f1-4099-b768-6ec1ac684280";
const organizationId = "23609cc8-ca30-4d7d-a018-0a285693d227";
const connection = "b840b286-3e83-43e4-8e02-b8e8c0db0545";
const other = "64171687-7a59-4fce-b2c8-823278dcf176";
const azureDevOps = { kind: "azureDevOps", tenantId, organizationId } as const;
const gitlab = { kind: "gitlab", project: "example/platform/gpu-estate" } as const;

const issuer = `https://eastus2.oic.prod-aks.azure.com/${tenantId}/${other}/`;
const operator = { kind: "operator", issuer } as const;

const plan = (pipelines: PipelinesShape, duty: PipelineDuty = "deploy", trust: TrustShape = {}) =>
  planPipelineIdentity({ environment: "prod", duty, pipelines, trust }, place);

describe("planPipelineIdentity", () => {
  it.each<[what: string, pipelines: PipelinesShape, trust: TrustShape, issuer: string, plan: string, deploy: string]>([
    [
      "GitHub by its environments",
      github,
      {},
      "https://token.actions.githubusercontent.com",
      "repo:example/gpu-estate:environment:plan-prod",
      "repo:example/gpu-estate:environment:prod",
    ],
    [
      "GitHub with the IDs of a name that can be given anew",
      { ...github, ids: { owner: "123456", repository: "456789" } },
      {},
      "https://token.actions.githubusercontent.com",
      "repo:example@123456/gpu-estate@456789:environment:plan-prod",
      "repo:example@123456/gpu-estate@456789:environment:prod",
    ],
    [
      // The subject is that of a real connection in a public repository.
      "Azure DevOps by its connections",
      azureDevOps,
      { connections: { plan: other, deploy: connection } },
      `https://login.microsoftonline.com/${tenantId}/v2.0`,
      `/eid1/c/pub/t/rmuUZvHHmUC3aG7BrGhCgA/a/rISbSSETf0KqFyZ8ppdXmA/sc/${organizationId}/${other}`,
      `/eid1/c/pub/t/rmuUZvHHmUC3aG7BrGhCgA/a/rISbSSETf0KqFyZ8ppdXmA/sc/${organizationId}/${connection}`,
    ],
    [
      "GitLab by its branches",
      gitlab,
      { branches: { plan: "main", deploy: "deploy/prod" } },
      "https://gitlab.com",
      "project_path:example/platform/gpu-estate:ref_type:branch:ref:main",
      "project_path:example/platform/gpu-estate:ref_type:branch:ref:deploy/prod",
    ],
    [
      "GitLab of somebody's own",
      { ...gitlab, issuer: "https://git.example.com" },
      { branches: { plan: "main", deploy: "prod" } },
      "https://git.example.com",
      "project_path:example/platform/gpu-estate:ref_type:branch:ref:main",
      "project_path:example/platform/gpu-estate:ref_type:branch:ref:prod",
    ],
  ])("trusts %s", (_, pipelines, trust, issuer, planned, deployed) => {
    expect([plan(pipelines, "plan", trust), plan(pipelines, "deploy", trust)]).toEqual([
      {
        identityName: "id-gpu-dev-eastus-plan-prod",
        credentials: [{ name: pipelines.kind, issuer, subject: planned }],
      },
      {
        identityName: "id-gpu-dev-eastus-deploy-prod",
        credentials: [{ name: pipelines.kind, issuer, subject: deployed }],
      },
    ]);
  });

  it("trusts the service account of each stack that an operator runs, and names them as the operator does", () => {
    const stacks = ["prod", "prod-workloads"];
    expect(plan(operator, "plan", { stacks })).toEqual({
      identityName: "id-gpu-dev-eastus-operator-plan-prod",
      credentials: [
        { name: "pulumi-prod-plan", issuer, subject: "system:serviceaccount:gitops-prod:pulumi-prod-plan" },
        {
          name: "pulumi-prod-workloads-plan",
          issuer,
          subject: "system:serviceaccount:gitops-prod:pulumi-prod-workloads-plan",
        },
      ],
    });
    expect(plan(operator, "deploy", { stacks }).credentials.map(({ subject }) => subject)).toEqual([
      "system:serviceaccount:gitops-prod:pulumi-prod",
      "system:serviceaccount:gitops-prod:pulumi-prod-workloads",
    ]);
  });

  it.each<[what: string, given: unknown, trust: TrustShape, ...said: string[]]>([
    ["an operator without stacks", operator, {}, "stacks: must be given for pipelines of operator"],
    [
      "stacks of no operator",
      github,
      { stacks: ["prod"] },
      "stacks: must be left out: it is for pipelines of operator",
    ],
    ["a stack twice", operator, { stacks: ["prod", "prod"] }, "stacks: must name each stack once"],
    ["every stack", operator, { stacks: ["*"] }, "stacks[0]: must be the name of a stack"],
    [
      "more stacks than Azure takes",
      operator,
      { stacks: Array.from({ length: 21 }, (_, at) => `s${at}`) },
      "stacks: must name at most 20 stacks",
    ],
    [
      "the issuer of somebody else's cluster",
      { ...operator, issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/1/" },
      { stacks: ["prod"] },
      "issuer: must be the issuer of an AKS cluster",
    ],
    [
      "an issuer without the slash, which is another one",
      { ...operator, issuer: issuer.slice(0, -1) },
      { stacks: ["prod"] },
      "issuer: must be the issuer of an AKS cluster",
    ],
    [
      "every repository of an owner",
      { ...github, repository: "example/*" },
      {},
      "repository: must be owner/repository",
    ],
    ["an owner alone", { ...github, repository: "example" }, {}, "repository: must be owner/repository"],
    ["two repositories", { ...github, repository: "example/a/b" }, {}, "repository: must be owner/repository"],
    ["a repository that would end the subject", { ...github, repository: "a/b:ref" }, {}, "repository: must be owner"],
    ["an owner with a hyphen at its end", { ...github, repository: "a-/b" }, {}, "repository: must be owner"],
    ["a folder as a repository", { ...github, repository: "a/.." }, {}, "repository: must be owner/repository"],
    [
      "an ID that is none",
      { ...github, ids: { owner: "0", repository: "x" } },
      {},
      "ids.owner: must be a number",
      "ids.repository: must be a number",
    ],
    ["a pipeline that nobody knows", { kind: "jenkins" }, {}, "kind: must be one of github, azureDevOps, gitlab"],
    [
      "a branch of GitHub",
      github,
      { branches: { plan: "main", deploy: "main" } },
      "branches: must be left out: it is for pipelines of gitlab",
    ],
    ["connections that are none", azureDevOps, {}, "connections: must be given for pipelines of azureDevOps"],
    ["no branches", gitlab, {}, "branches: must be given for pipelines of gitlab"],
    [
      "every branch",
      gitlab,
      { branches: { plan: "*", deploy: "release-*" } },
      "branches.plan: must be one branch",
      "branches.deploy: must be one branch",
    ],
    [
      "every project of a group",
      { ...gitlab, project: "example/*" },
      { branches: { plan: "a", deploy: "b" } },
      "project: must be group/project",
    ],
    [
      "an issuer without encryption",
      { ...gitlab, issuer: "http://git.example.com" },
      { branches: { plan: "a", deploy: "b" } },
      "issuer: must be an https address",
    ],
    [
      "an issuer with a slash, which is another one",
      { ...gitlab, issuer: "https://git.example.com/" },
      { branches: { plan: "a", deploy: "b" } },
      "issuer: must be an https address",
    ],
    [
      "the tenant of nobody",
      { ...azureDevOps, tenantId: "00000000-0000-0000-0000-000000000000" },
      { connections: { plan: other, deploy: connection } },
      "tenantId: must be a UUID",
    ],
  ])("fails on %s", (_, given, trust, ...said) => {
    const problems = problemsOf(() => plan(given as PipelinesShape, "deploy", trust));
    expect(problems).toEqual(said.map((it) => expect.stringContaining(it) as string));
  });
});

it("makes one identity and one credential, for the one audience", async () => {
  const shape: PipelineIdentityShape = { environment: "prod", duty: "deploy", pipelines: github };
  const made = await recorded(() => new PipelineIdentity("deploy-prod", { scope, ...shape }));
  expect(tree(made)).toEqual([
    "PipelineIdentity deploy-prod",
    "UserAssignedIdentity deploy-prod < PipelineIdentity deploy-prod",
    "FederatedIdentityCredential deploy-prod < PipelineIdentity deploy-prod",
  ]);
  expect(only(made, "azure-native:managedidentity:FederatedIdentityCredential").inputs).toEqual({
    resourceGroupName: "rg-test",
    resourceName: "id-gpu-dev-eastus-deploy-prod",
    federatedIdentityCredentialResourceName: "github",
    issuer: "https://token.actions.githubusercontent.com",
    subject: "repo:example/gpu-estate:environment:prod",
    audiences: ["api://AzureADTokenExchange"],
  });
});

it("writes the credentials of an operator one after the other, as Azure wants it", async () => {
  const shape: PipelineIdentityShape = {
    environment: "prod",
    duty: "plan",
    pipelines: operator,
    trust: { stacks: ["prod", "prod-workloads"] },
  };
  const made = await recorded(() => new PipelineIdentity("operator-plan-prod", { scope, ...shape }));
  const credentials = made.resources.filter(({ type }) => type.endsWith(":FederatedIdentityCredential"));
  expect(credentials.map(({ name, inputs }) => [name, inputs["federatedIdentityCredentialResourceName"]])).toEqual([
    ["operator-plan-prod", "pulumi-prod-plan"],
    ["operator-plan-prod-pulumi-prod-workloads-plan", "pulumi-prod-workloads-plan"],
  ]);
  const [first, second] = credentials;
  expect(first?.dependencies).not.toContain(second?.urn);
  expect(second?.dependencies).toContain(first?.urn);
});
