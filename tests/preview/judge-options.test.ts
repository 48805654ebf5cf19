import { afterAll, expect, it, vi } from "vitest";
import type * as JudgeDrift from "../../drift/judge-drift";
import { configurationOf, type PolicyConfiguration } from "../../policies/engine/configuration";
import type * as CompareTo from "../../preview/compare/compare-to";
import { readPlanFile } from "../../preview/plan-file/read-plan-file";
import type * as Preview from "../../preview/preview";
import { previewJson } from "../../preview/preview-json";
import { plainStacks, today } from "../stack-files";

const account = { type: "azure-native:storage:StorageAccount", name: "data" };

const configurationFile = "../../preview/policy-configuration";
afterAll(() => {
  vi.doUnmock(configurationFile);
  vi.resetModules();
});

const plain = configurationOf("dev");
/** A configuration in which a rule that the plan breaks is none, and one that drift breaks has an exception. */
function lenient(): PolicyConfiguration {
  const exception = { rule: "st-tls12", resource: account, reason: "a trial", owner: "data", expires: today };
  return {
    levels: { ...plain.levels, "fin-required-tags": "disabled" },
    settings: { "meta-exemptions-fresh": { exceptions: [exception] } },
  };
}

it.each<[string, () => PolicyConfiguration, string[], string[]]>([
  ["the levels of its kind", () => plain, ["fin-required-tags", "st-tls12"], ["security", "cost"]],
  ["other levels, and exceptions", lenient, [], ["security", "harmless"]],
])("judges a preview, an earlier plan and drift of an environment by %s", async (_, configuration, rules, harms) => {
  // Another test of this process may have loaded them with the configuration that is in the repository.
  vi.resetModules();
  vi.doMock(configurationFile, () => ({ policyConfiguration: configuration }));
  const { preview } = await vi.importActual<typeof Preview>("../../preview/preview");
  const { compareTo } = await vi.importActual<typeof CompareTo>("../../preview/compare/compare-to");
  const { judgeDrift } = await vi.importActual<typeof JudgeDrift>("../../drift/judge-drift");

  const made = await preview(plainStacks.dev, { today });
  const { plan, environment } = made;
  const broken = { minimumTlsVersion: "TLS1_0", tags: { owner: "x" } };

  const earlier = readPlanFile("plan.json", JSON.stringify(previewJson(made, 1)));
  expect(compareTo(earlier, made, today).findings).toEqual({ added: [], gone: [] });

  const observed = plan.resources
    .filter(({ type, name }) => type === account.type && name === account.name)
    .map(({ urn, type, name, id, parent, custom, inputs }) => {
      const [before, changed] = [inputs, { ...inputs, ...broken }];
      return {
        ...{ urn, type, name, id, parent, custom, protect: false, found: "changed" as const, wouldDo: {} },
        before: { inputs: before, outputs: before },
        after: { inputs: changed, outputs: changed },
      };
    });
  expect(observed).toHaveLength(1);
  const { drifts, difference } = judgeDrift({ observed, unread: [], since: null, ids: [] }, environment, today);
  const forbidden = difference.findings.added.filter(({ level }) => level === "mandatory").map(({ rule }) => rule);
  expect([...new Set(forbidden)].sort()).toEqual(rules);
  expect([...new Set(drifts.map(({ harm }) => harm))]).toEqual(harms);
});
