import { beforeAll, expect, it } from "vitest";
import { judgeDrift, type Judged } from "../../drift/judge-drift";
import type { Observation } from "../../drift/observation";
import { preview } from "../../preview/preview";
import type { Environment } from "../../stacks/environment";
import { loadEnvironment } from "../../stacks/load-environment";
import { plainStacks, today } from "../stack-files";

let observed: readonly Observation[] = [];
let environment: Environment;

beforeAll(async () => {
  ({ environment } = loadEnvironment(plainStacks.dev, today));
  const { plan } = await preview(plainStacks.dev, { today });
  observed = plan.resources
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
    .map(({ urn, type, name, id, parent, custom, inputs }) => ({
      ...{ urn, type, name, id, custom, protect: false, found: "same" as const, wouldDo: {} },
      parent,
      before: { inputs, outputs: inputs },
      after: { inputs, outputs: inputs },
    }));
});

/** Judges dev with other inputs of one resource, or without it. */
function judged(type: string, name: string, change: Readonly<Record<string, unknown>> | "gone"): Judged {
  expect(observed.filter((it) => it.type === type && it.name === name)).toHaveLength(1);
  const all = observed.map((it): Observation => {
    if (it.type !== type || it.name !== name) return it;
    if (change === "gone") return { ...it, found: "gone", after: null };
    const inputs = { ...it.before.inputs, ...change };
    return { ...it, found: "changed", after: { inputs, outputs: inputs } };
  });
  return judgeDrift({ observed: all, unread: [], since: null, ids: [] }, environment, today);
}

const told = ({ drifts }: Judged): string[] =>
  drifts.map(({ harm, name, path, breaks }) => `${harm} ${name} ${path} ${breaks.join(" ")}`.trim());

const pool = "azure-native:containerservice:AgentPool";

it("finds nothing in what nobody changed", () => {
  const { drifts, difference } = judgeDrift({ observed, unread: [], since: null, ids: [] }, environment, today);
  expect(drifts).toEqual([]);
  expect(difference.cost.lines).toEqual([]);
  expect(difference.findings.added).toEqual([]);
});

it("raises a change to the harm of the mandatory rule that it breaks, and names the rule", () => {
  // A change of tags would be harmless, were it not for the rule that asks for some of them.
  const changed = judged("azure-native:storage:StorageAccount", "data", { minimumTlsVersion: "TLS1_0", tags: {} });
  expect(told(changed)).toMatchInlineSnapshot(`
    [
      "security data minimumTlsVersion st-tls12",
      "cost data tags.costCenter fin-required-tags",
      "cost data tags.dataClass fin-required-tags",
      "cost data tags.environment fin-required-tags",
      "cost data tags.environmentKind fin-required-tags",
      "cost data tags.managedBy fin-required-tags",
      "cost data tags.owner fin-required-tags",
      "cost data tags.project fin-required-tags",
    ]
  `);
});

it("leaves the autoscaler alone, whatever rules say of counts in programs", () => {
  expect(told(judged(pool, "h100d1", { count: 3 }))).toEqual(["harmless h100d1 count"]);
});

it("names a rule over several resources at the resource that it is about", () => {
  const { drifts } = judged("azure-native:network:NetworkSecurityGroup", "net-nodes", "gone");
  expect(drifts[0]).toMatchObject({ harm: "security", kind: "gone" });
  expect(drifts.slice(1).every(({ kind, breaks }) => kind === "changed" && breaks.length === 1)).toBe(true);
});

it("says what it does to the bill and to the room for jobs", () => {
  const { difference } = judged(pool, "h100d1", { maxCount: 8 });
  const usd = difference.cost.after.fullUsdPerMonth - difference.cost.before.fullUsdPerMonth;
  // Six nodes more: 98.32 USD an hour each by the catalogue, for 730 hours, and the disks of each.
  expect(usd / 6 / 730).toBeCloseTo(98.32, 0);
  expect([difference.capacity.before.gpus, difference.capacity.after.gpus]).toEqual([34, 82]);
});
