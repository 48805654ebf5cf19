import { describe, expect, it } from "vitest";
import { record as recordAt, text } from "../../core/property-tree";
import { record } from "../../preview/record";
import type { RecordedPlan } from "../../preview/recorded-plan";
import { projectName, type SectionsInput } from "../../stacks/config/sections";
import { deploy } from "../../stacks/deploy";
import type { Environment } from "../../stacks/environment";
import { readEnvironment } from "../../stacks/read-environment";
import { allOf, only, problemsOf } from "../recorded";
import { today } from "../stack-files";

const resourceId =
  "/subscriptions/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11/resourceGroups/security/providers/Microsoft.KeyVault/vaults/kv-teams";
const team = { pool: "a100", gpus: 1, groupObjectId: "22222222-2222-4222-8222-222222222222" };

/** A cluster with a team of each kind, none of which has secrets. */
const without = {
  environment: { kind: "dev", owner: "ml-platform", costCenter: "research" },
  network: { addressSpace: "10.64.0.0/16", podCidr: "10.96.0.0/16", serviceCidr: "10.112.0.0/16" },
  cluster: {
    kubernetesVersion: "1.36",
    apiServer: { authorizedIpRanges: ["198.51.100.0/28"] },
    adminGroupObjectIds: ["11111111-1111-4111-8111-111111111111"],
    systemPool: {},
  },
  gpuPools: { a100: { size: "Standard_NC24ads_A100_v4", nodes: 4 } },
  cpuPools: { general: { size: "Standard_D8ds_v5", nodes: 2 } },
  trainingTeams: { vision: team },
  inferenceTeams: { vision: team },
  notebookTeams: { vision: team },
} satisfies SectionsInput;

/** The same with a vault, of whose secrets two of them have some. */
const around = {
  ...without,
  keyVault: { resourceId },
  trainingTeams: { vision: { ...team, secrets: ["hf-token", "wandb"] } },
  inferenceTeams: { vision: { ...team, secrets: ["hf-token"] } },
} satisfies SectionsInput;

function read(sections: Partial<SectionsInput>): Environment {
  const values = Object.fromEntries(
    Object.entries(sections).map(([name, it]) => [`${projectName}:${name}`, JSON.stringify(it)]),
  );
  const config = { "azure-native:location": "eastus", "pulumi:disable-default-providers": '["kubernetes"]', ...values };
  return readEnvironment({ stack: "lab", values: config, today });
}

async function planned(sections: Partial<SectionsInput>): Promise<RecordedPlan> {
  return record({ stack: "lab", program: () => deploy(read({ ...around, ...sections })) });
}

