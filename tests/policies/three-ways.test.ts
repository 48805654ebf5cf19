import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { judgeAndWrite } from "../../cli/judge-and-write";
import { readArguments } from "../../cli/policies-command";
import { type Finding, judge } from "../../policies/engine/judge";
import type { Environment, Subject } from "../../policies/engine/rule";
import { rules } from "../../policies/rules";
import { readPlanFile } from "../../preview/plan-file/read-plan-file";
import { previewJson } from "../../preview/preview-json";
import { runHere } from "../cli/run-here";
import { shippedPreview } from "../shipped-previews";
import { root } from "../stack-files";
import { levelOf, Pack } from "../../cli/pack-process";

let pack: Pack;
beforeAll(async () => {
  pack = await Pack.start("policies", ".");
});
afterAll(() => pack.stop());

const folder = mkdtempSync(path.join(tmpdir(), "three-ways-"));

/** What a finding is, in words that all three have. */
function words({ rule, urn, level }: Pick<Finding, "rule" | "urn" | "level">): string {
  return [rule, urn, level === "excepted" ? level : levelOf(level)].join(" ");
}

/** What the pack says, driven as the engine drives it. */
async function engineSays(resources: readonly Subject[], kind: Environment): Promise<readonly string[]> {
  await pack.configure(Object.fromEntries(rules.map((rule) => [rule.name, { level: levelOf(rule.levels[kind]) }])));
  const found = [...(await pack.analyzeStack(resources))];
  for (const it of resources) {
    // What the SDK says of a value that is not known names no resource: the engine knows which one it asked for.
    for (const said of await pack.analyze(it)) found.push({ ...said, urn: said.urn === "" ? it.urn : said.urn });
  }
  return found.map(({ rule, urn, level }) => [rule, urn, level].join(" ")).sort();
}

/** What the command says of a file. */
async function commandSays(file: string, ...options: readonly string[]): Promise<readonly string[]> {
  const { out, error } = await runHere(() =>
    Promise.resolve(readArguments([file, ...options, "--format", "json"], "policies")).then((command) =>
      typeof command === "string" ? -1 : judgeAndWrite(command),
    ),
  );
  expect(error).toBeUndefined();
  return (JSON.parse(out) as { readonly findings: readonly Finding[] }).findings.map(words).sort();
}

/** Definitions of kinds are megabytes, and alike for every rule: one is enough. */
function withFewDefinitions<T extends Subject>(resources: readonly T[]): T[] {
  const isDefinition = ({ type }: Subject): boolean => type.endsWith(":CustomResourceDefinition");
  const first = resources.find(isDefinition);
  return resources.filter((it) => it === first || !isDefinition(it));
}

it.each(["prod", "everything"] as const)(
  "finds the same in %s in a preview, by the engine and over a file",
  async (stack) => {
    const result = await shippedPreview(stack);
    const { kind } = result.environment;
    // Broken on purpose: a plan that keeps every rule would be the same to a command that judges nothing.
    const resources = withFewDefinitions(result.plan.resources).map((it) =>
      it.type.endsWith(":ManagedCluster")
        ? { ...it, options: {}, inputs: { ...it.inputs, disableLocalAccounts: false } }
        : it,
    );
    const plan = { ...result.plan, resources };
    const file = path.join(folder, `${stack}.json`);
    writeFileSync(file, JSON.stringify(previewJson({ ...result, plan }, 0), null, 2));

    const judged = judge(resources, kind).map(words).sort();
    expect(judged.filter((it) => it.startsWith("aks-no-local-accounts"))).toHaveLength(1);
    expect(await commandSays(file)).toEqual(judged);
    expect(await engineSays(resources, kind)).toEqual(judged);
  },
);

it("finds the same in a program of somebody else by the engine and over its file", async () => {
  const file = path.join(root, "tests/policies/foreign/scale-set.json");
  const { resources } = readPlanFile(file, readFileSync(file, "utf8"));
  const said = await commandSays(file);
  expect(said.length).toBeGreaterThan(15);
  expect(await engineSays(resources, "staging")).toEqual(said);
});
