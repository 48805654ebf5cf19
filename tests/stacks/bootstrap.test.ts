import { describe, expect, it } from "vitest";
import { findArmType } from "../../azure/arm-types";
import { hasDeleteRight, rightOf } from "../../azure/arm-right";
import { rows } from "../../azure/rows";
import { grantableRoles, roles } from "../../catalog/roles";
import { read } from "../../core/property-tree";
import { isRecord } from "../../core/property-value";
import { neededRights } from "../../preflight/needed-rights";
import { planPipelineRights } from "../../components/identity/pipeline-rights/plan";
import { planOperator } from "../../delivery/operator/plan-operator";
import { judge } from "../../policies/engine/judge";
import { operatorOutput } from "../../delivery/operator/operator-variables";
import { pipelineLines } from "../../preview/pipeline-lines";
import { record } from "../../preview/record";
import { deploy } from "../../stacks/deploy";
import { readEnvironment } from "../../stacks/read-environment";
import { readStackFile } from "../../stacks/stack-file";
import { factsOf } from "../preflight/asked";
import { place, problemsOf } from "../recorded";
import { shippedPreview } from "../shipped-previews";
import { type ShippedStack, shippedStackNames, shippedStacks, today } from "../stack-files";

const { values } = readStackFile(shippedStacks.bootstrap);
const key = "azure-gpu-cluster:delivery";
const given = JSON.parse(values[key] ?? "") as Readonly<Record<string, unknown>>;
const dev = { subscriptionId: "d0000000-0000-4000-8000-000000000001" };
const other = { subscriptionId: "d0000000-0000-4000-8000-000000000002" };
const operator = {
  issuer:
    "https://eastus2.oic.prod-aks.azure.com/00000000-0000-4000-8000-00000000aaaa/00000000-0000-4000-8000-00000000c001/",
};
const github = { kind: "github", repository: "example/estate" };
const gitlab = { kind: "gitlab", project: "example/estate" };

/** The file with other words in its section, and others around it. */
function readWith(delivery: object, around: Readonly<Record<string, string>> = {}, stack = "bootstrap") {
  return readEnvironment({
    stack,
    values: { ...values, [key]: JSON.stringify({ ...given, ...delivery }), ...around },
    today,
  });
}

