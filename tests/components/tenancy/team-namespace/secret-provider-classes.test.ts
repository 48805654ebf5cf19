import { expect, it } from "vitest";
import { parse } from "yaml";
import { secretProviderClasses } from "../../../../components/tenancy/team-namespace/secret-provider-classes";
import { planTeamNamespace, type TeamNamespacePlan } from "../../../../components/tenancy/team-namespace/plan";
import { problemsOf } from "../../../recorded";
import { h100Pool, vision } from "../teams";

const keyVault = { name: "kv-teams" };
const plan = (secrets: string[], surroundings: object = { keyVault }): TeamNamespacePlan =>
  planTeamNamespace("train-vision", { ...vision, secrets }, { pool: h100Pool, ...surroundings });

it("is a class for each secret, which makes no Secret of Kubernetes and logs in as nobody else", () => {
  const classes = secretProviderClasses(["hf-token", "wandb"], keyVault);
  expect(classes.map(({ metadata }) => metadata.name)).toEqual(["hf-token", "wandb"]);
  const [{ spec } = { spec: undefined }] = classes;
  expect(Object.keys(spec ?? {})).toEqual(["provider", "parameters"]);
  expect(spec?.provider).toBe("azure");
  const { objects, ...rest } = spec?.parameters ?? {};
  expect(rest).toEqual({ keyvaultName: "kv-teams" });
  // As the driver reads it: YAML, in which each object is YAML again.
  const { array } = parse(objects ?? "") as { readonly array: readonly string[] };
  expect(array.map((it): unknown => parse(it))).toEqual([{ objectName: "hf-token", objectType: "secret" }]);
});

it("comes with a label that the fence reads, and with the right to look at it", () => {
  const { namespace, rights, secretProviderClasses: classes } = plan(["hf-token"]);
  expect(namespace.metadata.labels).toMatchObject({ "azure-gpu-cluster/secrets": "mounted" });
  expect(classes).toEqual(secretProviderClasses(["hf-token"], keyVault));
  expect(rights[0]?.role.rules).toContainEqual({
    apiGroups: ["secrets-store.csi.x-k8s.io"],
    resources: ["secretproviderclasses", "secretproviderclasspodstatuses"],
    verbs: ["get", "list", "watch"],
  });
});

it("is not there for a team without secrets, whatever the environment has", () => {
  expect(plan([])).toEqual(plan([], {}));
  expect(plan([]).secretProviderClasses).toEqual([]);
  expect(plan([]).namespace.metadata.labels).not.toHaveProperty("azure-gpu-cluster/secrets");
  expect(JSON.stringify(plan([]).rights)).not.toContain("secrets-store");
});

it("fails where the environment has no Key Vault, by name and with what to do", () => {
  expect(problemsOf(() => plan(["hf-token", "wandb"], {}))).toEqual([
    'secrets: cannot be mounted: the environment has no Key Vault; got ["hf-token","wandb"]. Add keyVault: {} to the stack that makes the infra, or leave them out',
  ]);
});

it.each([
  ["a name with capitals", ["HF-Token"]],
  ["a name with an underscore", ["hf_token"]],
  ["the address of a secret", ["https://kv.vault.azure.net/secrets/hf"]],
  ["a name that ends with a hyphen", ["hf-"]],
  ["a name that is too long", ["a".repeat(51)]],
  ["no name", [""]],
])("fails for %s", (_, secrets) => {
  expect(problemsOf(() => plan(secrets))).toEqual([
    expect.stringMatching(/^secrets\[0\]: must be 1 to 50 lowercase letters, digits or hyphens/),
  ]);
});

it("fails for a secret that is named twice", () => {
  expect(problemsOf(() => plan(["wandb", "hf-token", "wandb"]))).toEqual([
    'secrets[2]: must not be there twice; got "wandb". Remove one of the two',
  ]);
});
