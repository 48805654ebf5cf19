import { expect, it, test } from "vitest";
import { MisconfiguredError } from "../../../core/problems";
import { planOperator } from "../../../delivery/operator/plan-operator";
import { environmentOf, found, given } from "./settings";

const namesOf = (mode: "preview" | "apply"): string[] => {
  const environments = { blue: environmentOf("b", mode), green: environmentOf("c", "preview") };
  const { environments: planned } = planOperator({ ...given, environments }, found);
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
  const quiet = { ...environmentOf("b", "apply"), mode: undefined };
  const { environments } = planOperator({ ...given, environments: { blue: quiet }, leaves: ["green"] }, found);
  expect((environments["blue"] ?? []).filter(({ kind }) => kind === "Stack")).toHaveLength(2);
});

it("lets the stack that makes a cluster go first", () => {
  const [, first, , second] = planOperator(given, found).environments["blue"] ?? [];
  expect(first?.["spec"]).not.toHaveProperty("prerequisites");
  expect(second?.["spec"]).toMatchObject({ prerequisites: [{ name: "blue" }] });
});

it("writes down no secret: who signs in does it by an identity", () => {
  const { platform, environments } = planOperator(given, found);
  const objects = [...platform, ...Object.values(environments).flat()];
  expect(objects.filter(({ kind }) => kind === "Secret")).toEqual([]);
  const stacks = JSON.stringify(objects.filter(({ kind }) => kind === "Stack"));
  const secrets = /accessToken|AZURE_STORAGE_KEY|PASSPHRASE|CLIENT_SECRET|secretRef/.exec(stacks);
  expect(secrets).toBeNull();
});

test.each<readonly [what: string, changes: object, path: string, rule: string]>([
  [
    "an environment without a stack file",
    { environments: { ...given.environments, gren: environmentOf("d", "apply") } },
    "environments.gren",
    "must be an environment of a stack file",
  ],
  [
    "a stack file that nobody names",
    { environments: { blue: environmentOf("b", "apply") } },
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
  const plan = (): unknown => planOperator({ ...given, ...changes }, found);
  expect(plan).toThrow(MisconfiguredError);
  expect(plan).toThrow(path);
  expect(plan).toThrow(rule);
});

it("refuses one identity for both: a plan would have the rights of an apply", () => {
  const green = { ...environmentOf("c", "preview"), identities: { plan: given.tenantId, apply: given.tenantId } };
  const plan = (): unknown => planOperator({ ...given, environments: { ...given.environments, green } }, found);
  expect(plan).toThrow("environments.green.identities.apply: must be another identity than the one that plans");
});

it("tells every problem at once", () => {
  const plan = (): unknown => planOperator({ ...given, management: "blue", leaves: ["yellow"] }, found);
  expect(plan).toThrow(/environments\.blue[^]*leaves\[0\]|leaves\[0\][^]*environments\.blue/);
});

it("refuses a stack whose twin would have too long a name", () => {
  const long = "a".repeat(38);
  const environments = { [long]: environmentOf("b", "apply") };
  const plan = (): unknown => planOperator({ ...given, environments }, [{ environment: long, stacks: [long] }]);
  expect(plan).toThrow("at most 37 characters");
});