describe("a stack of layer bootstrap", () => {
  it.each<[what: string, delivery: object, around: Readonly<Record<string, string>>, ...said: string[]]>([
    ["no environment", { environments: {} }, {}, "delivery.environments: must name at least one environment"],
    [
      "an environment without a subscription",
      { environments: { dev: {} } },
      {},
      "delivery.environments.dev.subscriptionId: must be given",
    ],
    [
      "a subscription that is none",
      { environments: { dev: { subscriptionId: "mine" } } },
      {},
      "delivery.environments.dev.subscriptionId: must be a UUID",
    ],
    [
      "two environments in one subscription",
      { environments: { dev, prod: dev } },
      {},
      "delivery.environments.prod.subscriptionId: must be a subscription of its own: dev has it",
    ],
    [
      "an environment beside the keys of all",
      { environments: { dev: { subscriptionId: "b0000000-0000-4000-8000-000000000001" } } },
      {},
      "delivery.environments.dev.subscriptionId: must not be the subscription of this stack",
    ],
    [
      "a name that is no stack's",
      { environments: { Dev_1: dev } },
      {},
      "delivery.environments.Dev_1: name must be that of a stack",
    ],
    [
      "the name of its own state",
      { environments: { bootstrap: dev } },
      {},
      "delivery.environments.bootstrap: must not be called like the state",
    ],
    [
      "a hyphen at the end",
      { environments: { "dev-": dev } },
      {},
      "delivery.environments.dev-: must have single hyphens",
    ],
    [
      "a wildcard",
      { pipelines: { ...github, repository: "example/*" } },
      {},
      "delivery.pipelines.repository: must be owner/repository",
    ],
    ["a pipeline that nobody knows", { pipelines: { kind: "jenkins" } }, {}, "delivery.pipelines.kind: must be"],
    [
      "one branch for two",
      { pipelines: gitlab, environments: { dev: { ...dev, branches: { plan: "main", deploy: "main" } } } },
      {},
      "delivery.environments.dev: must trust for deploy jobs that no other identity trusts: plan of dev",
    ],
    [
      "one branch for two environments",
      {
        pipelines: gitlab,
        environments: {
          dev: { ...dev, branches: { plan: "plan", deploy: "main" } },
          prod: { ...other, branches: { plan: "plan-prod", deploy: "main" } },
        },
      },
      {},
      "delivery.environments.prod: must trust for deploy jobs that no other identity trusts: deploy of dev",
    ],
    [
      // `plan-dev` plans `dev`, and would deploy an environment of that name.
      "an environment that is called like the gate of another",
      { pipelines: github, environments: { dev, "plan-dev": other } },
      {},
      "delivery.environments.plan-dev: must trust for deploy jobs that no other identity trusts: plan of dev",
    ],
    [
      "a group that breaks the glass of two",
      {
        environments: {
          dev: { ...dev, breakGlassGroupObjectId: "22222222-2222-4222-8222-222222222222" },
          prod: { ...other, breakGlassGroupObjectId: "22222222-2222-4222-8222-222222222222" },
        },
      },
      {},
      "delivery.environments: must name each breakGlassGroupObjectId once",
    ],
    [
      "an environment of an operator that nobody named",
      { environments: { dev: { ...dev, operator: {} } } },
      {},
      "delivery.operator: must be given: environments.dev.operator has its stacks run by one",
    ],
    ["an operator that runs nothing", { operator }, {}, "delivery.operator: must run an environment"],
    [
      "an operator in the place of a forge",
      { pipelines: { kind: "operator", ...operator } },
      {},
      "delivery.pipelines.kind: must be",
    ],
    ["no way to a state", { network: {} }, {}, "delivery.network: must name allowedRanges or endpoints"],
    ["a private range", { network: { allowedRanges: ["10.0.0.0/8"] } }, {}, "must be public"],
    [
      "the zone of another service",
      {
        network: {
          endpoints: {
            ...(read(given, "network.endpoints") as object),
            privateDnsZoneResourceIds: {
              blob: "/subscriptions/b0000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net",
              vault:
                "/subscriptions/b0000000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet",
            },
          },
        },
      },
      {},
      "delivery.network.endpoints.privateDnsZoneResourceIds.blob: must be the zone privatelink.blob.core.windows.net",
      "delivery.network.endpoints.privateDnsZoneResourceIds.vault: must be",
    ],
    [
      "nobody who administers it",
      { administratorGroupObjectIds: [] },
      {},
      "delivery.administratorGroupObjectIds: must name at least one group",
    ],
    ["a key that nobody knows", { environment: {} }, {}, "delivery.environment: "],
    ["no subscription of its own", {}, { "azure-native:subscriptionId": "" }, "azure-native:subscriptionId"],
    [
      "another layer beside it",
      {},
      { "azure-gpu-cluster:layers": '["bootstrap","infra"]' },
      "layers: must name bootstrap alone",
      "cluster: must be given",
    ],
    [
      "a cluster in it",
      {},
      { "azure-gpu-cluster:cluster": '{"kubernetesVersion":"1.36"}' },
      "cluster: belongs to layer infra, which this stack does not make",
    ],
    [
      "a stack that it reads",
      {},
      { "azure-gpu-cluster:handover": "o/p/dev" },
      "handover: must be absent: layer bootstrap reads no other",
    ],
  ])("fails on %s", (_, delivery, around, ...said) => {
    const problems = problemsOf(() => readWith(delivery, around));
    for (const it of said) expect(problems.join("\n")).toContain(it);
  });

  it("protects state and keys, whatever its kind", () => {
    const environment = { kind: "dev", owner: "ml-platform", costCenter: "research" };
    const around = { "azure-gpu-cluster:environment": JSON.stringify(environment) };
    expect(readWith({ network: { allowedRanges: ["198.51.100.0/28"] } }, around).protect).toBe(true);
  });

  it("fails without its section, and in a stack of another layer with it", () => {
    const { [key]: section = "", ...rest } = values;
    expect(problemsOf(() => readEnvironment({ stack: "bootstrap", values: rest, today }))).toEqual([
      expect.stringContaining("delivery: must be given: layer bootstrap makes what it says"),
    ]);
    const plain = readStackFile(shippedStacks.dev).values;
    expect(problemsOf(() => readEnvironment({ stack: "dev", values: { ...plain, [key]: section }, today }))).toEqual([
      expect.stringContaining("delivery: belongs to layer bootstrap, which this stack does not make"),
    ]);
  });
});

