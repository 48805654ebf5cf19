import { expect, it, test } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { planOperator } from "../../../delivery/operator/plan-operator";
import { environmentOf, found, given, output, variablesOf } from "./settings";

const namesOf = (mode: "preview" | "apply"): string[] => {
  const environments = { blue: environmentOf(mode), green: environmentOf("preview") };
  const { environments: planned } = planOperator({ settings: { ...given, environments }, output }, found);
  return (planned["blue"] ?? []).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
};

it("makes a twin that plans for every stack, and one that applies where the settings say so", () => {
  expect(namesOf("preview")).toEqual(["OCIRepository gpu-platform", "Stack blue-plan", "Stack blue-workloads-plan"]);
  expect(namesOf("apply")).toEqual([
    "OCIRepository gpu-platform",
    "Stack blue",
    "Stack blue-plan",
    "Stack blue-workloads",
    "Stack blue-workloads-plan",
  ]);
});

it("only previews where nothing says more", () => {
  const quiet = { ...environmentOf("apply"), mode: undefined };
  const { environments } = planOperator(
    { settings: { ...given, environments: { blue: quiet }, leaves: ["green"] }, output: { blue: output.blue } },
    found,
  );
  expect((environments["blue"] ?? []).filter(({ kind }) => kind === "Stack")).toHaveLength(2);
});

it("lets the stack that makes a cluster go first", () => {
  const [, first, , second] = planOperator({ settings: given, output }, found).environments["blue"] ?? [];
  expect(first?.["spec"]).not.toHaveProperty("prerequisites");
  expect(second?.["spec"]).toMatchObject({ prerequisites: [{ name: "blue" }] });
});

it("writes down no secret: who signs in does it by an identity", () => {
  const { platform, environments } = planOperator({ settings: given, output }, found);
  const objects = [...platform, ...Object.values(environments).flat()];
  expect(objects.filter(({ kind }) => kind === "Secret")).toEqual([]);
  const stacks = JSON.stringify(objects.filter(({ kind }) => kind === "Stack"));
  const secrets = /accessToken|AZURE_STORAGE_KEY|PASSPHRASE|CLIENT_SECRET|secretRef/.exec(stacks);
  expect(secrets).toBeNull();
});

test.each<readonly [what: string, changes: object, path: string, rule: string]>([
  [
    "an environment without a stack file",
    { environments: { ...given.environments, gren: environmentOf("apply") } },
    "environments.gren",
    "must be an environment of a stack file",
  ],
  [
    "a stack file that nobody names",
    { environments: { blue: environmentOf("apply") } },
    "environments.green",
    "must be given: there is a stack file of it",
  ],
  [
    "its own cluster",
    { management: "blue" },
    "environments.blue",
    "must not have the stack that makes the operator's own cluster",
  ],
  [
    "its own cluster, by a stack in it",
    { management: "blue-workloads" },
    "environments.blue",
    "must not have the stack",
  ],
  [
    "what it leaves and has",
    { leaves: ["green"] },
    "environments.green",
    "must not be among those that the operator leaves",
  ],
  ["what it leaves and nobody knows", { leaves: ["yellow"] }, "leaves[0]", "must be an environment of a stack file"],
  [
    "a tag instead of a digest",
    { image: "example.azurecr.io/workspace:latest" },
    "image",
    "must name an image by its digest",
  ],
  [
    "a registry of somebody else",
    { source: { ...given.source, url: "oci://ghcr.io/a/b" } },
    "source.url",
    "must be an artefact of an Azure container registry",
  ],
  [
    "a source that nobody signs",
    { source: { kind: "oci", url: given.source.url, tag: "main" } },
    "source.signedBy",
    "must be given",
  ],
  [
    "a Git repository without encryption",
    { source: { kind: "git", url: "http://a/b", branch: "main", signersSecret: "a" } },
    "source.url",
    "has a form that is not possible",
  ],
  ["a word that is no key", { imgae: "x" }, "imgae", "is not"],
])("refuses %s", (_, changes, path, rule) => {
  const plan = (): unknown => planOperator({ settings: { ...given, ...changes }, output }, found);
  expect(plan).toThrow(MisconfiguredError);
  expect(plan).toThrow(path);
  expect(plan).toThrow(rule);
});

test.each<readonly [what: string, made: Readonly<Record<string, unknown>>, says: string]>([
  [
    "an environment that bootstrap made nothing for",
    { green: undefined },
    "environments.green: must be in deploy/operator/bootstrap.json: bootstrap made no identity for it. Write delivery.environments.green.operator in the stack file of bootstrap, up, then pulumi stack output operator --json",
  ],
  [
    "one that applies without an identity for it",
    { blue: Object.fromEntries(Object.entries(output.blue).filter(([key]) => key !== "DEPLOY_CLIENT_ID")) },
    "environments.blue.mode: must be preview: bootstrap made no identity that applies",
  ],
  [
    "a stack that bootstrap does not trust",
    { blue: { ...output.blue, STACKS: ["blue"] } },
    'environments.blue: must have stacks that bootstrap trusts; got ["blue-workloads"]',
  ],
  [
    "one identity for both: a plan would have the rights of an apply",
    { green: { ...output.green, DEPLOY_CLIENT_ID: output.green.PLAN_CLIENT_ID } },
    "green.DEPLOY_CLIENT_ID: must be an identity of its own: green.PLAN_CLIENT_ID has it",
  ],
  [
    "identities that nobody needs",
    { red: variablesOf("d", "red") },
    "deploy/operator/bootstrap.json: red: must be an environment that the operator runs",
  ],
  [
    "a key without a version: it would be wrapped anew at each run",
    { blue: { ...output.blue, SECRETS_PROVIDER: "azurekeyvault://kv-a.vault.azure.net/keys/pulumi" } },
    "blue.SECRETS_PROVIDER: must be azurekeyvault://<vault>.vault.azure.net/keys/<key>/<version>",
  ],
])("refuses %s", (_, made, says) => {
  const all = Object.fromEntries(Object.entries<unknown>({ ...output, ...made }).filter(([, it]) => it !== undefined));
  const plan = (): unknown => planOperator({ settings: given, output: all }, found);
  expect(plan).toThrow(says);
});

it("tells every problem at once", () => {
  const plan = (): unknown =>
    planOperator({ settings: { ...given, management: "blue", leaves: ["yellow"] }, output }, found);
  expect(plan).toThrow(/environments\.blue[^]*leaves\[0\]|leaves\[0\][^]*environments\.blue/);
});

it("refuses a stack whose twin would have too long a name", () => {
  const long = "a".repeat(38);
  const environments = { [long]: environmentOf("apply") };
  const plan = (): unknown =>
    planOperator({ settings: { ...given, environments }, output: { [long]: variablesOf("b", long) } }, [
      { environment: long, stacks: [long], kinds: [] },
    ]);
  expect(plan).toThrow("at most 37 characters");
});
