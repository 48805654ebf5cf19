import { describe, expect, it } from "vitest";
import { labels } from "../../../../catalog/scheduling";
import { addOns, platformShape } from "../../../../components/platform/add-ons";
import { planPlatform } from "../../../../components/platform/plan-platform";
import { memlockRules } from "../../../../components/platform/team-fence/memlock-rules";
import { podRules } from "../../../../components/platform/team-fence/pod-rules";
import { secretRules } from "../../../../components/platform/team-fence/secret-rules";
import { serviceRules } from "../../../../components/platform/team-fence/service-rules";
import { teamFence } from "../../../../components/platform/team-fence/team-fence";
import { problemsOf } from "../../../recorded";

// What the rules refuse is asked of a real API server, in tests/simulator/kubernetes/team-fence.test.ts.
describe("the fence around teams", () => {
  it("stands in every cluster, first of all, and cannot be left out", () => {
    const [fence] = planPlatform({ teamFence }, {}, { kubernetesVersion: "1.36", pools: [] }).addOns;
    expect(fence?.namespace).toBeNull();
    // Whoever makes teams in another stack asks for it.
    expect(fence?.handsOver).toEqual({ teamFence: true });
    expect(Object.keys(fence?.objects ?? {})).toEqual(
      ["pods", "services", "secrets", "memlock"].flatMap((it) => [`team-fence-${it}`, `team-fence-${it}-binding`]),
    );
    expect(platformShape.safeParse({ teamFence: false }).success).toBe(false);
    expect(platformShape.safeParse({ teamFence: {} }).success).toBe(true);
  });

  it.each(["system-node-critical", "High", "a'b", ""])("lets nobody allow %j as a priority class", (name) => {
    expect(platformShape.safeParse({ teamFence: { priorityClasses: [name] } }).success).toBe(false);
  });

  it("knows the classes that queues bring, those for teams and the other", () => {
    const facts = { kubernetesVersion: "1.36", pools: [] };
    const rulesWith = (choices: object): string =>
      JSON.stringify(planPlatform(addOns, { ...choices }, facts).addOns[0]?.objects["team-fence-pods"]);
    expect(rulesWith({ teamFence: { priorityClasses: ["batch", "idle"] }, kueue: {} })).toContain(
      "but batch, idle, production; or until",
    );
    expect(rulesWith({ teamFence: { priorityClasses: ["batch"] } })).toContain("but batch; or until");
    const acceptance = { teamFence: { priorityClasses: ["acceptance"] } };
    expect(problemsOf(() => rulesWith({ ...acceptance, kueue: {} }))).toEqual([
      'teamFence.priorityClasses: must not have acceptance, which is not for teams; got ["acceptance"]. Remove acceptance',
    ]);
    // Without queues it is a class of somebody else.
    expect(rulesWith(acceptance)).toContain("but acceptance; or until");
  });

  it("names the classes that were allowed in what it says", () => {
    const messages = (classes: readonly string[]): string =>
      podRules(classes)
        .rules.map((it) => it.message)
        .join("\n");
    expect(messages([])).toContain("push out everybody else, until platform.teamFence.priorityClasses names it");
    expect(messages(["batch", "serving"])).toContain("but batch, serving; or until platform.teamFence");
  });

  it.each([
    ["pods", podRules([])],
    ["services", serviceRules],
    ["secrets", secretRules],
    ["memlock", memlockRules],
  ])("asks of %s of every team, whoever makes them, and says of each rule what to do", (_, policy) => {
    expect(policy.namespaces).toContainEqual({ key: labels.tenant, operator: "Exists" });
    expect(policy.operations).toEqual(["CREATE", "UPDATE"]);
    expect(policy.rules.filter(({ message }) => !/ must | must not /.test(message))).toEqual([]);
  });
});