describe("what ships for pipelines", () => {
  it("breaks no rule at the levels of prod", async () => {
    const { findings } = await shippedPreview("bootstrap");
    expect(findings).toEqual([]);
  });

  it("says by environment what jobs have to know, and no secret", async () => {
    const { outputs } = (await shippedPreview("bootstrap")).plan;
    const pipelines = outputs["pipelines"];
    if (!isRecord(pipelines)) throw new Error("there are no variables");
    expect(Object.keys(pipelines).sort()).toEqual(["dev", "prod", "staging"]);
    for (const [name, variables] of Object.entries(pipelines)) {
      expect(variables).toEqual({
        PLAN_CLIENT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        DEPLOY_CLIENT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        TENANT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        SUBSCRIPTION_ID: read(given, `environments.${name}.subscriptionId`),
        STATE_URL: expect.stringMatching(
          new RegExp(`^azblob://state-${name}\\?storage_account=stgpu[a-z0-9]+$`),
        ) as string,
        SECRETS_PROVIDER: expect.stringMatching(
          /^azurekeyvault:\/\/kv-gpu-[a-z0-9-]+\.vault\.azure\.net\/keys\/pulumi\/[0-9a-f]{32}$/,
        ) as string,
      });
    }
  });

  it("shares no state, key or identity between environments", async () => {
    const { outputs, resources } = (await shippedPreview("bootstrap")).plan;
    const all = Object.values(outputs["pipelines"] as Readonly<Record<string, Readonly<Record<string, string>>>>);
    for (const name of ["PLAN_CLIENT_ID", "DEPLOY_CLIENT_ID", "SUBSCRIPTION_ID", "STATE_URL", "SECRETS_PROVIDER"]) {
      expect(new Set(all.map((it) => it[name])).size, name).toBe(all.length);
    }
    const subjects = resources.flatMap(({ inputs }) => (inputs["subject"] === undefined ? [] : [inputs["subject"]]));
    expect(new Set(subjects).size).toBe(6);
    // Who deploys an environment writes one state and uses one key.
    const ofDev = resources.filter(({ name, type }) => type.endsWith(":RoleAssignment") && name.startsWith("dev-"));
    const scopes = ofDev.map(({ inputs }) => String(inputs["scope"]));
    expect(scopes.filter((it) => !/^\/subscriptions\/d0000000-/.test(it) && !it.includes("state-dev"))).toEqual([]);
  });
});

/** Whether the identity that deploys may do something. */
function mayDeploy(action: string, given: { readonly locks: boolean; readonly policies: boolean }): boolean {
  const { definitions } = planPipelineRights({ environment: "lab", ...dev, ...given }, place);
  // Reader, Role Based Access Control Administrator with its condition, Locks Contributor, and Resource Policy Contributor.
  const besides = ["roleAssignments", ...(given.locks ? ["locks"] : []), ...(given.policies ? ["policy\\w+"] : [])];
  return (
    action.endsWith("/read") ||
    new RegExp(`^Microsoft\\.Authorization/(${besides.join("|")})/(write|delete)$`).test(action) ||
    (read(definitions.deploy, "permissions[0].actions") as readonly string[]).includes(action)
  );
}

