import { expect, it, test } from "vitest";
import { addOns, platformShape } from "../../../../components/platform/add-ons";
import { clusterGuard } from "../../../../components/platform/cluster-guard/cluster-guard";
import { guardRuleNames } from "../../../../components/platform/cluster-guard/guard-policies";
import { planPlatform } from "../../../../components/platform/plan-platform";
import { ruleNames } from "../../../../components/platform/team-fence/fence-policies";
import { problemsOf } from "../../../recorded";

const facts = { kubernetesVersion: "1.36", pools: [] };
const guardOf = (choice: object): string =>
  JSON.stringify(planPlatform({ clusterGuard }, { clusterGuard: choice }, facts).addOns[0]?.objects);

// What the rules refuse is asked of a real API server, in tests/simulator/kubernetes/cluster-guard.test.ts.
it("is there for those who ask for it, behind the fence", () => {
  expect(planPlatform(addOns, {}, facts).addOns.map(({ key }) => key)).not.toContain("clusterGuard");
  const asked = planPlatform(addOns, { clusterGuard: {} }, facts).addOns.map(({ key }) => key);
  expect(asked.slice(0, 2)).toEqual(["teamFence", "clusterGuard"]);
  expect(platformShape.safeParse({ clusterGuard: false }).success).toBe(true);
});

it("has rules with names of their own, which no rule of the fence has", () => {
  expect(new Set(guardRuleNames).size).toBe(guardRuleNames.length);
  expect(guardRuleNames.filter((it) => ruleNames.includes(it))).toEqual([]);
});

it("writes an exception and its reason into the policy of the rule alone", () => {
  const exceptions = [{ namespace: "legacy", rule: "no-node-port", reason: "moves in March", expires: "2099-03-31" }];
  const objects = planPlatform({ clusterGuard }, { clusterGuard: { exceptions } }, facts).addOns[0]?.objects ?? {};
  const holding = Object.entries(objects).filter(([, it]) => JSON.stringify(it).includes("legacy"));
  expect(holding.map(([name]) => name)).toEqual(["cluster-guard-services"]);
  expect(JSON.stringify(holding)).toContain("legacy: no-node-port until 2099-03-31: moves in March");
});

it("refuses an exception twice", () => {
  const one = { namespace: "legacy", rule: "no-node-port", reason: "moves", expires: "2099-03-31" };
  expect(problemsOf(() => guardOf({ exceptions: [one, one] }))).toEqual([
    'clusterGuard.exceptions[1]: must not be there twice: exceptions[0] is of this namespace and rule; got "legacy, no-node-port". Remove one of the two',
  ]);
});

test.each([
  { clusterAdmins: ["a'b"] },
  { clusterAdmins: [""] },
  { exceptions: [{ namespace: "legacy", rule: "service-type", reason: "of the fence", expires: "2099-03-31" }] },
  { exceptions: [{ namespace: "legacy", rule: "no-node-port", reason: "no end" }] },
  { rules: [] },
])("takes no %j", (choice) => {
  expect(platformShape.safeParse({ clusterGuard: choice }).success).toBe(false);
});