describe("the Key Vault of an environment", () => {
  it("is read by the identity of each team: its own secrets, each by itself, and nothing of the vault", async () => {
    const plan = await planned({});
    const granted = allOf(plan, "azure-native:authorization:RoleAssignment").filter(({ inputs }) =>
      text(inputs, "scope")?.startsWith(resourceId),
    );
    expect(granted.map(({ name, inputs }) => [name, inputs["scope"], inputs["principalType"]])).toEqual([
      ["train-vision-secret-hf-token", `${resourceId}/secrets/hf-token`, "ServicePrincipal"],
      ["train-vision-secret-wandb", `${resourceId}/secrets/wandb`, "ServicePrincipal"],
      ["infer-vision-secret-hf-token", `${resourceId}/secrets/hf-token`, "ServicePrincipal"],
    ]);
    for (const { inputs } of granted) {
      expect(inputs["roleDefinitionId"]).toMatch(
        /^\/subscriptions\/5f0c1c3e-8a51-4d0e-9c1c-0d6f3f7a2b11\/.*\/4633458b-17de-408a-b874-0445c86b69e6$/,
      );
    }
    const readers = new Set(granted.map(({ inputs }) => inputs["principalId"]));
    expect(readers.size).toBe(2);
  });

  it("is mounted by classes of each team's namespace, in the name of its own identity", async () => {
    const plan = await planned({});
    const classes = allOf(plan, "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass");
    const said = classes.map(({ inputs }) =>
      ["metadata.namespace", "metadata.name", "spec.parameters.keyvaultName"].map((it) => text(inputs, it)),
    );
    expect(said).toEqual([
      ["train-vision", "hf-token", "kv-teams"],
      ["train-vision", "wandb", "kv-teams"],
      ["infer-vision", "hf-token", "kv-teams"],
    ]);
    for (const { inputs } of classes) {
      const namespace = text(inputs, "metadata.namespace") ?? "";
      const [account] = allOf(plan, "kubernetes:core/v1:ServiceAccount").filter(({ name }) => name === namespace);
      const identity = recordAt(account?.inputs, "metadata.annotations");
      expect(text(inputs, "spec.parameters.clientID")).toBe(identity["azure.workload.identity/client-id"]);
      expect(text(inputs, "spec.parameters.tenantID")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it("brings the driver of AKS, a handover, and no address where nobody asked for one", async () => {
    const plan = await planned({ keyVault: { resourceId, rotationMinutes: 15 } });
    expect(only(plan, "azure-native:containerservice:ManagedCluster").inputs["addonProfiles"]).toEqual({
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: "true", rotationPollInterval: "15m" },
      },
    });
    expect(plan.outputs["infra"]).toMatchObject({ keyVault: { resourceId, name: "kv-teams" } });
    expect(allOf(plan, "azure-native:network:PrivateEndpoint")).toEqual([]);
  });

  it("gets an address and a name in the network where somebody asked for them", async () => {
    const plan = await planned({ keyVault: { resourceId, privateEndpoint: { approval: "manual" } } });
    expect(only(plan, "azure-native:network:PrivateEndpoint", "secrets-vault").inputs).toMatchObject({
      privateEndpointName: "pep-gpu-lab-eastus-secrets-vault",
      manualPrivateLinkServiceConnections: [{ privateLinkServiceId: resourceId, groupIds: ["vault"] }],
    });
    expect(only(plan, "azure-native:privatedns:PrivateZone").inputs["privateZoneName"]).toBe(
      "privatelink.vaultcore.azure.net",
    );
  });

  it("is nothing that pods need a way to: nodes read it", async () => {
    const networkPolicies = (plan: RecordedPlan): unknown =>
      allOf(plan, "kubernetes:networking.k8s.io/v1:NetworkPolicy").map(({ inputs }) => inputs);
    const none = await record({ stack: "lab", program: () => deploy(read(without)) });
    expect(networkPolicies(await planned({}))).toEqual(networkPolicies(none));
  });
});

describe("a Key Vault of the environment's own", () => {
  it("is granted on, mounted and handed over as somebody else's is", async () => {
    const plan = await planned({ keyVault: {} });
    const { id, inputs } = only(plan, "azure-native:keyvault:Vault");
    const scopes = allOf(plan, "azure-native:authorization:RoleAssignment").flatMap((it) => {
      const scope = text(it.inputs, "scope") ?? "";
      return scope.startsWith(id) ? [[it.name, scope.slice(id.length)]] : [];
    });
    expect(scopes).toEqual([
      ["train-vision-secret-hf-token", "/secrets/hf-token"],
      ["train-vision-secret-wandb", "/secrets/wandb"],
      ["infer-vision-secret-hf-token", "/secrets/hf-token"],
    ]);
    const classes = allOf(plan, "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass");
    expect(new Set(classes.map((it) => text(it.inputs, "spec.parameters.keyvaultName")))).toEqual(
      new Set([inputs["vaultName"]]),
    );
    expect(plan.outputs["infra"]).toMatchObject({ keyVault: { resourceId: id, name: inputs["vaultName"] } });
  });

  it("has an address in the network always, and who writes in it is said", async () => {
    const officer = "77777777-7777-4777-8777-777777777777";
    const plan = await planned({ keyVault: { secretsOfficerGroupObjectIds: [officer] }, auditTrail: {} });
    expect(only(plan, "azure-native:network:PrivateEndpoint", "secrets-vault").inputs).toMatchObject({
      privateLinkServiceConnections: [{ groupIds: ["vault"] }],
    });
    expect(only(plan, "azure-native:authorization:RoleAssignment", "secrets-officer-1").inputs).toMatchObject({
      principalId: officer,
      roleDefinitionId: expect.stringMatching(/b86a8fe4-44ce-4948-aee5-eccb2c155cd7$/) as string,
    });
    expect(allOf(plan, "azure-native:monitor:DiagnosticSetting").map(({ name }) => name)).toContain("audit-secrets");
  });
});

describe("secrets without a Key Vault", () => {
  const { trainingTeams, inferenceTeams } = around;
  const unkept = { ...without, trainingTeams, inferenceTeams };

  it("are refused at each team, by name and with what to do", () => {
    const told = (section: string, secrets: readonly string[]): string =>
      `${section}.vision.secrets: cannot be mounted: the environment has no Key Vault; got ${JSON.stringify(secrets)}. ` +
      "Add keyVault: {} to the stack that makes the infra, or leave them out";
    expect(problemsOf(() => read(unkept))).toEqual([
      told("trainingTeams", ["hf-token", "wandb"]),
      told("inferenceTeams", ["hf-token"]),
    ]);
  });

  it("are not blamed for a vault that cannot be read", () => {
    expect(problemsOf(() => read({ ...unkept, keyVault: { resourceId: "kv-teams" } }))).toEqual([
      expect.stringMatching(/^keyVault\.resourceId: must be the ARM ID of a Key Vault; got "kv-teams"/),
    ]);
    const wrong = { ...unkept, keyVault: { resourceID: resourceId } } as unknown as Partial<SectionsInput>;
    expect(problemsOf(() => read(wrong))).toEqual([expect.stringContaining("keyVault.resourceID: is not a known key")]);
  });
});