describe("an operator beside the pipelines", () => {
  const environments = {
    dev: { ...dev, operator: { applies: true } },
    staging: { ...other, operator: { stacks: ["staging", "staging-workloads"] } },
    prod: { subscriptionId: "a0000000-0000-4000-8000-000000000001" },
  };
  const planned = async () => {
    const environment = readWith({ operator, environments });
    return record({ stack: "bootstrap", program: () => deploy(environment) });
  };

  it("has identities of its own with the rights of those of pipelines, and none where it is not wanted", async () => {
    const { resources } = await planned();
    const grants = (whose: string): string[] =>
      resources
        .filter(({ type, name }) => type.endsWith(":RoleAssignment") && name.includes(whose))
        .map(({ name }) => name)
        .sort();
    expect(grants("operator")).toEqual([
      ...["", "-cluster", "-grants", "-key", "-reader", "-state"].map((it) => `dev-deploy-operator${it}`),
      ...["", "-key", "-reader", "-state"].map((it) => `dev-plan-operator${it}`),
      ...["", "-key", "-reader", "-state"].map((it) => `staging-plan-operator${it}`),
    ]);
    expect(grants("dev-deploy-pipeline").map((it) => it.replace("pipeline", "operator"))).toEqual(
      grants("dev-deploy-operator"),
    );
    const subjects = resources.flatMap(({ inputs }) =>
      String(inputs["subject"]).startsWith("system:serviceaccount:") ? [String(inputs["subject"])] : [],
    );
    expect(subjects.sort()).toEqual([
      "system:serviceaccount:gitops-dev:pulumi-dev",
      "system:serviceaccount:gitops-dev:pulumi-dev-plan",
      "system:serviceaccount:gitops-staging:pulumi-staging-plan",
      "system:serviceaccount:gitops-staging:pulumi-staging-workloads-plan",
    ]);
  });

  it("is handed over as the operator's objects are made of it", async () => {
    const { outputs } = await planned();
    const given = operatorOutput.parse(outputs["operator"]);
    expect(Object.entries(given).map(([name, it]) => [name, it.STACKS, it.DEPLOY_CLIENT_ID !== undefined])).toEqual([
      ["dev", ["dev"], true],
      ["staging", ["staging", "staging-workloads"], false],
    ]);
    const ofPipeline = (outputs["pipelines"] as Readonly<Record<string, Readonly<Record<string, string>>>>)["dev"];
    expect(given["dev"]?.STATE_URL).toBe(ofPipeline?.["STATE_URL"]);
    expect(given["dev"]?.PLAN_CLIENT_ID).not.toBe(ofPipeline?.["PLAN_CLIENT_ID"]);
    const settings = { management: "management", image: `a.azurecr.io/b@sha256:${"0".repeat(64)}`, leaves: [] };
    const source = { kind: "git", url: "https://example.com/a", branch: "main", signersSecret: "signers" };
    const objects = planOperator(
      {
        settings: {
          ...{ ...settings, source },
          environments: { dev: { kind: "dev", mode: "apply" }, staging: { kind: "staging" } },
        },
        output: outputs["operator"],
      },
      [
        { environment: "dev", stacks: ["dev"], kinds: [] },
        { environment: "staging", stacks: ["staging", "staging-workloads"], kinds: [] },
      ],
    );
    const accounts = objects.platform
      .filter(({ kind }) => kind === "ServiceAccount")
      .map(({ metadata }) => `system:serviceaccount:${metadata.namespace ?? ""}:${metadata.name}`);
    const made = readWith({ operator, environments }).bootstrap?.environments ?? [];
    const trusted = made.flatMap(({ operator: it }) =>
      [...(it?.plan.credentials ?? []), ...(it?.deploy?.credentials ?? [])].map(({ subject }) => subject),
    );
    expect(trusted.sort()).toEqual(accounts.filter((it) => it.startsWith("system:serviceaccount:gitops-")).sort());
  });

  it("is said to whoever reads the preview", () => {
    const { bootstrap } = readWith({ operator, environments });
    expect(bootstrap === null ? [] : pipelineLines(bootstrap).slice(0, 5)).toEqual([
      expect.stringContaining("  dev in subscription"),
      expect.stringContaining("plans    repo:"),
      expect.stringContaining("deploys  repo:"),
      "    plans    system:serviceaccount:gitops-dev:pulumi-dev-plan",
      "    deploys  system:serviceaccount:gitops-dev:pulumi-dev",
    ]);
  });
});

