import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { teamKindNames, teamKinds, teamNamespaceName } from "../../../../components/tenancy/kinds/team-kinds";
import { volumeKinds } from "../../../../components/tenancy/volumes/volume-kinds";
import { sections } from "../../../../stacks/config/sections";
import { root } from "../../../stack-files";

it("gives each kind a section of its own in a stack file", () => {
  const known = Object.keys(sections.shape).filter((it) => it.endsWith("Teams"));
  expect(known).toEqual(teamKindNames.map((it) => `${it}Teams`));
});

it("lets no two teams of different kinds meet in one namespace", () => {
  const prefixes = Object.values(teamKinds).map((it) => it.namespacePrefix);
  expect(prefixes.filter((it) => !/^[a-z]+$/.test(it))).toEqual([]);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  // With the longest team name a namespace's name is still short enough for Kubernetes.
  const longest = teamKindNames.map((it) => teamNamespaceName(it, "t".repeat(40)).length);
  expect(Math.max(...longest)).toBeLessThanOrEqual(63);
});

describe("a row is all that a kind is", () => {
  const files = ["components", "stacks", "preview", "policies", "cli", "simulator"].flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile() && it.name.endsWith(".ts"))
      .map((it) => path.relative(root, path.join(it.parentPath, it.name))),
  );
  const naming = (word: string): string[] =>
    files.filter((file) =>
      new RegExp(`["'\`]${word}["'\`]|\\b${word}Teams\\b`).test(readFileSync(path.join(root, file), "utf8")),
    );

  it.each(teamKindNames)("%s is named nowhere else", (kind) => {
    expect(naming(kind)).toEqual([]);
  });

  it.each(Object.keys(volumeKinds))("volumes of kind %s are told apart by no name", (kind) => {
    const inTenancy = naming(kind).filter((it) => it.startsWith("components/tenancy/") || it.includes("tenants"));
    expect(inTenancy.filter((it) => !it.startsWith("components/tenancy/kinds/"))).toEqual([]);
  });
});