describe("what a pipeline may make", () => {
  const arms = [...rows].flatMap(([token, row]) => {
    const arm = findArmType(token)?.arm;
    return arm === undefined ? [] : [{ arm, deleted: !row.comesWithParent && hasDeleteRight(arm) }];
  });
  const lacking = (given: { readonly locks: boolean; readonly policies: boolean }): string[] => [
    ...new Set(
      arms.flatMap(({ arm, deleted }) =>
        [`${rightOf(arm)}/write`, ...(deleted ? [`${rightOf(arm)}/delete`] : [])].filter((it) => !mayDeploy(it, given)),
      ),
    ),
  ];

  it("is each type that this project has a row of, but custom roles", () => {
    expect(lacking({ locks: true, policies: true })).toEqual([
      "Microsoft.Authorization/roleDefinitions/write",
      "Microsoft.Authorization/roleDefinitions/delete",
    ]);
  });

  it("is neither locks nor policies, where bootstrap does not say so", () => {
    const more = lacking({ locks: false, policies: false }).filter((it) => !it.includes("roleDefinitions"));
    expect(more.sort()).toEqual(
      ["locks", "policyAssignments", "policyDefinitions"].flatMap((it) =>
        ["delete", "write"].map((what) => `Microsoft.Authorization/${it}/${what}`),
      ),
    );
  });

  it("is said by environment, and breaks no rule", async () => {
    const environments = { dev: { ...dev, policies: true }, prod: other };
    const planned = readWith({ environments });
    const { resources } = await record({ stack: "bootstrap", program: () => deploy(planned) });
    const grants = resources.filter(({ inputs }) =>
      String(inputs["roleDefinitionId"]).endsWith(roles["Resource Policy Contributor"].id),
    );
    expect(grants.map(({ name, inputs }) => [name, inputs["scope"]])).toEqual([
      ["dev-deploy-pipeline-policies", `/subscriptions/${dev.subscriptionId}`],
    ]);
    expect(judge(resources, "prod", { today }).filter(({ level }) => level === "mandatory")).toEqual([]);
  });
});

describe.each(shippedStackNames.filter((it) => it !== "bootstrap"))("the pipeline of %s", (stack: ShippedStack) => {
  it("may do all that its plan needs, and undo it", async () => {
    const { resources } = await factsOf(shippedStacks[stack]);
    const lacking = [...neededRights(resources).values()].flatMap(({ actions, deletes }) =>
      [...actions, ...deletes].filter((it) => !mayDeploy(it, { locks: true, policies: false })),
    );
    expect([...new Set(lacking)]).toEqual([]);
  });

  it("may give every role that its plan gives, but Contributor on reserved capacity", async () => {
    const { resources } = (await shippedPreview(stack)).plan;
    const nameOf = (id: unknown): string => {
      const guid = String(id).split("/").at(-1);
      return Object.entries(roles).find(([, it]) => it.id === guid)?.[0] ?? String(id);
    };
    const given = resources.flatMap(({ type, inputs }) =>
      type.endsWith(":RoleAssignment") ? [nameOf(inputs["roleDefinitionId"])] : [],
    );
    const names: readonly string[] = grantableRoles;
    const lacking = [...new Set(given)].filter((it) => !names.includes(it));
    expect(lacking.filter((it) => it !== "Contributor")).toEqual([]);
    // A role with every right is given by a person: README of components/identity.
    if (lacking.length > 0) expect(["everything", "cell-4k", "prod"]).toContain(stack);
  });
});
